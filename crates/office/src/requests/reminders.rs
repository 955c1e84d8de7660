//! When to remind of requests: 14, 7, 3 and 1 days before they are due, and every day once they are late (SPEC §9).

use std::collections::BTreeMap;

use akkoord_rules::request::State;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeZone, Utc};

use super::list::due;
use crate::problem::Result;
use crate::profile::reminders::{DueReminder, ReminderKind, Reminders, Said, Waiting};
use crate::vault::{Business, Vault};

/// Days before the due date.
const BEFORE: [u64; 4] = [14, 7, 3, 1];

/// For so many days ahead the reminders of what will be late are known to a locked computer.
const AHEAD: u64 = 60;

/// The hour of the day at which people are reminded.
const HOUR: u32 = 9;

/// The reminders that are still to come, and how many requests wait: instants, kinds and counts, nobody's name. While proof
/// of identity is awaited a request's clock stands still, and nothing reminds of it.
///
/// # Errors
/// Faults of the database.
pub fn reminders(vault: &Vault, now: DateTime<Utc>) -> Result<Reminders> {
    let mut all = since(vault, None, now)?;
    all.reminders.retain(|reminder| reminder.at > now);
    Ok(all)
}

/// Writes them into the profile, for when the vault is locked. What fell due before and was not said yet stays.
///
/// # Errors
/// Faults of the database and of the disk.
pub fn keep_reminders(vault: &Vault, now: DateTime<Utc>) -> Result<()> {
    let (before, said) = (Reminders::load(vault.profile()), Said::load(vault.profile()));
    let mut all = since(vault, said.until, now)?;
    let known = |one: &DueReminder| {
        let same = |old: &&DueReminder| (old.at, old.kind) == (one.at, one.kind);
        let mut olds = before.reminders.iter().filter(same);
        // One that is late is told with the latest of them, so its days may differ.
        olds.any(|old| one.kind == ReminderKind::Overdue || old.days_left == one.days_left)
    };
    all.reminders.retain(|one| one.at > now || known(one));
    if all == before { Ok(()) } else { all.save(vault.profile()) }
}

/// The reminders after an instant, all there are if none is given. Of what is late those from today on.
fn since(vault: &Vault, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Reminders> {
    let business = vault.business();
    let today = business.today(now);
    let wanted = |at: &DateTime<FixedOffset>| since.is_none_or(|since| *at > since);
    let mut all: BTreeMap<(DateTime<FixedOffset>, bool, i64), usize> = BTreeMap::new();
    let mut late: BTreeMap<DateTime<FixedOffset>, (i64, usize)> = BTreeMap::new();
    let mut waiting: BTreeMap<DateTime<FixedOffset>, usize> = BTreeMap::new();
    for request in due(vault, today)?.into_iter().filter(|request| request.state != State::WaitingIdentity) {
        for days in BEFORE {
            if let Some(at) = at(business, request.due - Days::new(days), HOUR).filter(wanted) {
                let left = i64::try_from(days).unwrap_or_default();
                *all.entry((at, false, left)).or_default() += 1;
            }
        }
        for day in today.iter_days().take_while(|day| *day <= today + Days::new(AHEAD)).filter(|day| *day > request.due)
        {
            if let Some(at) = at(business, day, HOUR).filter(wanted) {
                let (most, count) = late.entry(at).or_default();
                *most = (request.due - day).num_days().min(*most);
                *count += 1;
            }
        }
        if let Some(until) = at(business, request.due + Days::new(1), 0) {
            *waiting.entry(until).or_default() += 1;
        }
    }
    all.extend(late.into_iter().map(|(at, (days, count))| ((at, true, days), count)));
    let reminder = |((at, late, days_left), count)| {
        let kind = if late { ReminderKind::Overdue } else { ReminderKind::Due };
        DueReminder { at, kind, days_left, count }
    };
    Ok(Reminders {
        reminders: all.into_iter().map(reminder).collect(),
        waiting: waiting.into_iter().map(|(until, count)| Waiting { until, count }).collect(),
    })
}

/// That hour of a day, where the business is. Where clocks skip midnight the day begins an hour later.
fn at(business: &Business, day: NaiveDate, hour: u32) -> Option<DateTime<FixedOffset>> {
    let at = |hour| business.zone.from_local_datetime(&day.and_hms_opt(hour, 0, 0)?).earliest();
    Some(at(hour).or_else(|| at(hour + 1))?.fixed_offset())
}

#[cfg(test)]
mod tests {
    use akkoord_rules::consent::How;
    use akkoord_rules::request::Kind;
    use uuid::Uuid;

    use super::*;
    use crate::requests::{Asker, NewRequest, Step, open, step};
    use crate::trial::Trial;

    fn asked(trial: &mut Trial, received: &str) -> (Uuid, NaiveDate) {
        let new = NewRequest {
            asker: Asker::Unknown("Els Peeters".to_owned()),
            kind: Kind::Access,
            received: received.to_owned(),
            how: How::Email,
            words: "Wat hebt u van mij".to_owned(),
            attach: Vec::new(),
        };
        let opened = open(&mut trial.vault, &new, trial.now).unwrap().output;
        (opened.request, opened.due)
    }

    fn told(trial: &Trial) -> Vec<String> {
        let word = |one: &DueReminder| {
            let kind = if one.kind == ReminderKind::Due { "due" } else { "late" };
            format!("{} {kind} {} of {}", one.at.to_rfc3339(), one.days_left, one.count)
        };
        reminders(&trial.vault, trial.now).unwrap().reminders.iter().map(word).collect()
    }

    #[test]
    fn what_is_due_reminds_four_times_and_what_is_late_every_day() {
        let mut trial = Trial::new();
        assert_eq!(told(&trial), [""; 0]);
        let (first, due) = asked(&mut trial, "2026-03-02");
        asked(&mut trial, "2026-03-02");
        assert_eq!(due.to_string(), "2026-04-02");
        let all = told(&trial);
        assert_eq!(
            all[..5],
            [
                "2026-03-19T09:00:00+01:00 due 14 of 2",
                "2026-03-26T09:00:00+01:00 due 7 of 2",
                "2026-03-30T09:00:00+02:00 due 3 of 2",
                "2026-04-01T09:00:00+02:00 due 1 of 2",
                "2026-04-03T09:00:00+02:00 late -1 of 2",
            ]
        );
        assert_eq!(all.last().map(String::as_str), Some("2026-05-01T09:00:00+02:00 late -29 of 2"));
        trial.later(24);
        asked(&mut trial, "2026-02-01");
        let all = told(&trial);
        assert_eq!(all[0], "2026-03-27T09:00:00+01:00 late -25 of 1", "that of this morning is over");
        assert!(all.contains(&"2026-04-03T09:00:00+02:00 late -32 of 3".to_owned()), "{all:?}");
        let asked = Step::IdentityAsked { reason: "x".to_owned(), on: None };
        step(&mut trial.vault, first, asked, trial.now).unwrap();
        assert!(told(&trial).contains(&"2026-03-30T09:00:00+02:00 due 3 of 1".to_owned()));
        keep_reminders(&trial.vault, trial.now).unwrap();
        let text = std::fs::read_to_string(trial.vault.profile().reminders()).unwrap();
        assert!(!text.contains("Els") && !text.contains(&first.to_string()) && !text.contains("hebt"), "{text}");
        assert_eq!(Reminders::load(trial.vault.profile()), reminders(&trial.vault, trial.now).unwrap());
        let waiting = Reminders::load(trial.vault.profile()).waiting;
        let waiting: Vec<_> = waiting.iter().map(|one| (one.until.to_rfc3339(), one.count)).collect();
        assert_eq!(waiting, [("2026-03-03T00:00:00+01:00".to_owned(), 1), ("2026-04-03T00:00:00+02:00".to_owned(), 1)]);
    }

    /// The window was closed in the morning, and the vault is opened before it looked: that morning's word is not lost.
    #[test]
    fn what_was_not_said_yet_stays_until_it_is_said_or_answered() {
        let mut trial = Trial::new();
        let (request, _) = asked(&mut trial, "2026-03-02");
        trial.later(3);
        asked(&mut trial, "2026-03-05");
        let profile = trial.vault.profile().clone();
        let word = |trial: &Trial| {
            keep_reminders(&trial.vault, trial.now).unwrap();
            let word = Reminders::load(&profile).word(Said::load(&profile).until, trial.now);
            (word.late, word.due)
        };
        assert_eq!(word(&trial), (0, vec![]));
        trial.later(27);
        assert_eq!(word(&trial), (0, vec![(1, 1), (6, 1)]));
        asked(&mut trial, "2026-03-09");
        assert_eq!(word(&trial), (0, vec![(1, 1), (6, 1)]), "what is taken down today is before your eyes");
        let refused = Step::Refused { reason: "Niemand met die naam".to_owned() };
        step(&mut trial.vault, request, refused, trial.now).unwrap();
        assert_eq!(word(&trial), (0, vec![(6, 1)]), "nobody waits for that one any more");
        Said { until: Some(trial.now) }.save(&profile).unwrap();
        assert_eq!(word(&trial), (0, vec![]));
    }
}
