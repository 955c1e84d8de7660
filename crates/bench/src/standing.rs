//! The Consent screen where everybody answered about ten purposes: how many stand where, and who they are, on any day.

use std::path::Path;

use akkoord_office::clock;
use akkoord_office::consents::{self, PurposeQuestion, StandSort};
use akkoord_office::purposes::{self, Wording};
use akkoord_office::vault::Vault;
use akkoord_rules::consent::Status;
use chrono::{Days, NaiveDate};

use crate::Outcome;
use crate::clocked::{self, Times};
use crate::pages::PAGE;
use crate::table::Table;
use crate::world::World;

const LOOKS: usize = 5;

/// Adds the dashboard and its lists to the table. The people of the vault answered already, as the projection has it.
pub(crate) fn measure(world: &World, profile: &Path, table: &mut Table) -> Outcome {
    happened(world, profile)?;
    let vault = world.open(profile)?;
    let today = vault.business().today(clock::now());
    let before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    dashboards(&vault, today, "how many stand where, today", 50.0, table)?;
    for (days, name) in [(30, "a month ago"), (365, "a year ago"), (1_000, "before most answers")] {
        dashboards(&vault, before(days), &format!("how many stand where, {name}"), 500.0, table)?;
    }
    lists(&vault, today, "who they are, today", 50.0, table)?;
    lists(&vault, before(30), "who they are, a month ago", 500.0, table)?;
    lists(&vault, before(365), "who they are, a year ago", 500.0, table)?;
    agree(&vault, &[today, before(30), before(365)])?;
    drop(vault);
    reworded(world.open(profile)?, before(1), table)
}

/// Ends each yes to one purpose by a change of its wording, and looks back: how it stood, the events alone say now.
fn reworded(mut vault: Vault, before: NaiveDate, table: &mut Table) -> Outcome {
    let wording = Wording::new("nl", "Mogen we u voortaan ook bellen?".to_owned())?;
    let took = clocked::seconds(|| Ok(purposes::revise(&mut vault, "p0", &[wording], true, clock::now()).map(drop)?))?;
    table.row("a wording that ends each yes to it", &format!("{took:.2} s"), "", None);
    dashboards(&vault, before, "how many stood where, the day before", 500.0, table)?;
    agree(&vault, &[before])
}

fn dashboards(vault: &Vault, on: NaiveDate, name: &str, under: f64, table: &mut Table) -> Outcome {
    let looks = Times::of(0..LOOKS, |_| Ok(consents::dashboard(vault, on, clock::now()).map(drop)?))?;
    table.milliseconds(&format!("{name}, the slowest"), looks.permille(1_000), under);
    Ok(())
}

fn question(n: usize, on: NaiveDate, statuses: &[Status]) -> PurposeQuestion {
    PurposeQuestion {
        purpose: format!("p{n}"),
        statuses: statuses.to_vec(),
        on: Some(on),
        sort: StandSort::Since,
        limit: PAGE,
        ..PurposeQuestion::default()
    }
}

/// Times the first look at each purpose's list, with nothing of it in memory, and a stretch of it after that.
fn lists(vault: &Vault, on: NaiveDate, name: &str, under: f64, table: &mut Table) -> Outcome {
    consents::people(vault, &question(0, on, &[]), clock::now())?;
    let looks = Times::of(1..LOOKS, |n| {
        Ok(consents::people(vault, &question(n, on, &[Status::Given]), clock::now()).map(drop)?)
    })?;
    table.milliseconds(&format!("{name}, the slowest of first looks"), looks.permille(1_000), under);
    let looks = Times::of(0..LOOKS, |at| {
        let next = PurposeQuestion { offset: at * PAGE, ..question(LOOKS - 1, on, &[Status::Given]) };
        Ok(consents::people(vault, &next, clock::now()).map(drop)?)
    })?;
    table.row("  a further stretch, median", &format!("{:.3} ms", looks.middle()), "", None);
    Ok(())
}

/// The dashboard's numbers are those of the lists.
fn agree(vault: &Vault, days: &[NaiveDate]) -> Outcome {
    let now = clock::now();
    for on in days.iter().copied() {
        let dashboard = consents::dashboard(vault, on, now)?;
        for (n, counted) in dashboard.iter().filter(|one| one.key.starts_with('p')).enumerate() {
            for status in Status::ALL {
                let listed = consents::people(vault, &question(n, on, &[*status]), now)?.total;
                if i64::try_from(listed) != Ok(counted.counts.of(*status)) {
                    return Err(format!("{} on {on}: {listed} are listed as {}", counted.key, status.as_str()).into());
                }
            }
        }
    }
    Ok(())
}

/// Lets each answer have come at some moment of the last three years, and one in ten of them after another one. Written past
/// the office, which would take an hour.
fn happened(world: &World, profile: &Path) -> Outcome {
    let event = |answer: &str, at: &str, which: &str| {
        format!(
            "INSERT INTO consent_event (id, seq, contact_no, purpose_no, version, answer, happened_at, happened_offset,
               recorded_at, how, language, text, expires, unconfirmed, by)
             SELECT randomblob(16), 1, contact_no, purpose_no, 1, {answer}, {at}, 60, {at}, 'phone', 'nl',
               'Mogen we u elke maand onze nieuwsbrief sturen, met tips en aanbiedingen? U kunt altijd stoppen.',
               CASE {answer} WHEN 'given' THEN expires ELSE '' END, status = 'awaiting_confirmation', 'bench'
             FROM consent_status JOIN purpose p ON p.no = purpose_no WHERE p.key LIKE 'p_' AND {which};"
        )
    };
    let answer = "CASE status WHEN 'awaiting_confirmation' THEN 'given' WHEN 'expired' THEN 'given' ELSE status END";
    let some = "(contact_no + purpose_no) % 10 = 0";
    let first = event("'refused'", "since - 8640000000", some);
    let last = event(answer, "since", "1");
    world.raw(profile)?.execute_batch(&format!(
        "BEGIN; {first} {last}
         UPDATE consent_status SET first_at = since - 8640000000 WHERE {some};
         COMMIT;"
    ))?;
    Ok(())
}
