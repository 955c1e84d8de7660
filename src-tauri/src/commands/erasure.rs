//! Erasing people, who waits for it, who may go, and who must not come in again.

use akkoord_office::erasure::{self, Allowed, BlockedEntry, BlockedList, Certificate, Foreseen, Ran, Waiting};
use akkoord_office::retention::{self, Destroyed, MayGo};
use akkoord_office::vault::Done;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::kept::{self, ErasedShown, ErasureIn};
use crate::outgoing::Saved;

/// What erasing somebody would destroy, and what to know before; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn erasure_foresee(desk: State<'_, Desk>, contact: Uuid) -> Answer<Foreseen> {
    desk.read(move |vault, now| erasure::foresee(vault, &contact.to_string(), now)).await
}

/// Erases somebody as it was seen, or puts them on lock until a duty to keep ends; if asked with a letter, made before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_erase(
    desk: State<'_, Desk>,
    contact: Uuid,
    wanted: ErasureIn,
) -> Answer<Done<ErasedShown>> {
    desk.write(move |vault, now| kept::erase(vault, contact, &wanted, now)).await
}

/// The certificates of all that was erased, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificates_list(desk: State<'_, Desk>) -> Answer<Vec<Certificate>> {
    desk.read(|vault, _| erasure::certificates(vault)).await
}

/// Saves the certificate of an erasure where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificate_save(desk: State<'_, Desk>, erasure: Uuid) -> Answer<Done<Saved<()>>> {
    desk.write(move |vault, now| kept::certificate(vault, erasure, now)).await
}

/// Erasures that wait for the end of a hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn erasures_waiting(desk: State<'_, Desk>) -> Answer<Vec<Waiting>> {
    desk.read(erasure::waiting).await
}

/// Destroys those of these whose hold has ended.
#[tauri::command]
#[specta::specta]
pub(crate) async fn erasures_run(desk: State<'_, Desk>, erasures: Vec<Uuid>) -> Answer<Done<Ran>> {
    desk.write(move |vault, now| erasure::run(vault, Some(&erasures), now)).await
}

/// People who may go today; at most so many by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retention_list(desk: State<'_, Desk>, limit: u32) -> Answer<MayGo> {
    desk.study(move |vault, now| retention::list(vault, vault.business().today(now), limit as usize)).await
}

/// Destroys people who may go, by their ids.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retention_destroy(desk: State<'_, Desk>, contacts: Vec<String>) -> Answer<Done<Destroyed>> {
    desk.write(move |vault, now| retention::destroy(vault, &contacts, now)).await
}

/// The blocked list.
#[tauri::command]
#[specta::specta]
pub(crate) async fn blocked_list(desk: State<'_, Desk>) -> Answer<BlockedList> {
    desk.read(|vault, _| erasure::blocked(vault)).await
}

/// The entries of the blocked list for an address and a number, each if given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn blocked_check(
    desk: State<'_, Desk>,
    email: Option<String>,
    phone: Option<String>,
) -> Answer<Vec<BlockedEntry>> {
    desk.read(move |vault, _| erasure::look_up(vault, email.as_deref(), phone.as_deref())).await
}

/// Lets an address or number come in again: the person came back by their own wish.
#[tauri::command]
#[specta::specta]
pub(crate) async fn blocked_allow(
    desk: State<'_, Desk>,
    email: Option<String>,
    phone: Option<String>,
    reason: String,
) -> Answer<Done<Allowed>> {
    desk.write(move |vault, now| erasure::allow(vault, email.as_deref(), phone.as_deref(), &reason, now)).await
}
