//! A conversation in which somebody answers: what would follow, recording it, and taking it back.

use akkoord_office::clock;
use akkoord_office::consents::{self, Call, CallAnswer, Called, Caller, Foreseen, NewPerson, TakenBack};
use akkoord_office::people::{self, Change, NewSource};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::profile::incoming::Spool;
use akkoord_office::vault::{Business, Done};
use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::desk::{Answer, Desk, needed};
use crate::sent::given;

/// A conversation, mostly on the phone.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct CallIn {
    /// Who answered, where it is a contact.
    pub(crate) contact: Option<Uuid>,
    /// Who answered, where it is somebody new.
    pub(crate) person: Option<CallerIn>,
    /// When it was, a day or an instant; absent is now.
    pub(crate) happened: Option<String>,
    /// The language of the texts that were read.
    pub(crate) language: String,
    /// What was answered, each purpose at most once.
    pub(crate) answers: Vec<AnswerIn>,
    /// In words.
    pub(crate) note: String,
    /// The way it went.
    pub(crate) how: How,
    /// The page, network address and place that it came from, where they are known.
    pub(crate) from: NewSource,
    /// Files that show it, by the ids under which they were sent.
    #[serde(default)]
    #[specta(optional)]
    pub(crate) attach: Vec<Uuid>,
}

/// Somebody new.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct CallerIn {
    /// First name.
    pub(crate) given: String,
    /// Last name.
    pub(crate) family: String,
    /// E-mail address; may be empty.
    pub(crate) email: String,
    /// Phone number; may be empty.
    pub(crate) phone: String,
    /// Also when another contact has the e-mail or phone already.
    pub(crate) duplicate: bool,
}

/// One answer.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct AnswerIn {
    /// The purpose's key.
    pub(crate) purpose: String,
    /// Yes or no.
    pub(crate) yes: bool,
    /// The language of its text; absent is that of the conversation.
    pub(crate) language: Option<String>,
    /// The channels it covers; absent is those of the purpose.
    pub(crate) channels: Option<Vec<Channel>>,
    /// The one channel that the person wants to be reached on.
    pub(crate) prefer: Option<Channel>,
    /// The last day on which a yes holds; absent is as long as the purpose says.
    pub(crate) until: Option<NaiveDate>,
    /// Keys of the connections that the data may be shared with.
    pub(crate) share: Vec<String>,
    /// The parent or guardian who gave it for a child; empty for nobody.
    pub(crate) guardian: String,
}

impl CallIn {
    fn call(self, files: &Spool, business: &Business, now: DateTime<Utc>) -> Result<Call> {
        let caller = match (self.contact, self.person) {
            (Some(contact), _) => Caller::Known(contact.to_string()),
            (None, Some(person)) => Caller::New(Box::new(person.person(&self.language, business)?)),
            (None, None) => return Err(Problem::invalid("contact", "empty")),
        };
        Ok(Call {
            caller,
            how: self.how,
            happened: consents::happened(self.happened.as_deref(), business, now)?,
            language: Some(self.language),
            answers: self.answers.into_iter().map(CallAnswer::from).collect(),
            note: self.note,
            attach: given(files, &self.attach)?,
            from: self.from,
        })
    }
}

impl CallerIn {
    /// The language in which they were spoken to is theirs.
    fn person(self, language: &str, business: &Business) -> Result<NewPerson> {
        let draft = people::typed([&self.given, &self.family], &[self.email], &[self.phone], business)?;
        let spoken = Change { field: "language".to_owned(), how: people::How::Set, value: language.to_owned() };
        Ok(NewPerson { draft, changes: vec![spoken], from: NewSource::default(), duplicate: self.duplicate })
    }
}

impl From<AnswerIn> for CallAnswer {
    fn from(answer: AnswerIn) -> Self {
        Self {
            purpose: answer.purpose,
            yes: answer.yes,
            language: answer.language,
            channels: answer.channels.map(|channels| channels.into_iter().collect()),
            prefer: answer.prefer,
            until: answer.until,
            share: answer.share,
            guardian: answer.guardian,
        }
    }
}

/// What would follow if the conversation were saved as it stands; nothing is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn call_foresee(desk: State<'_, Desk>, call: CallIn) -> Answer<Vec<Foreseen>> {
    desk.with(move |desk, held| {
        let (vault, now) = (needed(held)?, clock::now());
        let call = call.call(&desk.spool(), vault.business(), now)?;
        consents::foresee(vault, &call, now)
    })
    .await
}

/// Records the conversation: the person, if new, and every answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn call_record(desk: State<'_, Desk>, call: CallIn) -> Answer<Done<Called>> {
    let files = desk.spool();
    desk.write(move |vault, now| consents::record_call(vault, &call.call(&files, vault.business(), now)?, now)).await
}

/// Takes back what was recorded by mistake: all of it, or nothing; whoever came in with it goes with it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn call_undo(desk: State<'_, Desk>, events: Vec<Uuid>, note: String) -> Answer<Done<TakenBack>> {
    desk.write(move |vault, now| consents::undo_call(vault, &events, &note, now)).await
}
