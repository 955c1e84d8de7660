//! One row of the list: who it is, how they stand, and what happens next.

use akkoord_rules::consent::Status;
use akkoord_rules::request;
use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use serde::Serialize;
use uuid::Uuid;

use crate::people::listed;
use crate::problem::Result;
use crate::purposes;
use crate::requests;
use crate::vault::Vault;

/// A contact as the window's list shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PageRow {
    /// Its id.
    pub id: Uuid,
    /// `person` or `organisation`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// The organisation it belongs to or is.
    pub organisation: String,
    /// Postcode and town of its first address.
    pub place: String,
    /// Its first e-mail address, as typed.
    pub email: Option<String>,
    /// Its first phone number, as typed.
    pub phone: Option<String>,
    /// Whether it is on lock.
    pub restricted: bool,
    /// How it stands today towards each of the page's purposes.
    pub statuses: Vec<Status>,
    /// What happens next.
    pub next: Option<Next>,
}

/// What happens next with a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Next {
    /// A request must be answered.
    Request {
        /// The request.
        request: Uuid,
        /// What is asked.
        kind: request::Kind,
        /// The last day on which the answer is in time.
        due: NaiveDate,
        /// Days until then, negative after it.
        days_left: i64,
    },
    /// A yes ends.
    Expiry {
        /// The purpose's key.
        purpose: String,
        /// The first day on which the yes no longer holds.
        expires: NaiveDate,
        /// Days until then.
        days_left: i64,
    },
}

/// What every row has: the purposes, and the day it is.
#[derive(Debug)]
pub(super) struct Columns {
    purposes: Vec<(i64, String)>,
    today: NaiveDate,
}

impl Columns {
    pub(super) fn of(vault: &Vault, today: NaiveDate) -> Result<Self> {
        let purposes = purposes::all(vault.rows(), vault.business())?;
        Ok(Self { purposes: purposes.into_iter().map(|stored| (stored.no, stored.rules.key)).collect(), today })
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.purposes.iter().map(|(_, key)| key.clone()).collect()
    }

    pub(super) fn row(&self, vault: &Vault, no: i64) -> Result<PageRow> {
        let conn = vault.rows();
        let who = listed(conn, no)?;
        let place: Option<String> = conn
            .prepare_cached(
                "SELECT trim(postal_code || ' ' || city) FROM contact_address WHERE contact_no = ? ORDER BY no LIMIT 1",
            )?
            .query_row([no], |row| row.get(0))
            .optional()?;
        let (statuses, ends) = self.standings(vault, no)?;
        let open = requests::of_contact(conn, no, self.today)?.into_iter().find(|request| !request.state.is_closed());
        let asked = open.map(|open| Next::Request {
            request: open.id,
            kind: open.kind,
            due: open.due,
            days_left: open.days_left,
        });
        Ok(PageRow {
            id: who.id,
            kind: who.kind,
            name: who.name,
            organisation: who.organisation,
            place: place.unwrap_or_default(),
            email: who.email,
            phone: who.phone,
            restricted: who.restricted,
            statuses,
            next: asked.or(ends),
        })
    }

    /// How a contact stands towards each purpose, and whichever yes ends first.
    fn standings(&self, vault: &Vault, no: i64) -> Result<(Vec<Status>, Option<Next>)> {
        let mut statuses = vec![Status::NotAsked; self.purposes.len()];
        let mut ends: Option<(NaiveDate, &str)> = None;
        let mut query = vault
            .rows()
            .prepare_cached("SELECT purpose_no, status, expires FROM consent_status WHERE contact_no = ?")?;
        let mut rows = query.query([no])?;
        while let Some(row) = rows.next()? {
            let purpose_no: i64 = row.get(0)?;
            let status = Status::parse(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            let end: Option<NaiveDate> = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?.parse().ok();
            let status = status.unwrap_or(Status::NotAsked);
            let over = end.is_some_and(|end| end <= self.today)
                && matches!(status, Status::Given | Status::AwaitingConfirmation);
            let Some(at) = self.purposes.iter().position(|(known, _)| *known == purpose_no) else { continue };
            if let (Some(slot), Some((_, key))) = (statuses.get_mut(at), self.purposes.get(at)) {
                *slot = if over { Status::Expired } else { status };
                let sooner = end.filter(|end| !over && ends.is_none_or(|(first, _)| *end < first));
                if let Some(end) = sooner.filter(|_| status == Status::Given) {
                    ends = Some((end, key));
                }
            }
        }
        let next = ends.map(|(expires, purpose)| Next::Expiry {
            purpose: purpose.to_owned(),
            expires,
            days_left: (expires - self.today).num_days(),
        });
        Ok((statuses, next))
    }
}
