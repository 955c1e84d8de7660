//! Requests of data subjects and their deadlines.

use akkoord_office::problem::Result;
use akkoord_office::profile::incoming::Spool;
use akkoord_office::requests::{self, Asker, Explained, Filter, List, Moved, NewRequest, Opened, Shown, Step};
use akkoord_office::today::{self, Today};
use akkoord_office::vault::Done;
use akkoord_rules::consent::How;
use akkoord_rules::deadline::Rule;
use akkoord_rules::request::Kind;
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk};
use crate::sent::given;

/// A request as it comes in.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct RequestIn {
    /// Who asks, where it is a contact.
    pub(crate) contact: Option<Uuid>,
    /// Who asks, by the name they gave, where nothing is held about them.
    pub(crate) unknown: String,
    /// What is asked.
    pub(crate) kind: Kind,
    /// When it came in: a date, or an instant.
    pub(crate) received: String,
    /// The way in which it came.
    pub(crate) how: How,
    /// What was asked, in the person's own words.
    pub(crate) words: String,
    /// The files that came with it, by the ids under which they were sent.
    #[serde(default)]
    #[specta(optional)]
    pub(crate) attach: Vec<Uuid>,
}

/// A step with a request; days that are left open are today.
#[derive(Debug, Deserialize, Type)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum StepIn {
    IdentityAsked {
        reason: String,
        on: Option<NaiveDate>,
    },
    IdentityConfirmed {
        how: String,
        on: Option<NaiveDate>,
    },
    IdentityFailed {
        how: String,
        on: Option<NaiveDate>,
    },
    Extended {
        months: u8,
        reason: String,
        told: NaiveDate,
    },
    Answered {
        on: Option<NaiveDate>,
        #[serde(default)]
        #[specta(optional)]
        attach: Vec<Uuid>,
    },
    Weighed {
        stops: bool,
        reason: String,
    },
    Refused {
        reason: String,
    },
}

impl StepIn {
    pub(crate) fn step(self, files: &Spool) -> Result<Step> {
        Ok(match self {
            Self::IdentityAsked { reason, on } => Step::IdentityAsked { reason, on },
            Self::IdentityConfirmed { how, on } => Step::IdentityConfirmed { how, on },
            Self::IdentityFailed { how, on } => Step::IdentityFailed { how, on },
            Self::Extended { months, reason, told } => Step::Extended { months, reason, told },
            Self::Answered { on, attach } => Step::Answered { on, attach: given(files, &attach)? },
            Self::Weighed { stops, reason } => Step::Weighed { stops, reason },
            Self::Refused { reason } => Step::Refused { reason },
        })
    }
}

impl RequestIn {
    fn new_request(self, files: &Spool) -> Result<NewRequest> {
        let attach = given(files, &self.attach)?;
        let asker = self.contact.map_or(Asker::Unknown(self.unknown), |contact| Asker::Contact(contact.to_string()));
        Ok(NewRequest { asker, kind: self.kind, received: self.received, how: self.how, words: self.words, attach })
    }
}

/// What there is to do today: what is due, chores, and how many people stand where.
#[tauri::command]
#[specta::specta]
pub(crate) async fn today(desk: State<'_, Desk>) -> Answer<Today> {
    desk.read(today::today).await
}

/// Requests as they stand today: the most urgent first, then the closed ones, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn requests_list(desk: State<'_, Desk>, which: Filter) -> Answer<List> {
    desk.read(move |vault, now| requests::list(vault, which, None, now)).await
}

/// A request's page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_show(desk: State<'_, Desk>, request: Uuid) -> Answer<Shown> {
    desk.read(move |vault, now| requests::show(vault, request, now)).await
}

/// Takes a request down.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_open(desk: State<'_, Desk>, request: RequestIn) -> Answer<Done<Opened>> {
    let files = desk.spool();
    desk.write(move |vault, now| requests::open(vault, &request.new_request(&files)?, now)).await
}

/// Takes one step with a request.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_step(desk: State<'_, Desk>, request: Uuid, step: StepIn) -> Answer<Done<Moved>> {
    let files = desk.spool();
    desk.write(move |vault, now| requests::step(vault, request, step.step(&files)?, now)).await
}

/// Until when a request that came in then must be answered, and why; nothing is written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn deadline_preview(desk: State<'_, Desk>, received: String, rule: Rule) -> Answer<Explained> {
    desk.read(move |vault, _| requests::deadline(&vault.business().country, &received, rule)).await
}
