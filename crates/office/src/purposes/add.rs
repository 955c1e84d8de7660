//! Defining a purpose.

use akkoord_rules::consent::{Basis, Builtin};
use akkoord_rules::person::ChannelSet;
use akkoord_rules::span::Span;
use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::stored::answerable;
use super::wording::{Wording, put_all};
use crate::consents::country;
use crate::problem::{Code, Problem, Result};
use crate::vault::connection::{self, live};
use crate::vault::{Act, Done, Rows, Vault};

/// A purpose to be defined.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewPurpose {
    /// Its name for programs: small letters, digits, `_` and `-`.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// The lawful basis.
    pub basis: Basis,
    /// The first wording, in each language once; without one nobody can agree yet.
    pub wordings: Vec<Wording>,
    /// The channels it may use; none is every channel.
    #[cfg_attr(feature = "specta", specta(type = Vec<akkoord_rules::person::Channel>))]
    pub channels: ChannelSet,
    /// How long data is kept for it; where the basis is consent, how long a yes lasts.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub retention: Option<Span>,
    /// Whether it is direct marketing.
    pub marketing: bool,
    /// On another basis than consent: whom it applies to; `None` is everybody.
    pub label: Option<String>,
    /// Keys of connections it may be shared with.
    pub share: Vec<String>,
    /// Whether marketing on legitimate interests goes to existing customers by message; else wherever the country lets it.
    pub soft_opt_in: Option<bool>,
    /// Whether it is about special categories of data, so that only an express yes counts.
    pub special: bool,
}

/// What the owner should know about a purpose that is not wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PurposeWarning")]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// It rests on another basis than consent and has no label, so everybody may be reached for it.
    AppliesToEverybody,
    /// It rests on consent and has no wording, so nobody can agree yet.
    NoWording,
    /// It is marketing on legitimate interests: messages go to existing customers about similar products, who could object when
    /// they gave their address.
    CountsAsSoftOptIn,
    /// It is marketing on legitimate interests in a country without the soft opt-in: messages need a yes.
    MessagesNeedConsent,
}

/// A purpose that was defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PurposeAdded")]
pub struct Added {
    /// Its key.
    pub purpose: String,
    /// Its first version.
    pub version: u32,
    /// What the owner should know.
    pub warnings: Vec<Warning>,
}

/// The longest key and label.
const KEY_MAX: usize = 40;

/// Whether programs can call a purpose or a connection by this key.
pub(crate) fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    !key.is_empty() && key.len() <= KEY_MAX && key.chars().all(plain)
}

/// Defines a purpose with its first version.
///
/// # Errors
/// [`Code::Invalid`] for a key, title or text that is none, for two texts in one language, and for an express yes to what rests
/// on another basis; [`Code::BuiltinPurpose`] for the law's own keys; [`Code::Taken`];
/// [`Code::NotFound`] for an unknown connection.
pub fn add(vault: &mut Vault, new: &NewPurpose, now: DateTime<Utc>) -> Result<Done<Added>> {
    check(new)?;
    let channels = if new.channels.is_empty() { ChannelSet::ALL } else { new.channels };
    let channels = codes(channels);
    let (title, label) = (new.title.trim(), new.label.as_deref().unwrap_or_default().trim());
    let retention = new.retention.map(|span| span.to_string()).unwrap_or_default();
    let lawful = softly(new.basis, new.marketing) && country(vault.business())?.soft_opt_in();
    let soft = lawful && new.soft_opt_in.unwrap_or(true);
    vault.record(Act::PurposeAdded, None, now, |rows| {
        let id = Uuid::now_v7();
        rows.about(id);
        let added = rows.execute(
            "INSERT INTO purpose (id, key, title, basis, marketing, soft_opt_in, special, channels, label, retention, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            params![
                id, new.key, title, new.basis.as_str(), new.marketing, soft, new.special, channels, label, retention, rows.at
            ],
        )?;
        if added == 0 {
            return Err(Problem::new(Code::Taken).with("what", "purpose").with("given", new.key.as_str()));
        }
        let no = rows.last_insert_rowid();
        rows.execute(
            "INSERT INTO purpose_version (purpose_no, version, since, material) VALUES (?, 1, ?, 0)",
            params![no, rows.at],
        )?;
        let facts = json!({
            "key": new.key, "title": title, "basis": new.basis, "marketing": new.marketing, "soft_opt_in": soft,
            "special": new.special, "channels": channels, "label": label, "retention": retention, "version": 1,
        });
        rows.fact(None, &json!({ "purpose": facts }))?;
        put_all(rows, (no, &new.key), 1, &new.wordings)?;
        for connection in &new.share {
            share_with(rows, (no, &new.key), connection)?;
        }
        Ok(Added { purpose: new.key.clone(), version: 1, warnings: warnings(new, soft) })
    })
}

fn check(new: &NewPurpose) -> Result<()> {
    if !is_key(&new.key) {
        return Err(Problem::invalid("key", "no_purpose_key"));
    }
    if Builtin::parse(&new.key).is_some() {
        return Err(Problem::new(Code::BuiltinPurpose).with("purpose", new.key.as_str()));
    }
    if new.title.trim().is_empty() {
        return Err(Problem::invalid("title", "empty"));
    }
    if new.special && new.basis != Basis::Consent {
        return Err(Problem::invalid("special", "only_of_consent"));
    }
    if new.label.as_deref().is_some_and(|label| label.trim().is_empty()) {
        return Err(Problem::invalid("label", "empty"));
    }
    Ok(())
}

/// Whether a purpose may rest on the soft opt-in, which it does until the owner says otherwise.
pub(super) fn softly(basis: Basis, marketing: bool) -> bool {
    basis == Basis::LegitimateInterests && marketing
}

fn warnings(new: &NewPurpose, soft: bool) -> Vec<Warning> {
    let consent = new.basis == Basis::Consent;
    let unworded = (consent && new.wordings.is_empty()).then_some(Warning::NoWording);
    let boundless = (!consent && new.label.is_none()).then_some(Warning::AppliesToEverybody);
    let messages = softly(new.basis, new.marketing).then_some(if soft {
        Warning::CountsAsSoftOptIn
    } else {
        Warning::MessagesNeedConsent
    });
    unworded.into_iter().chain(boundless).chain(messages).collect()
}

/// Shares a purpose with a connection.
///
/// # Errors
/// [`Code::NotFound`] for the purpose or the connection; [`Code::BuiltinPurpose`].
pub fn share(vault: &mut Vault, key: &str, connection: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let stored = answerable(vault.rows(), vault.business(), key)?;
    let id = live(vault.rows(), connection)?.id;
    vault.record(Act::ConnectionSet, Some(id), now, |rows| share_with(rows, (stored.no, key), connection))
}

/// Shares a purpose, its row and its key, with a connection inside the running act.
fn share_with(rows: &mut Rows<'_>, (no, key): (i64, &str), connection: &str) -> Result<()> {
    let mut stored = live(rows, connection)?;
    if stored.purposes.iter().all(|(known, _)| *known != no) {
        stored.purposes.push((no, key.to_owned()));
        stored.purposes.sort();
    }
    connection::put(rows, &stored)
}

/// A set of channels as its column holds it.
pub(crate) fn codes(channels: ChannelSet) -> String {
    channels.iter().map(akkoord_rules::person::Channel::as_str).collect::<Vec<_>>().join(",")
}
