//! Who outside receives data, what goes to them, and what stays.

use akkoord_office::connections::{
    self, ConnectionChange, Ended, Format, NewConnection, Put, Ran, Removed, RunOptions, Sent, SharedWith, Shown,
    Staying, Tally, Which,
};
use akkoord_office::key::Passphrase;
use akkoord_office::vault::Done;
use akkoord_rules::gate::Reason;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::outgoing::{self, Saved};

/// Every connection that still receives, in the order of adding.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connections_list(desk: State<'_, Desk>) -> Answer<Vec<Shown>> {
    desk.read(|vault, _| connections::list(vault)).await
}

/// One connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_show(desk: State<'_, Desk>, key: String) -> Answer<Shown> {
    desk.read(move |vault, _| connections::show(vault, &key)).await
}

/// Defines a connection; the password of an address book goes into this computer's keychain.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_add(
    desk: State<'_, Desk>,
    connection: NewConnection,
    password: Option<String>,
) -> Answer<Done<Put>> {
    let password = password.map(Passphrase::new);
    desk.write(move |vault, now| match &password {
        Some(password) => connections::add_with_password(vault, &connection, password, now),
        None => connections::add(vault, &connection, now),
    })
    .await
}

/// Changes a connection; what is absent stays as it is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_set(desk: State<'_, Desk>, key: String, change: ConnectionChange) -> Answer<Done<Put>> {
    desk.write(move |vault, now| connections::set(vault, &key, &change, now)).await
}

/// Ends a connection: it receives nothing any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_end(desk: State<'_, Desk>, key: String) -> Answer<Done<Ended>> {
    desk.write(move |vault, now| connections::end(vault, &key, now)).await
}

/// What would go of one person to each connection, or why nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_shared(desk: State<'_, Desk>, contact: Uuid) -> Answer<Vec<SharedWith>> {
    desk.read(move |vault, now| connections::shared_with(vault, &contact.to_string(), now)).await
}

/// What a run would do now, in numbers; nothing is sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_preview(desk: State<'_, Desk>, key: String) -> Answer<Tally> {
    desk.read(move |vault, now| connections::preview(vault, &key, now, |_, _| Ok(()))).await
}

/// The people who stay for a reason first of all; without one, those who have to be taken out at the connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_staying(
    desk: State<'_, Desk>,
    key: String,
    reason: Option<Reason>,
    limit: u32,
) -> Answer<Staying> {
    let which = reason.map_or(Which::ToRemove, Which::For);
    desk.read(move |vault, now| connections::staying(vault, &key, which, limit as usize, now)).await
}

/// Writes a file for a connection where exports go, with the record of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_export(desk: State<'_, Desk>, key: String, format: Format) -> Answer<Done<Saved<Sent>>> {
    desk.long(move |vault, now| outgoing::connection(vault, &key, format, now)).await
}

/// Keeps the password of an address book in this computer's keychain.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_password(desk: State<'_, Desk>, key: String, password: String) -> Answer<()> {
    let password = Passphrase::new(password);
    desk.read(move |vault, _| connections::keep_password(vault, &key, &password)).await
}

/// Brings an address book to what people agreed to; the cards of these contacts are written over what was made of them there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_run(desk: State<'_, Desk>, key: String, overwrite: Vec<String>) -> Answer<Done<Ran>> {
    let options = RunOptions { password: None, overwrite };
    desk.long(move |vault, now| connections::run(vault, &key, &options, now)).await
}

/// Ticks off that people, by their ids, were taken out at a connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_removed(
    desk: State<'_, Desk>,
    key: String,
    contacts: Vec<String>,
) -> Answer<Done<Removed>> {
    desk.write(move |vault, now| connections::removed(vault, &key, &contacts, now)).await
}
