//! How the business is reached: what stands at the top of its letters, and what the law wants people to be told (Art. 13(1)(a)
//! and (b), 14(1)(a) and (b), 30(1)(a)).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::people::{parse_email, parse_phone};
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Vault};

/// The longest line of it.
const LINE_MAX: usize = 200;

/// How the business is reached; what is empty was not given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Reach {
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postal_code: String,
    /// Town; letters are dated there.
    pub city: String,
    /// E-mail address.
    pub email: String,
    /// Phone number.
    pub phone: String,
    /// The data protection officer and how they are reached, if there is one.
    pub officer: String,
}

impl Reach {
    const KEYS: [&'static str; 6] = ["street", "postal_code", "city", "email", "phone", "officer"];

    fn places(&mut self) -> [&mut String; 6] {
        [&mut self.street, &mut self.postal_code, &mut self.city, &mut self.email, &mut self.phone, &mut self.officer]
    }

    /// Street, postcode and town on one line; empty where none was given.
    #[must_use]
    pub fn address(&self) -> String {
        let town = format!("{} {}", self.postal_code, self.city);
        let parts = [self.street.trim(), town.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The lines at the top of a letter.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let lines = [self.address(), self.email.clone(), self.phone.clone()];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// How the business is reached.
///
/// # Errors
/// Faults of the database.
pub fn reach(vault: &Vault) -> Result<Reach> {
    let mut reach = Reach::default();
    let mut query = vault.rows().prepare_cached("SELECT value FROM setting WHERE key = 'business_' || ?")?;
    for (key, place) in Reach::KEYS.into_iter().zip(reach.places()) {
        let value: Option<String> = query.query_row([key], |row| row.get(0)).optional()?;
        *place = value.unwrap_or_default();
    }
    Ok(reach)
}

/// Sets how the business is reached.
///
/// # Errors
/// [`crate::Code::Invalid`] for what is no e-mail address or phone number, or no single line.
pub fn reach_set(vault: &mut Vault, wanted: &Reach, now: DateTime<Utc>) -> Result<Done<()>> {
    let mut wanted = wanted.clone();
    for (key, place) in Reach::KEYS.into_iter().zip(wanted.places()) {
        *place = place.trim().to_owned();
        if place.chars().any(char::is_control) {
            return Err(Problem::invalid(key, "one_line"));
        }
        if place.chars().count() > LINE_MAX {
            return Err(Problem::invalid(key, "too_long").with("max", LINE_MAX));
        }
    }
    if !wanted.email.is_empty() {
        parse_email(&wanted.email)?;
    }
    if !wanted.phone.is_empty() {
        parse_phone(&wanted.phone, vault.business())?;
    }
    vault.record(Act::BusinessSet, None, now, |rows| {
        for (key, value) in Reach::KEYS.into_iter().zip(wanted.places()) {
            rows.execute(
                "INSERT INTO setting (key, value) VALUES ('business_' || ?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = ?2",
                params![key, *value],
            )?;
        }
        rows.fact(None, &json!({ "business": { "reach": wanted } }))
    })
}
