//! The window's list of contacts, and Today, where everybody answered about ten purposes.

use std::path::Path;

use akkoord_office::people::{self, PageFilter, PageQuestion, PageSort};
use akkoord_office::purposes::{self, NewPurpose};
use akkoord_office::vault::Vault;
use akkoord_office::{clock, today};
use akkoord_rules::consent::{Basis, Status};
use akkoord_rules::person::ChannelSet;

use crate::Outcome;
use crate::chance::Chance;
use crate::clocked::Times;
use crate::table::Table;
use crate::world::World;

/// Rows that a window shows, and some beyond its edges.
pub(crate) const PAGE: usize = 60;
const PURPOSES: usize = 10;
const PAGES: usize = 1_000;
const FIRST: usize = 10;

/// Adds the list and Today to the table.
pub(crate) fn measure(world: &World, profile: &Path, table: &mut Table) -> Outcome {
    answered(world, profile)?;
    let vault = world.open(profile)?;
    let all = ask(PageSort::Name, PageFilter::default());
    let yes = PageFilter { purpose: Some("p3".to_owned()), statuses: vec![Status::Given], ..PageFilter::default() };
    let some = ask(PageSort::Name, yes.clone());
    let next = ask(PageSort::Next, PageFilter::default());
    anywhere(&vault, &all, "page of contacts", 10.0, table)?;
    anywhere(&vault, &some, "page of those who agree", 10.0, table)?;
    anywhere(&vault, &next, "page by what happens next", 50.0, table)?;
    first(&vault, &all, "first page, of a vault just opened", table)?;
    first(&vault, &some, "first page of those who agree", table)?;
    first(&vault, &next, "first page by what happens next", table)?;
    first(&vault, &ask(PageSort::Next, yes), "first page of those who agree, by next", table)?;
    let now = clock::now();
    let looks = Times::of(0..FIRST, |_| Ok(people::facets(&vault).map(drop)?))?;
    table.row("what the list can be narrowed by, median", &format!("{:.3} ms", looks.middle()), "", None);
    let looks = Times::of(0..FIRST, |_| Ok(today::today(&vault, now).map(drop)?))?;
    table.row("today, median", &format!("{:.3} ms", looks.middle()), "", None);
    Ok(())
}

fn ask(sort: PageSort, filter: PageFilter) -> PageQuestion {
    PageQuestion { sort, filter, limit: PAGE, ..PageQuestion::default() }
}

/// Times stretches from all over a list, as of a bar that somebody drags.
fn anywhere(vault: &Vault, question: &PageQuestion, name: &str, under: f64, table: &mut Table) -> Outcome {
    let now = clock::now();
    let total = people::page(vault, question, now)?.total;
    let mut chance = Chance::new(13);
    let places: Vec<usize> = (0..PAGES).map(|_| chance.index(total.max(1))).collect();
    let times = Times::of(places, |offset| {
        people::page(vault, &PageQuestion { offset, ..question.clone() }, now)?;
        Ok(())
    })?;
    table.row(&format!("{name}, median"), &format!("{:.3} ms", times.middle()), "", None);
    table.milliseconds(&format!("{name}, p99"), times.p99(), under);
    table.row("  the slowest", &format!("{:.3} ms", times.permille(1_000)), "", None);
    Ok(())
}

/// Times the first look at a list, with nothing in memory.
fn first(vault: &Vault, question: &PageQuestion, name: &str, table: &mut Table) -> Outcome {
    let opened = (0..FIRST).map(|_| vault.beside()).collect::<Result<Vec<_>, _>>()?;
    let times = Times::of(&opened, |vault| {
        people::page(vault, question, clock::now())?;
        Ok(())
    })?;
    table.row(&format!("{name}, median"), &format!("{:.3} ms", times.middle()), "", None);
    Ok(())
}

/// Lets everybody have answered about every purpose. Written past the office, which would take an hour: the list reads the
/// projection alone.
pub(crate) fn answered(world: &World, profile: &Path) -> Outcome {
    let mut vault = world.open(profile)?;
    for n in 0..PURPOSES {
        let purpose = NewPurpose {
            key: format!("p{n}"),
            title: format!("Doel {n}"),
            basis: Basis::Consent,
            wordings: Vec::new(),
            channels: ChannelSet::NONE,
            retention: None,
            marketing: true,
            label: None,
            share: Vec::new(),
            soft_opt_in: None,
            special: false,
        };
        purposes::add(&mut vault, &purpose, clock::now())?;
    }
    drop(vault);
    world.raw(profile)?.execute_batch(
        "INSERT OR IGNORE INTO consent_status (contact_no, purpose_no, status, since, expires, version, first_at, last_at)
         SELECT c_no, p_no, status, since, expires, 1, since, since FROM (SELECT c.no AS c_no, p.no AS p_no,
           CASE abs(c.no * 7919 + p.no * 104729) % 10 WHEN 0 THEN 'refused' WHEN 1 THEN 'withdrawn' WHEN 2 THEN 'asked'
             WHEN 3 THEN 'awaiting_confirmation' ELSE 'given' END AS status,
           1000 * (unixepoch('now') - (c.no * 7907 + p.no * 1031) * 37 % 94608000) AS since,
           date('now', '+' || (abs(c.no * 31 + p.no * 17) % 700 + 1) || ' days') AS expires
         FROM contact c JOIN purpose p ON p.key LIKE 'p_')",
    )?;
    Ok(())
}
