//! `reminders.json`: when the tray must remind, while the vault is locked and nobody can ask it. Instants, kinds and counts only:
//! nothing in it says who asked what.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{Profile, atomic};
use crate::problem::{Code, Problem, Result};

/// What there is to remind of, as far ahead as was known when the vault was open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// The first first.
    pub reminders: Vec<DueReminder>,
}

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueReminder {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Of what.
    pub kind: ReminderKind,
    /// How many days are left then; of what is late, how many days the latest of them is, as a negative number.
    pub days_left: i64,
    /// Of how many.
    pub count: usize,
}

/// What a reminder is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// Requests that are due soon.
    Due,
    /// Requests that are late.
    Overdue,
}

impl Reminders {
    /// What the profile's file says. A file that is not there or cannot be understood reminds of nothing: it is made anew as
    /// soon as the vault is open.
    #[must_use]
    pub fn load(profile: &Profile) -> Self {
        let text = std::fs::read_to_string(profile.reminders()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the profile's file. Only the writer may.
    ///
    /// # Errors
    /// `Unwritable` (fact `file`), `DiskFull`.
    pub fn save(&self, profile: &Profile) -> Result<()> {
        let text = serde_json::to_vec(self).map_err(|error| Problem::new(Code::System).because(error))?;
        atomic::replace(&profile.reminders(), &text)
    }

    /// The reminders that fall due after one instant and not after another: those to show now, if `since` is when it was
    /// looked last.
    pub fn between(
        &self,
        since: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
    ) -> impl Iterator<Item = &DueReminder> {
        self.reminders.iter().filter(move |reminder| since < reminder.at && reminder.at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn reads_back_what_was_saved_and_of_anything_else_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        assert_eq!(Reminders::load(&profile), Reminders::default());
        let due = |on: &str, days_left| DueReminder { at: at(on), kind: ReminderKind::Due, days_left, count: 2 };
        let reminders =
            Reminders { reminders: vec![due("2026-03-24T09:00:00+01:00", 7), due("2026-03-30T09:00:00+02:00", 1)] };
        reminders.save(&profile).unwrap();
        assert_eq!(Reminders::load(&profile), reminders);
        let now = |since, now| reminders.between(at(since), at(now)).map(|one| one.days_left).collect::<Vec<_>>();
        assert_eq!(now("2026-03-24T08:59:59+01:00", "2026-03-24T09:00:00+01:00"), [7]);
        assert_eq!(now("2026-03-24T09:00:00+01:00", "2026-03-30T06:59:59Z"), [0_i64; 0]);
        assert_eq!(now("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), [7, 1]);
        for bytes in [b"{".as_slice(), b"\xff", b"{\"reminders\": 7}"] {
            std::fs::write(profile.reminders(), bytes).unwrap();
            assert_eq!(Reminders::load(&profile), Reminders::default());
        }
    }
}
