//! `reminders.json`: when the tray must remind, while the vault is locked and nobody can ask it. Instants, kinds and counts only:
//! nothing in it says who asked what. `reminded.json` beside it holds one instant: until when what fell due was said.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Profile, atomic};
use crate::problem::{Code, Problem, Result};

/// What there is to remind of, as far ahead as was known when the vault was open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// The first first.
    pub reminders: Vec<DueReminder>,
    /// How many requests wait for an answer, and until when it is in time; the first first.
    #[serde(default)]
    pub waiting: Vec<Waiting>,
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

/// Requests that wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// From then on it is late.
    pub until: DateTime<FixedOffset>,
    /// How many.
    pub count: usize,
}

/// What is to be said at one moment, of all requests together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// How many are late.
    pub late: usize,
    /// How many more are due, by the number of days that are left, the most urgent first.
    pub due: Vec<(i64, usize)>,
}

impl Word {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.late == 0 && self.due.is_empty()
    }
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
        write(&profile.reminders(), self)
    }

    /// What is to be said now of the reminders that fell due after `since`, which is when something was said last. Of what
    /// fell due while nobody could say it only the last word counts, in the days that are left today.
    #[must_use]
    pub fn word(&self, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Word {
        let fallen = |one: &&DueReminder| since.is_none_or(|since| since < one.at) && one.at <= now;
        let (mut late, mut due) = (0, BTreeMap::new());
        for reminder in self.reminders.iter().filter(fallen) {
            match reminder.kind {
                ReminderKind::Overdue => late = reminder.count,
                ReminderKind::Due => {
                    let today = day(now, reminder.at);
                    let last = reminder.at.date_naive() + Days::new(reminder.days_left.unsigned_abs());
                    let left = (last - today).num_days();
                    if left >= 0 {
                        due.insert(left, reminder.count);
                    }
                }
            }
        }
        Word { late, due: due.into_iter().collect() }
    }

    /// How things stand: how many requests are late, and how many are due within so many days.
    #[must_use]
    pub fn standing(&self, within: i64, now: DateTime<Utc>) -> Word {
        let (mut late, mut due) = (0, BTreeMap::new());
        for waiting in &self.waiting {
            // Late from midnight on: the last day is the one before.
            let left = (waiting.until.date_naive() - day(now, waiting.until)).num_days() - 1;
            if waiting.until <= now {
                late += waiting.count;
            } else if left <= within {
                *due.entry(left).or_default() += waiting.count;
            }
        }
        Word { late, due: due.into_iter().collect() }
    }
}

/// The date at an instant, where another was written down.
fn day(now: DateTime<Utc>, there: DateTime<FixedOffset>) -> NaiveDate {
    now.with_timezone(there.offset()).date_naive()
}

/// Until when what fell due was said. Only the window says it, so only the window writes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Absent while nothing was said.
    pub until: Option<DateTime<Utc>>,
}

impl Said {
    /// What the profile's file says. One that is not there or cannot be understood says nothing: a word may then come twice.
    #[must_use]
    pub fn load(profile: &Profile) -> Self {
        let text = std::fs::read_to_string(profile.reminded()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the profile's file.
    ///
    /// # Errors
    /// `Unwritable` (fact `file`), `DiskFull`.
    pub fn save(self, profile: &Profile) -> Result<()> {
        write(&profile.reminded(), &self)
    }
}

fn write(path: &std::path::Path, value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_vec(value).map_err(|error| Problem::new(Code::System).because(error))?;
    atomic::replace(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        at(text).to_utc()
    }

    fn reminder(on: &str, days_left: i64, count: usize) -> DueReminder {
        let kind = if days_left < 0 { ReminderKind::Overdue } else { ReminderKind::Due };
        DueReminder { at: at(on), kind, days_left, count }
    }

    #[test]
    fn reads_back_what_was_saved_and_of_anything_else_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::create(dir.path()).unwrap();
        assert_eq!(Reminders::load(&profile), Reminders::default());
        assert_eq!(Said::load(&profile), Said::default());
        let reminders = Reminders {
            reminders: vec![reminder("2026-03-24T09:00:00+01:00", 7, 2)],
            waiting: vec![Waiting { until: at("2026-04-01T00:00:00+02:00"), count: 2 }],
        };
        reminders.save(&profile).unwrap();
        assert_eq!(Reminders::load(&profile), reminders);
        let said = Said { until: Some(utc("2026-03-24T08:00:05Z")) };
        said.save(&profile).unwrap();
        assert_eq!(Said::load(&profile), said);
        for bytes in [b"{".as_slice(), b"\xff", b"{\"reminders\": 7, \"until\": 7}"] {
            std::fs::write(profile.reminders(), bytes).unwrap();
            std::fs::write(profile.reminded(), bytes).unwrap();
            assert_eq!(Reminders::load(&profile), Reminders::default());
            assert_eq!(Said::load(&profile), Said::default());
        }
    }

    #[test]
    fn every_reminder_is_said_once_and_what_was_missed_in_one_word() {
        let all = Reminders {
            reminders: vec![
                reminder("2026-03-24T09:00:00+01:00", 7, 2),
                reminder("2026-03-28T09:00:00+01:00", 3, 2),
                reminder("2026-03-28T09:00:00+01:00", 14, 1),
                reminder("2026-03-30T09:00:00+02:00", 1, 2),
                reminder("2026-04-01T09:00:00+02:00", -1, 2),
                reminder("2026-04-02T09:00:00+02:00", -2, 2),
            ],
            waiting: Vec::new(),
        };
        let word = |since: &str, now: &str| {
            let word = all.word((!since.is_empty()).then(|| utc(since)), utc(now));
            (word.late, word.due)
        };
        assert_eq!(word("", "2026-03-24T08:59:59+01:00"), (0, vec![]));
        assert_eq!(word("", "2026-03-24T09:00:00+01:00"), (0, vec![(7, 2)]));
        assert_eq!(word("2026-03-24T09:00:00+01:00", "2026-03-28T08:59:00+01:00"), (0, vec![]), "once");
        assert_eq!(word("2026-03-24T09:00:00+01:00", "2026-03-28T09:00:02+01:00"), (0, vec![(3, 2), (14, 1)]));
        assert_eq!(word("", "2026-03-29T12:00:00+02:00"), (0, vec![(2, 2), (13, 1)]), "days as they are now");
        assert_eq!(word("", "2026-03-31T12:00:00+02:00"), (0, vec![(0, 2), (11, 1)]), "the last day");
        assert_eq!(word("", "2026-04-02T10:00:00+02:00"), (2, vec![(9, 1)]), "late is not due as well");
        assert!(all.word(Some(utc("2026-04-02T10:00:00+02:00")), utc("2026-04-09T10:00:00+02:00")).is_empty());
    }

    #[test]
    fn a_request_is_late_from_midnight_on() {
        let waiting = |until: &str, count| Waiting { until: at(until), count };
        let all = Reminders {
            reminders: Vec::new(),
            waiting: vec![waiting("2026-04-01T00:00:00+02:00", 2), waiting("2026-04-20T00:00:00+02:00", 1)],
        };
        let standing = |now: &str| {
            let word = all.standing(14, utc(now));
            (word.late, word.due)
        };
        assert_eq!(standing("2026-03-16T12:00:00+01:00"), (0, vec![]));
        assert_eq!(standing("2026-03-17T12:00:00+01:00"), (0, vec![(14, 2)]));
        assert_eq!(standing("2026-03-31T23:59:59+02:00"), (0, vec![(0, 2)]));
        assert_eq!(standing("2026-04-01T00:00:00+02:00"), (2, vec![]));
        assert_eq!(standing("2026-04-19T00:00:00+02:00"), (2, vec![(0, 1)]));
    }
}
