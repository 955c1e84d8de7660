//! What the gate looks at of one contact, or of the contacts merged into one.

use akkoord_rules::law::Country;
use akkoord_rules::person::ChannelSet;
use chrono::NaiveDate;
use rusqlite::Connection;
use unicode_normalization::UnicodeNormalization;

use crate::problem::{Code, Problem, Result};
use crate::vault::Business;

/// The law of the business's country.
pub(crate) fn country(business: &Business) -> Result<Country> {
    business
        .country
        .parse()
        .map_err(|error: akkoord_rules::law::UnknownCountry| Problem::new(Code::VaultDamaged).because(error))
}

/// Whether somebody of the group is below the country's age for consenting alone on that day.
pub(super) fn is_minor(conn: &Connection, business: &Business, contact_no: i64, on: NaiveDate) -> Result<bool> {
    is_younger(conn, contact_no, country(business)?.child_age(), on)
}

pub(super) fn is_younger(conn: &Connection, contact_no: i64, age: u8, on: NaiveDate) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT birthday FROM contact WHERE birthday <> ''
           AND no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
    )?;
    let mut rows = query.query([contact_no])?;
    while let Some(row) = rows.next()? {
        if is_child(&row.get::<_, String>(0)?, age, on) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody born then is below that age on a day. A birthday without its year says no age.
pub(super) fn is_child(birthday: &str, age: u8, on: NaiveDate) -> bool {
    let born = birthday.parse::<NaiveDate>().ok();
    born.is_some_and(|born| on.years_since(born).is_none_or(|years| years < u32::from(age)))
}

/// A label as it is compared: people write one label with and without a capital, and accents in either of their two forms.
pub(crate) fn label_key(label: &str) -> String {
    label.trim().to_lowercase().nfc().collect()
}

/// Whether somebody of the group has the label, given as [`label_key`].
pub(crate) fn has_label(conn: &Connection, contact_no: i64, label: &str) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT label FROM contact_label
         WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
    )?;
    let mut rows = query.query([contact_no])?;
    while let Some(row) = rows.next()? {
        if label_key(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?) == label {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The channels on which the group has an address.
pub(super) fn addresses(conn: &Connection, contact_no: i64) -> Result<ChannelSet> {
    Ok(conn
        .prepare_cached(
            "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
             SELECT EXISTS (SELECT 1 FROM contact_email WHERE contact_no IN (SELECT no FROM one)),
                    EXISTS (SELECT 1 FROM contact_phone WHERE contact_no IN (SELECT no FROM one)),
                    EXISTS (SELECT 1 FROM contact_address WHERE contact_no IN (SELECT no FROM one)
                              AND (street <> '' OR po_box <> ''))",
        )?
        .query_row([contact_no], |row| Ok(ChannelSet::reachable(row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// The channels on which the group has an address that did not come from the person. Which of several addresses will be
/// used is not known here, so one such address is enough.
pub(super) fn secondhand(conn: &Connection, contact_no: i64) -> Result<ChannelSet> {
    Ok(conn
        .prepare_cached(
            "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
             SELECT EXISTS (SELECT 1 FROM contact_email a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self'),
                    EXISTS (SELECT 1 FROM contact_phone a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self'),
                    EXISTS (SELECT 1 FROM contact_address a JOIN source s ON s.no = a.source_no
                              WHERE a.contact_no IN (SELECT no FROM one) AND s.origin <> 'self')",
        )?
        .query_row([contact_no], |row| Ok(ChannelSet::reachable(row.get(0)?, row.get(1)?, row.get(2)?)))?)
}
