//! What the rules look at of one contact, or of everybody: stretch by stretch, so that it takes little memory however many
//! they are.

use std::collections::{HashMap, HashSet};

use akkoord_rules::consent::{Basis, Status, day_of};
use akkoord_rules::retention::{Bar, Facts, Reason};
use chrono::{DateTime, NaiveDate};
use rusqlite::{Connection, Row, params_from_iter};

use crate::consents::{country, label_key};
use crate::problem::Result;
use crate::purposes::{Stored, all};
use crate::vault::{Business, Vault};

/// So many rows of contacts are looked at in one go. Tests have few.
const STRETCH: i64 = if cfg!(test) { 2 } else { 5_000 };

/// Whom to look at.
#[derive(Debug, Clone, Copy)]
enum Among {
    /// One contact and whoever was merged into it.
    Group(i64),
    /// Those in rows from here on, as many as a stretch has, who stand for nobody but themselves.
    Stretch(i64),
    /// All contacts who were merged, and those who stand for them.
    Merged,
}

impl Among {
    /// Rows of `contact`.
    fn contacts(self) -> &'static str {
        match self {
            Self::Group(_) => "no = ?1 OR merged_into = ?1",
            Self::Stretch(_) => {
                "no BETWEEN ?1 AND ?2 AND merged_into IS NULL
                 AND NOT EXISTS (SELECT 1 FROM contact m WHERE m.merged_into = contact.no)"
            }
            Self::Merged => {
                "merged_into IS NOT NULL OR no IN (SELECT merged_into FROM contact WHERE merged_into IS NOT NULL)"
            }
        }
    }

    /// Rows of what tells of contacts.
    fn about(self) -> &'static str {
        match self {
            Self::Group(_) => "contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
            Self::Stretch(_) => "contact_no BETWEEN ?1 AND ?2",
            Self::Merged => {
                "contact_no IN (SELECT no FROM contact WHERE merged_into IS NOT NULL
                 UNION SELECT merged_into FROM contact WHERE merged_into IS NOT NULL)"
            }
        }
    }

    /// What stands for `?1` and `?2`.
    fn bounds(self) -> Vec<i64> {
        match self {
            Self::Group(no) => vec![no],
            Self::Stretch(from) => vec![from, from + STRETCH - 1],
            Self::Merged => Vec::new(),
        }
    }
}

/// What is known of a contact and whoever was merged into it.
#[derive(Debug, Default)]
struct Person {
    /// The last dealing with them, in UTC milliseconds.
    last: i64,
    statuses: Vec<(i64, Status, NaiveDate, Option<NaiveDate>)>,
    agreed: HashSet<i64>,
    labels: Vec<String>,
    /// Since when they object, to a purpose or to all marketing.
    objections: Vec<(Option<i64>, NaiveDate)>,
    bar: Option<Bar>,
    hold: Option<NaiveDate>,
}

/// What is known of everybody who is looked at.
pub(super) struct Gathered {
    people: HashMap<i64, Person>,
    purposes: Vec<(Stored, Option<String>)>,
    evidence_years: u8,
    business: Business,
}

/// Reads tables about those who are looked at.
struct Reader<'c> {
    conn: &'c Connection,
    /// The contact that stands for each row.
    heads: HashMap<i64, i64>,
    people: HashMap<i64, Person>,
    among: Among,
    today: NaiveDate,
}

/// Tells of everybody what decides how long each is kept.
pub(super) fn everybody(vault: &Vault, today: NaiveDate, mut each: impl FnMut(i64, &Facts<'_>)) -> Result<()> {
    let last: Option<i64> = vault.rows().query_row("SELECT max(no) FROM contact", [], |row| row.get(0))?;
    let mut from = 1;
    while from <= last.unwrap_or_default() {
        Gathered::of(vault, Among::Stretch(from), today)?.each(&mut each);
        from += STRETCH;
    }
    Gathered::of(vault, Among::Merged, today)?.each(each);
    Ok(())
}

impl Gathered {
    /// One contact and whoever was merged into it.
    pub(super) fn of_one(vault: &Vault, no: i64, today: NaiveDate) -> Result<Self> {
        Self::of(vault, Among::Group(no), today)
    }

    fn of(vault: &Vault, among: Among, today: NaiveDate) -> Result<Self> {
        let (conn, business) = (vault.rows(), vault.business());
        let purposes = all(conn, business)?.into_iter();
        let purposes = purposes.map(|purpose| {
            let label = purpose.rules.label.as_deref().map(label_key);
            (purpose, label)
        });
        let purposes: Vec<(Stored, Option<String>)> = purposes.collect();
        let mut reader = Reader { conn, heads: HashMap::new(), people: HashMap::new(), among, today };
        reader.contacts()?;
        reader.read(business, purposes.iter().any(|(purpose, _)| purpose.rules.basis != Basis::Consent))?;
        let (people, business) = (reader.people, business.clone());
        let evidence_years = country(&business)?.evidence_years();
        Ok(Self { people, purposes, evidence_years, business })
    }

    /// Tells of each what decides how long it is kept.
    pub(super) fn each(&self, mut each: impl FnMut(i64, &Facts<'_>)) {
        let mut reasons = Vec::new();
        for (no, person) in &self.people {
            reasons.clear();
            self.reasons(person, &mut reasons);
            let last = day_of(instant(person.last), self.business.zone);
            let (bar, hold) = (person.bar, person.hold);
            let facts = Facts { reasons: &reasons, last, evidence_years: self.evidence_years, bar, hold };
            each(*no, &facts);
        }
    }

    fn reasons(&self, person: &Person, reasons: &mut Vec<Reason>) {
        for (purpose, label) in &self.purposes {
            let rules = &purpose.rules;
            let against = person.objections.iter().filter(|(to, _)| match to {
                Some(no) => *no == purpose.no,
                None => rules.marketing,
            });
            let objected = against.map(|(_, since)| *since).min().filter(|_| rules.falls_to_objection());
            if rules.basis == Basis::Consent {
                let found = person.statuses.iter().filter(|(no, ..)| *no == purpose.no);
                reasons.extend(found.map(|(no, status, since, expires)| Reason::Consent {
                    status: *status,
                    since: *since,
                    expires: *expires,
                    agreed: person.agreed.contains(no),
                    objected,
                }));
            } else if label.as_ref().is_none_or(|label| person.labels.contains(label)) {
                reasons.push(Reason::Basis { keeps: purpose.retention.parse().ok(), objected });
            }
        }
    }
}

fn instant(at: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}

impl Reader<'_> {
    fn contacts(&mut self) -> Result<()> {
        let which = self.among.contacts();
        let sql = format!("SELECT no, coalesce(merged_into, no), created_at FROM contact WHERE {which}");
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(self.among.bounds()))?;
        while let Some(row) = rows.next()? {
            let (no, head, created): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            self.heads.insert(no, head);
            let person = self.people.entry(head).or_default();
            person.last = person.last.max(created);
        }
        Ok(())
    }

    fn read(&mut self, business: &Business, labels: bool) -> Result<()> {
        let day = |at: i64| day_of(instant(at), business.zone);
        let today = self.today;
        self.table("consent_status", "purpose_no, status, since, expires", "1", |person, row| {
            let (status, expires): (String, String) = (row.get(2)?, row.get(4)?);
            let since: Option<i64> = row.get(3)?;
            if let Some(status) = Status::parse(&status) {
                let expires: Option<NaiveDate> = expires.parse().ok();
                let yes = matches!(status, Status::Given | Status::AwaitingConfirmation);
                let over = yes && expires.is_some_and(|end| end <= today);
                let status = if over { Status::Expired } else { status };
                person.statuses.push((row.get(1)?, status, day(since.unwrap_or_default()), expires));
            }
            Ok(())
        })?;
        let counted = "(answer = 'confirmed' OR answer = 'given' AND unconfirmed = 0)";
        self.table("consent_event", "purpose_no", counted, |person, row| {
            person.agreed.insert(row.get(1)?);
            Ok(())
        })?;
        if labels {
            self.table("contact_label", "label", "1", |person, row| {
                person.labels.push(label_key(row.get_ref(1)?.as_str()?));
                Ok(())
            })?;
        }
        self.table("objection", "purpose_no, since", "lifted_at IS NULL", |person, row| {
            person.objections.push((row.get(1)?, day(row.get(2)?)));
            Ok(())
        })?;
        self.bars()?;
        for (table, at) in [("source", "at"), ("consent_event", "happened_at"), ("request", "recorded_at")] {
            self.table(table, at, "1", |person, row| {
                person.last = person.last.max(row.get(1)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// What stands against destroying somebody, the least pressing first: the last counts.
    fn bars(&mut self) -> Result<()> {
        let open = "state IN ('open', 'waiting_identity', 'extended')";
        self.table("restriction", "no", "lifted_at IS NULL", |person, _| {
            person.bar = Some(Bar::Restricted);
            Ok(())
        })?;
        self.table("request", "no", open, |person, _| {
            person.bar = Some(Bar::OpenRequest);
            Ok(())
        })?;
        self.table("erasure", "no", "state = 'locked'", |person, _| {
            person.bar = Some(Bar::ErasureOrdered);
            Ok(())
        })?;
        self.table("legal_hold", "until", "replaced = 0", |person, row| {
            let until: String = row.get(1)?;
            person.hold = person.hold.max(until.parse().ok());
            Ok(())
        })
    }

    /// Reads columns of a table, each row for the person whom it is about.
    fn table(
        &mut self,
        table: &str,
        columns: &str,
        which: &str,
        mut take: impl FnMut(&mut Person, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let about = self.among.about();
        let sql = format!("SELECT contact_no, {columns} FROM {table} WHERE ({which}) AND {about}");
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(self.among.bounds()))?;
        while let Some(row) = rows.next()? {
            let no: Option<i64> = row.get(0)?;
            let head = no.and_then(|no| self.heads.get(&no));
            if let Some(person) = head.and_then(|head| self.people.get_mut(head)) {
                take(person, row)?;
            }
        }
        Ok(())
    }
}
