//! What the owner sets.

use akkoord_office::profile::settings::Zoom;
use akkoord_office::settings::{self, Chosen, Field, NewField, WindowSettings};
use akkoord_office::vault::Done;
use akkoord_rules::field::Sensitivity;
use tauri::{State, WebviewWindow};

use crate::desk::{Answer, Desk, needed};

/// All fields, in the order in which they are shown.
#[tauri::command]
#[specta::specta]
pub(crate) async fn fields_list(desk: State<'_, Desk>) -> Answer<Vec<Field>> {
    desk.read(|vault, _| settings::fields(vault)).await
}

/// Sets how sensitive a field is, for all contacts.
#[tauri::command]
#[specta::specta]
pub(crate) async fn field_set(desk: State<'_, Desk>, key: String, sensitivity: Sensitivity) -> Answer<Done<()>> {
    desk.write(move |vault, now| settings::set_sensitivity(vault, &key, sensitivity, now)).await
}

/// Adds an own field.
#[tauri::command]
#[specta::specta]
pub(crate) async fn field_add(desk: State<'_, Desk>, field: NewField) -> Answer<Done<()>> {
    desk.write(move |vault, now| settings::add_field(vault, &field, now)).await
}

/// What may be chosen in an own field, and how many contacts have it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn field_choices(desk: State<'_, Desk>, key: String) -> Answer<Vec<Chosen>> {
    desk.read(move |vault, _| settings::choices(vault, &key)).await
}

/// Sets what may be chosen in an own field.
#[tauri::command]
#[specta::specta]
pub(crate) async fn field_choices_set(desk: State<'_, Desk>, key: String, choices: Vec<String>) -> Answer<Done<()>> {
    desk.write(move |vault, now| settings::set_choices(vault, &key, &choices, now)).await
}

/// Gives a choice of an own field another text, with everybody who has it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn field_choice_rename(
    desk: State<'_, Desk>,
    key: String,
    from: String,
    to: String,
) -> Answer<Done<i64>> {
    desk.write(move |vault, now| settings::rename_choice(vault, &key, &from, &to, now)).await
}

/// Sets the business's name and the language it works in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn business_set(desk: State<'_, Desk>, name: String, language: String) -> Answer<Done<()>> {
    desk.write(move |vault, now| settings::business_set(vault, &name, &language, now)).await
}

/// How the window looks and behaves on this computer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn window_settings(desk: State<'_, Desk>) -> Answer<WindowSettings> {
    desk.read(|vault, _| Ok(settings::window(vault))).await
}

/// Shows everything this large until the window is closed, while the vault is locked too.
#[tauri::command]
#[specta::specta]
pub(crate) fn window_zoom(window: WebviewWindow, zoom: Zoom) {
    // A web view that cannot leaves everything as large as it is.
    let _ = window.set_zoom(f64::from(u16::from(zoom)) / 100.0);
}

/// Sets how the window looks and behaves on this computer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn window_set(desk: State<'_, Desk>, wanted: WindowSettings) -> Answer<()> {
    desk.with(move |_, held| settings::window_set(needed(held)?, &wanted)).await
}
