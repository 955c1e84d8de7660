//! Letters and mails that ask for consent: prepared for many people at once, written into a file to be merged, and recorded as
//! asked on the day on which the owner sent them.

use akkoord_rules::person::Channel;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::follow::{Asking, Refused, asked_on, may_be_asked};
use crate::people::id;
use crate::problem::{Code, Problem, Result};
use crate::purposes::{Stored, answerable, by_no, latest, wordings};
use crate::vault::{Act, Business, Done, Vault};

/// Letters or mails that were prepared.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Prepared {
    /// Names them.
    pub asking: Uuid,
    /// How many people are in it.
    pub people: usize,
    /// Those whom the gate protects.
    pub refused: Vec<Refused>,
}

/// Letters or mails that wait to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AskingShown {
    /// Names them.
    pub asking: Uuid,
    /// The purpose's key.
    pub purpose: String,
    /// Its title.
    pub title: String,
    /// The way: `email` or `post`.
    pub channel: Channel,
    /// The version of the wording that they ask with.
    pub version: u32,
    /// The day on which they were prepared.
    pub prepared: NaiveDate,
    /// How many people are in it.
    pub people: i64,
}

/// Letters or mails with their people.
#[derive(Debug)]
pub(crate) struct Held {
    no: i64,
    pub(crate) purpose: Stored,
    pub(crate) version: u32,
    pub(crate) channel: Channel,
    prepared: NaiveDate,
    /// Ids of those who are in it, by row.
    pub(crate) people: Vec<Uuid>,
}

/// Prepares letters or mails to those of these people whom the law allows to be asked so. Nobody counts as asked yet.
///
/// # Errors
/// Those of finding each contact; [`Code::NotFound`] for the purpose; [`Code::BuiltinPurpose`]; [`Code::NoWording`];
/// [`Code::Invalid`] for another way than mail and post; [`Code::NotAllowed`] when nobody of them may be asked.
pub fn prepare(
    vault: &mut Vault,
    contacts: &[Uuid],
    purpose: &str,
    channel: Channel,
    now: DateTime<Utc>,
) -> Result<Done<Prepared>> {
    if !matches!(channel, Channel::Email | Channel::Post) {
        return Err(Problem::invalid("channel", "not_prepared").with("given", channel.as_str()));
    }
    let purpose = answerable(vault.rows(), vault.business(), purpose)?;
    let version = latest(&purpose.rules);
    if wordings(vault.rows(), purpose.no, version)?.is_empty() {
        let problem = Problem::new(Code::NoWording).with("purpose", purpose.rules.key.as_str());
        return Err(problem.with("version", version).with("language", vault.business().language.as_str()));
    }
    let contacts: Vec<String> = contacts.iter().map(Uuid::to_string).collect();
    let (whom, refused) = may_be_asked(vault, &contacts, &purpose, channel, vault.business().today(now))?;
    if whom.is_empty() {
        return Err(Problem::new(Code::NotAllowed).with("reasons", super::follow::reasons_of(&refused)));
    }
    let by = vault.by().to_owned();
    vault.record(Act::AskingPrepared, None, now, |rows| {
        let asking = Uuid::now_v7();
        rows.about(asking);
        rows.prepare_cached(
            "INSERT INTO asking (id, purpose_no, version, channel, prepared_at, by) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![asking, purpose.no, version, channel.as_str(), rows.at, by])?;
        let no = rows.last_insert_rowid();
        for who in &whom {
            rows.prepare_cached("INSERT INTO asking_person (asking_no, contact_no) VALUES (?, ?)")?
                .execute([no, who.no])?;
            rows.fact(Some(who.id), &json!({ "asking": { "id": asking } }))?;
        }
        let facts = json!({ "purpose": purpose.rules.key, "version": version, "channel": channel.as_str() });
        rows.fact(None, &json!({ "asking": facts }))?;
        Ok(Prepared { asking, people: whom.len(), refused })
    })
}

/// Letters and mails that wait to be sent, the oldest first.
///
/// # Errors
/// Faults of the database.
pub fn askings(vault: &Vault) -> Result<Vec<AskingShown>> {
    let business = vault.business();
    let mut query = vault.rows().prepare_cached(
        "SELECT a.id, p.key, p.title, a.channel, a.version, a.prepared_at,
           (SELECT count(*) FROM asking_person WHERE asking_no = a.no)
         FROM asking a JOIN purpose p ON p.no = a.purpose_no WHERE a.sent_on = '' ORDER BY a.no",
    )?;
    let rows = query.query_map([], |row| {
        let channel: String = row.get(3)?;
        Ok(AskingShown {
            asking: row.get(0)?,
            purpose: row.get(1)?,
            title: row.get(2)?,
            channel: Channel::parse(&channel).unwrap_or(Channel::Post),
            version: row.get(4)?,
            prepared: business.local(row.get(5)?).date_naive(),
            people: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records that prepared letters or mails were sent on a day: whoever is in it was asked then. Whom the gate protects by that
/// day is left out and named.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::InFuture`]; [`Code::Invalid`] for a day before they were prepared.
pub fn sent(vault: &mut Vault, asking: Uuid, on: NaiveDate, now: DateTime<Utc>) -> Result<Done<Asking>> {
    let business = vault.business().clone();
    let held = held(vault.rows(), &business, asking)?;
    if on > business.today(now) {
        return Err(Problem::new(Code::InFuture).with("given", on.to_string()));
    }
    if on < held.prepared {
        return Err(Problem::invalid("on", "before_it_was_prepared"));
    }
    let people: Vec<String> = held.people.iter().map(Uuid::to_string).collect();
    let (whom, refused) = may_be_asked(vault, &people, &held.purpose, held.channel, on)?;
    let noon = business.zone.from_local_datetime(&on.and_time(NaiveTime::MIN + chrono::TimeDelta::hours(12)));
    let happened = noon.earliest().map_or(now, |noon| noon.to_utc()).min(now);
    let by = vault.by().to_owned();
    vault.record(Act::ConsentRecorded, None, now, |rows| {
        rows.prepare_cached("UPDATE asking SET sent_on = ? WHERE no = ?")?.execute(params![on.to_string(), held.no])?;
        rows.fact(None, &json!({ "asking": { "id": asking, "sent_on": on.to_string() } }))?;
        let happened = business.local(happened.timestamp_millis());
        let asked = asked_on(rows, &business, &whom, &held.purpose, held.version, held.channel, (happened, &by), now)?;
        Ok(Asking { asked, refused })
    })
}

/// Puts prepared letters or mails away: they are not sent after all.
///
/// # Errors
/// [`Code::NotFound`].
pub fn put_away(vault: &mut Vault, asking: Uuid, now: DateTime<Utc>) -> Result<Done<()>> {
    let held = held(vault.rows(), vault.business(), asking)?;
    vault.record(Act::AskingPutAway, None, now, |rows| {
        rows.about(asking);
        rows.prepare_cached("DELETE FROM asking WHERE no = ?")?.execute([held.no])?;
        Ok(())
    })
}

/// Letters or mails that were not sent yet.
pub(crate) fn held(conn: &Connection, business: &Business, asking: Uuid) -> Result<Held> {
    let found: Option<(i64, i64, u32, String, i64)> = conn
        .prepare_cached(
            "SELECT no, purpose_no, version, channel, prepared_at FROM asking WHERE id = ? AND sent_on = ''",
        )?
        .query_row([asking], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let (no, purpose, version, channel, prepared) =
        found.ok_or_else(|| Problem::not_found("asking", &asking.to_string()))?;
    let mut query = conn.prepare_cached(
        "SELECT coalesce(c.merged_into, c.no) FROM asking_person a JOIN contact c ON c.no = a.contact_no
         LEFT JOIN contact h ON h.no = coalesce(c.merged_into, c.no) WHERE asking_no = ? ORDER BY h.sort_key, h.no",
    )?;
    let rows: Vec<i64> = query.query_map([no], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Held {
        no,
        purpose: by_no(conn, business, purpose)?,
        version,
        channel: Channel::parse(&channel).unwrap_or(Channel::Post),
        prepared: business.local(prepared).date_naive(),
        people: rows.into_iter().map(|no| id(conn, no)).collect::<Result<_>>()?,
    })
}
