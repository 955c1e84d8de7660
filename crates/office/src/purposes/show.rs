//! Purposes as people look at them.

use akkoord_rules::consent::{Basis, Builtin};
use akkoord_rules::person::Channel;
use rusqlite::params;
use serde::Serialize;

use super::set::short;
use super::stored::{Stored, all, find};
use crate::problem::{Problem, Result};
use crate::vault::{Vault, connection, hex};

/// A purpose.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PurposeShown {
    /// Its name for programs.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// Its name above a column, of at most [`SHORT_MAX`](super::SHORT_MAX) letters.
    pub short: String,
    /// The lawful basis.
    pub basis: Basis,
    /// Whether it is direct marketing.
    pub marketing: bool,
    /// Whether it goes to existing customers by message without a yes.
    pub soft_opt_in: bool,
    /// Whether it is about special categories of data, so that only an express yes counts.
    pub special: bool,
    /// The channels it may use.
    pub channels: Vec<Channel>,
    /// Whom it applies to where the basis is not consent; empty is everybody.
    pub label: String,
    /// How long data is kept for it, or a yes lasts; empty is until further notice.
    pub retention: String,
    /// Keys of the connections it may be shared with.
    pub share: Vec<String>,
    /// Comes with the application, because the law itself orders it.
    pub builtin: bool,
    /// Its versions, the first first.
    pub versions: Vec<VersionShown>,
}

/// A version of a purpose's wording.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct VersionShown {
    /// 1 is the first.
    pub version: u32,
    /// From this day on it is the wording.
    pub since: chrono::NaiveDate,
    /// Whether it ended every yes to an older one.
    pub material: bool,
    /// Its texts by language.
    pub wordings: Vec<WordingShown>,
}

/// A text in a language.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WordingShown {
    /// The language.
    pub language: String,
    /// SHA-256 of the text in UTF-8, in hex.
    pub sha256: String,
    /// The text.
    pub text: String,
}

/// Every purpose: the owner's in the order of adding, then those that the law orders.
///
/// # Errors
/// Faults of the database.
pub fn list(vault: &Vault) -> Result<Vec<PurposeShown>> {
    let own = all(vault.rows(), vault.business())?;
    let mut shown = own.iter().map(|stored| shown(vault, stored)).collect::<Result<Vec<_>>>()?;
    shown.extend(Builtin::ALL.iter().map(|builtin| builtin_shown(*builtin)));
    Ok(shown)
}

/// One purpose.
///
/// # Errors
/// [`crate::Code::NotFound`]; faults of the database.
pub fn show(vault: &Vault, key: &str) -> Result<PurposeShown> {
    if let Some(builtin) = Builtin::parse(key) {
        return Ok(builtin_shown(builtin));
    }
    let stored = find(vault.rows(), vault.business(), key)?.ok_or_else(|| Problem::not_found("purpose", key))?;
    shown(vault, &stored)
}

fn shown(vault: &Vault, stored: &Stored) -> Result<PurposeShown> {
    let rules = &stored.rules;
    let version = |version: &akkoord_rules::consent::Version| {
        Ok(VersionShown {
            version: version.number,
            since: version.since,
            material: version.material,
            wordings: wordings(vault, stored.no, version.number)?,
        })
    };
    Ok(PurposeShown {
        key: rules.key.clone(),
        title: stored.title.clone(),
        short: short(&stored.short, &stored.title),
        basis: rules.basis,
        marketing: rules.marketing,
        soft_opt_in: rules.soft_opt_in,
        special: rules.special,
        channels: rules.channels.iter().collect(),
        label: rules.label.clone().unwrap_or_default(),
        retention: stored.retention.clone(),
        share: connection::shared_with(vault.rows(), stored.no)?,
        builtin: false,
        versions: rules.versions.iter().map(version).collect::<Result<_>>()?,
    })
}

fn wordings(vault: &Vault, purpose_no: i64, version: u32) -> Result<Vec<WordingShown>> {
    let mut query = vault.rows().prepare_cached(
        "SELECT language, sha256, text FROM purpose_wording WHERE purpose_no = ? AND version = ? ORDER BY language",
    )?;
    let rows = query.query_map(params![purpose_no, version], |row| {
        let sha256: [u8; 32] = row.get(1)?;
        Ok(WordingShown { language: row.get(0)?, sha256: hex(&sha256), text: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn builtin_shown(builtin: Builtin) -> PurposeShown {
    let title = match builtin {
        Builtin::Rights => "Answering a person's own request",
        Builtin::Inform => "Telling people that their data is held",
        Builtin::Ask => "Asking for consent",
    };
    let rules = akkoord_rules::consent::Purpose::builtin(builtin);
    PurposeShown {
        key: rules.key,
        title: title.to_owned(),
        short: short("", title),
        basis: rules.basis,
        marketing: false,
        soft_opt_in: false,
        special: false,
        channels: rules.channels.iter().collect(),
        label: String::new(),
        retention: String::new(),
        share: Vec::new(),
        builtin: true,
        versions: Vec::new(),
    }
}
