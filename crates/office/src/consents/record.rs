//! Recording what a person answered.

use std::collections::BTreeSet;

use akkoord_rules::consent::{How, Status, day_of};
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::event::{EventRow, put};
use super::facts::is_minor;
use super::proof::{Content, ProofShown, store_all};
use super::standing::refresh;
use crate::people::{NewSource, Who, resolve, unlocked};
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::purposes::{Stored, answerable, codes, wordings};
use crate::vault::connection::live;
use crate::vault::{Act, Business, Done, Rows, Vault};

/// An answer to be recorded.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// The purpose's key.
    pub purpose: String,
    /// Yes or no.
    pub yes: bool,
    /// The way it came.
    pub how: How,
    /// When it happened.
    pub happened: DateTime<FixedOffset>,
    /// The language of the text that was read or shown; else the contact's, the business's, or the one there is.
    pub language: Option<String>,
    /// The version of the wording; else the one in force on the day it happened.
    pub version: Option<u32>,
    /// The channels it covers; else those of the purpose.
    pub channels: Option<ChannelSet>,
    /// The one channel that the person wants to be reached on.
    pub prefer: Option<Channel>,
    /// Keys of the connections that the data may be shared with.
    pub share: Vec<String>,
    /// The last day on which a yes holds; overrides the purpose's validity.
    pub until: Option<NaiveDate>,
    /// Files that show it.
    pub attach: Vec<Given>,
    /// In words.
    pub note: String,
    /// The parent or guardian who gave it for a child; empty for nobody.
    pub guardian: String,
    /// Given expressly, as special categories of data ask for (Art. 9).
    pub explicit: bool,
    /// Came by a way that anybody could have used, so it waits for confirmation; web forms and mails always do.
    pub unconfirmed: bool,
    /// The page on which it was given.
    pub url: String,
    /// The network address it came from.
    pub ip: String,
    /// The place, if known.
    pub place: String,
}

impl NewAnswer {
    /// An answer of which nothing more is known than this.
    #[must_use]
    pub fn new(purpose: &str, yes: bool, how: How, happened: DateTime<FixedOffset>) -> Self {
        Self {
            purpose: purpose.to_owned(),
            yes,
            how,
            happened,
            language: None,
            version: None,
            channels: None,
            prefer: None,
            share: Vec::new(),
            until: None,
            attach: Vec::new(),
            note: String::new(),
            guardian: String::new(),
            explicit: false,
            unconfirmed: false,
            url: String::new(),
            ip: String::new(),
            place: String::new(),
        }
    }
}

impl NewAnswer {
    /// Whether it is a yes that waits to be confirmed.
    pub(super) fn waits(&self) -> bool {
        self.yes && (self.unconfirmed || matches!(self.how, How::WebForm | How::Email))
    }
}

/// What to know about something recorded that is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConsentWarning")]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// A child's yes without a parent or guardian: the gate does not take it.
    GuardianNeeded,
    /// It is over already: it counts for the past only.
    Expired,
    /// A no or a withdrawal after which the person said yes again: that yes counts, or waits to be confirmed.
    LaterYes,
    /// A yes before a no or a withdrawal that is recorded already: it does not count.
    LaterNo,
    /// The version that was named began after the day of the answer.
    LaterVersion,
    /// A yes that waits to be confirmed, beside an earlier one that counts until then.
    EarlierYesStands,
}

/// What was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Recorded {
    /// The event's id.
    pub event: Uuid,
    /// Where the person stands now.
    pub status: Status,
    /// The first day on which the yes no longer holds.
    pub expires: Option<NaiveDate>,
    /// The files that show it.
    pub proofs: Vec<ProofShown>,
    /// What to know about it.
    pub warnings: Vec<Warning>,
}

/// Records an answer with its proof.
///
/// # Errors
/// Those of finding the contact; [`Code::NotFound`] for purpose, version or connection; [`Code::BuiltinPurpose`];
/// [`Code::NoWording`] for a yes to a text that is not there; [`Code::Restricted`] for a yes of somebody on lock;
/// [`Code::WrongChannel`]; [`Code::InFuture`]; [`Code::Invalid`]; those of the files.
pub fn record(vault: &mut Vault, contact: &str, new: &NewAnswer, now: DateTime<Utc>) -> Result<Done<Recorded>> {
    let business = vault.business().clone();
    let by = vault.by().to_owned();
    let who = resolve(vault.rows(), contact)?;
    let purpose = answerable(vault.rows(), &business, &new.purpose)?;
    let checked = Checked::of(new, vault.rows(), &business, &purpose, now)?;
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let contents = store_all(rows, &new.attach)?;
        let recorded = answer(rows, &business, who, &purpose, new, &checked, &contents, &by, now)?;
        rows.about(recorded.event);
        Ok(recorded)
    })
}

/// What an answer says of every person it is recorded for, looked over.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) version: u32,
    pub(super) channels: ChannelSet,
    /// The connections' keys, parted by commas.
    share: String,
    /// Where it came from.
    from: NewSource,
    pub(super) expires: Option<NaiveDate>,
    /// The named version began after the day of the answer.
    later_version: bool,
}

impl Checked {
    pub(super) fn of(
        new: &NewAnswer,
        conn: &Connection,
        business: &Business,
        purpose: &Stored,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        if new.happened > now {
            return Err(Problem::new(Code::InFuture).with("given", new.happened.to_rfc3339()));
        }
        let day = day_of(new.happened.to_utc(), business.zone);
        let in_force = purpose.rules.version_on(day);
        let version = new.version.unwrap_or(in_force);
        let known = purpose.rules.versions.iter().find(|known| known.number == version);
        let since = known.ok_or_else(|| Problem::not_found("version", &version.to_string()))?.since;
        let channels = new.channels.unwrap_or(purpose.rules.channels);
        let refuse = |channel: Channel| Err(Problem::new(Code::WrongChannel).with("channel", channel.as_str()));
        if let Some(outside) = channels.iter().find(|channel| !purpose.rules.channels.contains(*channel)) {
            return refuse(outside);
        }
        if let Some(outside) = new.prefer.filter(|prefer| !channels.contains(*prefer)) {
            return refuse(outside);
        }
        if purpose.rules.special && new.yes && !new.explicit {
            return Err(Problem::invalid("explicit", "needed"));
        }
        let of_a_yes =
            [("until", new.until.is_some()), ("prefer", new.prefer.is_some()), ("share", !new.share.is_empty())];
        for (field, set) in of_a_yes {
            if set && !new.yes {
                return Err(Problem::invalid(field, "only_of_a_yes"));
            }
        }
        let expires = new.until.map(|until| end(until, new)).transpose()?;
        let share: BTreeSet<&str> = new.share.iter().map(String::as_str).collect();
        for key in &share {
            live(conn, key)?;
        }
        let share = share.into_iter().collect::<Vec<_>>().join(",");
        let from =
            NewSource { url: new.url.clone(), ip: new.ip.clone(), place: new.place.clone(), ..Default::default() };
        let (from, later_version) = (from.checked()?, version != in_force && since > day);
        Ok(Self { version, channels, share, from, expires, later_version })
    }
}

/// The day after the last day.
fn end(until: NaiveDate, new: &NewAnswer) -> Result<NaiveDate> {
    let end = until.succ_opt().filter(|_| until >= new.happened.date_naive());
    end.ok_or_else(|| Problem::invalid("until", "before_the_answer"))
}

/// Records an answer for one person inside the running act.
#[expect(clippy::too_many_arguments, reason = "the two callers hold each of these on its own")]
pub(super) fn answer(
    rows: &mut Rows<'_>,
    business: &Business,
    who: Who,
    purpose: &Stored,
    new: &NewAnswer,
    checked: &Checked,
    contents: &[Content],
    by: &str,
    now: DateTime<Utc>,
) -> Result<Recorded> {
    if new.yes {
        unlocked(rows, business, who)?;
    }
    let kind = if new.yes { "given" } else { "refused" };
    let wanted = new.language.as_deref().map(|language| language.trim().to_ascii_lowercase());
    let (language, text) = text(rows, business, who, purpose, checked.version, wanted.as_deref())?;
    if new.yes && text.is_empty() {
        let problem = Problem::new(Code::NoWording).with("purpose", purpose.rules.key.as_str());
        return Err(problem.with("version", checked.version).with("language", wanted.unwrap_or(language)));
    }
    let row = EventRow {
        how: new.how.as_str().to_owned(),
        language,
        text,
        channels: Some(codes(checked.channels)),
        prefer: new.prefer.map(|channel| channel.as_str().to_owned()).unwrap_or_default(),
        expires: checked.expires.map(|day| day.to_string()).unwrap_or_default(),
        share: checked.share.clone(),
        guardian: new.guardian.trim().to_owned(),
        explicit: new.explicit,
        unconfirmed: new.waits(),
        note: new.note.clone(),
        url: checked.from.url.clone(),
        ip: checked.from.ip.clone(),
        place: checked.from.place.clone(),
        ..EventRow::new(kind, checked.version, new.happened, by)
    };
    let proofs = put(rows, who, purpose, &row, contents)?;
    let standing = refresh(rows, business, who.no, purpose, now)?.by(business.today(now), business.zone);
    let mut warnings = Vec::new();
    if new.yes && row.guardian.is_empty() && is_minor(rows, business, who.no, business.today(now))? {
        warnings.push(Warning::GuardianNeeded);
    }
    if new.yes && standing.status == Status::Expired {
        warnings.push(Warning::Expired);
    }
    if !new.yes && matches!(standing.status, Status::Given | Status::AwaitingConfirmation) {
        warnings.push(Warning::LaterYes);
    }
    if new.yes && matches!(standing.status, Status::Refused | Status::Withdrawn) {
        warnings.push(Warning::LaterNo);
    }
    if row.unconfirmed && standing.status == Status::Given && standing.waiting.is_some() {
        warnings.push(Warning::EarlierYesStands);
    }
    if checked.later_version {
        warnings.push(Warning::LaterVersion);
    }
    Ok(Recorded { event: row.id, status: standing.status, expires: standing.expires, proofs, warnings })
}

/// The text that was read or shown: in the language that was said, else as [`Wordings::read_by`].
pub(crate) fn text(
    conn: &Connection,
    business: &Business,
    who: Who,
    purpose: &Stored,
    version: u32,
    wanted: Option<&str>,
) -> Result<(String, String)> {
    let texts = Wordings::of(conn, business, purpose, version)?;
    match wanted {
        Some(wanted) => Ok(texts.among(&[wanted], false)),
        None => texts.read_by(conn, who),
    }
}

/// The texts of a version of a purpose, in each language that it has.
pub(crate) struct Wordings<'a> {
    business: &'a Business,
    /// Language and text.
    texts: Vec<(String, String)>,
}

impl<'a> Wordings<'a> {
    /// Reads them.
    pub(crate) fn of(conn: &Connection, business: &'a Business, purpose: &Stored, version: u32) -> Result<Self> {
        Ok(Self { business, texts: wordings(conn, purpose.no, version)? })
    }

    /// There is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Language and text for somebody: in the contact's language, the business's, or one that there is. Without any text,
    /// the language alone.
    pub(crate) fn read_by(&self, conn: &Connection, who: Who) -> Result<(String, String)> {
        Ok(self.among(&[&language_of(conn, who.no)?, &self.business.language], true))
    }

    /// The text in the first of these languages that has one, or where any will do, in another.
    fn among(&self, languages: &[&str], any: bool) -> (String, String) {
        let found = languages.iter().find_map(|wanted| self.texts.iter().find(|(language, _)| language == wanted));
        let plain = || languages.iter().find(|language| !language.is_empty()).copied().unwrap_or_default().to_owned();
        found.or(self.texts.first().filter(|_| any)).cloned().unwrap_or_else(|| (plain(), String::new()))
    }
}

/// The contact's language as a code: `nl` of `nl-BE`.
fn language_of(conn: &Connection, contact_no: i64) -> Result<String> {
    let language: String =
        conn.prepare_cached("SELECT language FROM contact WHERE no = ?")?.query_row([contact_no], |row| row.get(0))?;
    let code = language.split(['-', '_']).next().unwrap_or_default();
    Ok(code.trim().to_ascii_lowercase())
}
