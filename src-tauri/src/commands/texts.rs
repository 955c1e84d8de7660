//! The texts of letters and mails, which the owner may change.

use akkoord_office::papers::{self, Letter, LetterListed, LetterShown, Tried};
use akkoord_office::vault::Done;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};

/// Every text with its languages, and which are the owner's own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn texts_list(desk: State<'_, Desk>) -> Answer<Vec<LetterListed>> {
    desk.read(|vault, _| papers::letters(vault)).await
}

/// A text in one language, with the places that it may have.
#[tauri::command]
#[specta::specta]
pub(crate) async fn text_show(desk: State<'_, Desk>, letter: String, language: String) -> Answer<LetterShown> {
    desk.read(move |vault, _| papers::letter(vault, Letter::named(&letter)?, &language)).await
}

/// Puts the owner's text in its place; without one, the text comes back that came with the application.
#[tauri::command]
#[specta::specta]
pub(crate) async fn text_set(
    desk: State<'_, Desk>,
    letter: String,
    language: String,
    text: Option<String>,
) -> Answer<Done<()>> {
    desk.write(move |vault, now| papers::letter_set(vault, Letter::named(&letter)?, &language, text.as_deref(), now))
        .await
}

/// Shows a text that is still being written, with what is known of one person; what is wrong with it is the refusal.
#[tauri::command]
#[specta::specta]
pub(crate) async fn text_try(
    desk: State<'_, Desk>,
    letter: String,
    written: (String, String),
    contact: Option<Uuid>,
    purpose: Option<String>,
) -> Answer<Tried> {
    desk.read(move |vault, now| {
        let written = (written.0.as_str(), written.1.as_str());
        papers::try_text(vault, Letter::named(&letter)?, written, contact, purpose.as_deref(), now)
    })
    .await
}
