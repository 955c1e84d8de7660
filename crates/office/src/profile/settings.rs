//! `settings.toml`: what must be known before the vault is open. Nothing personal: of names only the business's own, for the
//! page that asks to unlock it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use super::{Profile, about, atomic};
use crate::problem::{Code, Problem, Result};

/// The settings outside the vault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The vault of this profile: finds a slot file that was swapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vault: Option<Uuid>,
    /// This copy of the vault: random, new at set-up and at restore.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<Uuid>,
    /// The business's name, for the locked window.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub business: Option<String>,
    /// The language that the business works in, for the locked window and beside the clock.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub business_language: Option<String>,
    /// The window's language; absent is the business's, where the window speaks it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub language: Option<Language>,
    /// Light, dark, or as the system has it.
    #[serde(deserialize_with = "known")]
    pub look: Look,
    /// How large everything is, in percent.
    #[serde(deserialize_with = "known")]
    pub zoom: Zoom,
    /// Whether notifications may name people while the vault is open.
    #[serde(deserialize_with = "known")]
    pub reminder_names: bool,
    /// Minutes without use after which the vault locks; 0 for never.
    pub lock_after_minutes: u16,
    /// Where files go that leave the vault; absent is the usual folder.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub exports: Option<String>,
    /// The second folder that backups go to; absent is none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub backups: Option<String>,
    /// An audit entry that must be in the chain: finds a vault that was rolled back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// What a newer version wrote, kept as it was.
    #[serde(flatten)]
    pub unknown: toml::Table,
}

/// A language that the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Language {
    /// The window's language for a business that works in this one: where it does not speak that, English.
    #[must_use]
    pub fn of_business(language: &str) -> Self {
        if language == "nl" { Self::Nl } else { Self::En }
    }
}

impl Settings {
    /// The language that the window speaks, where it is known: the owner's choice, else that of the business.
    #[must_use]
    pub fn spoken(&self) -> Option<Language> {
        self.language.or_else(|| self.business_language.as_deref().map(Language::of_business))
    }
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How large everything in the window is, in percent: never so small or large that it is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(from = "u16", into = "u16")]
pub struct Zoom(u16);

impl Zoom {
    /// The smallest and the largest.
    const RANGE: (u16, u16) = (80, 200);
}

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

impl From<u16> for Zoom {
    fn from(percent: u16) -> Self {
        Self(percent.clamp(Self::RANGE.0, Self::RANGE.1))
    }
}

impl From<Zoom> for u16 {
    fn from(zoom: Zoom) -> Self {
        zoom.0
    }
}

/// A value that this version knows; any other, as a newer one may write, is the default.
fn known<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(from: D) -> Result<T, D::Error> {
    Ok(toml::Value::deserialize(from)?.try_into().unwrap_or_default())
}

/// An audit entry by its place and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its sequence number.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            vault: None,
            instance: None,
            business: None,
            business_language: None,
            language: None,
            look: Look::System,
            zoom: Zoom::default(),
            reminder_names: false,
            lock_after_minutes: 15,
            exports: None,
            backups: None,
            anchor: None,
            unknown: toml::Table::new(),
        }
    }
}

impl Settings {
    /// Reads the profile's settings; the defaults where there is no file.
    ///
    /// # Errors
    /// `SettingsDamaged` (fact `file`) if there is one that cannot be read or understood.
    pub fn load(profile: &Profile) -> Result<Self> {
        let path = profile.settings();
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| about(Code::SettingsDamaged, &path).because(error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(about(Code::SettingsDamaged, &path).because(error)),
        }
    }

    /// Replaces the profile's settings. Only the writer may.
    ///
    /// # Errors
    /// `Unwritable` (fact `file`), `DiskFull`.
    pub fn save(&self, profile: &Profile) -> Result<()> {
        let text = toml::to_string(self).map_err(|error| Problem::new(Code::System).because(error))?;
        atomic::replace(&profile.settings(), text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> (tempfile::TempDir, Profile) {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        (dir, profile)
    }

    #[test]
    fn reads_back_what_was_saved() {
        let (_dir, profile) = profile();
        assert_eq!(Settings::load(&profile).unwrap(), Settings::default());
        let settings = Settings {
            vault: Some(Uuid::from_u128(1)),
            instance: Some(Uuid::from_u128(2)),
            business: Some("Bakkerij \"Jans\"".to_owned()),
            language: Some(Language::En),
            look: Look::Dark,
            zoom: Zoom::from(150),
            reminder_names: true,
            lock_after_minutes: 5,
            anchor: Some(Anchor { seq: 7, hash: "ab".repeat(32) }),
            ..Settings::default()
        };
        settings.save(&profile).unwrap();
        assert_eq!(Settings::load(&profile).unwrap(), settings);
    }

    #[test]
    fn keeps_what_it_does_not_know() {
        let (_dir, profile) = profile();
        std::fs::write(profile.settings(), "lock_after_minutes = 3\nfuture = \"x\"\n[later]\na = 1\n").unwrap();
        let mut settings = Settings::load(&profile).unwrap();
        settings.anchor = Some(Anchor { seq: 1, hash: String::new() });
        settings.save(&profile).unwrap();
        let text = std::fs::read_to_string(profile.settings()).unwrap();
        assert!(text.contains("future = \"x\"") && text.contains("[later]\na = 1"), "{text}");
        assert_eq!(Settings::load(&profile).unwrap(), settings);
    }

    #[test]
    fn what_the_window_does_not_know_is_as_if_it_were_not_there() {
        let (_dir, profile) = profile();
        std::fs::write(
            profile.settings(),
            "look = \"sepia\"\nzoom = \"big\"\nlanguage = \"fy\"\nreminder_names = 7\nbusiness = 1\n",
        )
        .unwrap();
        assert_eq!(Settings::load(&profile).unwrap(), Settings::default());
    }

    #[test]
    fn the_window_speaks_as_the_owner_chose_else_as_the_business_works() {
        let spoken = |language, business: Option<&str>| {
            let business_language = business.map(str::to_owned);
            Settings { language, business_language, ..Settings::default() }.spoken()
        };
        assert_eq!(spoken(None, None), None);
        assert_eq!(spoken(None, Some("nl")), Some(Language::Nl));
        assert_eq!(spoken(None, Some("fr")), Some(Language::En));
        assert_eq!(spoken(Some(Language::En), Some("nl")), Some(Language::En));
    }

    #[test]
    fn nothing_is_so_small_or_large_that_it_is_of_no_use() {
        assert_eq!(
            [0, 79, 80, 150, 200, 60_000].map(|percent| u16::from(Zoom::from(percent))),
            [80, 80, 80, 150, 200, 200]
        );
    }

    #[test]
    fn damaged_settings_are_reported() {
        let (_dir, profile) = profile();
        for bytes in [b"lock_after_minutes = ".as_slice(), b"\xff", b"vault = \"no id\"", b"lock_after_minutes = -1"] {
            std::fs::write(profile.settings(), bytes).unwrap();
            assert_eq!(Settings::load(&profile).unwrap_err().code, Code::SettingsDamaged);
        }
    }
}
