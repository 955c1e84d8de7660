//! One answer of many people, as when a pile of signed forms was scanned: looked at before, and recorded in one act.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use akkoord_rules::consent::batch::{Hindrance, Signer, sign};
use akkoord_rules::consent::{Answer, Event, Status, Terms, day_of};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::event::history;
use super::facts::{is_minor, label_key};
use super::named::{Named, each_named};
use super::objection::objected;
use super::proof::store_all;
use super::record::{Checked, NewAnswer, Warning, answer};
use crate::intake::reader::Progress;
use crate::people::{Who, id, listed, resolve};
use crate::problem::{Code, Problem, Result};
use crate::purposes::{Stored, answerable, wordings};
use crate::vault::{Act, Business, Done, Vault, restriction};

/// How many are named of those for whom nothing is recorded, for each reason.
const NAMED: usize = 5;

/// Whose answer it is.
#[derive(Debug, Clone)]
pub enum Signers {
    /// Those whom a file names in a column `contact` or `email`.
    File(PathBuf),
    /// These contacts.
    Contacts(Vec<Uuid>),
    /// Everybody whom an import brought.
    Import(Uuid),
    /// Everybody who has a label.
    Label(String),
}

/// What recording an answer of many would do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BatchPlan {
    /// The version of the text, as it was in force on that day or as it was named.
    pub version: u32,
    /// Since when that version is in force.
    pub since: NaiveDate,
    /// That is later than the day on which they answered, so that they cannot have seen it as it stands here.
    pub later: bool,
    /// The text in each language there is.
    pub texts: Vec<BatchText>,
    /// For how many an event would be recorded.
    pub records: usize,
    /// For how many of them the yes would be over already, so that it counts for the past only.
    pub over: usize,
    /// For how many nothing would be, by reason.
    pub left: Vec<LeftWhy>,
    /// Rows of the file that name nobody, or several.
    pub problems: Vec<RowProblem>,
}

/// A text as people saw it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BatchText {
    /// Its language.
    pub language: String,
    /// The text.
    pub text: String,
}

/// For how many nothing is recorded for one reason.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LeftWhy {
    /// Why.
    pub why: Hindrance,
    /// How many people.
    pub people: usize,
    /// The first of them.
    pub first: Vec<Unsigned>,
}

/// Somebody for whom nothing is recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Unsigned {
    /// The contact.
    pub contact: Uuid,
    /// What people call it.
    pub name: String,
}

/// What became of an answer of many.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Batched {
    /// Names the act, so that it can be taken back; absent where nothing was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<Uuid>,
    /// How many events were recorded.
    pub recorded: usize,
    /// The events, in the order of the people.
    pub events: Vec<InBatch>,
    /// For how many nothing was, by reason.
    pub left: Vec<LeftWhy>,
    /// The rows of a file for which nothing was.
    pub problems: Vec<RowProblem>,
}

impl Batched {
    /// The same without naming each event: the act names them all.
    #[must_use]
    pub fn brief(done: Done<Self>) -> Done<Self> {
        Done { output: Self { events: Vec::new(), ..done.output }, touched: done.touched }
    }
}

/// An event of a batch.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InBatch {
    /// The contact.
    pub contact: Uuid,
    /// The event.
    pub event: Uuid,
    /// What to know about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A row for which nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RowProblem {
    /// Its line in the file.
    pub line: u64,
    /// What stands there.
    pub given: String,
    /// `not_found`, `ambiguous`, `duplicate` for somebody whom an earlier row names, or a [`Hindrance`].
    pub code: &'static str,
}

/// Says what recording this answer of many would do; nothing is written.
///
/// # Errors
/// As for one answer; [`Code::NotFound`] for import or contact; [`Code::Unreadable`] for the file; [`Code::Invalid`] for a no.
pub fn plan_batch(vault: &Vault, signers: &Signers, new: &NewAnswer, now: DateTime<Utc>) -> Result<BatchPlan> {
    let batch = Batch::of(vault, new, now)?;
    let mut left = Left::default();
    let (problems, whom) = batch.people(vault.rows(), signers, &mut left)?;
    let (version, conn) = (batch.checked.version, vault.rows());
    let known = batch.purpose.rules.versions.iter().find(|known| known.number == version);
    let texts = wordings(conn, batch.purpose.no, version)?;
    Ok(BatchPlan {
        version,
        since: known.map(|known| known.since).unwrap_or_default(),
        later: known.is_some_and(|known| known.since > day_of(new.happened.to_utc(), vault.business().zone)),
        texts: texts.into_iter().map(|(language, text)| BatchText { language, text }).collect(),
        records: whom.len(),
        over: whom.iter().filter(|(_, status)| *status == Status::Expired).count(),
        left: left.told(),
        problems,
    })
}

/// Records one yes for each of these people; all in one act. Each event has all the proof files. Whoever said no later, objected,
/// is on lock or was a child is left out and listed.
///
/// # Errors
/// As for one answer; [`Code::NotFound`] for import or contact; [`Code::Unreadable`] for the file; [`Code::Invalid`] for a no;
/// [`Code::Cancelled`] when asked to stop, which leaves nothing.
pub fn batch(
    vault: &mut Vault,
    signers: &Signers,
    new: &NewAnswer,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<Done<Batched>> {
    let by = vault.by().to_owned();
    let batch = Batch::of(vault, new, now)?;
    let mut left = Left::default();
    let (problems, whom) = batch.people(vault.rows(), signers, &mut left)?;
    let left = left.told();
    if whom.is_empty() {
        let output = Batched { left, problems, ..Batched::default() };
        return Ok(Done { output, touched: &[] });
    }
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        let act = Uuid::now_v7();
        rows.about(act);
        let contents = store_all(rows, &new.attach)?;
        let about = json!({ "purpose": batch.purpose.rules.key, "people": whom.len() });
        rows.fact(None, &json!({ "batch": about }))?;
        let mut batched = Batched { batch: Some(act), left, problems, ..Batched::default() };
        for (who, _) in whom {
            progress.one_more()?;
            let (business, purpose) = (&batch.business, &batch.purpose);
            let recorded = answer(rows, business, who, purpose, new, &batch.checked, &contents, &by, now)?;
            batched.events.push(InBatch { contact: who.id, event: recorded.event, warnings: recorded.warnings });
            batched.recorded += 1;
        }
        Ok(batched)
    })
}

/// Somebody for whom it is recorded, and where they would stand.
type Signing = (Who, Status);

/// An answer of many, looked over.
struct Batch {
    business: Business,
    purpose: Stored,
    checked: Checked,
    yes: Event,
    today: NaiveDate,
}

impl Batch {
    fn of(vault: &Vault, new: &NewAnswer, now: DateTime<Utc>) -> Result<Self> {
        if !new.yes {
            return Err(Problem::invalid("answer", "only_of_a_yes"));
        }
        let (conn, business) = (vault.rows(), vault.business().clone());
        let purpose = answerable(conn, &business, &new.purpose)?;
        let checked = Checked::of(new, conn, &business, &purpose, now)?;
        if wordings(conn, purpose.no, checked.version)?.is_empty() {
            let problem = Problem::new(Code::NoWording).with("purpose", purpose.rules.key.as_str());
            return Err(problem.with("version", checked.version).with("language", business.language.as_str()));
        }
        let (expires, unconfirmed) = (checked.expires, new.waits());
        let terms = Terms { channels: Some(checked.channels), expires, unconfirmed, ..Terms::default() };
        let terms = Terms { prefer: new.prefer, explicit: new.explicit, ..terms };
        let terms = Terms { share: new.share.iter().cloned().collect(), ..terms };
        let (version, happened) = (checked.version, new.happened.to_utc());
        let yes = Event { id: Uuid::now_v7(), seq: i64::MAX, happened, version, answer: Answer::Given(terms) };
        let today = business.today(now);
        Ok(Self { business, purpose, checked, yes, today })
    }

    /// Those for whom it is recorded, each once, and where each would stand; the others are put where they belong.
    fn people(&self, conn: &Connection, signers: &Signers, left: &mut Left) -> Result<(Vec<RowProblem>, Vec<Signing>)> {
        let (mut problems, mut whom, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        if let Signers::File(from) = signers {
            each_named(from, |Named { line, given }| {
                let mut problem = |code| problems.push(RowProblem { line, given: given.to_owned(), code });
                match resolve(conn, given) {
                    Err(Problem { code: code @ (Code::NotFound | Code::Ambiguous), .. }) => problem(code.as_str()),
                    Err(other) => return Err(other),
                    Ok(who) if !seen.insert(who.no) => problem(Code::Duplicate.as_str()),
                    Ok(who) => match self.sign(conn, who)? {
                        Ok(status) => whom.push((who, status)),
                        Err(why) => {
                            left.add(conn, who, why)?;
                            problem(why.as_str());
                        }
                    },
                }
                Ok(())
            })?;
            return Ok((problems, whom));
        }
        for who in chosen(conn, signers)? {
            if seen.insert(who.no) {
                match self.sign(conn, who)? {
                    Ok(status) => whom.push((who, status)),
                    Err(why) => left.add(conn, who, why)?,
                }
            }
        }
        Ok((problems, whom))
    }

    fn sign(&self, conn: &Connection, who: Who) -> Result<Result<Status, Hindrance>> {
        let (business, rules) = (&self.business, &self.purpose.rules);
        let objected = objected(conn, business, who.no, Some(self.purpose.no), self.today)?;
        let signer = Signer {
            events: &history(conn, who.no, self.purpose.no)?,
            restricted: restriction::stands(conn, who.no)?,
            objected: objected.purpose || objected.marketing && rules.marketing,
            minor: is_minor(conn, business, who.no, day_of(self.yes.happened, business.zone))?,
        };
        Ok(sign(&signer, &self.yes, rules, self.today, business.zone).map(|standing| standing.status))
    }
}

/// The ways in which a label is written, as JSON: it is one in any case and form.
fn spellings(conn: &Connection, label: &str) -> Result<String> {
    let mut query = conn.prepare_cached("SELECT DISTINCT label FROM contact_label")?;
    let all: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let same: Vec<&String> = all.iter().filter(|one| label_key(one) == label_key(label)).collect();
    if same.is_empty() {
        return Err(Problem::not_found("label", label));
    }
    serde_json::to_string(&same).map_err(|error| Problem::new(Code::System).because(error))
}

/// The people who were chosen otherwise than by a file.
fn chosen(conn: &Connection, signers: &Signers) -> Result<Vec<Who>> {
    let numbers = |sql: &str, given: &dyn rusqlite::ToSql| -> Result<Vec<Who>> {
        let mut query = conn.prepare_cached(sql)?;
        let numbers: Vec<i64> = query.query_map([given], |row| row.get(0))?.collect::<Result<_, _>>()?;
        numbers.into_iter().map(|no| Ok(Who { no, id: id(conn, no)? })).collect()
    };
    match signers {
        Signers::File(_) => Ok(Vec::new()),
        Signers::Contacts(contacts) => contacts.iter().map(|contact| resolve(conn, &contact.to_string())).collect(),
        Signers::Label(label) => numbers(
            "SELECT DISTINCT coalesce(c.merged_into, c.no) FROM contact_label l JOIN contact c ON c.no = l.contact_no
             WHERE l.label IN (SELECT value FROM json_each(?)) ORDER BY 1",
            &spellings(conn, label)?,
        ),
        Signers::Import(import) => {
            let sql = "SELECT no FROM import WHERE id = ? AND undone_at IS NULL";
            if !conn.prepare_cached(sql)?.exists([import])? {
                return Err(Problem::not_found("import", &import.to_string()));
            }
            numbers(
                "WITH one (no) AS (SELECT no FROM import WHERE id = ?1)
                 SELECT DISTINCT coalesce(c.merged_into, c.no) FROM contact c WHERE c.no IN (
                   SELECT contact_no FROM source WHERE import_no = (SELECT no FROM one)
                   UNION SELECT contact_no FROM import_row WHERE import_no = (SELECT no FROM one)
                     AND contact_no IS NOT NULL) ORDER BY 1",
                import,
            )
        }
    }
}

/// Those for whom nothing is recorded.
#[derive(Default)]
struct Left(BTreeMap<Hindrance, LeftWhy>);

impl Left {
    fn add(&mut self, conn: &Connection, who: Who, why: Hindrance) -> Result<()> {
        let one = self.0.entry(why).or_insert_with(|| LeftWhy { why, people: 0, first: Vec::new() });
        one.people += 1;
        if one.first.len() < NAMED {
            one.first.push(Unsigned { contact: who.id, name: listed(conn, who.no)?.name });
        }
        Ok(())
    }

    /// The most frequent reason first.
    fn told(self) -> Vec<LeftWhy> {
        let mut all: Vec<LeftWhy> = self.0.into_values().collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.people));
        all
    }
}

#[cfg(test)]
mod tests;
