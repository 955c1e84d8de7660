//! One value out of several: `email.2` is the second address, `address.2.city` the town of the second postal address. It keeps
//! its place among the others, and what it is for.

use rusqlite::{OptionalExtension, params};

use super::set::{self, ADDRESS_PARTS, Change, GROUP, How, parse_email, parse_phone};
use super::who::id;
use crate::intake::draft::Address;
use crate::problem::{Code, Problem, Result};
use crate::vault::contact::{self, Origin, provenance_code};
use crate::vault::{Business, Rows};

/// A place among the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    field: &'a str,
    /// From 1, in the order in which a contact's page shows them.
    nth: usize,
    /// Of a postal address.
    part: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// The place that a key names, if it names one.
    pub(super) fn of(key: &'a str) -> Option<Self> {
        let (field, rest) = key.split_once('.')?;
        let (nth, part) = rest.split_once('.').map_or((rest, None), |(nth, part)| (nth, Some(part)));
        let nth = nth.parse().ok().filter(|nth| *nth > 0)?;
        let known = matches!((field, part), ("email" | "phone" | "website", None) | ("address", _));
        known.then_some(Self { field, nth, part })
    }

    fn table(self) -> &'static str {
        match self.field {
            "email" => "contact_email",
            "phone" => "contact_phone",
            "website" => "contact_website",
            _ => "contact_address",
        }
    }

    /// The row at this place, of the contact or of whoever was merged into it.
    fn row(self, rows: &Rows<'_>, no: i64) -> Result<Option<i64>> {
        let sql = format!(
            "SELECT no FROM {} WHERE {GROUP} ORDER BY contact_no <> ?1, contact_no, no LIMIT 1 OFFSET ?2",
            self.table()
        );
        let offset = i64::try_from(self.nth - 1).unwrap_or(i64::MAX);
        Ok(rows.prepare_cached(&sql)?.query_row(params![no, offset], |row| row.get(0)).optional()?)
    }
}

/// Makes one change of the value at a place.
pub(super) fn apply(
    rows: &Rows<'_>,
    no: i64,
    place: Place<'_>,
    change: &Change,
    origin: Origin,
    business: &Business,
) -> Result<()> {
    let row = place.row(rows, no)?;
    let missing = || Problem::not_found(place.field, &change.field);
    match (change.how, place.part) {
        (How::Remove, None) => {
            let row = row.ok_or_else(missing)?;
            rows.execute(&format!("DELETE FROM {} WHERE no = ?", place.table()), [row])?;
            Ok(())
        }
        (How::Set, Some(part)) => set_part(rows, no, place, row, part, change, origin),
        (How::Set, None) if place.field != "address" => {
            replace(rows, no, place, row.ok_or_else(missing)?, change.value.trim(), origin, business)
        }
        _ => Err(Problem::invalid(&change.field, "single_value")),
    }
}

/// Another value at the same place; one that is there already is refused. One that is compared as the old one, so only written
/// otherwise, keeps where it came from.
fn replace(
    rows: &Rows<'_>,
    no: i64,
    place: Place<'_>,
    row: i64,
    value: &str,
    origin: Origin,
    business: &Business,
) -> Result<()> {
    let (compared, normal) = match place.field {
        "email" => ("normalised", parse_email(value)?.normalised),
        "phone" => ("e164", parse_phone(value, business)?.e164),
        _ if value.is_empty() => return Err(Problem::invalid(place.field, "empty")),
        _ => ("value", value.to_owned()),
    };
    let table = place.table();
    let known = rows
        .prepare_cached(&format!("SELECT 1 FROM {table} WHERE {GROUP} AND {compared} = ?2 AND no <> ?3"))?
        .exists(params![no, normal, row])?;
    if known {
        let double = Problem::new(Code::Duplicate).with("field", place.field).with("why", "there_already");
        return Err(double.with("contact", id(rows, no)?.to_string()));
    }
    let rewritten = format!("UPDATE {table} SET value = ?1 WHERE no = ?2 AND {compared} = ?3");
    if rows.prepare_cached(&rewritten)?.execute(params![value, row, normal])? > 0 {
        return Ok(());
    }
    let set = format!("UPDATE {table} SET value = ?1, {compared} = ?2, provenance = ?3, source_no = ?4 WHERE no = ?5");
    let provenance = provenance_code(origin.provenance);
    rows.prepare_cached(&set)?.execute(params![value, normal, provenance, origin.source_no, row])?;
    if place.field == "phone" {
        let national = parse_phone(value, business)?.national;
        rows.execute("UPDATE contact_phone SET national = ? WHERE no = ?", params![national, row])?;
    }
    Ok(())
}

/// A part of the postal address at a place; the place behind the last one is a new address.
fn set_part(
    rows: &Rows<'_>,
    no: i64,
    place: Place<'_>,
    row: Option<i64>,
    part: &str,
    change: &Change,
    origin: Origin,
) -> Result<()> {
    if !ADDRESS_PARTS.contains(&part) {
        return Err(Problem::not_found("field", &change.field));
    }
    let last = place.nth == 1 || Place { nth: place.nth - 1, ..place }.row(rows, no)?.is_some();
    let address = match row {
        Some(row) => row,
        None if last => contact::add_address(rows, no, &Address::default(), origin)?,
        None => return Err(Problem::not_found("address", &change.field)),
    };
    set::set_part(rows, address, part, change.value.trim(), origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::draft::Draft;
    use crate::people::{self, set};
    use crate::trial::Trial;

    fn change(field: &str, how: How, value: &str) -> Change {
        Change { field: field.to_owned(), how, value: value.to_owned() }
    }

    fn shown(trial: &Trial, contact: &str) -> String {
        let fields = people::show(&trial.vault, contact, trial.now).unwrap().fields;
        let emails = fields.emails.iter().map(|one| one.value.clone());
        let towns = fields.addresses.iter().map(|one| one.parts.city.clone());
        emails.chain(towns).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_value_keeps_its_place_and_a_place_behind_the_last_is_a_new_address() {
        let mut trial = Trial::new();
        let an = trial.add(&Draft { given: "An".to_owned(), ..Draft::default() });
        let all = ["a@x.be", "b@x.be", "c@x.be"].map(|value| change("email", How::Add, value));
        set(&mut trial.vault, &an, &all, trial.now).unwrap();
        let mut did = |field: &str, how, value: &str| {
            let done = set(&mut trial.vault, &an, &[change(field, how, value)], trial.now);
            done.map(|_| shown(&trial, &an)).map_err(|problem| problem.code.as_str())
        };
        assert_eq!(did("email.2", How::Set, "B2@x.be").as_deref(), Ok("a@x.be B2@x.be c@x.be"));
        assert_eq!(did("email.3", How::Set, "a@x.be"), Err("duplicate"));
        assert_eq!(did("email.3", How::Remove, "").as_deref(), Ok("a@x.be B2@x.be"));
        assert_eq!(did("email.3", How::Set, "d@x.be"), Err("not_found"));
        assert_eq!(did("email.1", How::Set, "nobody"), Err("invalid"));
        assert_eq!(did("email.1", How::Remove, "").as_deref(), Ok("B2@x.be"));
        assert_eq!(did("address.1.city", How::Set, "Gent").as_deref(), Ok("B2@x.be Gent"));
        assert_eq!(did("address.2.city", How::Set, "Brugge").as_deref(), Ok("B2@x.be Gent Brugge"));
        assert_eq!(did("address.4.city", How::Set, "Aalst"), Err("not_found"));
        assert_eq!(did("address.1", How::Remove, "").as_deref(), Ok("B2@x.be Brugge"));
        assert_eq!(did("address.1", How::Set, "Gent"), Err("invalid"));
        assert_eq!(did("email.0", How::Set, "d@x.be"), Err("not_found"));
    }
}
