//! The table of consent events: append-only rows, each sealed in the audit chain with all its columns.

use akkoord_rules::consent::{Answer, Event, Terms};
use akkoord_rules::person::Channel;
use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::proof::{Belongs, Content, ProofShown, attach, of_event};
use crate::people::Who;
use crate::problem::Result;
use crate::purposes::{Stored, channels_of};
use crate::vault::{Rows, hex};

/// All columns of an event that say something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EventRow {
    pub(crate) no: i64,
    pub(crate) id: Uuid,
    pub(crate) version: u32,
    pub(crate) answer: String,
    /// UTC milliseconds.
    pub(crate) happened_at: i64,
    /// Minutes east of Greenwich in which it was said.
    pub(crate) happened_offset: i32,
    pub(crate) recorded_at: i64,
    pub(crate) how: String,
    pub(crate) language: String,
    pub(crate) text: String,
    /// `None` where the event names no channels: anything but an answer.
    pub(crate) channels: Option<String>,
    pub(crate) prefer: String,
    /// The first day on which a yes no longer holds, if the person set one.
    pub(crate) expires: String,
    pub(crate) share: String,
    pub(crate) guardian: String,
    pub(crate) explicit: bool,
    pub(crate) unconfirmed: bool,
    pub(crate) note: String,
    pub(crate) url: String,
    pub(crate) ip: String,
    pub(crate) place: String,
    pub(crate) corrects: Option<Uuid>,
    pub(crate) by: String,
}

impl EventRow {
    /// An event of this kind that happened then.
    pub(crate) fn new(answer: &str, version: u32, happened: DateTime<FixedOffset>, by: &str) -> Self {
        Self {
            id: Uuid::now_v7(),
            version,
            answer: answer.to_owned(),
            happened_at: happened.timestamp_millis(),
            happened_offset: happened.offset().local_minus_utc() / 60,
            by: by.to_owned(),
            ..Self::default()
        }
    }

    /// The columns in the order of [`COLUMNS`].
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            no: row.get(0)?,
            id: row.get(1)?,
            version: row.get(2)?,
            answer: row.get(3)?,
            happened_at: row.get(4)?,
            happened_offset: row.get(5)?,
            recorded_at: row.get(6)?,
            how: row.get(7)?,
            language: row.get(8)?,
            text: row.get(9)?,
            channels: row.get(10)?,
            prefer: row.get(11)?,
            expires: row.get(12)?,
            share: row.get(13)?,
            guardian: row.get(14)?,
            explicit: row.get(15)?,
            unconfirmed: row.get(16)?,
            note: row.get(17)?,
            url: row.get(18)?,
            ip: row.get(19)?,
            place: row.get(20)?,
            corrects: row.get(21)?,
            by: row.get(22)?,
        })
    }
}

/// What [`EventRow::read`] reads, of a table or alias `e`.
pub(crate) const COLUMNS: &str = "e.no, e.id, e.version, e.answer, e.happened_at, e.happened_offset, e.recorded_at, e.how, \
    e.language, e.text, e.channels, e.prefer, e.expires, e.share, e.guardian, e.explicit, e.unconfirmed, e.note, e.url, \
    e.ip, e.place, e.corrects, e.by";

/// An event as the audit chain seals it; what is empty is left out.
#[derive(Debug, Serialize)]
pub(crate) struct Sealed<'a> {
    event: SealedEvent<'a>,
}

#[derive(Debug, Serialize)]
struct SealedEvent<'a> {
    id: Uuid,
    purpose: &'a str,
    version: u32,
    answer: &'a str,
    happened_at: i64,
    happened_offset: i32,
    recorded_at: i64,
    #[serde(skip_serializing_if = "str::is_empty")]
    how: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    prefer: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    expires: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    share: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    guardian: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    explicit: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unconfirmed: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ip: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<Uuid>,
    by: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    proofs: &'a [ProofShown],
}

/// The facts that seal an event: every column but the row numbers, and its proofs.
pub(crate) fn sealed<'a>(row: &'a EventRow, purpose: &'a str, proofs: &'a [ProofShown]) -> Sealed<'a> {
    let event = SealedEvent {
        id: row.id,
        purpose,
        version: row.version,
        answer: &row.answer,
        happened_at: row.happened_at,
        happened_offset: row.happened_offset,
        recorded_at: row.recorded_at,
        how: &row.how,
        language: &row.language,
        text_sha256: (!row.text.is_empty()).then(|| hex(&Sha256::digest(row.text.as_bytes()))),
        channels: row.channels.as_deref(),
        prefer: &row.prefer,
        expires: &row.expires,
        share: &row.share,
        guardian: &row.guardian,
        explicit: row.explicit,
        unconfirmed: row.unconfirmed,
        note: &row.note,
        url: &row.url,
        ip: &row.ip,
        place: &row.place,
        corrects: row.corrects,
        by: &row.by,
        proofs,
    };
    Sealed { event }
}

/// Writes an event about the contact, with its proofs, and seals it in the running act.
pub(crate) fn put(
    rows: &mut Rows<'_>,
    who: Who,
    purpose: &Stored,
    row: &EventRow,
    contents: &[Content],
) -> Result<Vec<ProofShown>> {
    let row = &EventRow { recorded_at: rows.at, ..row.clone() };
    insert(rows, rows.seq, who, purpose.no, row)?;
    let event_no = rows.last_insert_rowid();
    for content in contents {
        attach(rows, content, Belongs::Event(event_no), rows.at)?;
    }
    let proofs = of_event(rows, event_no)?;
    rows.fact(Some(who.id), &sealed(row, &purpose.rules.key, &proofs))?;
    Ok(proofs)
}

fn insert(conn: &Connection, seq: i64, who: Who, purpose_no: i64, row: &EventRow) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO consent_event (id, seq, contact_no, purpose_no, version, answer, happened_at, happened_offset,
           recorded_at, how, language, text, channels, prefer, expires, share, guardian, explicit, unconfirmed, note, url,
           ip, place, corrects, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        row.id,
        seq,
        who.no,
        purpose_no,
        row.version,
        row.answer,
        row.happened_at,
        row.happened_offset,
        row.recorded_at,
        row.how,
        row.language,
        row.text,
        row.channels,
        row.prefer,
        row.expires,
        row.share,
        row.guardian,
        row.explicit,
        row.unconfirmed,
        row.note,
        row.url,
        row.ip,
        row.place,
        row.corrects,
        row.by,
    ])?;
    Ok(())
}

/// What the rules look at: the events of a contact's whole group about one purpose, in the order of recording.
pub(crate) fn history(conn: &Connection, contact_no: i64, purpose_no: i64) -> Result<Vec<Event>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {FOLDED} FROM consent_event e WHERE purpose_no = ?2
           AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY no"
    ))?;
    let events = query.query_map([contact_no, purpose_no], |row| folded(row, 0))?;
    Ok(events.collect::<Result<_, _>>()?)
}

/// What [`folded`] reads, of a table or alias `e`.
pub(crate) const FOLDED: &str = "e.no, e.id, e.happened_at, e.version, e.answer, e.channels, e.prefer, e.expires, e.share, \
    e.guardian <> '', e.explicit, e.unconfirmed, e.corrects";

/// An event as the rules look at it; its columns stand from this one on.
pub(crate) fn folded(row: &Row<'_>, from: usize) -> rusqlite::Result<Event> {
    let answer = match row.get_ref(from + 4)?.as_str()? {
        "given" => Answer::Given(terms(row, from)?),
        "refused" => Answer::Refused,
        "confirmed" => Answer::Confirmed,
        "withdrawn" => Answer::Withdrawn,
        "corrected" => Answer::Corrected { event: row.get(from + 12)? },
        // The table allows one more kind.
        _ => Answer::Asked,
    };
    Ok(Event {
        seq: row.get(from)?,
        id: row.get(from + 1)?,
        happened: DateTime::from_timestamp_millis(row.get(from + 2)?).unwrap_or_default(),
        version: row.get(from + 3)?,
        answer,
    })
}

fn terms(row: &Row<'_>, from: usize) -> rusqlite::Result<Terms> {
    let text = |column: usize| row.get_ref(from + column)?.as_str().map_err(rusqlite::Error::from);
    let channels = row.get_ref(from + 5)?.as_str_or_null()?;
    let (prefer, expires, share) = (text(6)?, text(7)?, text(8)?);
    Ok(Terms {
        // A set that cannot be read covers nothing.
        channels: channels.map(|codes| channels_of(codes).unwrap_or_default()),
        prefer: Channel::parse(prefer),
        expires: day(expires),
        share: share.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        guardian: row.get(from + 9)?,
        explicit: row.get(from + 10)?,
        unconfirmed: row.get(from + 11)?,
    })
}

/// A date in its column; one that cannot be read is long past.
fn day(text: &str) -> Option<NaiveDate> {
    if text.is_empty() { None } else { Some(text.parse().unwrap_or(NaiveDate::MIN)) }
}
