//! The information queue (Art. 14): who must be told that their data is held, by when and why then, the most urgent first.

use std::collections::{BTreeMap, HashMap};

use akkoord_rules::deadline::{Received, Rule, compute};
use akkoord_rules::person::Channel;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::find::{Listed, found, listed};
use super::inform::{self, HowTold, Informed, inform};
use super::order::{Order, of as by_name};
use super::page::{Choosable, choosable_of};
use super::who::resolve;
use crate::problem::Result;
use crate::requests;
use crate::vault::{Act, Business, Done, Vault};

/// Who must be told.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "InformQueue")]
pub struct Queue {
    /// How many people.
    pub total: usize,
    /// Of them, how many should have been told by then.
    pub overdue: usize,
    /// The first of them.
    pub people: Vec<Waiting>,
}

/// Somebody who must be told.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "InformWaiting")]
pub struct Waiting {
    /// Who.
    #[serde(flatten)]
    pub contact: Listed,
    /// Since when the data is held.
    pub since: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// Days left until then; negative when it is past.
    pub days_left: i64,
    /// Why on that day: `one_month`, or `first_contact` where they were asked something, or their data went to somebody else,
    /// earlier (Art. 14(3)).
    pub why: &'static str,
    /// Where the data came from: `other`, or `unknown`.
    pub origin: String,
    /// The file that it came with, if it came with one.
    pub file: Option<String>,
    /// The letter or mail that was prepared for them last, since then.
    pub notice: Option<Notice>,
}

/// A letter or mail that tells somebody, put into a file and not sent as far as anybody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Notice {
    /// `email` or `post`.
    pub channel: Channel,
    /// The day on which it was prepared.
    pub on: NaiveDate,
}

/// What the queue is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum QueueNarrow {
    /// Those who should have been told already.
    Overdue,
    /// Those for whom a letter or mail was prepared.
    Prepared,
    /// Those for whom none was.
    Unprepared,
}

/// A question about the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct QueueQuestion {
    /// Words to look for, all of which must be found; empty is everybody.
    pub query: String,
    /// Only these.
    pub narrow: Option<QueueNarrow>,
    /// Only those who came with this file.
    pub file: Option<String>,
    /// How many come before this page.
    pub offset: usize,
    /// At most this many.
    pub limit: usize,
}

/// A stretch of the queue.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct QueuePage {
    /// How many the question finds.
    pub total: usize,
    /// How many wait in all.
    pub everybody: usize,
    /// Of all, how many should have been told already.
    pub overdue: usize,
    /// Of all, how many have a letter or mail prepared.
    pub prepared: usize,
    /// The files that they came with, the one with most of them first.
    pub files: Vec<CameWith>,
    /// The stretch that was asked for.
    pub rows: Vec<Waiting>,
}

/// A file, and how many of those who wait came with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CameWith {
    /// Its name.
    pub file: String,
    /// How many people.
    pub people: usize,
}

/// Who must be told, as of the end of that day; at most `limit` of them.
///
/// # Errors
/// Faults of the database.
pub fn queue(vault: &Vault, on: NaiveDate, limit: usize) -> Result<Queue> {
    let waiting = Entries::read(vault, on)?;
    let people = waiting.all.iter().take(limit).map(|one| waiting.shown(vault.rows(), one)).collect::<Result<_>>()?;
    Ok(Queue { total: waiting.all.len(), overdue: waiting.overdue(), people })
}

/// A stretch of those who must be told, narrowed as asked.
///
/// # Errors
/// Faults of the database.
pub fn queue_page(vault: &Vault, question: &QueueQuestion, now: DateTime<Utc>) -> Result<QueuePage> {
    let waiting = Entries::read(vault, vault.business().today(now))?;
    let found = waiting.narrowed(vault, question)?;
    let stretch = found.iter().skip(question.offset).take(question.limit);
    Ok(QueuePage {
        total: found.len(),
        everybody: waiting.all.len(),
        overdue: waiting.overdue(),
        prepared: waiting.all.iter().filter(|one| one.notice.is_some()).count(),
        files: waiting.files(),
        rows: stretch.map(|one| waiting.shown(vault.rows(), one)).collect::<Result<_>>()?,
    })
}

/// All whom a question about the queue finds, to be chosen at once.
///
/// # Errors
/// As [`queue_page`].
pub fn queue_choosable(vault: &Vault, question: &QueueQuestion, now: DateTime<Utc>) -> Result<Vec<Choosable>> {
    let waiting = Entries::read(vault, vault.business().today(now))?;
    choosable_of(vault, waiting.narrowed(vault, question)?.into_iter().map(|one| one.no))
}

/// The ids of people, named by id or e-mail address; without any, of all who wait today.
///
/// # Errors
/// Those of finding each contact.
pub fn waiting(vault: &Vault, contacts: &[String], now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    if contacts.is_empty() {
        let all = queue_choosable(vault, &QueueQuestion::default(), now)?;
        return Ok(all.into_iter().map(|one| one.id).collect());
    }
    named(vault, contacts)
}

/// The ids of people, named by id or e-mail address.
///
/// # Errors
/// Those of finding each contact.
pub fn named(vault: &Vault, contacts: &[String]) -> Result<Vec<Uuid>> {
    contacts.iter().map(|contact| Ok(resolve(vault.rows(), contact)?.id)).collect()
}

/// Records that people, by id or e-mail address, were told.
///
/// # Errors
/// As [`inform`].
pub fn told(
    vault: &mut Vault,
    contacts: &[String],
    how: HowTold,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Done<Informed>> {
    inform(vault, &named(vault, contacts)?, how, on, now)
}

/// Somebody who waits.
#[derive(Debug)]
struct Entry {
    no: i64,
    /// When the first came that is not from themselves.
    at: i64,
    since: NaiveDate,
    due: NaiveDate,
    why: &'static str,
    notice: Option<Notice>,
}

/// All who wait on a day, the most urgent first.
#[derive(Debug)]
struct Entries {
    on: NaiveDate,
    all: Vec<Entry>,
    /// Of each, where the data came from, and the file.
    came: HashMap<i64, (String, Option<String>)>,
}

impl Entries {
    fn read(vault: &Vault, on: NaiveDate) -> Result<Self> {
        let (conn, business) = (vault.rows(), vault.business());
        let order = by_name(vault)?;
        let all = dues(vault, &order, on)?;
        let notices = prepared(conn, business, &order, end_of(on, business))?;
        let noticed = |one: Entry| {
            let last = notices.get(&one.no).filter(|(when, _)| *when >= one.at);
            Entry { notice: last.map(|(_, notice)| *notice), ..one }
        };
        Ok(Self { on, all: all.into_iter().map(noticed).collect(), came: came_from(conn, &order)? })
    }

    fn overdue(&self) -> usize {
        self.all.iter().filter(|one| one.due < self.on).count()
    }

    fn file(&self, one: &Entry) -> Option<&str> {
        self.came.get(&one.no)?.1.as_deref()
    }

    fn files(&self) -> Vec<CameWith> {
        let mut files: BTreeMap<&str, usize> = BTreeMap::new();
        self.all.iter().filter_map(|one| self.file(one)).for_each(|file| *files.entry(file).or_default() += 1);
        let mut files: Vec<CameWith> =
            files.into_iter().map(|(file, people)| CameWith { file: file.to_owned(), people }).collect();
        files.sort_by_key(|one| std::cmp::Reverse(one.people));
        files
    }

    fn narrowed(&self, vault: &Vault, question: &QueueQuestion) -> Result<Vec<&Entry>> {
        let named = match question.query.trim() {
            "" => None,
            words => Some(found(vault, words)?),
        };
        let file = question.file.as_deref();
        let fits = |one: &&Entry| {
            let narrow = match question.narrow {
                None => true,
                Some(QueueNarrow::Overdue) => one.due < self.on,
                Some(QueueNarrow::Prepared) => one.notice.is_some(),
                Some(QueueNarrow::Unprepared) => one.notice.is_none(),
            };
            narrow
                && named.as_ref().is_none_or(|named| named.contains(&one.no))
                && file.is_none_or(|file| self.file(one) == Some(file))
        };
        Ok(self.all.iter().filter(fits).collect())
    }

    fn shown(&self, conn: &Connection, one: &Entry) -> Result<Waiting> {
        let (origin, file) = self.came.get(&one.no).cloned().unwrap_or_default();
        Ok(Waiting {
            contact: listed(conn, one.no)?,
            since: one.since,
            due: one.due,
            days_left: one.due.signed_duration_since(self.on).num_days(),
            why: one.why,
            origin,
            file,
            notice: one.notice,
        })
    }
}

/// Who must be told by when, the most urgent first; whatever was prepared for them.
fn dues(vault: &Vault, order: &Order, on: NaiveDate) -> Result<Vec<Entry>> {
    let (conn, business) = (vault.rows(), vault.business());
    let end = end_of(on, business);
    let country = requests::country(&business.country)?;
    let spoken = first_contacts(conn, order, end)?;
    let mut months: HashMap<NaiveDate, NaiveDate> = HashMap::new();
    let mut all = Vec::new();
    for (no, at) in inform::to_tell(conn, business, order, end)? {
        let since = business.local(at).date_naive();
        let month = *months
            .entry(since)
            .or_insert_with(|| compute(country, Received::Date(since), Rule::OneMonthNotice).due.date());
        let first = spoken.get(&no).and_then(|moments| moments.iter().filter(|moment| **moment >= at).min());
        let first = first.map(|at| business.local(*at).date_naive()).filter(|day| *day < month);
        let (due, why) = first.map_or((month, "one_month"), |day| (day, "first_contact"));
        all.push(Entry { no, at, since, due, why, notice: None });
    }
    all.sort_unstable_by_key(|one| (one.due, one.since, order.place(one.no)));
    Ok(all)
}

/// How many people must be told as of the end of a day, and the first day on which one of them is due.
///
/// # Errors
/// Faults of the database.
pub(crate) fn first_due(vault: &Vault, order: &Order, on: NaiveDate) -> Result<(usize, Option<NaiveDate>)> {
    let all = dues(vault, order, on)?;
    Ok((all.len(), all.first().map(|one| one.due)))
}

/// The last millisecond of a day.
fn end_of(day: NaiveDate, business: &Business) -> i64 {
    let next = (day + Days::new(1)).and_time(NaiveTime::MIN);
    let midnight = business.zone.from_local_datetime(&next).earliest().map(|at| at.timestamp_millis());
    midnight.unwrap_or_else(|| next.and_utc().timestamp_millis()) - 1
}

/// Everybody of the groups in which somebody's data came from elsewhere: few, in a vault however large.
const ELSEWHERE: &str = "WITH elsewhere (no) AS (SELECT DISTINCT contact_no FROM source WHERE origin <> 'self'),
    head (no) AS (SELECT coalesce(merged_into, contact.no) FROM contact JOIN elsewhere USING (no)),
    one (no) AS (SELECT no FROM head UNION SELECT contact.no FROM contact JOIN head ON merged_into = head.no)";

/// The tables into which each of them was put, by what was sealed of it.
const LISTED: &str = "one CROSS JOIN contact ON contact.no = one.no
    CROSS JOIN audit_leaf ON audit_leaf.contact_id = contact.id
    CROSS JOIN audit ON audit.seq = audit_leaf.seq AND audit.act = ?2 AND audit.at <= ?1
    JOIN audit_fact ON audit_fact.seq = audit_leaf.seq AND audit_fact.n = audit_leaf.n";

/// By the contact that stands for the group, when they were asked something or spoken with, when their data went to somebody else,
/// and when they were put into a table to be written to or called. A conversation that was recorded by mistake was none.
fn first_contacts(conn: &Connection, order: &Order, until: i64) -> Result<HashMap<i64, Vec<i64>>> {
    let sql = format!(
        "{ELSEWHERE} SELECT contact_no, happened_at FROM one CROSS JOIN consent_event ON contact_no = one.no
           WHERE (answer = 'asked' OR answer IN ('given', 'refused', 'withdrawn') AND how IN ('phone', 'in_person'))
             AND happened_at <= ?1 AND NOT EXISTS (SELECT 1 FROM consent_event later
               WHERE later.contact_no = consent_event.contact_no AND later.corrects = consent_event.id)
         UNION ALL SELECT contact_no, at FROM one CROSS JOIN disclosed ON contact_no = one.no
           JOIN disclosure ON disclosure.no = disclosure_no WHERE at <= ?1
         UNION ALL SELECT contact.no, audit.at FROM {LISTED} WHERE facts ->> '$.listed.purpose' <> 'inform'"
    );
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(rusqlite::params![until, Act::ListExported.code()])?;
    let mut contacts: HashMap<i64, Vec<i64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        contacts.entry(order.head(row.get(0)?)).or_default().push(row.get(1)?);
    }
    Ok(contacts)
}

/// The last letter or mail that was prepared for each, by the contact that stands for the group.
fn prepared(conn: &Connection, business: &Business, order: &Order, until: i64) -> Result<HashMap<i64, (i64, Notice)>> {
    let sql = format!(
        "{ELSEWHERE} SELECT contact.no, audit.at, facts ->> '$.listed.channel' FROM {LISTED}
         WHERE facts ->> '$.listed.purpose' = 'inform' ORDER BY audit.seq"
    );
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(rusqlite::params![until, Act::ListExported.code()])?;
    let mut notices = HashMap::new();
    while let Some(row) = rows.next()? {
        let (no, at, channel): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(channel) = Channel::parse(&channel) {
            notices.insert(order.head(no), (at, Notice { channel, on: business.local(at).date_naive() }));
        }
    }
    Ok(notices)
}

/// By the contact that stands for the group, the first source that is not the person, and the file of it.
fn came_from(conn: &Connection, order: &Order) -> Result<HashMap<i64, (String, Option<String>)>> {
    let sql = "SELECT contact_no, source.origin, import.file FROM source LEFT JOIN import ON import.no = import_no
               WHERE source.origin <> 'self' ORDER BY source.at, source.no";
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    let mut came = HashMap::new();
    while let Some(row) = rows.next()? {
        let came_from = (row.get(1)?, row.get(2)?);
        came.entry(order.head(row.get(0)?)).or_insert(came_from);
    }
    Ok(came)
}

#[cfg(test)]
mod tests;
