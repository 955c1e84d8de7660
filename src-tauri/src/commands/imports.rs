//! Importing a file, and taking an import back.

use akkoord_office::intake::import::{Report, import};
use akkoord_office::intake::reader::{DELIMITERS, ENCODINGS};
use akkoord_office::intake::recognise::Format;
use akkoord_office::intake::saved::{self, MappingShown};
use akkoord_office::intake::{self, Listed, Preview, Undone};
use akkoord_office::vault::{Act, Done};
use serde::Serialize;
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::outgoing::{self, Saved};
use crate::running::Step;
use crate::sent::ImportIn;

/// How many problems and conflicts the page gets.
const LISTED: usize = 500;

/// What may be said of a file otherwise than detected.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct Choices {
    /// Who may have written it.
    formats: Vec<&'static str>,
    /// Its encoding.
    encodings: Vec<&'static str>,
    /// What may stand between its cells.
    delimiters: Vec<char>,
}

/// What may be said of a file otherwise than detected.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_choices() -> Answer<Choices> {
    let formats = Format::ALL.into_iter().filter(|format| format.is_delimited()).map(Format::as_str).collect();
    Ok(Choices { formats, encodings: ENCODINGS.to_vec(), delimiters: DELIMITERS.to_vec() })
}

/// What an import would do; nothing is written. A preview that is still being made is stopped.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_preview(desk: State<'_, Desk>, plan: ImportIn, steps: Channel<Step>) -> Answer<Preview> {
    let (files, watch) = (desk.spool(), desk.running().preview(steps));
    desk.watched(watch, move |vault, progress, now| {
        let mut ask = plan.ask(&files, vault)?;
        ask.options.lenient = true;
        intake::preview(vault, &ask, progress, now)
    })
    .await
}

/// Imports a file: all of it, or nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_run(desk: State<'_, Desk>, plan: ImportIn, steps: Channel<Step>) -> Answer<Done<Report>> {
    let (files, watch) = (desk.spool(), desk.running().work(steps));
    let work = desk.long(move |vault, now| {
        let ask = plan.ask(&files, vault)?;
        watch.over(|progress| import(vault, &ask, progress, now))
    });
    Ok(Done { output: work.await?.listing(LISTED), touched: Act::Imported.touched() })
}

/// Stops the import, its undoing or the preview that runs; it leaves nothing behind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_stop(desk: State<'_, Desk>) -> Answer<()> {
    desk.running().stop();
    Ok(())
}

/// Saves the rows that did not come in, where exports go: to mend them and import that file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_rejected(desk: State<'_, Desk>, id: Uuid, file: Uuid) -> Answer<Saved<u64>> {
    let files = desk.spool();
    desk.read(move |vault, now| outgoing::rejected(vault, id, &files.given(file)?, now)).await
}

/// All imports, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn imports_list(desk: State<'_, Desk>) -> Answer<Vec<Listed>> {
    desk.read(|vault, _| intake::imports(vault)).await
}

/// Takes an import back as a whole, or not at all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_undo(desk: State<'_, Desk>, id: Uuid, steps: Channel<Step>) -> Answer<Done<Undone>> {
    let watch = desk.running().work(steps);
    desk.long(move |vault, now| watch.over(|progress| intake::undo(vault, id, progress, now))).await
}

/// The mappings that are kept, by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mappings_list(desk: State<'_, Desk>) -> Answer<Vec<MappingShown>> {
    desk.read(|vault, _| saved::mappings(vault)).await
}

/// Keeps, under a name, what is made of the columns of this file: one with the same header is then read so by itself.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mapping_keep(desk: State<'_, Desk>, name: String, plan: ImportIn) -> Answer<Done<Uuid>> {
    let files = desk.spool();
    desk.write(move |vault, now| {
        let ask = plan.ask(&files, vault)?;
        saved::keep_columns(vault, &name, &ask.file, &ask.options, now)
    })
    .await
}

/// Gives a kept mapping another name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mapping_rename(desk: State<'_, Desk>, mapping: Uuid, name: String) -> Answer<Done<()>> {
    desk.write(move |vault, now| saved::rename_mapping(vault, mapping, &name, now)).await
}

/// Forgets a kept mapping.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mapping_forget(desk: State<'_, Desk>, mapping: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| saved::forget_mapping(vault, mapping, now)).await
}
