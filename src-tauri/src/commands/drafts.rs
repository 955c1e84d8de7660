//! What is typed and not saved yet.

use akkoord_office::clock;
use akkoord_office::drafts::{self, Unsaved};
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk, needed};

/// The draft of a dialog, if there is one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_get(desk: State<'_, Desk>, kind: String) -> Answer<Option<Unsaved>> {
    desk.read(move |vault, _| drafts::get(vault, &kind)).await
}

/// Keeps a dialog's draft in the place of the one before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_put(desk: State<'_, Desk>, kind: String, contact: Option<Uuid>, body: String) -> Answer<()> {
    let contact = contact.map(|id| id.to_string());
    desk.with(move |_, held| drafts::put(needed(held)?, &kind, contact.as_deref(), &body, clock::now())).await
}

/// Takes a dialog's draft away. True where there was one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_discard(desk: State<'_, Desk>, kind: String) -> Answer<bool> {
    desk.with(move |_, held| drafts::discard(needed(held)?, &kind)).await
}
