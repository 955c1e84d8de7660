//! Taking a request down.

use akkoord_rules::consent::How;
use akkoord_rules::deadline::Received;
use akkoord_rules::request::{Event, Kind, fold};
use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::check::sealed;
use super::deadline::{Explained, country, parse};
use super::standing::{attach_all, code_of, day_of, not_in_future, refused};
use crate::consents::{ProofShown, after_yes, moment, put_objection, withdraw_all};
use crate::people::{Who, resolve};
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::vault::request::{self, Asked, Logged};
use crate::vault::{Act, Business, Done, Rows, Vault};

/// Who asks.
#[derive(Debug, Clone)]
pub enum Asker {
    /// A contact, by id or e-mail address.
    Contact(String),
    /// Somebody of whom nothing is held, by the name that they gave. "We hold nothing on you" is an answer too.
    Unknown(String),
}

/// A request as it comes in.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Who asks.
    pub asker: Asker,
    /// What is asked.
    pub kind: Kind,
    /// When it came in, at any official channel: a date, or an instant that without an offset is in the business's zone.
    pub received: String,
    /// The way in which it came.
    pub how: How,
    /// What was asked, in the person's own words.
    pub words: String,
    /// The files that came with it.
    pub attach: Vec<Given>,
}

/// A request taken down.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RequestOpened")]
pub struct Opened {
    /// Its id.
    pub request: Uuid,
    /// The last day on which the answer is in time.
    pub due: chrono::NaiveDate,
    /// Why that day.
    pub deadline: Explained,
    /// The files that came with it.
    pub attachments: Vec<ProofShown>,
    /// Whether it stopped marketing at once, as an objection does (Art. 21(3)).
    pub objected: bool,
    /// The events by which it took back every yes at once, as a withdrawal does (Art. 7(3)).
    pub withdrawn: Vec<Uuid>,
}

/// Takes a request down. An objection is in force in the gate from the moment it came in.
///
/// # Errors
/// As `resolve`; [`crate::Code::Invalid`] for what is no date or a name that is empty; [`crate::Code::InFuture`].
pub fn open(vault: &mut Vault, new: &NewRequest, now: DateTime<Utc>) -> Result<Done<Opened>> {
    let country = country(&vault.business().country)?;
    let received = parse(&new.received, country)?;
    not_in_future(received, vault.business().today(now), now)?;
    let (who, unknown_name) = match &new.asker {
        Asker::Contact(given) => (Some(resolve(vault.rows(), given)?), String::new()),
        Asker::Unknown(name) if name.trim().is_empty() => return Err(Problem::invalid("unknown", "empty")),
        Asker::Unknown(name) => (None, name.trim().to_owned()),
    };
    let by = vault.by().to_owned();
    let business = vault.business().clone();
    let event = Event::Opened { received };
    let position = fold(country, [&event]).map_err(refused)?;
    vault.record(Act::RequestOpened, None, now, |rows| {
        let asked = Asked {
            id: Uuid::now_v7(),
            contact_no: who.map(|who| who.no),
            unknown_name,
            kind: new.kind,
            received: received.to_string(),
            how: new.how.as_str().to_owned(),
            words: new.words.clone(),
            country: country.code().to_owned(),
            recorded_at: rows.at,
            by,
        };
        rows.about(asked.id);
        let on = day_of(&event, country);
        let no = request::insert(rows, &asked, on, position.due())?;
        let code = code_of(&event);
        let logged = Logged { on, event, recorded_at: rows.at, by: asked.by.clone() };
        request::add_event(rows, no, code, &logged)?;
        let mut since = moment(received, country.zone(), now);
        if let (Received::Date(_), Some(who)) = (received, who) {
            since = after_yes(rows, &business, who.no, None, since)?;
        }
        let (objected, withdrawn) = take_effect(rows, &business, &asked, who, since, now)?;
        let attachments = attach_all(rows, no, &new.attach)?;
        rows.fact(who.map(|who| who.id), &sealed(&asked, &logged, position.due(), &attachments))?;
        let deadline = Explained::from(position.deadline());
        Ok(Opened { request: asked.id, due: position.due(), deadline, attachments, objected, withdrawn })
    })
}

/// Some requests work from the moment they are made (Art. 7(3), 21(3)): whether it stopped marketing, and the events by
/// which every yes was taken back.
fn take_effect(
    rows: &mut Rows<'_>,
    business: &Business,
    asked: &Asked,
    who: Option<Who>,
    since: DateTime<FixedOffset>,
    now: DateTime<Utc>,
) -> Result<(bool, Vec<Uuid>)> {
    let Some(who) = who else { return Ok((false, Vec::new())) };
    if asked.kind == Kind::Objection {
        put_objection(rows, who, None, since, &asked.how, &asked.by)?;
        return Ok((true, Vec::new()));
    }
    if asked.kind == Kind::Withdrawal {
        return Ok((false, withdraw_all(rows, business, who, &asked.how, since, &asked.by, now)?));
    }
    Ok((false, Vec::new()))
}
