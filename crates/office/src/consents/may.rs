//! "May I?": gathers the facts about a contact as of a day and lets the rules decide (SPEC §6).

use std::path::Path;

use akkoord_rules::consent::{Builtin, CONFIRM_DAYS, Purpose, Standing, day_of, fold};
use akkoord_rules::gate::{self, Decision, Facts, Known, Reason, Told, sentence};
use akkoord_rules::law::{Country, PhoneRule};
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::event::history;
use super::named::each_named;
use super::objection::{Objected, objected};
use crate::people::{Who, locked_on, matching};
use crate::problem::{Code, Problem, Result};
use crate::purposes::{Stored, find, unknown_connection};
use crate::vault::{Business, Vault};

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Reach the contact on this channel.
    Channel(Channel),
    /// Pass data to this connection.
    Connection {
        /// The connection's key.
        key: String,
        /// The field in question; `None` asks whether the contact goes at all.
        field: Option<String>,
    },
}

/// What is asked, of anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The purpose's key: the owner's, or one that the law orders.
    pub purpose: String,
    /// What somebody wants to do.
    pub target: Target,
    /// As of the end of this day where the business is.
    pub on: NaiveDate,
}

/// The gate's answer, and in words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Answered {
    /// The answer.
    #[serde(flatten)]
    pub decision: Decision,
    /// One sentence.
    pub text: String,
}

/// Asks about the contact that an id or e-mail address names. For an address of several: allowed only if allowed for all.
///
/// # Errors
/// [`Code::NotFound`] for an unknown connection; faults of the database. That somebody or the purpose is unknown is an
/// answer, no error.
pub fn may(vault: &Vault, contact: &str, question: &Question) -> Result<Answered> {
    let gate = Gate::of(vault, question)?;
    let whom = matching(vault.rows(), contact)?;
    let seen = whom.iter().map(|who| gate.decide(*who)).collect::<Result<Vec<_>>>()?;
    let words = seen.iter().find(|(decision, _)| !decision.allowed).or(seen.first());
    let standing = words.map(|(_, standing)| standing.clone()).unwrap_or_default();
    let decision = Decision::for_all(seen.into_iter().map(|(decision, _)| decision));
    let text = gate.sentence(&decision, &standing);
    Ok(Answered { decision, text })
}

/// The answer about somebody whom a file names.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The contact's id, or the one in the file that nobody has.
    pub contact: Option<String>,
    /// What the file says in the place of an address, be it one or not.
    pub email: Option<String>,
    /// Allowed or not.
    pub allowed: bool,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Asks about everybody whom a file names, in its order, unknown people too. Each answer is given as soon as it is known.
///
/// # Errors
/// As for one; [`Code::Unreadable`] for the file; what `each` refuses with.
pub fn may_each(
    vault: &Vault,
    from: &Path,
    question: &Question,
    mut each: impl FnMut(Line) -> Result<()>,
) -> Result<()> {
    let gate = Gate::of(vault, question)?;
    each_named(from, |named| {
        let whom = matching(vault.rows(), named.given)?;
        let decided = whom.iter().map(|who| Ok(gate.decide(*who)?.0)).collect::<Result<Vec<_>>>()?;
        let decision = Decision::for_all(decided);
        let given = (!named.given.is_empty()).then(|| named.given.to_owned());
        let (id, email) = if named.given.parse::<Uuid>().is_ok() { (given, None) } else { (None, given) };
        let contact = if let [one] = whom.as_slice() { Some(one.id.to_string()) } else { id };
        each(Line { contact, email, allowed: decision.allowed, reasons: decision.reasons })
    })
}

/// A question with all that is the same whoever it is about.
#[derive(Debug)]
pub(super) struct Gate<'v> {
    conn: &'v Connection,
    business: &'v Business,
    asked: &'v str,
    stored: Option<Stored>,
    purpose: Option<Purpose>,
    /// The purpose's label as it is compared.
    label: Option<String>,
    channel: Channel,
    phone: &'static PhoneRule,
    child_age: u8,
    on: NaiveDate,
}

/// What the gate looks at of one contact.
#[derive(Debug)]
struct Gathered {
    standing: Standing,
    restricted: bool,
    objected: Objected,
    labelled: bool,
    addresses: ChannelSet,
    secondhand: ChannelSet,
    minor: bool,
}

impl<'v> Gate<'v> {
    /// Looks the purpose up, and what the country says on that day.
    pub(super) fn of(vault: &'v Vault, question: &'v Question) -> Result<Self> {
        let (conn, business) = (vault.rows(), vault.business());
        let channel = match &question.target {
            Target::Channel(channel) => *channel,
            Target::Connection { key, .. } => return Err(unknown_connection(key)),
        };
        let stored = find(conn, business, &question.purpose)?;
        let purpose = match Builtin::parse(&question.purpose) {
            Some(builtin) => Some(Purpose::builtin(builtin)),
            None => stored.as_ref().map(|stored| stored.rules.clone()),
        };
        Self::with(conn, business, &question.purpose, stored, purpose, channel, question.on)
    }

    /// The question whether people may be asked for their consent to a purpose.
    pub(super) fn asking(vault: &'v Vault, purpose: &'v Stored, channel: Channel, on: NaiveDate) -> Result<Self> {
        let asking = Purpose { marketing: purpose.rules.marketing, ..Purpose::builtin(Builtin::Ask) };
        let (conn, business) = (vault.rows(), vault.business());
        Self::with(conn, business, &purpose.rules.key, Some(purpose.clone()), Some(asking), channel, on)
    }

    /// The question whether people may be reached for a purpose, also inside a running act.
    pub(super) fn reaching(
        conn: &'v Connection,
        business: &'v Business,
        purpose: &'v Stored,
        channel: Channel,
        on: NaiveDate,
    ) -> Result<Self> {
        let rules = Some(purpose.rules.clone());
        Self::with(conn, business, &purpose.rules.key, Some(purpose.clone()), rules, channel, on)
    }

    fn with(
        conn: &'v Connection,
        business: &'v Business,
        asked: &'v str,
        stored: Option<Stored>,
        purpose: Option<Purpose>,
        channel: Channel,
        on: NaiveDate,
    ) -> Result<Self> {
        let country = country(business)?;
        let (phone, child_age) = (country.phone_marketing(on), country.child_age());
        let label = purpose.as_ref().and_then(|purpose| purpose.label.as_deref()).map(label_key);
        Ok(Self { conn, business, asked, stored, purpose, label, channel, phone, child_age, on })
    }

    /// Asks about one contact and whoever was merged into it.
    pub(super) fn decide(&self, who: Who) -> Result<(Decision, Standing)> {
        let gathered = self.gather(who)?;
        Ok((self.judge(&gathered, self.channel), gathered.standing))
    }

    /// Asks about one contact for every channel.
    pub(super) fn decide_each(&self, who: Who) -> Result<(Vec<(Channel, Decision)>, Standing)> {
        let gathered = self.gather(who)?;
        let each = Channel::ALL.iter().map(|channel| (*channel, self.judge(&gathered, *channel))).collect();
        Ok((each, gathered.standing))
    }

    /// What of a contact the rules look at, whatever the channel.
    fn gather(&self, who: Who) -> Result<Gathered> {
        let purpose_no = self.stored.as_ref().map(|stored| stored.no);
        let standing = match (&self.stored, &self.purpose) {
            (Some(stored), Some(purpose)) => {
                let events = history(self.conn, who.no, stored.no)?;
                fold(&events, purpose, self.on, self.business.zone, CONFIRM_DAYS)
            }
            _ => Standing::default(),
        };
        Ok(Gathered {
            standing,
            restricted: locked_on(self.conn, self.business, who.no, self.on)?,
            objected: objected(self.conn, self.business, who.no, purpose_no, self.on)?,
            labelled: self.label.as_deref().map_or(Ok(true), |label| has_label(self.conn, who.no, label))?,
            addresses: addresses(self.conn, who.no)?,
            secondhand: secondhand(self.conn, who.no)?,
            minor: is_younger(self.conn, who.no, self.child_age, self.on)?,
        })
    }

    fn judge(&self, gathered: &Gathered, channel: Channel) -> Decision {
        gate::may(&Facts {
            known: Known::Known,
            purpose: self.purpose.as_ref(),
            restricted: gathered.restricted,
            objected_marketing: gathered.objected.marketing,
            objected_purpose: gathered.objected.purpose,
            labelled: gathered.labelled,
            standing: &gathered.standing,
            addresses: gathered.addresses,
            secondhand: gathered.secondhand,
            minor: gathered.minor,
            phone: self.phone,
            target: gate::Target::Channel(channel),
        })
    }

    pub(super) fn sentence(&self, decision: &Decision, standing: &Standing) -> String {
        let told = Told {
            purpose: self.stored.as_ref().map_or(self.asked, |stored| stored.title.as_str()),
            channel: Some(self.channel),
            law: self.purpose.as_ref().and_then(|purpose| purpose.builtin),
            connection: "",
            register: self.phone.register.as_deref(),
            since: standing.since.map(|since| day_of(since, self.business.zone)),
            expires: standing.expires,
        };
        sentence(decision, &told)
    }
}

pub(super) fn country(business: &Business) -> Result<Country> {
    business
        .country
        .parse()
        .map_err(|error: akkoord_rules::law::UnknownCountry| Problem::new(Code::VaultDamaged).because(error))
}

/// Whether somebody of the group is below the country's age for consenting alone on that day.
pub(super) fn is_minor(conn: &Connection, business: &Business, contact_no: i64, on: NaiveDate) -> Result<bool> {
    is_younger(conn, contact_no, country(business)?.child_age(), on)
}

fn is_younger(conn: &Connection, contact_no: i64, age: u8, on: NaiveDate) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT birthday FROM contact WHERE birthday <> ''
           AND no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
    )?;
    let mut rows = query.query([contact_no])?;
    while let Some(row) = rows.next()? {
        let birthday: String = row.get(0)?;
        // A birthday without its year says no age.
        let born = birthday.parse::<NaiveDate>().ok();
        if born.is_some_and(|born| on.years_since(born).is_none_or(|years| years < u32::from(age))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A label as it is compared: people write one label with and without a capital, and accents in either of their two forms.
fn label_key(label: &str) -> String {
    label.trim().to_lowercase().nfc().collect()
}

/// Whether somebody of the group has the label, given as [`label_key`].
fn has_label(conn: &Connection, contact_no: i64, label: &str) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT label FROM contact_label
         WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
    )?;
    let mut rows = query.query([contact_no])?;
    while let Some(row) = rows.next()? {
        if label_key(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?) == label {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The channels on which the group has an address.
fn addresses(conn: &Connection, contact_no: i64) -> Result<ChannelSet> {
    Ok(conn
        .prepare_cached(
            "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
             SELECT EXISTS (SELECT 1 FROM contact_email WHERE contact_no IN (SELECT no FROM one)),
                    EXISTS (SELECT 1 FROM contact_phone WHERE contact_no IN (SELECT no FROM one)),
                    EXISTS (SELECT 1 FROM contact_address WHERE contact_no IN (SELECT no FROM one)
                              AND (street <> '' OR po_box <> ''))",
        )?
        .query_row([contact_no], |row| Ok(ChannelSet::reachable(row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// The channels on which the group has an address that did not come from the person. Which of several addresses will be
/// used is not known here, so one such address is enough.
fn secondhand(conn: &Connection, contact_no: i64) -> Result<ChannelSet> {
    Ok(conn
        .prepare_cached(
            "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
             SELECT EXISTS (SELECT 1 FROM contact_email a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self'),
                    EXISTS (SELECT 1 FROM contact_phone a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self'),
                    EXISTS (SELECT 1 FROM contact_address a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self')",
        )?
        .query_row([contact_no], |row| Ok(ChannelSet::reachable(row.get(0)?, row.get(1)?, row.get(2)?)))?)
}
