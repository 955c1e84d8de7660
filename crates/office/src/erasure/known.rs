//! The blocked list: whoever was erased does not come in again unless they want to (SPEC §10).

use akkoord_rules::block::{Identifier, Kind};
use akkoord_rules::gate::Decision;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::intake::draft::Draft;
use crate::normal::email;
use crate::normal::text::name_key;
use crate::people::{Who, parse_email, parse_phone, resolve};
use crate::problem::{Code, Problem, Result};
use crate::vault::blocked::{self as table, Listed, Unblocking};
use crate::vault::{Act, Business, Done, Rows, Vault, contact};

/// The blocked list. There is no way from it to anybody.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BlockedList {
    /// How many entries it has.
    pub total: usize,
    /// The latest first.
    pub blocked: Vec<BlockedEntry>,
}

/// An entry of the blocked list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BlockedEntry {
    /// What it is the hash of: `email`, `phone`, `name_birthday` or `name_postcode`.
    pub kind: Kind,
    /// Since when, RFC 3339 in the business's zone.
    pub since: String,
    /// The erasure that it came with, and its certificate.
    pub erasure: Uuid,
}

impl BlockedEntry {
    fn of(entry: &table::Entry, business: &Business) -> Self {
        Self { kind: entry.kind, since: business.said(entry.since), erasure: entry.erasure }
    }
}

/// Every entry, the latest first.
///
/// # Errors
/// Faults of the database.
pub fn blocked(vault: &Vault) -> Result<BlockedList> {
    let all = table::all(vault.rows())?;
    let blocked: Vec<BlockedEntry> = all.iter().map(|entry| BlockedEntry::of(entry, vault.business())).collect();
    Ok(BlockedList { total: blocked.len(), blocked })
}

/// The entries of an e-mail address and a phone number as somebody typed them, each if given.
///
/// # Errors
/// [`Code::Invalid`] for what is no address or number; faults of the database.
pub fn look_up(vault: &Vault, email: Option<&str>, phone: Option<&str>) -> Result<Vec<BlockedEntry>> {
    let list = vault.blocked();
    let mut found = Vec::new();
    for identifier in typed(vault.business(), email, phone)? {
        found.extend(list.find(&identifier)?.map(|entry| BlockedEntry::of(&entry, vault.business())));
    }
    Ok(found)
}

fn typed(business: &Business, email: Option<&str>, phone: Option<&str>) -> Result<Vec<Identifier>> {
    let email = email.map(|given| Ok(Identifier::email(&parse_email(given)?.normalised)));
    let phone = phone.map(|given| Ok(Identifier::phone(&parse_phone(given, business)?.e164)));
    email.into_iter().chain(phone).collect()
}

/// What was taken off the blocked list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Allowed {
    /// How many addresses and numbers may come in again.
    pub allowed: usize,
}

/// Lets an address or number of somebody who was erased come in again: they came back by their own wish. Names that came onto the
/// list with it warn no longer.
///
/// # Errors
/// [`Code::Invalid`] for what is no address or number, or without a reason; [`Code::NotFound`] for what is not on the list.
pub fn allow(
    vault: &mut Vault,
    email: Option<&str>,
    phone: Option<&str>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Done<Allowed>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid("reason", "empty"));
    }
    let identifiers = typed(vault.business(), email, phone)?;
    let by = vault.by().to_owned();
    let done = vault.record(Act::Unblocked, None, now, |rows| {
        let mut hashes = Vec::new();
        for identifier in &identifiers {
            if rows.blocked().find(identifier)?.is_none() {
                let given = if identifier.kind == Kind::Email { email } else { phone };
                return Err(Problem::not_found("blocked", given.unwrap_or_default()).with("why", "not_blocked"));
            }
            let hash = rows.blocked().hashed(identifier);
            hashes.extend(table::beside(rows, &hash, &[Kind::NameBirthday, Kind::NamePostcode])?);
            hashes.push(hash);
        }
        take_off(rows, Uuid::now_v7(), &hashes, reason, &by)?;
        Ok(Allowed { allowed: identifiers.len() })
    })?;
    // What cannot be written now is made up for at the next start.
    let _ = super::journal::mend(vault);
    Ok(done)
}

/// Takes hashes off the list, and seals it.
pub(super) fn take_off(rows: &mut Rows<'_>, id: Uuid, hashes: &[Listed], reason: &str, by: &str) -> Result<()> {
    rows.about(id);
    let mut names: Vec<String> = Vec::new();
    for hash in hashes {
        if table::remove(rows, hash)? {
            names.push(hash.to_string());
        }
    }
    let text = serde_json::to_string(&names).map_err(|error| Problem::new(Code::System).because(error))?;
    let one = Unblocking { id, hashes: text, reason: reason.to_owned(), at: rows.at, by: by.to_owned() };
    table::insert_unblocking(rows, &one)?;
    rows.fact(None, &json!({ "unblocked": id, "hashes": names, "reason": reason, "by": by }))
}

/// By what a person of these data is known again.
fn identifiers(draft: &Draft) -> Vec<Identifier> {
    let mut all: Vec<Identifier> = addresses(draft).collect();
    all.extend(names(draft));
    all
}

fn addresses(draft: &Draft) -> impl Iterator<Item = Identifier> + '_ {
    let emails = draft.emails.iter().map(|email| Identifier::email(&email.normalised));
    emails.chain(draft.phones.iter().map(|phone| Identifier::phone(&phone.e164)))
}

fn names(draft: &Draft) -> Vec<Identifier> {
    let own = [name_key(&draft.given), name_key(&draft.family)].join(" ");
    let name = if own.trim().is_empty() { name_key(&draft.organisation) } else { own };
    let name = name.trim();
    let birthday = Identifier::name_birthday(name, &draft.birthday);
    let postcodes = draft.addresses.iter().filter_map(|place| Identifier::name_postcode(name, &place.postal_code));
    birthday.into_iter().chain(postcodes).collect()
}

/// The addresses and numbers of these people by which they are barred: none that somebody else has too.
///
/// # Errors
/// Faults of the database.
pub(super) fn barring(conn: &Connection, whom: &[Who]) -> Result<Vec<Identifier>> {
    let mut all: Vec<Identifier> = Vec::new();
    for who in whom {
        let draft = contact::read(conn, who.no)?;
        for email in &draft.emails {
            if !is_shared(conn, "contact_email WHERE normalised = ?1", &email.normalised, whom)? {
                all.push(Identifier::email(&email.normalised));
            }
        }
        for phone in &draft.phones {
            if !is_shared(conn, "contact_phone WHERE e164 = ?1", &phone.e164, whom)? {
                all.push(Identifier::phone(&phone.e164));
            }
        }
    }
    let mut once: Vec<Identifier> = Vec::new();
    all.into_iter().for_each(|one| {
        if !once.contains(&one) {
            once.push(one);
        }
    });
    Ok(once)
}

/// The hashes that go onto the list with these people: not of an address or number that somebody else has too.
pub(super) fn listed_of(rows: &Rows<'_>, whom: &[Who]) -> Result<Vec<Listed>> {
    let mut all = barring(rows, whom)?;
    for who in whom {
        all.extend(names(&contact::read(rows, who.no)?));
    }
    let mut listed: Vec<Listed> = Vec::new();
    for identifier in all {
        let hash = rows.blocked().hashed(&identifier);
        if !listed.contains(&hash) {
            listed.push(hash);
        }
    }
    Ok(listed)
}

fn is_shared(conn: &Connection, among: &str, value: &str, whom: &[Who]) -> Result<bool> {
    let mut query = conn.prepare_cached(&format!("SELECT contact_no FROM {among}"))?;
    let mut rows = query.query(params![value])?;
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        if whom.iter().all(|who| who.no != no) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the list says of data that are to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Nothing.
    Free,
    /// A name of somebody who was erased; it may be another person's.
    Resembles,
    /// An address or number of somebody who was erased: it does not come in.
    Barred(Kind),
}

/// What the list says of these data: asked by every way in, once (DESIGN: nothing comes in past it).
///
/// # Errors
/// Faults of the database.
pub(crate) fn admit(rows: &Rows<'_>, draft: &Draft) -> Result<Admission> {
    let mut admission = Admission::Free;
    for identifier in identifiers(draft) {
        if rows.blocked().find(&identifier)?.is_some() {
            if identifier.kind.refuses() {
                return Ok(Admission::Barred(identifier.kind));
            }
            admission = Admission::Resembles;
        }
    }
    Ok(admission)
}

/// Refuses addresses and numbers of somebody who was erased; what was there `before` stays.
///
/// # Errors
/// [`Code::Blocked`].
pub(crate) fn refuse(rows: &Rows<'_>, draft: &Draft, before: Option<&Draft>) -> Result<()> {
    let known: Vec<Identifier> = before.map(|before| addresses(before).collect()).unwrap_or_default();
    for identifier in addresses(draft).filter(|identifier| !known.contains(identifier)) {
        if rows.blocked().find(&identifier)?.is_some() {
            return Err(Problem::new(Code::Blocked).with("field", identifier.kind.as_str()));
        }
    }
    Ok(())
}

/// Puts on the audit log that an act was refused because of the blocked list: never which address it was. The act's own outcome is
/// given back.
///
/// # Errors
/// That of the act.
pub(crate) fn refused_entry<T>(vault: &mut Vault, outcome: Result<T>, now: DateTime<Utc>) -> Result<T> {
    if let Err(problem) = &outcome
        && problem.code == Code::Blocked
    {
        let field = problem.facts.get("field").cloned();
        vault.record(Act::ReentryRefused, None, now, |rows| {
            rows.fact(None, &json!({ "refused": { "field": field, "way": "typed" } }))
        })?;
    }
    outcome
}

/// The gate's answer for all whom an id or e-mail address names; where that is nobody, whether they were erased: by a list that holds
/// the address, or an entry that names the id.
///
/// # Errors
/// Faults of the database.
pub(crate) fn or_nobody(vault: &Vault, given: &str, decided: Vec<Decision>) -> Result<Decision> {
    let erased = match (decided.is_empty(), given.trim().parse::<Uuid>(), email::normalise(given)) {
        (false, ..) => return Ok(Decision::for_all(decided)),
        (true, Ok(id), _) => was_erased(vault.rows(), id)?,
        (true, Err(_), Some(address)) => vault.blocked().find(&Identifier::email(&address.normalised))?.is_some(),
        (true, Err(_), None) => false,
    };
    Ok(if erased { Decision::of_erased() } else { Decision::of_nobody() })
}

/// Whether the contact of this id was erased.
///
/// # Errors
/// Faults of the database.
pub(crate) fn was_erased(conn: &Connection, id: Uuid) -> Result<bool> {
    let sql = "SELECT 1 FROM audit_leaf l JOIN audit a USING (seq) WHERE l.contact_id = ? AND a.act = ? LIMIT 1";
    Ok(conn.prepare_cached(sql)?.exists(params![id, Act::Erased.code()])?)
}

/// Whether a contact has the name, with birthday or postcode, of somebody who was erased: it may be the same person, come back.
///
/// # Errors
/// As `resolve`; faults of the database.
pub fn resembles(vault: &Vault, contact: &str) -> Result<bool> {
    let who = resolve(vault.rows(), contact)?;
    let draft = contact::read(vault.rows(), who.no)?;
    let list = vault.blocked();
    for identifier in names(&draft) {
        if list.find(&identifier)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
