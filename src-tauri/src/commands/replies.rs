//! Letters about requests: looked at, saved, sent; forms that come back; who has to hear of it.

use akkoord_office::mail::{self, MailShown};
use akkoord_office::papers::{self, Accept, Rectified, ReplyShown};
use akkoord_office::requests::{self, Calendar, NewOutcome, Outcome, Recipient};
use akkoord_office::vault::Done;
use akkoord_rules::consent::How;
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::commands::requests::StepIn;
use crate::desk::{Answer, Desk};
use crate::letters::{self, ReplySaved};
use crate::outgoing::Saved;

/// A letter about a request.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct ReplyIn {
    /// The request.
    pub(crate) request: Uuid,
    /// The letter's name for programs.
    pub(crate) letter: String,
    /// The step that it tells of, taken once the letter is out.
    pub(crate) step: Option<StepIn>,
    /// What fills places by the owner's own hand: a place and its words.
    pub(crate) said: Vec<(String, String)>,
    /// The files that go along.
    pub(crate) pack: Option<PackIn>,
}

/// The files of a right.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PackIn {
    /// Art. 15.
    Access,
    /// Art. 16.
    Rectification,
    /// Art. 20.
    Portability,
}

/// What became of telling a recipient; a day that is left open is today.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct OutcomeIn {
    outcome: Outcome,
    on: Option<NaiveDate>,
    how: Option<How>,
    reason: String,
}

/// A letter about a request as it would go; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reply_show(desk: State<'_, Desk>, reply: ReplyIn) -> Answer<ReplyShown> {
    let files = desk.spool();
    desk.read(move |vault, now| papers::reply(vault, &reply.reply(&files)?, now)).await
}

/// Saves a letter about a request, and the files of a right, where exports go; `password` locks the files. The step is taken.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reply_save(
    desk: State<'_, Desk>,
    reply: ReplyIn,
    password: Option<String>,
) -> Answer<Done<Saved<ReplySaved>>> {
    let files = desk.spool();
    desk.write(move |vault, now| letters::save(vault, reply, &files, password, now)).await
}

/// Lays a letter about a request into the outbox. The step is taken once a server has it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reply_send(desk: State<'_, Desk>, reply: ReplyIn, password: Option<String>) -> Answer<Done<Uuid>> {
    let files = desk.spool();
    desk.write(move |vault, now| letters::send(vault, reply, &files, password, now)).await
}

/// The mails about a request, the newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_mails(desk: State<'_, Desk>, request: Uuid) -> Answer<Vec<MailShown>> {
    desk.read(move |vault, _| mail::about(vault, request)).await
}

/// What a form that came back says otherwise than what is held; of these fields it is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn form_read(
    desk: State<'_, Desk>,
    contact: Uuid,
    file: Uuid,
    accept: Vec<String>,
) -> Answer<Done<Rectified>> {
    let given = desk.spool().given(file)?;
    let accept = if accept.is_empty() { Accept::Nothing } else { Accept::Fields(accept) };
    desk.write(move |vault, now| papers::rectify(vault, &contact.to_string(), &given, &accept, now)).await
}

/// Who has to hear of what a request changes, and what became of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_recipients(desk: State<'_, Desk>, request: Uuid) -> Answer<Vec<Recipient>> {
    desk.read(move |vault, _| requests::recipients(vault, request)).await
}

/// Writes down what became of telling a recipient.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recipient_told(
    desk: State<'_, Desk>,
    request: Uuid,
    connection: String,
    told: OutcomeIn,
) -> Answer<Done<Vec<Recipient>>> {
    let new = NewOutcome { outcome: told.outcome, on: told.on, how: told.how, reason: told.reason };
    desk.write(move |vault, now| requests::recipient_told(vault, request, &connection, &new, now)).await
}

/// Saves the deadlines of open requests as a calendar file where exports go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn calendar_save(desk: State<'_, Desk>, names: bool) -> Answer<Done<Saved<Calendar>>> {
    desk.write(move |vault, now| letters::calendar(vault, names, now)).await
}
