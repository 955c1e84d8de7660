//! "May I?": gathers the facts about a contact as of a day and lets the rules decide (SPEC §6).

use std::collections::HashMap;
use std::path::Path;

use akkoord_rules::consent::{Builtin, CONFIRM_DAYS, Purpose, Standing, day_of, fold};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::gate::{self, Decision, Facts, Known, Reason, Sharing, Told, sentence};
use akkoord_rules::law::PhoneRule;
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;
use uuid::Uuid;

use super::crowd::Crowd;
use super::event::history;
use super::facts::{addresses, country, has_label, is_younger, label_key, secondhand};
use super::named::each_named;
use super::objection::{Objected, objected};
use crate::erasure;
use crate::people::{Who, locked_on, matching};
use crate::problem::{Problem, Result};
use crate::purposes::{Stored, find};
use crate::vault::connection::{self, live};
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
/// [`Code::NotFound`] for an unknown connection or field; faults of the database. That somebody or the purpose is unknown is an
/// answer, no error.
pub fn may(vault: &Vault, contact: &str, question: &Question) -> Result<Answered> {
    let gate = Gate::of(vault, question)?;
    let whom = matching(vault.rows(), contact)?;
    let seen = whom.iter().map(|who| gate.decide(*who)).collect::<Result<Vec<_>>>()?;
    let words = seen.iter().find(|(decision, _)| !decision.allowed).or(seen.first());
    let standing = words.map(|(_, standing)| standing.clone()).unwrap_or_default();
    let decided = seen.into_iter().map(|(decision, _)| decision).collect();
    let decision = erasure::or_nobody(vault, contact, decided)?;
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
        let decided = whom.iter().map(|who| Ok(gate.decide(*who)?.0)).collect::<Result<_>>()?;
        let decision = erasure::or_nobody(vault, named.given, decided)?;
        let given = (!named.given.is_empty()).then(|| named.given.to_owned());
        let (id, email) = if named.given.parse::<Uuid>().is_ok() { (given, None) } else { (None, given) };
        let contact = if let [one] = whom.as_slice() { Some(one.id.to_string()) } else { id };
        each(Line { contact, email, allowed: decision.allowed, reasons: decision.reasons })
    })
}

/// From how many people on tables may be read as a whole.
const MANY: usize = 200;

/// How many people of a table that is read through cost what one costs who is looked up.
const ALONE: i64 = 20;

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
    aim: Aim,
    phone: &'static PhoneRule,
    child_age: u8,
    on: NaiveDate,
}

/// What somebody wants to do, looked up.
#[derive(Debug, Clone)]
enum Aim {
    Channel(Channel),
    /// A connection's key and title; whom it was shared with shows with each person.
    Connection {
        key: String,
        title: String,
        sharing: Sharing,
    },
}

impl Aim {
    /// Passing data to a connection for a purpose.
    fn connection(stored: connection::Stored, purpose: &str, field: Option<(bool, Sensitivity)>) -> Self {
        let sharing = Sharing {
            shared: stored.purposes.iter().any(|(_, key)| key == purpose),
            permitted: false,
            received: field.is_none_or(|(received, _)| received),
            field: field.map(|(_, sensitivity)| sensitivity),
            ceiling: stored.ceiling,
        };
        Self::Connection { key: stored.key, title: stored.title, sharing }
    }

    /// The target for somebody who stands so.
    fn target(&self, standing: &Standing) -> gate::Target {
        match self {
            Self::Channel(channel) => gate::Target::Channel(*channel),
            Self::Connection { key, sharing, .. } => {
                gate::Target::Connection(Sharing { permitted: standing.share.contains(key), ..*sharing })
            }
        }
    }
}

/// What the gate looks at of one contact.
#[derive(Debug, Clone)]
pub(crate) struct Gathered {
    pub(crate) standing: Standing,
    pub(super) restricted: bool,
    pub(super) objected: Objected,
    pub(super) labelled: bool,
    pub(super) addresses: ChannelSet,
    pub(super) secondhand: ChannelSet,
    pub(super) minor: bool,
}

impl Gathered {
    /// All that the gate looks at.
    pub(crate) fn facts<'a>(
        &'a self,
        purpose: Option<&'a Purpose>,
        phone: &'a PhoneRule,
        target: gate::Target,
    ) -> Facts<'a> {
        Facts {
            known: Known::Known,
            purpose,
            restricted: self.restricted,
            objected_marketing: self.objected.marketing,
            objected_purpose: self.objected.purpose,
            labelled: self.labelled,
            standing: &self.standing,
            addresses: self.addresses,
            secondhand: self.secondhand,
            minor: self.minor,
            phone,
            target,
        }
    }
}

impl<'v> Gate<'v> {
    /// Looks the purpose up, and what the country says on that day.
    pub(super) fn of(vault: &'v Vault, question: &'v Question) -> Result<Self> {
        let (conn, business) = (vault.rows(), vault.business());
        let aim = match &question.target {
            Target::Channel(channel) => Aim::Channel(*channel),
            Target::Connection { key, field } => {
                let stored = live(conn, key)?;
                let field = field.as_deref().map(|field| asked_field(conn, &stored, field)).transpose()?;
                Aim::connection(stored, &question.purpose, field)
            }
        };
        let stored = find(conn, business, &question.purpose)?;
        let purpose = match Builtin::parse(&question.purpose) {
            Some(builtin) => Some(Purpose::builtin(builtin)),
            None => stored.as_ref().map(|stored| stored.rules.clone()),
        };
        Self::with(conn, business, &question.purpose, stored, purpose, aim, question.on)
    }

    /// The question whether people may be asked for their consent to a purpose.
    pub(super) fn asking(vault: &'v Vault, purpose: &'v Stored, channel: Channel, on: NaiveDate) -> Result<Self> {
        let asking = Purpose { marketing: purpose.rules.marketing, ..Purpose::builtin(Builtin::Ask) };
        let (conn, business) = (vault.rows(), vault.business());
        Self::with(conn, business, &purpose.rules.key, Some(purpose.clone()), Some(asking), Aim::Channel(channel), on)
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
        Self::with(conn, business, &purpose.rules.key, Some(purpose.clone()), rules, Aim::Channel(channel), on)
    }

    /// What is looked at of people about a purpose whatever is to be done, also inside a running act.
    pub(super) fn about(
        conn: &'v Connection,
        business: &'v Business,
        purpose: &'v Stored,
        on: NaiveDate,
    ) -> Result<Self> {
        Self::reaching(conn, business, purpose, Channel::InPerson, on)
    }

    fn with(
        conn: &'v Connection,
        business: &'v Business,
        asked: &'v str,
        stored: Option<Stored>,
        purpose: Option<Purpose>,
        aim: Aim,
        on: NaiveDate,
    ) -> Result<Self> {
        let country = country(business)?;
        let (phone, child_age) = (country.phone_marketing(on), country.child_age());
        let label = purpose.as_ref().and_then(|purpose| purpose.label.as_deref()).map(label_key);
        Ok(Self { conn, business, asked, stored, purpose, label, aim, phone, child_age, on })
    }

    /// Asks about one contact and whoever was merged into it.
    pub(super) fn decide(&self, who: Who) -> Result<(Decision, Standing)> {
        let gathered = self.gather(who)?;
        Ok((self.judge_aim(&gathered), gathered.standing))
    }

    /// Asks about one contact for every channel.
    pub(super) fn decide_each(&self, who: Who) -> Result<(Vec<(Channel, Decision)>, Standing)> {
        let gathered = self.gather(who)?;
        Ok((self.judge_each(&gathered), gathered.standing))
    }

    /// Asks about one contact for each of these connections.
    pub(super) fn decide_sharing(&self, who: Who, all: &[connection::Stored]) -> Result<Vec<Decision>> {
        let gathered = self.gather(who)?;
        let aim = |stored: &connection::Stored| Aim::connection(stored.clone(), self.asked, None);
        Ok(all.iter().map(|stored| self.judge(&gathered, aim(stored).target(&gathered.standing))).collect())
    }

    /// What of a contact the rules look at, whatever the channel.
    pub(super) fn gather(&self, who: Who) -> Result<Gathered> {
        let purpose_no = self.stored.as_ref().map(|stored| stored.no);
        let standing = match &self.stored {
            Some(stored) => {
                let events = history(self.conn, who.no, stored.no)?;
                // As the owner's purpose says, also where the question is whether people may be asked about it.
                fold(&events, &stored.rules, self.on, self.business.zone, CONFIRM_DAYS)
            }
            None => Standing::default(),
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

    /// Judges each of these, in their order. Where they are much of the vault, each table is read once; else no more than theirs.
    pub(super) fn judge_all<T>(&self, whom: &[Who], judge: impl Fn(&Self, &Gathered) -> T) -> Result<Vec<T>> {
        match &self.stored {
            Some(stored) if whom.len() >= MANY && self.is_much(whom.len())? => self.side_by_side(whom, stored, judge),
            _ => whom.iter().map(|who| Ok(judge(self, &self.gather(*who)?))).collect(),
        }
    }

    /// Whether so many people are so much of the vault that reading all of it is quicker than looking each of them up.
    fn is_much(&self, people: usize) -> Result<bool> {
        let all: i64 = self.conn.prepare_cached("SELECT count(*) FROM contact")?.query_row([], |row| row.get(0))?;
        Ok(i64::try_from(people).unwrap_or(i64::MAX).saturating_mul(ALONE) >= all)
    }

    /// Judges each of these, in their order, from tables that are read as a whole.
    pub(super) fn side_by_side<T>(
        &self,
        whom: &[Who],
        stored: &Stored,
        judge: impl Fn(&Self, &Gathered) -> T,
    ) -> Result<Vec<T>> {
        let wanted: HashMap<i64, usize> = whom.iter().enumerate().map(|(at, who)| (who.no, at)).collect();
        let mut judged: Vec<Option<T>> = whom.iter().map(|_| None).collect();
        let crowd = Crowd::of(self.conn, self.business, std::slice::from_ref(stored), self.on)?;
        crowd.each(|member| {
            let at = wanted.get(&member.who.no).and_then(|at| judged.get_mut(*at));
            if let (Some(place), Some(gathered)) = (at, member.gathered.first()) {
                *place = Some(judge(self, gathered));
            }
            Ok(())
        })?;
        // Whoever is no contact that stands for itself is no member of a crowd, and is looked at alone.
        let alone = |(judged, who): (Option<T>, &Who)| match judged {
            Some(judged) => Ok(judged),
            None => Ok(judge(self, &self.gather(*who)?)),
        };
        judged.into_iter().zip(whom).map(alone).collect()
    }

    /// Whether the way that was asked about is allowed.
    pub(super) fn judge_aim(&self, gathered: &Gathered) -> Decision {
        self.judge(gathered, self.aim.target(&gathered.standing))
    }

    /// Judges every channel.
    pub(super) fn judge_each(&self, gathered: &Gathered) -> Vec<(Channel, Decision)> {
        let judge = |channel: &Channel| (*channel, self.judge(gathered, gate::Target::Channel(*channel)));
        Channel::ALL.iter().map(judge).collect()
    }

    fn judge(&self, gathered: &Gathered, target: gate::Target) -> Decision {
        gate::may(&gathered.facts(self.purpose.as_ref(), self.phone, target))
    }

    pub(super) fn sentence(&self, decision: &Decision, standing: &Standing) -> String {
        let told = Told {
            purpose: self.stored.as_ref().map_or(self.asked, |stored| stored.title.as_str()),
            channel: match self.aim {
                Aim::Channel(channel) => Some(channel),
                Aim::Connection { .. } => None,
            },
            law: self.purpose.as_ref().and_then(|purpose| purpose.builtin),
            connection: match &self.aim {
                Aim::Channel(_) => "",
                Aim::Connection { title, .. } => title,
            },
            register: self.phone.register.as_deref(),
            since: standing.since.map(|since| day_of(since, self.business.zone)),
            expires: standing.expires,
        };
        sentence(decision, &told)
    }
}

/// Whether a connection receives a field, and how sensitive that is.
fn asked_field(conn: &Connection, stored: &connection::Stored, key: &str) -> Result<(bool, Sensitivity)> {
    if let Some(field) = stored.fields.iter().find(|field| field.key == key) {
        return Ok((true, field.sensitivity));
    }
    let mut query = conn.prepare_cached("SELECT 1 FROM field WHERE key = ?")?;
    if !query.exists([key])? {
        return Err(Problem::not_found("field", key));
    }
    Ok((false, Sensitivity::High))
}
