//! Ordering an erasure, and carrying it out.

use chrono::{DateTime, Months, NaiveDate, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::account::Certificate;
use super::carry::{Carry, carry_out, recipients_of, settle};
use crate::people::{self, Who, id, resolve};
use crate::problem::{Code, Problem, Result};
use crate::requests::{self, Behind};
use crate::vault::erasure::{self as table, Erasure, Hold};
use crate::vault::{Act, Business, Done, Rows, Vault, mail};

/// No duty to keep is longer than a century.
const HOLD_MONTHS: u32 = 12 * 100;

/// Why somebody is erased.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureGround", rename_all = "snake_case")]
pub enum Ground {
    /// They asked for it.
    Request(Uuid),
    /// For a reason in words.
    Reason(String),
}

/// A duty to keep somebody's data for some time yet (Art. 17(3)).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewHold {
    /// The last day.
    pub until: NaiveDate,
    /// Which duty, in words.
    pub reason: String,
}

/// What becomes of whoever is to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureOutcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Kept on lock until a duty to keep ends.
    Locked,
    /// Destroyed at once.
    Destroyed,
}

/// What to know about an erasure that is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureWarning", rename_all = "snake_case")]
pub enum Warning {
    /// Nobody has made sure that it was the person who asked.
    IdentityUnconfirmed,
    /// Another request of theirs is not answered yet.
    OpenRequests,
    /// A mail to them waits to be sent, and goes with them unsent.
    MailWaiting,
    /// The line for the backups could not be written; it is made up for at the next start.
    JournalBehind,
    /// Somebody else still reads the vault as it was; what the log of changes holds goes when they are done.
    LogInUse,
}

/// What became of an order to erase somebody.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Erased {
    /// The erasure.
    pub erasure: Uuid,
    /// `locked` while something must be kept, else `destroyed`.
    pub state: &'static str,
    /// The day on which it was done; of what is held, the first on which it can be.
    pub on: NaiveDate,
    /// The last day of the hold that it waits for.
    pub held_until: Option<NaiveDate>,
    /// What proves it; absent while it waits.
    pub certificate: Option<Certificate>,
    /// All contacts that went, those merged into others among them; none while it waits.
    pub gone: Vec<Uuid>,
    /// The request that asked for it, and where that stands.
    pub request: Option<RequestAfter>,
    /// The keys of the connections that have the data and have to hear of it (Art. 19).
    pub recipients_to_tell: Vec<String>,
    /// What to know.
    pub warnings: Vec<Warning>,
}

/// A request after what it asked for was ordered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RequestAfter {
    /// The request.
    pub id: Uuid,
    /// Where it stands.
    pub state: akkoord_rules::request::State,
}

/// Makes sure that an erasure would still do what somebody saw that it would: a hold may have ended meanwhile.
///
/// # Errors
/// As `resolve`; [`Code::Changed`] where it would do something else.
pub fn expect(vault: &Vault, given: &str, hold: Option<&NewHold>, expected: Outcome, now: DateTime<Utc>) -> Result<()> {
    let who = resolve(vault.rows(), given)?;
    let outcome = match kept_until(vault.rows(), who, hold, vault.business().today(now))? {
        Some(_) => Outcome::Locked,
        None => Outcome::Destroyed,
    };
    if outcome == expected { Ok(()) } else { Err(Problem::new(Code::Changed).with("what", "erasure")) }
}

/// The last day of the longer of a new hold and that which stands, unless it is over.
fn kept_until(conn: &Connection, who: Who, hold: Option<&NewHold>, today: NaiveDate) -> Result<Option<NaiveDate>> {
    let stands = table::held(conn, who.no)?.map(|hold| hold.until);
    Ok(hold.map(|hold| hold.until).into_iter().chain(stands).max().filter(|until| *until >= today))
}

/// Erases a contact and whoever was merged into it: puts them on lock while they must be kept, else destroys all that says
/// something of them.
///
/// # Errors
/// As `resolve`; [`Code::NotFound`] for the request; [`Code::Invalid`] for a request of somebody else, without a reason, or for a
/// hold that is over.
pub fn erase(
    vault: &mut Vault,
    given: &str,
    ground: &Ground,
    hold: Option<&NewHold>,
    now: DateTime<Utc>,
) -> Result<Done<Erased>> {
    let who = resolve(vault.rows(), given)?;
    let today = vault.business().today(now);
    let (request, reason) = looked_over(vault.rows(), who, ground)?;
    hold.map_or(Ok(()), |hold| is_one(hold, today).and_then(|()| not_over(hold, today)))?;
    let mut warnings = warnings(vault.rows(), who, request, today)?;
    let until = kept_until(vault.rows(), who, hold, today)?;
    let waiting = table::of_group(vault.rows(), who.no)?;
    if waiting.is_none() && matches!(ground, Ground::Reason(_)) {
        // Whoever asked to be kept, and nothing else, is not destroyed on somebody else's word (Art. 18(2)).
        people::unlocked(vault.rows(), vault.business(), who)?;
    }
    let recipients_to_tell = recipients_of(vault.rows(), who.no)?;
    let mut gone = Vec::new();
    let (erasure, certificate, touched) = if until.is_some() {
        let done = lock(vault, who, request, reason, hold, waiting, now)?;
        (done.output, None, done.touched)
    } else {
        let ground = if request.is_some() { "request" } else { "order" };
        let carry = Carry { waiting, request, ..Carry::group(vault.rows(), who, ground)? };
        let ids = carry.ids();
        let done = carry_out(vault, carry, now)?;
        gone = ids;
        warnings.extend(settle(vault));
        (done.output.id, Some(done.output), done.touched)
    };
    let output = Erased {
        erasure,
        state: if until.is_some() { "locked" } else { "destroyed" },
        on: until.map_or(today, |until| until.succ_opt().unwrap_or(until)),
        held_until: until,
        certificate,
        gone,
        request: request.map(|request| after(vault.rows(), request)).transpose()?,
        recipients_to_tell,
        warnings,
    };
    Ok(Done { output, touched })
}

/// Refuses a hold that says no duty, or a day that nobody lives to see: a slip of the pen, by which nothing could ever go.
fn is_one(hold: &NewHold, today: NaiveDate) -> Result<()> {
    if hold.reason.trim().is_empty() {
        return Err(Problem::invalid("hold-reason", "empty"));
    }
    let far = hold.until > today.checked_add_months(Months::new(HOLD_MONTHS)).unwrap_or(NaiveDate::MAX);
    if far { Err(Problem::invalid("hold-until", "hold_too_far")) } else { Ok(()) }
}

fn not_over(hold: &NewHold, today: NaiveDate) -> Result<()> {
    if hold.until < today { Err(Problem::invalid("hold-until", "hold_over")) } else { Ok(()) }
}

/// Where a request stands now.
fn after(conn: &Connection, request: Behind) -> Result<RequestAfter> {
    Ok(RequestAfter { id: request.id, state: requests::state_of(conn, request.no)? })
}

/// The request that asks for it, and the reason where none does.
fn looked_over(conn: &Connection, who: Who, ground: &Ground) -> Result<(Option<Behind>, String)> {
    match ground {
        Ground::Reason(reason) if reason.trim().is_empty() => Err(Problem::invalid("reason", "empty")),
        Ground::Reason(reason) => Ok((None, reason.trim().to_owned())),
        Ground::Request(id) => {
            let request = requests::behind(conn, *id)?;
            if !request.is_of(conn, who)?.unwrap_or(true) {
                return Err(Problem::invalid("request", "of_somebody_else"));
            }
            if !request.asks {
                return Err(Problem::invalid("request", "not_erasure"));
            }
            Ok((Some(request), String::new()))
        }
    }
}

/// What to know of an erasure before it is ordered.
pub(super) fn warnings(conn: &Connection, who: Who, request: Option<Behind>, today: NaiveDate) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    if request.is_some_and(|request| !request.confirmed) {
        warnings.push(Warning::IdentityUnconfirmed);
    }
    let others = requests::of_contact(conn, who.no, today)?.into_iter();
    if others.filter(|other| !other.state.is_closed()).any(|other| request.is_none_or(|request| request.id != other.id))
    {
        warnings.push(Warning::OpenRequests);
    }
    if mail::on_their_way(conn)?.iter().any(|mail| mail.contact_no == who.no) {
        warnings.push(Warning::MailWaiting);
    }
    Ok(warnings)
}

/// Puts somebody on lock until a hold ends; what stands already is left as it is.
fn lock(
    vault: &mut Vault,
    who: Who,
    request: Option<Behind>,
    reason: String,
    hold: Option<&NewHold>,
    waiting: Option<Erasure>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let ties = waiting.as_ref().zip(request).filter(|(waiting, _)| waiting.request_no.is_none());
    if let (Some(waiting), None, None) = (&waiting, hold, ties) {
        return Ok(Done { output: waiting.id, touched: &[] });
    }
    let by = vault.by().to_owned();
    let erasure = waiting.as_ref().map_or_else(Uuid::now_v7, |waiting| waiting.id);
    vault.record(Act::ErasureOrdered, Some(erasure), now, |rows| {
        if waiting.is_none() {
            let ordered = Erasure {
                no: 0,
                id: erasure,
                contact_no: Some(who.no),
                request_no: request.map(|request| request.no),
                reason,
                ordered_at: rows.at,
                by: by.clone(),
                state: "locked".to_owned(),
                seq: None,
                account: "{}".to_owned(),
            };
            table::insert(rows, &ordered)?;
            let facts = json!({ "id": erasure, "request": request.map(|request| request.id), "reason": ordered.reason, "by": by });
            rows.fact(Some(who.id), &json!({ "ordered": facts }))?;
        }
        if let Some((waiting, request)) = ties {
            table::tie(rows, waiting.no, request.no)?;
            let whose = id(rows, waiting.contact_no.unwrap_or(who.no))?;
            rows.fact(Some(whose), &json!({ "tied": { "id": waiting.id, "request": request.id } }))?;
        }
        if let Some(hold) = hold {
            write_hold(rows, who, hold, &by)?;
        }
        let why = table::held(rows, who.no)?.map(|hold| hold.reason).unwrap_or_default();
        people::lock(rows, who, &why, &by)?;
        Ok(erasure)
    })
}

fn write_hold(rows: &mut Rows<'_>, who: Who, hold: &NewHold, by: &str) -> Result<()> {
    let hold = Hold {
        id: Uuid::now_v7(),
        contact_no: who.no,
        until: hold.until,
        reason: hold.reason.trim().to_owned(),
        recorded_at: rows.at,
        by: by.to_owned(),
    };
    table::hold(rows, &hold)?;
    let facts = json!({ "id": hold.id, "until": hold.until, "reason": hold.reason, "by": hold.by });
    rows.fact(Some(who.id), &json!({ "hold": facts }))
}

/// Until when somebody must be kept, as it was put right.
#[derive(Debug, Clone, Serialize)]
pub struct HoldSet {
    /// Who is kept.
    pub contact: Uuid,
    /// The last day.
    pub held_until: NaiveDate,
    /// The first day on which all of it can go.
    pub on: NaiveDate,
}

/// Puts a hold in the place of all that stand for somebody: one of them was written down wrong, and of several the longest
/// counts. It may be over by now.
///
/// # Errors
/// As `resolve`; [`Code::NotFound`] where none stands; [`Code::Invalid`] without a reason, or for a day too far away.
pub fn hold_instead(vault: &mut Vault, given: &str, hold: &NewHold, now: DateTime<Utc>) -> Result<Done<HoldSet>> {
    let who = resolve(vault.rows(), given)?;
    is_one(hold, vault.business().today(now))?;
    let standing = table::standing_holds(vault.rows(), who.no)?;
    if standing.is_empty() {
        return Err(Problem::not_found("hold", given).with("why", "no_hold"));
    }
    let by = vault.by().to_owned();
    vault.record(Act::HoldSet, Some(who.id), now, |rows| {
        for (replaced, contact_no) in &standing {
            table::replace(rows, *replaced)?;
            let whose = id(rows, *contact_no)?;
            rows.fact(Some(whose), &json!({ "replaced": replaced, "by": by }))?;
        }
        write_hold(rows, who, hold, &by)?;
        let on = hold.until.succ_opt().unwrap_or(hold.until);
        Ok(HoldSet { contact: who.id, held_until: hold.until, on })
    })
}

/// Lets go of an order that waits: the person's lock is lifted with it.
///
/// # Errors
/// Faults of the database.
pub(crate) fn unlock(rows: &mut Rows<'_>, contact_no: i64) -> Result<()> {
    if let Some(waiting) = table::of_group(rows, contact_no)? {
        table::take_back(rows, waiting.no)?;
        let whose = waiting.contact_no.unwrap_or(contact_no);
        rows.fact(Some(id(rows, whose)?), &json!({ "taken_back": waiting.id }))?;
    }
    Ok(())
}

/// Refuses to make one of two of whom one is to be erased: the other would go too.
///
/// # Errors
/// [`Code::Restricted`].
pub(crate) fn forbids_merge(conn: &Connection, business: &Business, who: Who) -> Result<()> {
    match table::of_group(conn, who.no)? {
        None => Ok(()),
        Some(waiting) => {
            let since = business.local(waiting.ordered_at).date_naive().to_string();
            Err(Problem::new(Code::Restricted).with("contact", who.id.to_string()).with("since", since))
        }
    }
}
