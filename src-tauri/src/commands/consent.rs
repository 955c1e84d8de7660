//! Purposes, and what people answered.

use akkoord_office::consents::{
    self, Answered, AskPlan, Askable, Asking, AskingShown, Counted, EventShown, Going, NewObjection, Objection,
    Prepared, PurposePage, PurposeQuestion, Question, Reached, Recorded, Strip, Target,
};
use akkoord_office::people::{self, Choosable};
use akkoord_office::purposes::{
    self, Added, Agreements, Law, NewPurpose, PurposeChange, PurposeSet, PurposeShown, Wording,
};
use akkoord_office::vault::Done;
use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;
use chrono::NaiveDate;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};

/// Every purpose: the owner's in the order of adding, then those that the law orders.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purposes_list(desk: State<'_, Desk>) -> Answer<Vec<PurposeShown>> {
    desk.read(|vault, _| purposes::list(vault)).await
}

/// Defines a purpose with its first wording.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purpose_add(desk: State<'_, Desk>, purpose: NewPurpose) -> Answer<Done<Added>> {
    desk.write(move |vault, now| purposes::add(vault, &purpose, now)).await
}

/// Gives a version its texts, or others as long as nobody saw them: in all languages in one act.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purpose_word(
    desk: State<'_, Desk>,
    purpose: String,
    wordings: Vec<Wording>,
    version: Option<u32>,
) -> Answer<Done<u32>> {
    desk.write(move |vault, now| purposes::word(vault, &purpose, &wordings, version, now)).await
}

/// Starts a new version from today on, with its texts; a material one ends every yes to an older one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purpose_revise(
    desk: State<'_, Desk>,
    purpose: String,
    wordings: Vec<Wording>,
    material: bool,
) -> Answer<Done<u32>> {
    desk.write(move |vault, now| purposes::revise(vault, &purpose, &wordings, material, now)).await
}

/// Changes what a purpose is called, its channels, how long it lasts and whom it applies to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purpose_set(
    desk: State<'_, Desk>,
    purpose: String,
    change: PurposeChange,
) -> Answer<Done<PurposeSet>> {
    desk.write(move |vault, now| purposes::set(vault, &purpose, &change, now)).await
}

/// How many people agreed to each version of a purpose's wording, and how many a material change would ask again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn purpose_agreed(desk: State<'_, Desk>, purpose: String) -> Answer<Agreements> {
    desk.read(move |vault, now| purposes::agreed(vault, &purpose, now)).await
}

/// What the law of the business's country says today about asking and about marketing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn law_here(desk: State<'_, Desk>) -> Answer<Law> {
    desk.read(purposes::law).await
}

/// May I reach this person for this purpose, on each channel, today; and what shows it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_strip(desk: State<'_, Desk>, contact: Uuid, purpose: String) -> Answer<Strip> {
    desk.read(move |vault, now| consents::strip(vault, &contact.to_string(), &purpose, vault.business().today(now)))
        .await
}

/// People by any part of what is known of them, the best first, each with the channels on which they may be reached now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_reached(desk: State<'_, Desk>, query: String, limit: u32) -> Answer<Reached> {
    let question = people::Question { query, limit: limit as usize, after: None };
    desk.read(move |vault, now| consents::reached(vault, &question, now)).await
}

/// May I reach this person for this purpose on this channel, today?
#[tauri::command]
#[specta::specta]
pub(crate) async fn may(desk: State<'_, Desk>, contact: Uuid, purpose: String, channel: Channel) -> Answer<Answered> {
    desk.read(move |vault, now| {
        let on = vault.business().today(now);
        consents::may(vault, &contact.to_string(), &Question { purpose, target: Target::Channel(channel), on })
    })
    .await
}

/// How many people stand how towards each purpose, as of the end of a day.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dashboard(desk: State<'_, Desk>, on: Option<NaiveDate>) -> Answer<Vec<Counted>> {
    desk.read(move |vault, now| consents::dashboard(vault, on.unwrap_or(vault.business().today(now)), now)).await
}

/// A stretch of the list of people who stand so towards a purpose, narrowed and sorted as asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_people(desk: State<'_, Desk>, question: PurposeQuestion) -> Answer<PurposePage> {
    desk.read(move |vault, now| consents::people(vault, &question, now)).await
}

/// All whom a question about a purpose's list finds, to be chosen at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_standers(desk: State<'_, Desk>, question: PurposeQuestion) -> Answer<Vec<Choosable>> {
    desk.read(move |vault, now| consents::standers(vault, &question, now)).await
}

/// Every event of a contact, in the order in which they happened.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_history(desk: State<'_, Desk>, contact: Uuid) -> Answer<Vec<EventShown>> {
    desk.read(move |vault, _| consents::history(vault, &contact.to_string())).await
}

/// The person takes a yes back, or several at once, now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_withdraw(
    desk: State<'_, Desk>,
    contact: Uuid,
    purposes: Vec<String>,
    how: How,
) -> Answer<Done<Vec<Recorded>>> {
    desk.write(move |vault, now| {
        let happened = consents::happened(None, vault.business(), now)?;
        consents::withdraw_many(vault, &contact.to_string(), &purposes, how, happened, now)
    })
    .await
}

/// The person confirmed the yes that waited for it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_confirm(desk: State<'_, Desk>, contact: Uuid, purpose: String) -> Answer<Done<Recorded>> {
    desk.write(move |vault, now| consents::confirm(vault, &contact.to_string(), &purpose, now)).await
}

/// An event was recorded by mistake and counts no longer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_correct(desk: State<'_, Desk>, event: Uuid, note: String) -> Answer<Done<Recorded>> {
    desk.write(move |vault, now| consents::correct(vault, event, &note, now)).await
}

/// Who of these may be asked for their consent on that way, and who not; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_askable(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    channel: Channel,
) -> Answer<Askable> {
    let contacts: Vec<String> = contacts.iter().map(Uuid::to_string).collect();
    desk.read(move |vault, now| consents::askable(vault, &contacts, &purpose, channel, now)).await
}

/// Records that people were asked, those whom the law allows to be asked on that way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_ask(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    channel: Channel,
) -> Answer<Done<Asking>> {
    let contacts: Vec<String> = contacts.iter().map(Uuid::to_string).collect();
    desk.write(move |vault, now| consents::ask(vault, &contacts, &purpose, channel, now)).await
}

/// By which of these ways each of these people may be asked, and who cannot be.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_plan(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    ways: Vec<Channel>,
) -> Answer<AskPlan> {
    desk.read(move |vault, now| consents::plan(vault, &contacts, &purpose, &ways, now)).await
}

/// Prepares letters or mails that ask for consent. Nobody counts as asked yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_prepare(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    channel: Channel,
) -> Answer<Done<Prepared>> {
    desk.write(move |vault, now| consents::prepare(vault, &contacts, &purpose, channel, now)).await
}

/// Letters and mails that wait to be sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_askings(desk: State<'_, Desk>) -> Answer<Vec<AskingShown>> {
    desk.read(|vault, _| consents::askings(vault)).await
}

/// Prepared letters or mails were sent on that day.
#[tauri::command]
#[specta::specta]
pub(crate) async fn asking_sent(desk: State<'_, Desk>, asking: Uuid, on: NaiveDate) -> Answer<Done<Asking>> {
    desk.write(move |vault, now| consents::sent(vault, asking, on, now)).await
}

/// Prepared letters or mails are not sent after all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn asking_put_away(desk: State<'_, Desk>, asking: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| consents::put_away(vault, asking, now)).await
}

/// Who of these may be reached for a purpose on a channel, and why the others stay; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_going(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    purpose: String,
    channel: Channel,
) -> Answer<Going> {
    desk.read(move |vault, now| consents::going(vault, &contacts, &purpose, channel, now)).await
}

/// The person objected, to one purpose or to all marketing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn objection_record(
    desk: State<'_, Desk>,
    contact: Uuid,
    purpose: Option<String>,
    how: How,
) -> Answer<Done<Objection>> {
    desk.write(move |vault, now| {
        let happened = consents::happened(None, vault.business(), now)?;
        consents::object(vault, &contact.to_string(), &NewObjection { purpose, how, happened }, now)
    })
    .await
}

/// The person took an objection back; answers how many stood.
#[tauri::command]
#[specta::specta]
pub(crate) async fn objection_lift(
    desk: State<'_, Desk>,
    contact: Uuid,
    purpose: Option<String>,
    reason: String,
) -> Answer<Done<usize>> {
    desk.write(move |vault, now| consents::lift(vault, &contact.to_string(), purpose.as_deref(), &reason, now)).await
}
