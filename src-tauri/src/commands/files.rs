//! Files on their way in, which the page sends because it cannot name paths, and files that were saved or are looked at.

use akkoord_office::consents::{self, ProofShown};
use akkoord_office::papers::{ListSaved, Origins};
use akkoord_office::settings;
use akkoord_office::vault::Done;
use akkoord_rules::person::Channel;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::ipc::Request;
use tauri::{State, WebviewWindow};
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::outgoing::{self, Saved};
use crate::refusal::Refusal;
use crate::sent;

/// What a file is meant for; decides how large it may be.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Meant {
    /// Contacts to import.
    Import,
    /// To show that something happened.
    Proof,
}

/// Makes ready for a file of so many bytes; its pieces follow under the id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_begin(desk: State<'_, Desk>, name: String, bytes: u64, meant: Meant) -> Answer<Uuid> {
    let files = desk.spool();
    desk.read(move |_, _| files.begin(&name, bytes, meant.most())).await
}

/// The next piece of a file: the bytes themselves, and whose they are in the header `file`. It stands beside the bindings,
/// which know no bare bytes.
#[tauri::command]
pub(crate) async fn file_piece(desk: State<'_, Desk>, request: Request<'_>) -> Answer<()> {
    let (file, piece) = sent::piece(&request)?;
    desk.files(move |files| files.add(file, &piece)).await
}

/// The last piece was sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_done(desk: State<'_, Desk>, file: Uuid) -> Answer<()> {
    desk.files(move |files| files.done(file).map(drop)).await
}

/// Nobody needs the file any more, whole or not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_forget(desk: State<'_, Desk>, file: Uuid) -> Answer<()> {
    desk.spool().forget(file);
    Ok(())
}

/// Whether a proof is of a kind that can be opened; any other can be saved.
#[tauri::command]
#[specta::specta]
pub(crate) async fn proof_opens(desk: State<'_, Desk>, proof: Uuid) -> Answer<bool> {
    desk.read(move |vault, _| consents::proof(vault, proof).map(|shown| shown.opens())).await
}

/// Opens a proof with the program that the computer has for it; answers why not, where there is none. Until the vault is locked it
/// lies in a private folder.
#[tauri::command]
#[specta::specta]
pub(crate) async fn proof_open(desk: State<'_, Desk>, proof: Uuid) -> Answer<Done<Option<Refusal>>> {
    let done = desk.write(move |vault, now| consents::proof_open(vault, proof, now)).await?;
    Ok(Done { output: outgoing::look(&done.output).err().map(Refusal::from), touched: done.touched })
}

/// Saves a proof where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn proof_save(desk: State<'_, Desk>, proof: Uuid) -> Answer<Done<Saved<ProofShown>>> {
    desk.write(move |vault, now| outgoing::proof(vault, proof, now)).await
}

/// Saves a table of those of these people who may be reached for a purpose on a channel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_save(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    channel: Channel,
) -> Answer<Done<Saved<ListSaved>>> {
    desk.write(move |vault, now| outgoing::list(vault, &contacts, &purpose, channel, now)).await
}

/// Saves a table of those who are in prepared letters or mails, to be merged with a text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn asking_save(desk: State<'_, Desk>, asking: Uuid) -> Answer<Done<Saved<ListSaved>>> {
    desk.write(move |vault, now| outgoing::asking(vault, asking, now)).await
}

/// Saves a table with the letter or mail for each of these people that tells them that their data is held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notices_save(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    channel: Channel,
    from: Origins,
) -> Answer<Done<Saved<ListSaved>>> {
    desk.write(move |vault, now| outgoing::notices(vault, &contacts, channel, &from, now)).await
}

/// Shows the folder where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exports_show(desk: State<'_, Desk>) -> Answer<()> {
    desk.read(|vault, _| outgoing::show(&outgoing::folder(vault)?)).await
}

/// The folder where exports go.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct ExportsFolder {
    /// Its path.
    pub(crate) path: String,
    /// The owner chose it; else it is the usual one.
    pub(crate) chosen: bool,
}

/// The folder where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exports_folder(desk: State<'_, Desk>) -> Answer<ExportsFolder> {
    desk.read(|vault, _| {
        let path = outgoing::folder(vault)?.display().to_string();
        Ok(ExportsFolder { path, chosen: settings::exports(vault).is_some() })
    })
    .await
}

/// Asks in the system's own dialog, under this title, where exports go. False where the person chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exports_choose(desk: State<'_, Desk>, window: WebviewWindow, title: String) -> Answer<bool> {
    let now = desk.read(|vault, _| outgoing::folder(vault)).await?;
    let Some(folder) = outgoing::ask_folder(&window, title, now).await else { return Ok(false) };
    desk.with(move |_, held| held.exports_to(Some(folder)).map(|()| true)).await
}

/// The usual folder again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exports_usual(desk: State<'_, Desk>) -> Answer<()> {
    desk.with(|_, held| held.exports_to(None)).await
}

/// The folder again that exports went to before it was changed last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exports_back(desk: State<'_, Desk>) -> Answer<()> {
    desk.with(|_, held| held.exports_back()).await
}
