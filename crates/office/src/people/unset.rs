//! Taking a change of a contact's data back: the rows as they were, each at its place, with where it came from and what it is for.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::restrict::unlocked;
use super::set::says_nothing;
use super::who::{Who, by_no, group, resolve};
use crate::erasure;
use crate::intake::draft::Draft;
use crate::problem::{Code, Problem, Result};
use crate::settings;
use crate::vault::{Act, Done, Rows, Vault, contact};

/// The tables of values, the name that each has in a draft, and its columns behind the contact's.
const TABLES: [(&str, &str, &str); 7] = [
    ("contact_email", "emails", "no, value, normalised, name_key, label, provenance, source_no"),
    ("contact_phone", "phones", "no, value, e164, national, name_key, label, provenance, source_no"),
    (
        "contact_address",
        "addresses",
        "no, label, street, extended, po_box, city, region, postal_code, country, provenance, source_no",
    ),
    ("contact_website", "websites", "no, value, label, provenance, source_no"),
    ("contact_label", "labels", "label"),
    ("custom_value", "custom", "no, field_no, value, provenance, source_no"),
    // Of each single value by itself, as it is set by itself.
    (ORIGINS, "", "field, provenance, source_no"),
];
const ORIGINS: &str = "field_origin";

/// A contact as it was before a change.
pub(super) struct Before {
    no: i64,
    draft: Draft,
    tables: BTreeMap<&'static str, Value>,
}

impl Before {
    /// Everybody in a contact's group, itself first.
    pub(super) fn of_group(conn: &Connection, no: i64) -> Result<Vec<Self>> {
        let all = group(conn, no)?.into_iter();
        all.map(|no| Ok(Self { no, draft: contact::read(conn, no)?, tables: tables(conn, no)? })).collect()
    }
}

/// The rows of each table.
fn tables(conn: &Connection, no: i64) -> Result<BTreeMap<&'static str, Value>> {
    let rows = |table: &str, columns: &str| -> Result<Value> {
        let sql = format!(
            "SELECT json_group_array(json_array({columns}))
             FROM (SELECT {columns} FROM {table} WHERE contact_no = ? ORDER BY 1)"
        );
        let text: String = conn.prepare_cached(&sql)?.query_row([no], |row| row.get(0))?;
        parsed(&text)
    };
    TABLES.into_iter().map(|(table, _, columns)| Ok((table, rows(table, columns)?))).collect()
}

fn parsed(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| Problem::new(Code::VaultDamaged).because(error))
}

fn json_of(draft: &Draft) -> Result<Value> {
    serde_json::to_value(draft).map_err(|error| Problem::new(Code::System).because(error))
}

/// Derives anew what follows from the values that were changed, and seals what was before: all that taking it back needs.
///
/// # Errors
/// [`Code::Invalid`] when nothing is left to know anybody by; [`Code::Blocked`] for an address of somebody who was erased; faults of
/// the database.
pub(super) fn seal(
    rows: &mut Rows<'_>,
    who: Who,
    before: Vec<Before>,
    changed: &Value,
    undid: Option<i64>,
) -> Result<()> {
    let mut nobody = true;
    for Before { no, draft, tables: mut was } in before {
        let (after, now) = (contact::read(rows, no)?, tables(rows, no)?);
        erasure::refuse(rows, &after, Some(&draft))?;
        nobody &= says_nothing(&after);
        was.retain(|table, rows| now.get(table) != Some(rows));
        if no == who.no || after != draft || !was.is_empty() {
            contact::derive(rows, no)?;
            let mut facts = json!({ "changed": changed, "before": draft, "after": after, "was": was });
            if let (Some(undid), Value::Object(facts)) = (undid, &mut facts) {
                facts.insert("undid".to_owned(), undid.into());
            }
            rows.fact(Some(by_no(rows, no)?.id), &facts)?;
        }
    }
    if nobody { Err(Problem::invalid("contact", "empty")) } else { Ok(()) }
}

/// Takes a change of a contact's data back, named by its entry in the audit chain. What else was changed since stays.
///
/// # Errors
/// [`Code::NotFound`] for no such change; [`Code::Invalid`] when what it changed was changed again since, or what was chosen can be
/// chosen no more; [`Code::Restricted`].
pub fn unset(vault: &mut Vault, change: i64, now: DateTime<Utc>) -> Result<Done<()>> {
    let missing = || Problem::not_found("change", &change.to_string());
    let facts = sealed(vault.rows(), change)?;
    let changed = facts.first().and_then(|(_, facts)| facts.get("changed").cloned()).ok_or_else(missing)?;
    let (subject, _) = facts.first().ok_or_else(missing)?;
    let who = resolve(vault.rows(), &subject.to_string())?;
    unlocked(vault.rows(), &vault.business().clone(), who)?;
    vault.record(Act::ContactSet, Some(who.id), now, |rows| {
        let before = Before::of_group(rows, who.no)?;
        for (id, facts) in &facts {
            let mut of_group = before.iter();
            let same = |one: &&Before| by_no(rows, one.no).is_ok_and(|who| who.id == *id);
            restore(rows, of_group.find(same).ok_or_else(changed_since)?, facts)?;
        }
        seal(rows, who, before, &changed, Some(change))
    })
}

fn changed_since() -> Problem {
    Problem::invalid("contact", "changed_since")
}

/// What a change sealed of each contact, the one that it was asked of first.
fn sealed(conn: &Connection, change: i64) -> Result<Vec<(Uuid, Map<String, Value>)>> {
    let mut query = conn.prepare_cached(
        "SELECT f.contact_id, f.facts FROM audit a JOIN audit_fact f USING (seq)
         WHERE a.seq = ? AND a.act = ? AND f.facts -> '$.was' IS NOT NULL ORDER BY f.contact_id <> a.subject, f.n",
    )?;
    let rows = query.query_map(params![change, Act::ContactSet.code()], |row| {
        Ok((row.get::<_, Uuid>(0)?, row.get::<_, String>(1)?))
    })?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?.into_iter();
    rows.map(|(id, text)| {
        let facts = serde_json::from_str(&text).map_err(|error| Problem::new(Code::VaultDamaged).because(error))?;
        Ok((id, facts))
    })
    .collect()
}

/// Puts what a change changed back, if nobody changed it since.
fn restore(rows: &Rows<'_>, current: &Before, facts: &Map<String, Value>) -> Result<()> {
    let current_values = json_of(&current.draft)?;
    let part = |when: &str, field: &str| facts.get(when).and_then(|values| values.get(field));
    let untouched = |field: &str| {
        if current_values.get(field) == part("after", field) { Ok(()) } else { Err(changed_since()) }
    };
    let was = |table: &str| facts.get("was").and_then(|was| was.get(table));
    for field in Draft::SINGLE.into_iter().filter(|field| part("before", field) != part("after", field)) {
        untouched(field)?;
        let value = part("before", field).and_then(Value::as_str).unwrap_or_default();
        rows.prepare_cached(&format!("UPDATE contact SET {field} = ? WHERE no = ?"))?
            .execute(params![value, current.no])?;
        if let Some(origins) = was(ORIGINS) {
            rows.prepare_cached("DELETE FROM field_origin WHERE contact_no = ? AND field = ?")?
                .execute(params![current.no, field])?;
            put_back(rows, current.no, ORIGINS, "field, provenance, source_no", origins, Some(field))?;
        }
    }
    for (table, field, columns) in TABLES.into_iter().filter(|(table, ..)| *table != ORIGINS) {
        if let Some(values) = was(table) {
            untouched(field)?;
            rows.prepare_cached(&format!("DELETE FROM {table} WHERE contact_no = ?"))?.execute([current.no])?;
            put_back(rows, current.no, table, columns, values, None)?;
        }
    }
    if settings::all_choosable(rows, current.no)? { Ok(()) } else { Err(changed_since()) }
}

/// Puts rows back; of some only those that begin with this.
fn put_back(conn: &Connection, no: i64, table: &str, columns: &str, values: &Value, only: Option<&str>) -> Result<()> {
    let places: Vec<String> = (0..columns.split(',').count()).map(|at| format!("value ->> {at}")).collect();
    let sql = format!(
        "INSERT INTO {table} (contact_no, {columns}) SELECT ?1, {} FROM json_each(?2)
         WHERE ?3 IS NULL OR value ->> 0 = ?3",
        places.join(", ")
    );
    conn.prepare_cached(&sql)?.execute(params![no, values.to_string(), only])?;
    Ok(())
}

#[cfg(test)]
mod tests;
