//! What remains of an erasure: an account of it without personal data, sealed in the audit chain, and the certificate made of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::{Code, Problem, Result};
use crate::vault::erasure::Erasure;
use crate::vault::hex;

/// What an erasure destroyed, as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    /// The erasure.
    pub(super) id: Uuid,
    /// The vault.
    pub(super) vault: Uuid,
    /// The day, where the business is.
    pub(super) on: NaiveDate,
    /// `request`, `order` or `retention`.
    pub(super) ground: String,
    pub(super) request: Option<Uuid>,
    /// The last day of the hold that it waited for.
    pub(super) held_until: Option<NaiveDate>,
    pub(super) destroyed: BTreeMap<String, u64>,
    pub(super) recipients: Vec<String>,
    /// How many hashes it put on the blocked list.
    pub(super) blocked: u64,
    /// Done again on a vault that was put back from an older backup.
    pub(super) replayed: bool,
}

/// That somebody was erased, without saying who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ErasureCertificate")]
pub struct Certificate {
    /// The erasure.
    pub id: Uuid,
    /// The vault in which it was done.
    pub vault: Uuid,
    /// The day on which it was done.
    pub on: NaiveDate,
    /// Why: `request`, `order` or `retention`.
    pub ground: String,
    /// The request that asked for it.
    pub request: Option<Uuid>,
    /// The last day of the duty to keep that it waited for.
    pub held_until: Option<NaiveDate>,
    /// How much was destroyed, by what it was.
    pub destroyed: BTreeMap<String, u64>,
    /// The keys of the connections that had the data and have to hear of it (Art. 19).
    pub recipients: Vec<String>,
    /// How many keyed hashes remain on the blocked list, so that the same data does not come in again.
    pub blocked: u64,
    /// Done again on a vault that was put back from an older backup.
    pub replayed: bool,
    /// Its entry in the audit chain.
    pub entry: i64,
    /// The head of the audit chain with that entry.
    pub head: String,
}

impl Account {
    /// The account that an erasure keeps.
    pub(super) fn of(erasure: &Erasure) -> Result<Self> {
        serde_json::from_str(&erasure.account).map_err(|error| Problem::new(Code::VaultDamaged).because(error))
    }

    /// As it is kept.
    pub(super) fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Problem::new(Code::System).because(error))
    }
}

impl Certificate {
    /// The certificate of an erasure; none where nothing was destroyed.
    pub(super) fn of(conn: &Connection, erasure: &Erasure) -> Result<Option<Self>> {
        let Some(seq) = erasure.seq else { return Ok(None) };
        let head: Option<[u8; 32]> = conn
            .prepare_cached("SELECT hash FROM audit WHERE seq = ?")?
            .query_row(params![seq], |row| row.get(0))
            .optional()?;
        let head = head.ok_or_else(|| Problem::new(Code::VaultDamaged))?;
        let Account { id, vault, on, ground, request, held_until, destroyed, recipients, blocked, replayed } =
            Account::of(erasure)?;
        Ok(Some(Self {
            id,
            vault,
            on,
            ground,
            request,
            held_until,
            destroyed,
            recipients,
            blocked,
            replayed,
            entry: seq,
            head: hex(&head),
        }))
    }
}

/// The keys of the connections that have to hear of the erasures that this request asked for.
///
/// # Errors
/// Faults of the database; [`Code::VaultDamaged`] for an account that cannot be read.
pub(crate) fn recipients_of(conn: &Connection, request_no: i64) -> Result<Vec<String>> {
    let mut query =
        conn.prepare_cached("SELECT account FROM erasure WHERE request_no = ? AND state = 'destroyed' ORDER BY no")?;
    let accounts = query.query_map([request_no], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let read =
        |text: &String| serde_json::from_str(text).map_err(|error| Problem::new(Code::VaultDamaged).because(error));
    let accounts = accounts.iter().map(read).collect::<Result<Vec<Account>>>()?;
    Ok(accounts.into_iter().flat_map(|account| account.recipients).collect())
}
