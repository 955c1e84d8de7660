//! What the gate looks at, of everybody at once: each table is read once, side by side in the order of the contacts, so that
//! neither time nor memory grows with the square of anything. What is decided with it is decided by the same gate.

use akkoord_rules::consent::{CONFIRM_DAYS, Event, fold, stands};
use akkoord_rules::law::PhoneRule;
use akkoord_rules::person::ChannelSet;
use chrono::{DateTime, NaiveDate};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, Statement, params};
use uuid::Uuid;

use super::event::{FOLDED, folded};
use super::facts::{country, is_child, label_key};
use super::may::{Gate, Gathered};
use super::objection::Objected;
use crate::people::Who;
use crate::problem::{Code, Problem, Result};
use crate::purposes::Stored;
use crate::vault::Business;

/// A table read in the order of the contacts that its first column names.
pub(crate) struct Cursor<'s> {
    rows: rusqlite::Rows<'s>,
    /// The contact of the row at hand.
    at: Option<i64>,
}

impl<'s> Cursor<'s> {
    /// Begins to read.
    pub(crate) fn of(rows: rusqlite::Rows<'s>) -> Result<Self> {
        let mut cursor = Self { rows, at: None };
        cursor.advance()?;
        Ok(cursor)
    }

    /// Hands out the rows of this contact, and passes by those of contacts before it.
    pub(crate) fn each(&mut self, no: i64, mut each: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        while let Some(at) = self.at.filter(|at| *at <= no) {
            if let (true, Some(row)) = (at == no, self.rows.get()) {
                each(row)?;
            }
            self.advance()?;
        }
        Ok(())
    }

    /// Whether this contact has a row.
    pub(crate) fn has(&mut self, no: i64) -> Result<bool> {
        let mut found = false;
        self.each(no, |_| {
            found = true;
            Ok(())
        })?;
        Ok(found)
    }

    fn advance(&mut self) -> Result<()> {
        self.rows.advance()?;
        self.at = self.rows.get().map(|row| row.get(0)).transpose()?;
        Ok(())
    }
}

/// Purposes and a day, asked about everybody.
#[derive(Debug)]
pub(crate) struct Crowd<'c> {
    conn: &'c Connection,
    business: &'c Business,
    purposes: &'c [Stored],
    /// Each purpose's label as it is compared.
    labels: Vec<Option<String>>,
    phone: &'static PhoneRule,
    child_age: u8,
    on: NaiveDate,
}

/// Somebody who is asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'g> {
    pub(crate) who: Who,
    /// Others were merged into this contact.
    pub(crate) leads: bool,
    /// What the gate looks at, for each purpose.
    pub(crate) gathered: &'g [Gathered],
}

impl<'c> Crowd<'c> {
    /// A question about everybody.
    pub(crate) fn of(
        conn: &'c Connection,
        business: &'c Business,
        purposes: &'c [Stored],
        on: NaiveDate,
    ) -> Result<Self> {
        let country = country(business)?;
        let labels = purposes.iter().map(|purpose| purpose.rules.label.as_deref().map(label_key)).collect();
        let (phone, child_age) = (country.phone_marketing(on), country.child_age());
        Ok(Self { conn, business, purposes, labels, phone, child_age, on })
    }

    /// The country's rule for marketing calls on that day.
    pub(crate) fn phone(&self) -> &'static PhoneRule {
        self.phone
    }

    /// Tells about everybody, in the order in which they were added; whoever was merged speaks through the contact kept.
    pub(crate) fn each(&self, mut each: impl FnMut(Member<'_>) -> Result<()>) -> Result<()> {
        let mut tables = Tables::prepare(self.conn)?;
        let mut open = tables.open(self.purposes)?;
        let mut events: Vec<Vec<Event>> = self.purposes.iter().map(|_| Vec::new()).collect();
        let mut heads =
            self.conn.prepare("SELECT no, id, birthday FROM contact WHERE merged_into IS NULL ORDER BY no")?;
        let mut heads = heads.query([])?;
        while let Some(row) = heads.next()? {
            let (no, id, birthday): (i64, Uuid, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (who, leads) = (Who { no, id }, open.leads.has(no)?);
            let gathered = match leads {
                true => self.one_by_one(who)?,
                false => self.beside(no, &birthday, &mut open, &mut events)?,
            };
            each(Member { who, leads, gathered: &gathered })?;
        }
        Ok(())
    }

    /// What the gate looks at of one contact and whoever was merged into it.
    pub(crate) fn one_by_one(&self, who: Who) -> Result<Vec<Gathered>> {
        let gather = |purpose| Gate::about(self.conn, self.business, purpose, self.on)?.gather(who);
        self.purposes.iter().map(gather).collect()
    }

    /// From the tables that are read side by side; `events` is room for those of each purpose.
    fn beside(&self, no: i64, birthday: &str, open: &mut Open<'_>, events: &mut [Vec<Event>]) -> Result<Vec<Gathered>> {
        events.iter_mut().for_each(Vec::clear);
        let place = |purpose_no: i64| self.purposes.iter().position(|purpose| purpose.no == purpose_no);
        open.events.each(no, |row| {
            if let Some(events) = place(row.get(1)?).and_then(|at| events.get_mut(at)) {
                events.push(folded(row, 2)?);
            }
            Ok(())
        })?;
        let restricted = self.restricted(no, &mut open.locks)?;
        let objections = self.objections(no, &mut open.objections)?;
        let mut labels = Vec::new();
        open.labels.each(no, |row| {
            labels.push(label_key(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?));
            Ok(())
        })?;
        let addresses = ChannelSet::reachable(open.emails.has(no)?, open.phones.has(no)?, open.places.has(no)?);
        let [emails, phones, places] = &mut open.secondhand;
        let secondhand = ChannelSet::reachable(emails.has(no)?, phones.has(no)?, places.has(no)?);
        let minor = is_child(birthday, self.child_age, self.on);
        let of = |(at, purpose): (usize, &Stored)| Gathered {
            standing: fold(
                events.get(at).map_or(&[], Vec::as_slice),
                &purpose.rules,
                self.on,
                self.business.zone,
                CONFIRM_DAYS,
            ),
            restricted,
            objected: Objected {
                marketing: objections.contains(&None),
                purpose: objections.contains(&Some(purpose.no)),
            },
            labelled: self.labels.get(at).and_then(Option::as_ref).is_none_or(|label| labels.contains(label)),
            addresses,
            secondhand,
            minor,
        };
        Ok(self.purposes.iter().enumerate().map(of).collect())
    }

    fn restricted(&self, no: i64, locks: &mut Cursor<'_>) -> Result<bool> {
        let mut restricted = false;
        locks.each(no, |row| {
            restricted |= self.stood(row.get(1)?, row.get(2)?);
            Ok(())
        })?;
        Ok(restricted)
    }

    /// What they objected to: purposes by their row, or all marketing.
    fn objections(&self, no: i64, objections: &mut Cursor<'_>) -> Result<Vec<Option<i64>>> {
        let mut found = Vec::new();
        objections.each(no, |row| {
            if self.stood(row.get(2)?, row.get(3)?) {
                found.push(row.get(1)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn stood(&self, since: i64, lifted: Option<i64>) -> bool {
        let instant = |ms: i64| DateTime::from_timestamp_millis(ms).unwrap_or_default();
        stands(instant(since), lifted.map(instant), self.on, self.business.zone)
    }
}

/// The tables that are read side by side; each in the order of an index, so that nothing is sorted.
struct Tables<'c> {
    events: Statement<'c>,
    locks: Statement<'c>,
    objections: Statement<'c>,
    labels: Statement<'c>,
    emails: Statement<'c>,
    phones: Statement<'c>,
    places: Statement<'c>,
    leads: Statement<'c>,
    secondhand: [Statement<'c>; 3],
}

struct Open<'s> {
    events: Cursor<'s>,
    locks: Cursor<'s>,
    objections: Cursor<'s>,
    labels: Cursor<'s>,
    emails: Cursor<'s>,
    phones: Cursor<'s>,
    places: Cursor<'s>,
    leads: Cursor<'s>,
    /// E-mail addresses, numbers and postal addresses that did not come from themselves.
    secondhand: [Cursor<'s>; 3],
}

impl<'c> Tables<'c> {
    fn prepare(conn: &'c Connection) -> Result<Self> {
        let secondhand = |table: &str| {
            conn.prepare(&format!(
                "SELECT a.contact_no FROM {table} a JOIN source s ON s.no = a.source_no
                 WHERE s.origin <> 'self' ORDER BY a.contact_no"
            ))
        };
        Ok(Self {
            secondhand: [secondhand("contact_email")?, secondhand("contact_phone")?, secondhand("contact_address")?],
            events: conn.prepare(&format!(
                "SELECT e.contact_no, e.purpose_no, {FOLDED} FROM consent_event e INDEXED BY consent_event_to_fold
                 WHERE e.purpose_no IN (SELECT value FROM json_each(?1)) ORDER BY e.contact_no"
            ))?,
            locks: conn.prepare("SELECT contact_no, since, lifted_at FROM restriction ORDER BY contact_no")?,
            objections: conn
                .prepare("SELECT contact_no, purpose_no, since, lifted_at FROM objection ORDER BY contact_no")?,
            labels: conn.prepare("SELECT contact_no, label FROM contact_label WHERE ?1 ORDER BY contact_no")?,
            emails: conn.prepare("SELECT contact_no FROM contact_email ORDER BY contact_no")?,
            phones: conn.prepare("SELECT contact_no FROM contact_phone ORDER BY contact_no")?,
            places: conn.prepare(
                "SELECT contact_no FROM contact_address INDEXED BY contact_address_by_contact
                 WHERE street <> '' OR po_box <> '' ORDER BY contact_no",
            )?,
            leads: conn
                .prepare("SELECT merged_into FROM contact WHERE merged_into IS NOT NULL ORDER BY merged_into")?,
        })
    }

    fn open(&mut self, purposes: &[Stored]) -> Result<Open<'_>> {
        let numbers: Vec<i64> = purposes.iter().map(|purpose| purpose.no).collect();
        let numbers = serde_json::to_string(&numbers).map_err(|error| Problem::new(Code::System).because(error))?;
        let [emails, phones, places] = &mut self.secondhand;
        let labelled = purposes.iter().any(|purpose| purpose.rules.label.is_some());
        Ok(Open {
            events: Cursor::of(self.events.query([numbers])?)?,
            locks: Cursor::of(self.locks.query([])?)?,
            objections: Cursor::of(self.objections.query([])?)?,
            labels: Cursor::of(self.labels.query(params![labelled])?)?,
            emails: Cursor::of(self.emails.query([])?)?,
            phones: Cursor::of(self.phones.query([])?)?,
            places: Cursor::of(self.places.query([])?)?,
            leads: Cursor::of(self.leads.query([])?)?,
            secondhand: [
                Cursor::of(emails.query([])?)?,
                Cursor::of(phones.query([])?)?,
                Cursor::of(places.query([])?)?,
            ],
        })
    }
}
