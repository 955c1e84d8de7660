//! What the law of the business's country says about asking and about marketing.

use akkoord_rules::law::PhoneRule;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::consents::country;
use crate::problem::Result;
use crate::vault::Vault;

/// What the country says today.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Law {
    /// Its ISO 3166 code.
    pub country: String,
    /// Below this age a parent or guardian says yes too.
    pub child_age: u8,
    /// For how many years books and invoices must be kept, counted from the end of their year.
    pub books_years: u8,
    /// Existing customers may be sent messages about similar products.
    pub soft_opt_in: bool,
    /// What must be so before somebody is called with marketing.
    pub phone: PhoneRule,
}

/// The law of the business's country as it stands today.
///
/// # Errors
/// [`crate::Code::VaultDamaged`] for a country that is none.
pub fn law(vault: &Vault, now: DateTime<Utc>) -> Result<Law> {
    let business = vault.business();
    let country = country(business)?;
    Ok(Law {
        country: business.country.clone(),
        child_age: country.child_age(),
        books_years: country.books_years(),
        soft_opt_in: country.soft_opt_in(),
        phone: country.phone_marketing(business.today(now)).clone(),
    })
}
