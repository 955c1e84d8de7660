//! What the owner sets.

use akkoord_office::settings::{self, Field};
use akkoord_office::vault::Done;
use akkoord_rules::field::Sensitivity;
use tauri::State;

use crate::desk::{Answer, Desk};

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
pub(crate) async fn field_add(
    desk: State<'_, Desk>,
    key: String,
    title: String,
    kind: String,
    sensitivity: Sensitivity,
) -> Answer<Done<()>> {
    desk.write(move |vault, now| settings::add_field(vault, &key, &title, &kind, sensitivity, now)).await
}
