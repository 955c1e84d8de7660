//! Where every person stands towards a purpose at the end of a day: from the projection, and from the events of those who
//! answered both before its end and after it. Lists are kept in memory until something changes.

use std::cell::Ref;
use std::collections::HashMap;

use akkoord_rules::consent::{CONFIRM_DAYS, Status, fold, start_of};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, params};

use crate::consents::event::history;
use crate::people::{Marks, by_name, organisations};
use crate::problem::Result;
use crate::purposes::Stored;
use crate::vault::Vault;

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stand {
    /// The contact that stands for its group.
    pub(crate) no: i64,
    /// How it stands.
    pub(crate) status: Status,
    /// Since when, in UTC milliseconds.
    pub(crate) since: Option<i64>,
    /// The first day on which a yes no longer holds.
    pub(crate) expires: Option<NaiveDate>,
    /// The version of the wording; 0 where nothing is known.
    pub(crate) version: u32,
    /// The yes ended because the wording changed.
    pub(crate) reworded: bool,
}

impl Stand {
    const fn unknown(no: i64) -> Self {
        Self { no, status: Status::NotAsked, since: None, expires: None, version: 0, reworded: false }
    }
}

/// Everybody's standing towards the purpose that was asked about last.
#[derive(Debug, Default)]
pub(crate) struct Stood {
    /// Acts, purpose and day.
    of: Option<(u64, i64, NaiveDate, NaiveDate)>,
    everybody: Vec<Stand>,
}

impl Stood {
    /// All persons, each group once, by name.
    pub(super) fn everybody(&self) -> &[Stand] {
        &self.everybody
    }
}

/// Everybody's standing towards a purpose at the end of a day.
pub(super) fn of<'v>(vault: &'v Vault, purpose: &Stored, on: NaiveDate, now: DateTime<Utc>) -> Result<Ref<'v, Stood>> {
    let of = Some((vault.acts(), purpose.no, on, vault.business().today(now)));
    if vault.stood().borrow().of != of {
        let order = by_name(vault)?;
        let mut known = order.nothing();
        each(vault, purpose, on, now, |stand| known.put(stand.no, stand))?;
        let organisations = Marks::of(&organisations(vault.rows())?);
        let persons = order.everybody().filter(|no| !organisations.has(*no));
        let everybody = persons.map(|no| known.get(no).unwrap_or_else(|| Stand::unknown(no))).collect();
        *vault.stood().borrow_mut() = Stood { of, everybody };
    }
    Ok(vault.stood().borrow())
}

/// How many people stood how at the end of a day; nobody counts of whom nothing was known.
pub(in crate::consents) fn counts_on(
    vault: &Vault,
    purpose: &Stored,
    organisations: &Marks,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<HashMap<Status, i64>> {
    let mut counts = HashMap::new();
    each(vault, purpose, on, now, |stand| {
        if stand.status != Status::NotAsked && !organisations.has(stand.no) {
            *counts.entry(stand.status).or_default() += 1;
        }
    })?;
    Ok(counts)
}

/// Gives each contact of whom anything was known at the end of the day. A standing that was projected later is the standing of
/// the day too, unless something happened since, or the projection kept a yes as ended that ended since: it was written after
/// that by an earlier version, or rests on a correction of after that.
fn each(vault: &Vault, purpose: &Stored, on: NaiveDate, now: DateTime<Utc>, mut give: impl FnMut(Stand)) -> Result<()> {
    let business = vault.business();
    let end = (on < business.today(now)).then(|| business.end_of(on));
    let mut anew = Vec::new();
    projected(vault.rows(), purpose, end, |stand, last| {
        let ended_later = stand.status == Status::Expired && stand.expires.is_some_and(|day| day > on);
        if end.is_some_and(|end| last > end || ended_later) {
            anew.push(stand.no);
        } else {
            give(by(stand, purpose, on, business.zone));
        }
    })?;
    for no in anew {
        give(again(vault, purpose, no, on)?);
    }
    Ok(())
}

/// Every row of the projection; of a day that is over, with its end, those that rest on an event up to then, and when the last
/// of their events happened.
fn projected(conn: &Connection, purpose: &Stored, end: Option<i64>, mut give: impl FnMut(Stand, i64)) -> Result<()> {
    let mut query = conn.prepare_cached(match end {
        Some(_) => {
            "SELECT contact_no, status, since, expires, version, last_at
             FROM consent_status INDEXED BY consent_status_by_first WHERE purpose_no = ? AND first_at <= ?"
        }
        None => {
            "SELECT contact_no, status, since, expires, version, 0
             FROM consent_status INDEXED BY consent_status_by_purpose WHERE purpose_no = ? AND ? IS NULL"
        }
    })?;
    let mut rows = query.query(params![purpose.no, end])?;
    // What was read of the row before is often that of the next.
    let mut last = (String::new(), Status::NotAsked, String::new(), None);
    while let Some(row) = rows.next()? {
        let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let (status, expires) = (text(1)?, text(3)?);
        if last.0 != status {
            last.0.clear();
            last.0.push_str(status);
            last.1 = Status::parse(status).unwrap_or(Status::NotAsked);
        }
        if last.2 != expires {
            last.2.clear();
            last.2.push_str(expires);
            last.3 = expires.parse().ok();
        }
        let stand = Stand {
            no: row.get(0)?,
            status: last.1,
            since: row.get(2)?,
            expires: last.3,
            version: row.get(4)?,
            reworded: false,
        };
        give(stand, row.get(5)?);
    }
    Ok(())
}

/// A projected standing on a day, on which a yes may be over, with what ended it.
fn by(stand: Stand, purpose: &Stored, on: NaiveDate, zone: Tz) -> Stand {
    let yes = matches!(stand.status, Status::Given | Status::AwaitingConfirmation);
    let status = if yes && stand.expires.is_some_and(|end| end <= on) { Status::Expired } else { stand.status };
    let changed = |end: NaiveDate| {
        purpose
            .rules
            .versions
            .iter()
            .any(|version| version.material && version.number > stand.version && version.since == end)
    };
    let reworded = status == Status::Expired && stand.expires.is_some_and(changed);
    let ended = stand.expires.filter(|_| status != stand.status).map(|end| start_of(end, zone).timestamp_millis());
    Stand { status, reworded, since: ended.or(stand.since), ..stand }
}

/// Folded from the events.
fn again(vault: &Vault, purpose: &Stored, no: i64, on: NaiveDate) -> Result<Stand> {
    let events = history(vault.rows(), no, purpose.no)?;
    let standing = fold(&events, &purpose.rules, on, vault.business().zone, CONFIRM_DAYS);
    Ok(Stand {
        no,
        status: standing.status,
        since: standing.since.map(|since| since.timestamp_millis()),
        expires: standing.expires,
        version: standing.version.unwrap_or_default(),
        reworded: standing.status == Status::Expired && standing.wording_changed(),
    })
}
