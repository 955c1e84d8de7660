//! The register of breaches (Art. 33, 34): what happened, who was affected, until when the authority must hear of it, and
//! whether it and the persons did.

use std::collections::HashSet;

use akkoord_rules::breach::{Risk, Told};
use akkoord_rules::deadline::{Due, Received, Rule, compute};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::papers::breach_text;
use crate::people::{Listed, Who, listed, resolve};
use crate::problem::{Code, Problem, Result};
use crate::requests::{Explained, country};
use crate::vault::{Act, Business, Done, Vault, breach};

/// A breach as it is taken down.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewBreach {
    /// When the business became aware of it: an instant, without an offset in the business's zone, or a day, whose beginning
    /// then counts.
    pub aware: String,
    /// What happened.
    pub nature: String,
    /// Which kinds of data.
    pub data: String,
    /// About how many people.
    pub people: Option<u32>,
    /// About how many records.
    pub records: Option<u32>,
    /// Who was affected, of those who are known here: ids or e-mail addresses.
    pub affected: Vec<String>,
    /// Nobody could read the data.
    pub encrypted: bool,
    /// How likely harm is.
    pub risk: Risk,
    /// What may come of it.
    pub consequences: String,
    /// What was done about it.
    pub measures: String,
}

/// A breach as it stands.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BreachShown {
    /// Its id.
    pub breach: Uuid,
    /// When the business became aware, as it was said.
    pub aware: String,
    /// Until when the authority must be told, RFC 3339 to the minute.
    pub due: String,
    /// Why then.
    pub deadline: Explained,
    /// Minutes until then, negative after it; once the authority is answered for, those that were left.
    pub minutes_left: i64,
    /// What happened.
    pub nature: String,
    /// Which kinds of data.
    pub data: String,
    /// About how many people.
    pub people: Option<i64>,
    /// About how many records.
    pub records: Option<i64>,
    /// The contacts who were affected.
    pub affected: Vec<Uuid>,
    /// Nobody could read the data.
    pub encrypted: bool,
    /// How likely harm is.
    pub risk: Risk,
    /// What may come of it.
    pub consequences: String,
    /// What was done about it.
    pub measures: String,
    /// The authority.
    pub authority: Duty,
    /// The persons concerned.
    pub persons: Duty,
    /// `open` until both are answered for, then `closed`.
    pub state: &'static str,
    /// The text for the authority, in the language of the business (Art. 33(3)).
    pub text: String,
    /// When it was recorded, RFC 3339.
    pub recorded: String,
    /// Who recorded it.
    pub by: String,
}

/// Whether somebody has to be told, and was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "BreachDuty")]
pub struct Duty {
    /// The law wants them told.
    pub owed: bool,
    /// They were told, or were not; absent where nobody has said yet.
    pub told: Option<bool>,
    /// When, or when it was decided not to, as it was said.
    pub on: Option<String>,
    /// Why not, or why so late.
    pub reason: Option<String>,
}

/// What is said of telling somebody.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "NewBreachTold")]
pub struct NewTold {
    /// Who.
    pub whom: Told,
    /// They were told, or it was decided not to.
    pub told: bool,
    /// When: an instant or a day; nothing is now.
    pub on: Option<String>,
    /// Why not, or why so late.
    pub reason: String,
}

/// Takes a breach down; the 72 hours are counted from when the business became aware.
///
/// # Errors
/// [`Code::Invalid`] for what is no instant, or without a nature; [`Code::InFuture`]; as `resolve`.
pub fn breach_open(vault: &mut Vault, new: &NewBreach, now: DateTime<Utc>) -> Result<Done<BreachShown>> {
    let aware = said(&new.aware, vault.business(), now)?;
    if new.nature.trim().is_empty() {
        return Err(Problem::invalid("nature", "empty"));
    }
    let mut affected: Vec<Who> = Vec::new();
    for given in &new.affected {
        let who = resolve(vault.rows(), given)?;
        if affected.iter().all(|known| known.no != who.no) {
            affected.push(who);
        }
    }
    let row = breach::Breach {
        id: Uuid::now_v7(),
        aware: aware.to_string(),
        nature: new.nature.trim().to_owned(),
        data: new.data.trim().to_owned(),
        people: new.people.map(i64::from),
        records: new.records.map(i64::from),
        encrypted: new.encrypted,
        risk: new.risk,
        consequences: new.consequences.trim().to_owned(),
        measures: new.measures.trim().to_owned(),
        by: vault.by().to_owned(),
    };
    let id = row.id;
    let done = vault.record(Act::BreachOpened, Some(id), now, |rows| breach::insert(rows, &row, &affected))?;
    Ok(Done { output: breach_show(vault, id, now)?, touched: done.touched })
}

/// Notes that the authority or the persons were told, or why they were not. What was noted before stays in the register.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::NoReason`] for not telling, and for telling the authority after the 72 hours (Art. 33(1));
/// [`Code::TooEarly`] before the business was aware; [`Code::InFuture`], [`Code::Invalid`].
pub fn breach_answer(vault: &mut Vault, id: Uuid, new: &NewTold, now: DateTime<Utc>) -> Result<Done<BreachShown>> {
    let kept = breach::find(vault.rows(), id)?;
    let business = vault.business();
    let happened = match &new.on {
        Some(on) => said(on, business, now)?,
        None => Received::Instant(business.local(now.timestamp_millis() / 1000 * 1000)),
    };
    let aware = stored(&kept.breach.aware)?;
    if happened.on(business.zone) < aware.on(business.zone) || before(happened, aware) {
        let problem = Problem::new(Code::TooEarly).with("on", happened.on(business.zone).to_string());
        return Err(problem.with("earliest", aware.on(business.zone).to_string()));
    }
    let late = new.whom == Told::Authority && is_late(business, aware, happened)?;
    if new.reason.trim().is_empty() && (!new.told || late) {
        return Err(Problem::new(Code::NoReason));
    }
    let answer = breach::Answer {
        breach: id,
        whom: new.whom,
        told: new.told,
        happened: happened.to_string(),
        reason: new.reason.trim().to_owned(),
        by: vault.by().to_owned(),
    };
    let done = vault.record(Act::BreachAnswered, Some(id), now, |rows| breach::answer(rows, kept.no, &answer))?;
    Ok(Done { output: breach_show(vault, id, now)?, touched: done.touched })
}

/// A breach as it stands.
///
/// # Errors
/// [`Code::NotFound`]; faults of the database.
pub fn breach_show(vault: &Vault, id: Uuid, now: DateTime<Utc>) -> Result<BreachShown> {
    shown(vault, breach::find(vault.rows(), id)?, now)
}

/// The contacts who were affected, as a list shows them.
///
/// # Errors
/// [`Code::NotFound`]; faults of the database.
pub fn breach_people(vault: &Vault, id: Uuid) -> Result<Vec<Listed>> {
    let conn = vault.rows();
    let kept = breach::find(conn, id)?;
    let mut shown = Vec::new();
    // Two who were affected may be one contact by now.
    let mut seen = HashSet::new();
    for contact in breach::affected(conn, kept.no)? {
        let no = resolve(conn, &contact.to_string())?.no;
        if seen.insert(no) {
            shown.push(listed(conn, no)?);
        }
    }
    Ok(shown)
}

/// All breaches: the open ones first, by what is due soonest; then the closed ones, the latest first.
///
/// # Errors
/// Faults of the database.
pub fn breaches(vault: &Vault, now: DateTime<Utc>) -> Result<Vec<BreachShown>> {
    let all = breach::all(vault.rows())?.into_iter().map(|kept| shown(vault, kept, now));
    let (mut open, mut closed): (Vec<_>, Vec<_>) =
        all.collect::<Result<Vec<_>>>()?.into_iter().partition(|breach| breach.state == "open");
    open.sort_by_key(|breach| breach.minutes_left);
    closed.reverse();
    open.extend(closed);
    Ok(open)
}

fn shown(vault: &Vault, kept: breach::Kept, now: DateTime<Utc>) -> Result<BreachShown> {
    let (conn, business) = (vault.rows(), vault.business());
    let answers = breach::answers(conn, &kept)?;
    let affected = breach::affected(conn, kept.no)?;
    let breach::Kept { breach: row, recorded_at, .. } = kept;
    let aware = stored(&row.aware)?;
    let deadline = compute(country(&business.country)?, aware, Rule::SeventyTwoHours);
    let due = instant(deadline.due, business);
    let duty = |whom: Told| {
        let last = answers.iter().rev().map(|(_, _, answer)| answer).find(|answer| answer.whom == whom);
        Duty {
            owed: whom.is_owed(row.risk, row.encrypted),
            told: last.map(|answer| answer.told),
            on: last.map(|answer| answer.happened.clone()),
            reason: last.map(|answer| answer.reason.clone()).filter(|reason| !reason.is_empty()),
        }
    };
    let (authority, persons) = (duty(Told::Authority), duty(Told::Persons));
    let until = authority.on.as_deref().map(stored).transpose()?.map(|on| end(on, business));
    let minutes_left = (due - until.unwrap_or_else(|| business.local(now.timestamp_millis()))).num_minutes();
    let open = authority.told.is_none() || persons.told.is_none();
    let mut shown = BreachShown {
        breach: row.id,
        aware: row.aware,
        due: due.to_rfc3339_opts(SecondsFormat::Secs, false),
        deadline: Explained::from(&deadline),
        minutes_left,
        nature: row.nature,
        data: row.data,
        people: row.people,
        records: row.records,
        affected,
        encrypted: row.encrypted,
        risk: row.risk,
        consequences: row.consequences,
        measures: row.measures,
        authority,
        persons,
        state: if open { "open" } else { "closed" },
        text: String::new(),
        recorded: business.said(recorded_at),
        by: row.by,
    };
    shown.text = breach_text(vault, &shown)?;
    Ok(shown)
}

/// An instant or a day as somebody typed it, not in the future.
fn said(given: &str, business: &Business, now: DateTime<Utc>) -> Result<Received> {
    let malformed = |error| Problem::invalid("on", "no_instant").with("given", given).because(error);
    let read = Received::parse(given.trim(), business.zone).map_err(malformed)?;
    let future = match read {
        Received::Instant(at) => at > now,
        Received::Date(day) => day > business.today(now),
    };
    if future { Err(Problem::new(Code::InFuture).with("given", given)) } else { Ok(read) }
}

/// An instant or a day as it was stored, with its offset.
fn stored(text: &str) -> Result<Received> {
    Received::try_from(text.to_owned()).map_err(|error| Problem::new(Code::VaultDamaged).because(error))
}

fn before(one: Received, other: Received) -> bool {
    matches!((one, other), (Received::Instant(one), Received::Instant(other)) if one < other)
}

/// Whether the authority was told after the 72 hours; of a day its end counts only where all of it is too late.
fn is_late(business: &Business, aware: Received, happened: Received) -> Result<bool> {
    let due = instant(compute(country(&business.country)?, aware, Rule::SeventyTwoHours).due, business);
    Ok(match happened {
        Received::Instant(at) => at > due,
        Received::Date(day) => day > due.with_timezone(&business.zone).date_naive(),
    })
}

fn instant(due: Due, business: &Business) -> DateTime<FixedOffset> {
    match due {
        Due::Instant(at) => at,
        Due::Date(day) => business.local(business.end_of(day)),
    }
}

/// The moment of an answer; a day stands for its end.
fn end(on: Received, business: &Business) -> DateTime<FixedOffset> {
    match on {
        Received::Instant(at) => at,
        Received::Date(day) => business.local(business.end_of(day)),
    }
}
