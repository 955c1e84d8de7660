//! What is typed and not saved yet.

use akkoord_office::clock;
use akkoord_office::drafts::{self, Unsaved};
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk, needed};

/// The drafts of a dialog, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts_list(desk: State<'_, Desk>, kind: String) -> Answer<Vec<Unsaved>> {
    desk.read(move |vault, _| drafts::list(vault, &kind)).await
}

/// Keeps a draft in the place of the one before of its kind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_put(desk: State<'_, Desk>, kind: String, contact: Option<Uuid>, body: String) -> Answer<()> {
    let contact = contact.map(|id| id.to_string());
    desk.with(move |_, held| drafts::put(needed(held)?, &kind, contact.as_deref(), &body, clock::now())).await
}

/// Takes a draft away. True where there was one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_discard(desk: State<'_, Desk>, kind: String) -> Answer<bool> {
    desk.with(move |_, held| drafts::discard(needed(held)?, &kind)).await
}
