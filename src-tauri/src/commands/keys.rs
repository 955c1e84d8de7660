//! The ways into the vault.

use akkoord_office::clock;
use akkoord_office::key::{Passphrase, SlotKind};
use akkoord_office::vault::Status;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::desk::{Answer, Desk, needed};
use crate::opening;
use crate::state::Kit;

/// Whether this computer's keychain could open a vault; the refusal says why not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keychain_check(desk: State<'_, Desk>) -> Answer<()> {
    desk.with(|_, _| opening::keychain_ready()).await
}

/// A way into the vault.
#[derive(Debug, Serialize, Type)]
pub(crate) struct WayIn {
    /// Which.
    kind: SlotKind,
    /// Since when, RFC 3339.
    since: Option<String>,
}

/// The ways into the vault, and since when.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ways_in(desk: State<'_, Desk>) -> Answer<Vec<WayIn>> {
    desk.read(|vault, _| {
        let since = |kind| vault.slot_since(kind).map(|since| since.to_rfc3339());
        Ok(vault.slots().into_iter().map(|kind| WayIn { kind, since: since(kind) }).collect())
    })
    .await
}

/// The vault at a glance.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_glance(desk: State<'_, Desk>) -> Answer<Status> {
    desk.read(|vault, _| vault.status()).await
}

/// A new Emergency Kit; the one before opens the vault no longer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn kit_new(desk: State<'_, Desk>) -> Answer<Kit> {
    desk.with(|_, held| opening::new_kit(held)).await
}

/// Sets or replaces the passphrase.
#[tauri::command]
#[specta::specta]
pub(crate) async fn passphrase_set(desk: State<'_, Desk>, passphrase: String) -> Answer<()> {
    let passphrase = Passphrase::new(passphrase);
    desk.with(move |_, held| needed(held)?.set_passphrase(&passphrase, clock::now()).map(drop)).await
}

/// Lets this computer's keychain open the vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keychain_set(desk: State<'_, Desk>) -> Answer<()> {
    desk.with(|_, held| needed(held)?.set_keychain(clock::now()).map(drop)).await
}

/// Takes a way in away; the last one stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn slot_remove(desk: State<'_, Desk>, kind: SlotKind) -> Answer<()> {
    desk.with(move |_, held| needed(held)?.remove_way(kind, clock::now()).map(drop)).await
}
