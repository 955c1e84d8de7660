//! A yes on paper that many people gave at once.

use akkoord_office::consents::{self, BatchPlan, Batched, NewAnswer, Pile, Signers, Unbatched};
use akkoord_office::problem::Result;
use akkoord_office::profile::incoming::Spool;
use akkoord_office::vault::{Business, Done};
use akkoord_rules::consent::How;
use akkoord_rules::person::Channel as Way;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::running::Step;
use crate::sent::given;

/// A yes on paper of many people.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct BatchIn {
    /// Who signed.
    pub(crate) contacts: Vec<Uuid>,
    /// Or everybody whom this import brought.
    pub(crate) import: Option<Uuid>,
    /// The purpose's key.
    pub(crate) purpose: String,
    /// The way it came.
    pub(crate) how: How,
    /// The day on which they signed.
    pub(crate) on: NaiveDate,
    /// The version of the text; absent is the one of that day.
    pub(crate) version: Option<u32>,
    /// The language of the text that they signed; absent is each one's own.
    pub(crate) language: Option<String>,
    /// The channels it covers; none is those of the purpose.
    pub(crate) channels: Vec<Way>,
    /// The last day on which it holds.
    pub(crate) until: Option<NaiveDate>,
    /// In words.
    pub(crate) note: String,
    /// Given expressly.
    pub(crate) explicit: bool,
    /// Files that show it, by the ids under which they were sent.
    pub(crate) attach: Vec<Uuid>,
}

impl BatchIn {
    fn signers(&self) -> Signers {
        self.import.map_or_else(|| Signers::Contacts(self.contacts.clone()), Signers::Import)
    }

    fn answer(self, files: &Spool, business: &Business, now: DateTime<Utc>) -> Result<NewAnswer> {
        let signed = consents::happened(Some(&self.on.to_string()), business, now)?;
        Ok(NewAnswer {
            version: self.version,
            language: self.language,
            channels: (!self.channels.is_empty()).then(|| self.channels.into_iter().collect()),
            until: self.until,
            note: self.note,
            explicit: self.explicit,
            attach: given(files, &self.attach)?,
            ..NewAnswer::new(&self.purpose, true, self.how, signed)
        })
    }
}

/// For whom it would be recorded and for whom not; nothing is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_batch_plan(desk: State<'_, Desk>, batch: BatchIn) -> Answer<BatchPlan> {
    let files = desk.spool();
    desk.study(move |vault, now| {
        let signers = batch.signers();
        consents::plan_batch(vault, &signers, &batch.answer(&files, vault.business(), now)?, now)
    })
    .await
}

/// Records it for everybody for whom it can be, in one act.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_batch(
    desk: State<'_, Desk>,
    batch: BatchIn,
    steps: Channel<Step>,
) -> Answer<Done<Batched>> {
    let (files, watch) = (desk.spool(), desk.running().work(steps));
    desk.long(move |vault, now| {
        let (signers, answer) = (batch.signers(), batch.answer(&files, vault.business(), now)?);
        watch.over(|progress| consents::batch(vault, &signers, &answer, progress, now)).map(Batched::brief)
    })
    .await
}

/// The answers of many people that were recorded in one act each, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_piles(desk: State<'_, Desk>) -> Answer<Vec<Pile>> {
    desk.read(|vault, _| consents::piles(vault)).await
}

/// Takes back what was recorded with one act.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_unbatch(
    desk: State<'_, Desk>,
    batch: Uuid,
    note: String,
    steps: Channel<Step>,
) -> Answer<Done<Unbatched>> {
    let watch = desk.running().work(steps);
    desk.long(move |vault, now| watch.over(|progress| consents::undo_batch(vault, batch, &note, progress, now))).await
}
