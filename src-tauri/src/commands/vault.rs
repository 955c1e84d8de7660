//! Making, opening and locking the vault at hand.

use akkoord_office::key::Passphrase;
use akkoord_office::key::recovery::RecoveryCode;
use akkoord_office::profile::place;
use serde::Deserialize;
use specta::Type;
use tauri::{AppHandle, State};
use zeroize::Zeroizing;

use crate::desk::{Answer, Desk};
use crate::opening;
use crate::state::{self, Kit, VaultState};

/// What a new vault needs to know.
#[derive(Deserialize, Type)]
pub(crate) struct NewVault {
    /// The business's name.
    pub(crate) name: String,
    /// ISO 3166 code of its country.
    pub(crate) country: String,
    /// The language it works in: nl, fr, de or en.
    pub(crate) language: String,
    /// Opens with this computer's keychain.
    pub(crate) keychain: bool,
    /// Opens with this passphrase.
    pub(crate) passphrase: Option<String>,
}

/// What opens a vault.
#[derive(Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Key {
    /// This computer's keychain.
    Keychain,
    /// The passphrase.
    Passphrase(String),
    /// The recovery code.
    Code(String),
}

/// How things stand with the vault at hand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_state(desk: State<'_, Desk>) -> Answer<VaultState> {
    desk.with(|desk, held| Ok(state::of(desk, held))).await
}

/// Makes the business's vault, opens it and shows its Emergency Kit.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_create(desk: State<'_, Desk>, setup: NewVault) -> Answer<Kit> {
    desk.with(|desk, held| opening::create(desk, held, setup)).await
}

/// Whether this is the group of the code that was asked for; if so, the kit counts as kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn kit_confirm(desk: State<'_, Desk>, typed: String) -> Answer<bool> {
    let typed = Zeroizing::new(typed);
    desk.with(move |_, held| opening::confirm_kit(held, &typed)).await
}

/// Opens the vault with the passphrase, or without one with this computer's keychain.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_unlock(desk: State<'_, Desk>, passphrase: Option<String>) -> Answer<VaultState> {
    let opener = opening::opener(passphrase);
    desk.with(move |desk, held| desk.unlock(held, &opener).map(|()| state::of(desk, held))).await
}

/// Opens the vault with the recovery code; a new passphrase opens it from then on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_recover(
    desk: State<'_, Desk>,
    code: String,
    passphrase: Option<String>,
) -> Answer<VaultState> {
    let (code, passphrase) = (Zeroizing::new(code), passphrase.map(Passphrase::new));
    desk.with(move |desk, held| opening::recover(desk, held, &code, passphrase)).await
}

/// Whether a recovery code is typed as one can be, before anything is tried with it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn code_check(code: String) -> Answer<()> {
    let code = Zeroizing::new(code);
    RecoveryCode::parse(&code).map(|_| ()).map_err(Into::into)
}

/// Opens a vault whose file was put back, on the owner's word that they did so themselves; a new passphrase opens it from then on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_restored(desk: State<'_, Desk>, key: Key, passphrase: Option<String>) -> Answer<VaultState> {
    let passphrase = passphrase.map(Passphrase::new);
    desk.with(move |desk, held| opening::restored(desk, held, key, passphrase)).await
}

/// Locks the vault at hand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_lock(desk: State<'_, Desk>, app: AppHandle) -> Answer<VaultState> {
    desk.apart(move |desk| {
        desk.lock(&app);
        Ok(state::of(desk, &desk.held()))
    })
    .await
}

/// Puts the practice vault at hand, made anew with invented people; the business's own is set aside.
#[tauri::command]
#[specta::specta]
pub(crate) async fn practice_open(desk: State<'_, Desk>, language: String) -> Answer<VaultState> {
    desk.with(move |desk, held| desk.practise(held, &language).map(|()| state::of(desk, held))).await
}

/// Throws the practice vault away and goes back to the business's own, as it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn practice_close(desk: State<'_, Desk>) -> Answer<VaultState> {
    desk.with(|desk, held| {
        desk.leave_practice(held);
        Ok(state::of(desk, held))
    })
    .await
}

/// The person is there: the idle time begins anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_touch(desk: State<'_, Desk>) -> Answer<()> {
    desk.touch();
    Ok(())
}

/// What is wrong with the folder that the vault is or would be in: `network`, `synchronised`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn place_warnings(desk: State<'_, Desk>) -> Answer<Vec<String>> {
    let warn = |place: &place::Place| place.as_str().to_owned();
    desk.with(move |desk, held| Ok(place::warnings(desk.profile(held).dir()).iter().map(warn).collect())).await
}
