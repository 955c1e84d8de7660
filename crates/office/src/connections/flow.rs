//! Who goes and who stays, decided of everybody: the facts from the vault, the decision from the rules.

use akkoord_rules::gate::{Sharing, Target};
use akkoord_rules::law::PhoneRule;
use akkoord_rules::outflow::{self, Flow, Verdict, outflow};
use chrono::NaiveDate;
use rusqlite::Connection;

use super::having::{self, reaches};
use crate::consents::{Crowd, Cursor, Gathered, Member};
use crate::people::Who;
use crate::problem::Result;
use crate::purposes::{self, Stored as Purpose};
use crate::vault::connection::{FieldRow, Stored};
use crate::vault::{Business, disclosure};

/// What becomes of somebody.
#[derive(Debug, Clone)]
pub(super) struct Fate {
    pub(super) who: Who,
    pub(super) verdict: Verdict,
    /// The connection has data of this person.
    pub(super) is_there: bool,
}

impl Fate {
    /// Went before, and may not any more.
    pub(super) fn to_remove(&self) -> bool {
        self.is_there && !self.verdict.goes()
    }
}

/// A connection and a day, asked about everybody or about somebody.
#[derive(Debug)]
pub(super) struct Flows<'c> {
    conn: &'c Connection,
    business: &'c Business,
    stored: &'c Stored,
    purposes: Vec<Purpose>,
    fields: Vec<outflow::Field>,
    on: NaiveDate,
}

impl<'c> Flows<'c> {
    pub(super) fn of(conn: &'c Connection, business: &'c Business, stored: &'c Stored, on: NaiveDate) -> Result<Self> {
        let purposes =
            stored.purposes.iter().map(|(no, _)| purposes::by_no(conn, business, *no)).collect::<Result<_>>()?;
        let field = |field: &FieldRow| outflow::Field { sensitivity: field.sensitivity, reaches: reaches(field) };
        let fields = stored.fields.iter().map(field).collect();
        Ok(Self { conn, business, stored, purposes, fields, on })
    }

    /// Tells of everybody, in the order in which they were added.
    pub(super) fn each(&self, mut each: impl FnMut(Fate) -> Result<()>) -> Result<()> {
        let crowd = Crowd::of(self.conn, self.business, &self.purposes, self.on)?;
        let mut tables = having::Tables::prepare(self.conn, &self.stored.fields)?;
        let mut open = tables.open()?;
        let mut there = self.conn.prepare(
            "SELECT contact_no FROM held_there WHERE connection_no = ? AND removed_at IS NULL ORDER BY contact_no",
        )?;
        let mut there = Cursor::of(there.query([self.stored.no])?)?;
        crowd.each(|member: Member<'_>| {
            let no = member.who.no;
            let (has, is_there) = match member.leads {
                true => (
                    having::has(self.conn, &self.stored.fields, no)?,
                    disclosure::is_there(self.conn, self.stored.no, no)?,
                ),
                false => (open.has(no)?, there.has(no)?),
            };
            let verdict = self.verdict(member.gathered, crowd.phone(), &has);
            each(Fate { who: member.who, verdict, is_there })
        })
    }

    /// Tells of one contact and whoever was merged into it.
    pub(super) fn one(&self, who: Who) -> Result<Fate> {
        let crowd = Crowd::of(self.conn, self.business, &self.purposes, self.on)?;
        let has = having::has(self.conn, &self.stored.fields, who.no)?;
        let is_there = disclosure::is_there(self.conn, self.stored.no, who.no)?;
        Ok(Fate { who, verdict: self.verdict(&crowd.one_by_one(who)?, crowd.phone(), &has), is_there })
    }

    fn verdict(&self, gathered: &[Gathered], phone: &PhoneRule, has: &[bool]) -> Verdict {
        let facts: Vec<_> = gathered
            .iter()
            .zip(&self.purposes)
            .map(|(gathered, purpose)| {
                let sharing = Sharing {
                    shared: true,
                    permitted: gathered.standing.share.contains(&self.stored.key),
                    received: true,
                    field: None,
                    ceiling: self.stored.ceiling,
                };
                gathered.facts(Some(&purpose.rules), phone, Target::Connection(sharing))
            })
            .collect();
        outflow(&facts, self.stored.channel, &self.fields, has)
    }

    /// The keys of the fields that are not too sensitive for the connection, whoever it is about.
    pub(super) fn open(&self) -> Vec<&'c str> {
        let ceiling = self.stored.ceiling;
        self.stored.fields.iter().filter(|field| field.sensitivity <= ceiling).map(|field| field.key.as_str()).collect()
    }

    /// The keys of the fields that go.
    pub(super) fn going(&self, flows: &[Flow]) -> Vec<&'c str> {
        let fields = self.stored.fields.iter().zip(flows);
        fields.filter(|(_, flow)| **flow == Flow::Goes).map(|(field, _)| field.key.as_str()).collect()
    }
}
