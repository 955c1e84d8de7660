//! How the window looks and behaves on this computer, and the business's own name and language.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::problem::{Problem, Result};
use crate::profile::settings::{Language, Look, Zoom};
use crate::vault::{Act, Done, Vault};

/// The languages that a business can work in.
const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];

/// How the window looks and behaves on this computer. It stands outside the vault, as it must be known while that is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WindowSettings {
    /// Its language; absent is the business's, where the window speaks it.
    pub language: Option<Language>,
    /// Light, dark, or as the system has it.
    pub look: Look,
    /// How large everything is, in percent.
    pub zoom: Zoom,
    /// Minutes without use after which the vault locks; 0 for never.
    pub lock_after_minutes: u16,
    /// Whether notifications may name people while the vault is open.
    pub reminder_names: bool,
}

/// How the window looks and behaves.
#[must_use]
pub fn window(vault: &Vault) -> WindowSettings {
    let kept = vault.settings();
    WindowSettings {
        language: kept.language,
        look: kept.look,
        zoom: kept.zoom,
        lock_after_minutes: kept.lock_after_minutes,
        reminder_names: kept.reminder_names,
    }
}

/// Sets how the window looks and behaves. No act: it says nothing about anybody.
///
/// # Errors
/// [`crate::Code::VaultReadOnly`]; those of the disk: all stays as it was.
pub fn window_set(vault: &mut Vault, wanted: &WindowSettings) -> Result<()> {
    vault.keep_settings(|kept| {
        kept.language = wanted.language;
        kept.look = wanted.look;
        kept.zoom = wanted.zoom;
        kept.lock_after_minutes = wanted.lock_after_minutes;
        kept.reminder_names = wanted.reminder_names;
    })
}

/// Sets the business's name and the language it works in.
///
/// # Errors
/// [`crate::Code::Invalid`] for a name that is empty, or a language other than nl, fr, de and en.
pub fn business_set(vault: &mut Vault, name: &str, language: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::invalid("name", "empty"));
    }
    if !LANGUAGES.contains(&language) {
        return Err(Problem::invalid("language", "no_language"));
    }
    let done = vault.record(Act::BusinessSet, None, now, |rows| {
        rows.execute("UPDATE vault SET name = ?, language = ?", params![name, language])?;
        rows.fact(None, &json!({ "business": { "name": name, "language": language } }))
    })?;
    vault.renamed(name, language);
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::settings::Settings;
    use crate::trial::Trial;

    #[test]
    fn the_window_is_set_beside_the_vault_and_the_next_act_keeps_it() {
        let mut trial = Trial::new();
        let kept = |trial: &Trial| Settings::load(trial.vault.profile()).unwrap();
        let first = window(&trial.vault);
        assert_eq!((first.language, first.look, first.lock_after_minutes), (None, Look::System, 15));
        let wanted = WindowSettings {
            language: Some(Language::En),
            look: Look::Dark,
            zoom: Zoom::from(150),
            lock_after_minutes: 5,
            reminder_names: true,
        };
        window_set(&mut trial.vault, &wanted).unwrap();
        assert_eq!((window(&trial.vault), kept(&trial).look), (wanted, Look::Dark));
        let before = kept(&trial).anchor;
        trial.person("An");
        assert!(kept(&trial).anchor != before && kept(&trial).lock_after_minutes == 5);
        let mut reader = trial.vault.beside().unwrap();
        assert_eq!(window_set(&mut reader, &first).unwrap_err().code, crate::Code::VaultReadOnly);
    }

    #[test]
    fn a_business_that_is_renamed_is_known_by_its_name_outside_too() {
        let mut trial = Trial::new();
        let outside = |trial: &Trial| Settings::load(trial.vault.profile()).unwrap().business;
        assert_eq!(outside(&trial).as_deref(), Some("Garage Claes"));
        business_set(&mut trial.vault, " Garage Claes & Zoon ", "fr", trial.now).unwrap();
        assert_eq!(outside(&trial).as_deref(), Some("Garage Claes & Zoon"));
        let language = Settings::load(trial.vault.profile()).unwrap().business_language;
        assert_eq!(language.as_deref(), Some("fr"), "beside the clock it is known while the vault is locked");
        for vault in [&trial.vault, &trial.vault.beside().unwrap()] {
            assert_eq!(
                (vault.business().name.as_str(), vault.business().language.as_str()),
                ("Garage Claes & Zoon", "fr")
            );
        }
        for (name, language) in [(" ", "nl"), ("Claes", "xx")] {
            assert_eq!(
                business_set(&mut trial.vault, name, language, trial.now).unwrap_err().code,
                crate::Code::Invalid
            );
        }
        assert_eq!(trial.fault(), None);
    }
}
