//! Writing a file for a connection: who may go goes, with the record of it in the same act.

use std::collections::BTreeMap;
use std::path::Path;

use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Verdict;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::card;
use super::flow::{Fate, Flows};
use super::paper::{Format, Paper};
use super::preview::{Tally, Word, tell};
use super::suppress;
use crate::intake::draft::Draft;
use crate::problem::{Code, Problem, Result};
use crate::profile::Leaving;
use crate::vault::connection::{Stored, live};
use crate::vault::disclosure::{self, Run};
use crate::vault::{Act, Done, Rows, Vault, contact};

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ConnectionSent")]
pub struct Sent {
    /// Who went and who stayed, in numbers.
    #[serde(flatten)]
    pub tally: Tally,
    /// The run, by which each person's record names it; none where nobody's data went.
    pub disclosure: Option<Uuid>,
    /// How many cells a spreadsheet would have taken for a formula: they begin with an apostrophe.
    pub guarded: i64,
    /// By field, of how many people something had no place in this format.
    pub no_room: BTreeMap<String, i64>,
    /// How many addresses a suppression list holds.
    pub suppressed: i64,
}

/// Writes a file for a connection, and hands out each person who does not go.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::InProfile`], [`Code::Unwritable`], [`Code::DiskFull`]; what `each`
/// refuses with; faults of the database. Whatever happens, either the file is there and the record of it, or neither.
pub fn export(
    vault: &mut Vault,
    key: &str,
    format: Format,
    to: &Path,
    now: DateTime<Utc>,
    mut each: impl FnMut(Uuid, Word<'_>) -> Result<()>,
) -> Result<Done<Sent>> {
    let stored = live(vault.rows(), key)?;
    let (business, by, mut leaving) =
        (vault.business().clone(), vault.by().to_owned(), Leaving::begin(vault.profile(), to)?);
    let on = business.today(now);
    let act = if format == Format::Suppression { Act::SuppressionWritten } else { Act::ConnectionFed };
    let done = vault.record(act, None, now, |rows| {
        let conn = rows.beside();
        let flows = Flows::of(conn, &business, &stored, on)?;
        let mut paper = Paper::begin(conn, &stored, format, &mut leaving)?;
        let mut sent = match format {
            Format::Suppression => suppress::write(rows, &flows, &stored, &mut paper)?,
            Format::Google | Format::Outlook | Format::Csv | Format::Vcard => {
                write(rows, &flows, &stored, format, &by, &mut paper, &mut each)?
            }
        };
        (sent.guarded, sent.no_room) = paper.finish()?;
        seal(rows, &stored, format, &sent)?;
        leaving.sync()?;
        Ok(sent)
    });
    // What writes the rows does not know the file's name.
    let named = |problem: Problem| {
        let nameless = problem.code == Code::Unwritable && !problem.facts.contains_key("file");
        if nameless { problem.with("file", to.display().to_string()) } else { problem }
    };
    let done = done.map_err(named)?;
    leaving.put_recorded()?;
    Ok(done)
}

/// Everybody who goes, each with the record of it.
fn write(
    rows: &mut Rows<'_>,
    flows: &Flows<'_>,
    stored: &Stored,
    format: Format,
    by: &str,
    paper: &mut Paper<'_>,
    each: &mut impl FnMut(Uuid, Word<'_>) -> Result<()>,
) -> Result<Sent> {
    let run = disclosure::begin(rows, stored.no, format.as_str(), by)?;
    let fields: Vec<&str> = stored.fields.iter().map(|field| field.key.as_str()).collect();
    let mut sent = Sent { disclosure: Some(run.id), ..Sent::default() };
    let conn = rows.beside();
    flows.each(|fate| {
        sent.tally.count(&fields, &fate);
        if let Some((draft, keys)) = going(conn, flows, &fate)? {
            let organisation = is_organisation(conn, fate.who.no)?;
            let kept = paper.add(fate.who.id, organisation, &draft, keys)?;
            record(rows, run, stored, &fate, &draft, &kept)?;
        }
        tell(&fate, each)
    })?;
    disclosure::arrived(rows, run)?;
    sent.tally = sent.tally.sorted();
    Ok(sent)
}

/// What of somebody goes, and the keys of it; nothing of who stays.
pub(super) fn going<'k>(conn: &Connection, flows: &Flows<'k>, fate: &Fate) -> Result<Option<(Draft, Vec<&'k str>)>> {
    let Verdict::Goes(of_fields) = &fate.verdict else { return Ok(None) };
    let keys = flows.going(of_fields);
    Ok(Some((card::only(card::whole(conn, fate.who.no)?, &keys), keys)))
}

/// Whether the contact is an organisation.
pub(super) fn is_organisation(conn: &Connection, no: i64) -> Result<bool> {
    contact::is_organisation(conn, no)
}

/// The record that these fields of somebody went.
pub(super) fn record(
    rows: &mut Rows<'_>,
    run: Run,
    stored: &Stored,
    fate: &Fate,
    draft: &Draft,
    keys: &[&str],
) -> Result<()> {
    disclosure::add(rows, run, fate.who, keys, &stored.key)?;
    for email in &draft.emails {
        disclosure::add_email(rows, run, fate.who.no, &email.normalised, &email.value)?;
    }
    Ok(())
}

/// Those of these fields that are of high sensitivity.
pub(super) fn high_of<'k>(stored: &Stored, keys: impl IntoIterator<Item = &'k String>) -> Vec<&'k String> {
    let is_high =
        |key: &&String| stored.fields.iter().any(|field| field.key == **key && field.sensitivity == Sensitivity::High);
    keys.into_iter().filter(is_high).collect()
}

/// The run as a whole, for the audit log; with the fields of high sensitivity that were in it.
pub(super) fn seal(rows: &mut Rows<'_>, stored: &Stored, format: Format, sent: &Sent) -> Result<()> {
    let high = high_of(stored, sent.tally.fields.keys());
    let facts = json!({
        "connection": stored.key, "format": format.as_str(), "people": sent.tally.sent, "fields": sent.tally.fields,
        "withheld": sent.tally.withheld_fields, "suppressed": sent.suppressed, "high": high,
    });
    rows.fact(None, &json!({ "run": facts }))
}
