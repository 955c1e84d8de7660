//! Backups: how they stand, making one, looking one over, putting one back; and leaving with everything.

use akkoord_office::papers::Left;
use akkoord_office::settings;
use akkoord_office::vault::backup::{self, Backup, Flaw, Found, Made, Place, Standing};
use akkoord_office::vault::{Done, Plain};
use tauri::{State, WebviewWindow};

use super::vault::Key;
use crate::desk::{Answer, Desk, needed};
use crate::outgoing::{self, Saved};
use crate::restoring::{self, PutBack};

/// How things stand with the backups of the open vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_standing(desk: State<'_, Desk>) -> Answer<Standing> {
    desk.read(backup::standing).await
}

/// The backups that lie in the folders of the business's own profile, also while its vault is locked or lost.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backups_found(desk: State<'_, Desk>) -> Answer<Vec<Found>> {
    desk.apart(|desk| Ok(backup::found(desk.home()))).await
}

/// Makes a backup now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_create(desk: State<'_, Desk>) -> Answer<Made> {
    desk.careful(backup::create).await
}

/// Looks a backup of the open vault over: its bytes, every page, the log, every proof. What is wrong with it, if anything.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_check(desk: State<'_, Desk>, place: Place, name: String) -> Answer<Option<Flaw>> {
    let path = desk.with(move |desk, held| restoring::file(desk, held, place, &name)).await?;
    desk.careful(move |vault, progress, _| Backup::open(&path)?.check_for(vault, progress)).await
}

/// Asks in the system's own dialog, under this title, for a backup. Nothing where the person chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_choose(
    desk: State<'_, Desk>,
    window: WebviewWindow,
    title: String,
) -> Answer<Option<Found>> {
    let Some(path) = outgoing::ask_file(&window, title).await else { return Ok(None) };
    desk.with(move |_, held| restoring::chosen(held, path).map(Some)).await
}

/// Closes what is open and makes the vault of a backup, which this opens; what is there now is kept aside.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_restore(desk: State<'_, Desk>, place: Place, name: String, key: Key) -> Answer<PutBack> {
    desk.with(move |desk, held| restoring::put_back(desk, held, place, &name, key)).await
}

/// Asks in the system's own dialog, under this title, for a second folder. False where the person chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_folder_choose(desk: State<'_, Desk>, window: WebviewWindow, title: String) -> Answer<bool> {
    let now = desk.read(|vault, _| Ok(vault.profile().backups())).await?;
    let Some(folder) = outgoing::ask_folder(&window, title, now).await else { return Ok(false) };
    desk.with(move |_, held| settings::backup_folder_set(needed(held)?, Some(&folder)).map(|()| true)).await
}

/// No second folder any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_folder_none(desk: State<'_, Desk>) -> Answer<()> {
    desk.with(|_, held| settings::backup_folder_set(needed(held)?, None)).await
}

/// Shows the folder of the vault's own backups.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backups_show(desk: State<'_, Desk>) -> Answer<()> {
    desk.read(|vault, _| outgoing::show(&vault.profile().backups())).await
}

/// Writes everything into a folder of files that are not encrypted, where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn everything_save(desk: State<'_, Desk>) -> Answer<Done<Saved<Left>>> {
    desk.long(outgoing::everything).await
}

/// Writes the whole vault into an SQLite file that is not encrypted, where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn plain_save(desk: State<'_, Desk>) -> Answer<Done<Saved<Plain>>> {
    desk.long(outgoing::plain).await
}
