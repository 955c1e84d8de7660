//! Contacts: finding, showing, adding, changing and merging them.

use akkoord_office::consents::{self, InformPlan};
use akkoord_office::people::{
    self, Change, Choosable, Duplicates, Facets, HowTold, Informed, Labelled, List, Moment, NewSource, Page,
    PageQuestion, Question, QueuePage, QueueQuestion, Restricted, Shown,
};
use akkoord_office::vault::Done;
use akkoord_rules::person::Channel;
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};

/// Somebody who is typed in.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct NewContact {
    /// First name.
    pub(crate) given: String,
    /// Last name.
    pub(crate) family: String,
    /// E-mail address; may be empty.
    pub(crate) email: String,
    /// Phone number; may be empty.
    pub(crate) phone: String,
    /// Any other field.
    pub(crate) changes: Vec<Change>,
    /// Where the data came from.
    pub(crate) source: NewSource,
    /// A second contact with the same e-mail or phone is meant.
    pub(crate) duplicate: bool,
}

/// People by any part of a name, organisation, e-mail, phone or label; the best first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_find(desk: State<'_, Desk>, query: String, limit: u32) -> Answer<List> {
    let question = Question { query, limit: limit as usize, after: None };
    desk.read(move |vault, _| people::list(vault, &question)).await
}

/// A stretch of the list of contacts, narrowed and sorted as asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_page(desk: State<'_, Desk>, question: PageQuestion) -> Answer<Page> {
    desk.read(move |vault, now| people::page(vault, &question, now)).await
}

/// All whom a question about the list finds, to be chosen at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_choosable(desk: State<'_, Desk>, question: PageQuestion) -> Answer<Vec<Choosable>> {
    desk.read(move |vault, now| people::choosable(vault, &question, now)).await
}

/// What the list of contacts can be narrowed by, and how many each leaves.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_facets(desk: State<'_, Desk>) -> Answer<Facets> {
    desk.read(|vault, _| people::facets(vault)).await
}

/// Gives many contacts a label, or takes it from them; those on lock are left out and named.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_label(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    label: String,
    add: bool,
) -> Answer<Done<Labelled>> {
    desk.write(move |vault, now| people::label(vault, &contacts, &label, add, now)).await
}

/// Records that people were told on that day that their data is held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_inform(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    how: HowTold,
    on: NaiveDate,
) -> Answer<Done<Informed>> {
    desk.write(move |vault, now| people::inform(vault, &contacts, how, on, now)).await
}

/// Takes back that people were told.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_uninform(desk: State<'_, Desk>, entry: i64) -> Answer<Done<()>> {
    desk.write(move |vault, now| people::uninform(vault, entry, now)).await
}

/// A stretch of those who must be told that their data is held, by when and why then, narrowed as asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_waiting(desk: State<'_, Desk>, question: QueueQuestion) -> Answer<QueuePage> {
    desk.study(move |vault, now| people::queue_page(vault, &question, now)).await
}

/// All of them whom a question finds, to be chosen at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_waiting_all(desk: State<'_, Desk>, question: QueueQuestion) -> Answer<Vec<Choosable>> {
    desk.study(move |vault, now| people::queue_choosable(vault, &question, now)).await
}

/// By which of these ways each of these people may be told, and who cannot be.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_inform_plan(
    desk: State<'_, Desk>,
    contacts: Vec<Uuid>,
    ways: Vec<Channel>,
) -> Answer<InformPlan> {
    desk.study(move |vault, now| consents::inform_plan(vault, &contacts, &ways, now)).await
}

/// Pairs of contacts that are probably one, the likeliest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_duplicates(desk: State<'_, Desk>, limit: u32) -> Answer<Duplicates> {
    desk.study(move |vault, _| people::duplicates(vault, limit as usize)).await
}

/// Says that two contacts that look alike are two.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_distinct(desk: State<'_, Desk>, one: Uuid, other: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| people::distinct(vault, &one.to_string(), &other.to_string(), now)).await
}

/// Takes back that two contacts are two.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contacts_alike(desk: State<'_, Desk>, one: Uuid, other: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| people::alike(vault, &one.to_string(), &other.to_string(), now)).await
}

/// A contact with everything that is known about it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_show(desk: State<'_, Desk>, contact: Uuid) -> Answer<Shown> {
    desk.read(move |vault, now| people::show(vault, &contact.to_string(), now)).await
}

/// What happened with a contact, in the order of recording.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_timeline(desk: State<'_, Desk>, contact: Uuid) -> Answer<Vec<Moment>> {
    desk.read(move |vault, _| people::timeline(vault, &contact.to_string())).await
}

/// Adds a contact that was typed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_add(desk: State<'_, Desk>, person: NewContact) -> Answer<Done<Uuid>> {
    desk.write(move |vault, now| {
        let draft =
            people::typed([&person.given, &person.family], &[&person.email], &[&person.phone], vault.business())?;
        people::add(vault, &draft, &person.changes, &person.source, person.duplicate, now)
    })
    .await
}

/// Changes a contact's data: all changes or none. The answer is what takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_set(desk: State<'_, Desk>, contact: Uuid, changes: Vec<Change>) -> Answer<Done<i64>> {
    desk.write(move |vault, now| people::set(vault, &contact.to_string(), &changes, now)).await
}

/// Takes a change of a contact's data back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_unset(desk: State<'_, Desk>, change: i64) -> Answer<Done<()>> {
    desk.write(move |vault, now| people::unset(vault, change, now)).await
}

/// Makes one contact of two; the answer is what takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_merge(desk: State<'_, Desk>, keep: Uuid, other: Uuid) -> Answer<Done<Uuid>> {
    desk.write(move |vault, now| people::merge(vault, &keep.to_string(), &other.to_string(), now)).await
}

/// Takes a merge back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_unmerge(desk: State<'_, Desk>, merge: Uuid) -> Answer<Done<()>> {
    desk.write(move |vault, now| people::unmerge(vault, merge, now)).await
}

/// Puts a contact on lock: stored, and nothing else.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_restrict(desk: State<'_, Desk>, contact: Uuid, reason: String) -> Answer<Done<Restricted>> {
    desk.write(move |vault, now| people::restrict(vault, &contact.to_string(), &reason, now)).await
}

/// Lifts a contact's lock; the person was told on that day. Answers how many locks stood.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contact_unrestrict(
    desk: State<'_, Desk>,
    contact: Uuid,
    reason: String,
    told: NaiveDate,
) -> Answer<Done<usize>> {
    desk.write(move |vault, now| people::unrestrict(vault, &contact.to_string(), &reason, told, now)).await
}
