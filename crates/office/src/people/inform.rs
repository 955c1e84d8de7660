//! Telling people that their data is held, where it did not come from themselves (Art. 14).

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::order::{Order, organisations};
use super::who::{Who, group, id, resolve};
use crate::problem::{Code, Problem, Result};
use crate::vault::informed::{self, Told};
use crate::vault::{Act, Business, Done, Fault, Rows, Vault};

/// How somebody came to know that their data is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HowTold {
    /// By mail.
    Email,
    /// By letter.
    Letter,
    /// In a call.
    Phone,
    /// Face to face.
    InPerson,
    /// They knew already: then nobody needs to tell them (Art. 14(5)(a)).
    Knew,
}

impl HowTold {
    /// The stable code, as other programs and the vault see it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Phone => "phone",
            Self::InPerson => "in_person",
            Self::Knew => "knew",
        }
    }
}

/// Who was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Informed {
    /// How many contacts.
    pub people: usize,
    /// The entry in the audit chain, which takes it back.
    pub entry: i64,
}

/// Records that people were told on that day that their data is held, and where it came from. It covers every source that was
/// there on that day.
///
/// # Errors
/// As `resolve` for each; [`Code::InFuture`]; [`Code::TooEarly`] for a day before the first of somebody's data came.
pub fn inform(
    vault: &mut Vault,
    contacts: &[Uuid],
    how: HowTold,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Done<Informed>> {
    if on > vault.business().today(now) {
        return Err(Problem::new(Code::InFuture).with("given", on.to_string()));
    }
    let (by, business) = (vault.by().to_owned(), vault.business().clone());
    vault.record(Act::PeopleInformed, None, now, |rows| {
        for contact in contacts {
            let who = resolve(rows, &contact.to_string())?;
            not_before(rows, &business, &group(rows, who.no)?, on)?;
            informed_by(rows, who, how, on, &by)?;
        }
        Ok(Informed { people: contacts.len(), entry: rows.seq })
    })
}

/// Writes that somebody was told on that day, inside the running act.
pub(crate) fn informed_by(rows: &mut Rows<'_>, who: Who, how: HowTold, on: NaiveDate, by: &str) -> Result<()> {
    let (recorded_at, told_on) = (rows.at, on.to_string());
    for no in group(rows, who.no)? {
        let told = Told { id: Uuid::now_v7(), contact_no: no, told_on: &told_on, how: how.as_str(), recorded_at, by };
        informed::insert(rows, &told)?;
        let facts = json!({ "id": told.id, "told_on": told.told_on, "how": told.how, "by": told.by });
        rows.fact(Some(id(rows, no)?), &json!({ "informed": facts }))?;
    }
    Ok(())
}

/// Refuses a day before anything of a group came from elsewhere: they cannot have been told of it by then.
fn not_before(conn: &Connection, business: &Business, group: &[i64], on: NaiveDate) -> Result<()> {
    let came = group.iter().map(|no| informed::first_from_elsewhere(conn, *no)).collect::<Result<Vec<_>>>()?;
    let earliest = came.into_iter().flatten().min().map(|at| business.local(at).date_naive());
    earliest.filter(|earliest| on < *earliest).map_or(Ok(()), |earliest| {
        let early = Problem::new(Code::TooEarly).with("why", "before_the_data");
        Err(early.with("on", on.to_string()).with("earliest", earliest.to_string()))
    })
}

/// Takes back that people were told, named by its entry in the audit chain.
///
/// # Errors
/// [`Code::NotFound`] when there is no such entry, or it was taken back already.
pub fn uninform(vault: &mut Vault, entry: i64, now: DateTime<Utc>) -> Result<Done<()>> {
    let noted: Vec<(Uuid, String)> = vault
        .rows()
        .prepare_cached(
            "SELECT f.contact_id, f.facts ->> '$.informed.id' FROM audit a JOIN audit_fact f USING (seq)
             WHERE a.seq = ? AND a.act = ? ORDER BY f.n",
        )?
        .query_map(params![entry, Act::PeopleInformed.code()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    vault.record(Act::PeopleUninformed, None, now, |rows| {
        let mut gone = false;
        for (contact, note) in noted {
            let id = note.parse().map_err(|error: uuid::Error| Problem::new(Code::VaultDamaged).because(error))?;
            if informed::remove(rows, id)? {
                rows.fact(Some(contact), &json!({ "uninformed": id }))?;
                gone = true;
            }
        }
        if gone { Ok(()) } else { Err(Problem::not_found("informed", &entry.to_string())) }
    })
}

/// That somebody was told, as the contact's page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct InformedShown {
    /// The day on which they were told that their data is held.
    pub on: NaiveDate,
    /// The way.
    pub how: String,
    /// Who recorded it.
    pub by: String,
}

/// When a contact was told that its data is held, the first first.
pub(super) fn shown(conn: &Connection, contact_no: i64) -> Result<Vec<InformedShown>> {
    let told = informed::of(conn, contact_no)?.into_iter();
    Ok(told.filter_map(|(on, how, by)| Some(InformedShown { on: on.parse().ok()?, how, by })).collect())
}

/// The people who must still be told, each group once, and since when, as it stood at this instant; not organisations.
///
/// # Errors
/// Faults of the database.
pub(crate) fn to_tell(conn: &Connection, business: &Business, order: &Order, until: i64) -> Result<Vec<(i64, i64)>> {
    let mut untold = informed::untold(conn, business, until)?;
    for no in organisations(conn)? {
        untold.remove(&no);
    }
    Ok(order.first_of_each(untold))
}

/// The first note of a telling that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(super) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    Ok(informed::changed(conn)?.map(|seq| Fault { seq, code: "informed_changed" }))
}
