//! What one must be able to show when somebody asks: the log, the record of processing, breaches, the proof of one person.

use std::sync::atomic::Ordering;

use akkoord_office::papers::{self, BreachText, BreachesRecorded, Dossier, Logged, RecordShown, Recorded};
use akkoord_office::people::Listed;
use akkoord_office::registers::{self, BreachShown, LogPage, LogQuestion, NewBreach, NewTold};
use akkoord_office::vault::{Done, Verified};
use tauri::State;
use tauri::ipc::Channel;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::kept;
use crate::outgoing::Saved;
use crate::running::Step;

/// A stretch of the audit log, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_page(desk: State<'_, Desk>, question: LogQuestion) -> Answer<LogPage> {
    desk.study(move |vault, _| registers::log(vault, &question)).await
}

/// Walks the whole audit log and compares everything with what was sealed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_verify(desk: State<'_, Desk>, steps: Channel<Step>) -> Answer<Verified> {
    let watch = desk.running().walk(steps);
    desk.watched(watch, move |vault, progress, _| {
        vault.verify_telling(None, |seq| {
            progress.rows.store(u64::try_from(seq).unwrap_or_default(), Ordering::Relaxed);
            progress.goes_on()
        })
    })
    .await
}

/// Stops the walk through the log; whatever else runs goes on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_verify_stop(desk: State<'_, Desk>) -> Answer<()> {
    desk.running().stop_walk();
    Ok(())
}

/// Saves the audit log as a table where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn log_save(desk: State<'_, Desk>) -> Answer<Done<Saved<Logged>>> {
    desk.long(kept::logbook).await
}

/// The record of processing as it stands.
#[tauri::command]
#[specta::specta]
pub(crate) async fn processing_show(desk: State<'_, Desk>) -> Answer<RecordShown> {
    desk.read(papers::register_shown).await
}

/// Saves the record of processing where exports go: as a paper, or as a table.
#[tauri::command]
#[specta::specta]
pub(crate) async fn processing_save(desk: State<'_, Desk>, table: bool) -> Answer<Done<Saved<Recorded>>> {
    desk.write(move |vault, now| kept::register(vault, table, now)).await
}

/// All breaches: the open ones first, by what is due soonest.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breaches_list(desk: State<'_, Desk>) -> Answer<Vec<BreachShown>> {
    desk.read(registers::breaches).await
}

/// Saves the register of breaches where exports go: as a paper, or as a table.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breaches_save(desk: State<'_, Desk>, table: bool) -> Answer<Done<Saved<BreachesRecorded>>> {
    desk.write(move |vault, now| kept::breaches(vault, table, now)).await
}

/// A breach as it stands.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_show(desk: State<'_, Desk>, breach: Uuid) -> Answer<BreachShown> {
    desk.read(move |vault, now| registers::breach_show(vault, breach, now)).await
}

/// The contacts who were affected by a breach.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_people(desk: State<'_, Desk>, breach: Uuid) -> Answer<Vec<Listed>> {
    desk.read(move |vault, _| registers::breach_people(vault, breach)).await
}

/// Takes a breach down.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_open(desk: State<'_, Desk>, breach: NewBreach) -> Answer<Done<BreachShown>> {
    desk.write(move |vault, now| registers::breach_open(vault, &breach, now)).await
}

/// Notes that the authority or the persons were told of a breach, or why not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_answer(desk: State<'_, Desk>, breach: Uuid, told: NewTold) -> Answer<Done<BreachShown>> {
    desk.write(move |vault, now| registers::breach_answer(vault, breach, &told, now)).await
}

/// What tells the people of a breach.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_letter(desk: State<'_, Desk>, breach: Uuid) -> Answer<String> {
    desk.read(move |vault, now| papers::breach_letter(vault, breach, now)).await
}

/// Saves a text about a breach where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn breach_save(desk: State<'_, Desk>, breach: Uuid, which: BreachText) -> Answer<Done<Saved<()>>> {
    desk.write(move |vault, now| kept::breach(vault, breach, which, now)).await
}

/// Saves the proof dossier of a person where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dossier_save(desk: State<'_, Desk>, contact: Uuid) -> Answer<Done<Saved<Dossier>>> {
    desk.long(move |vault, now| kept::dossier(vault, contact, now)).await
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use akkoord_office::vault::Act;

    #[test]
    fn the_page_has_words_for_every_act_of_the_log() {
        for language in ["nl", "en"] {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("ui/src/lib/i18n/{language}/acts.ts"));
            let words = std::fs::read_to_string(file).unwrap();
            let missing =
                Act::ALL.iter().map(|act| act.code()).filter(|code| !words.contains(&format!("\n  {code}: ")));
            assert_eq!(missing.collect::<Vec<_>>(), Vec::<&str>::new(), "{language}");
        }
    }
}
