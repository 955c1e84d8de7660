//! Mail that goes out: the account, what waits, and what is stuck.

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::mail::{self, Account, MailShown, NewAccount, Round, Tried};
use akkoord_office::problem::{Code, Problem};
use akkoord_office::vault::Done;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk, off_thread};

/// The mail account, if there is one; its password is in the keychain and stays there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_account(desk: State<'_, Desk>) -> Answer<Option<Account>> {
    desk.read(|vault, _| mail::account(vault)).await
}

/// Sets the mail account; a password goes into this computer's keychain.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_account_set(
    desk: State<'_, Desk>,
    account: NewAccount,
    password: Option<String>,
) -> Answer<Done<Account>> {
    let password = password.map(Passphrase::new);
    desk.write(move |vault, now| mail::account_set(vault, &account, password.as_ref(), now)).await
}

/// Sends the owner a mail through their account.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_try(desk: State<'_, Desk>) -> Answer<Tried> {
    let (account, business) = desk.read(|vault, _| Ok((mail::account(vault)?, vault.business().clone()))).await?;
    let account = account.ok_or_else(|| Problem::new(Code::NoMailAccount))?;
    off_thread(move || mail::try_account(&account, &business, clock::now())).await
}

/// What waits and what is stuck, the newest first; those that are over too where they are wanted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mails_list(desk: State<'_, Desk>, also_over: bool) -> Answer<Vec<MailShown>> {
    desk.read(move |vault, _| mail::outbox(vault, also_over)).await
}

/// Sends what is due, now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mails_send(desk: State<'_, Desk>) -> Answer<Done<Round>> {
    desk.apart(Desk::round).await
}

/// Lets a mail be tried again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_again(desk: State<'_, Desk>, mail: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| mail::again(vault, mail, now)).await
}

/// Notes that a mail in doubt did arrive.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_arrived(desk: State<'_, Desk>, mail: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| mail::arrived(vault, mail, now)).await
}

/// Puts a mail away: it is not sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mail_put_away(desk: State<'_, Desk>, mail: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| mail::put_away(vault, mail, now)).await
}
