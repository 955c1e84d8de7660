//! `akkoord-bench [--quick | lists | vault PROFILE ROWS]`: what Akkoord costs, beside what plain SQLite costs on the same computer in the same minute.
//! Exits with a failure where a goal is missed.
#![allow(clippy::print_stdout, reason = "it is there to print a table")]

mod baseline;
mod cards;
mod chance;
mod clocked;
mod crowds;
mod curve;
mod gate;
mod google;
mod importing;
mod machine;
mod names;
mod pages;
mod profile;
mod questions;
mod standing;
mod stock;
mod table;
mod world;

use std::path::Path;
use std::process::ExitCode;

use clocked::bytes_as_mb;
use importing::Run;
use table::Table;
use world::World;

/// Done, or what went wrong.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// How much is measured.
struct Size {
    /// Rows of the main import.
    rows: u64,
    /// Rows of the larger import, in which memory must not grow.
    more: u64,
    /// How often each import is repeated; the best counts, as the computer is never quite idle.
    times: usize,
    /// Cards of an address book.
    cards: u64,
    /// Contacts along the curve.
    curve: &'static [u64],
}

const FULL: Size =
    Size { rows: 100_000, more: 300_000, times: 3, cards: 20_000, curve: &[1_000, 10_000, 100_000, 300_000] };
const QUICK: Size = Size { rows: 20_000, more: 40_000, times: 3, cards: 5_000, curve: &[1_000, 5_000, 20_000] };

/// Seconds that the baseline may be exceeded by, as a factor.
const RATIO: f64 = 2.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["import", profile, file] => importing::in_this_process(Path::new(profile), Path::new(file)),
        ["vault", profile, rows] => stock::make(Path::new(profile), rows),
        [] => whole(&FULL),
        ["lists"] => lists(&FULL),
        ["--quick"] => whole(&QUICK),
        _ => Err("akkoord-bench [--quick | lists | vault PROFILE ROWS]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let causes = std::iter::successors(error.source(), |cause| cause.source());
            println!("✗ {error}{}", causes.map(|cause| format!(": {cause}")).collect::<String>());
            ExitCode::FAILURE
        }
    }
}

fn whole(size: &Size) -> Outcome {
    let machine = machine::told();
    let world = World::new()?;
    let mut table = Table::default();
    let file = world.file(size.rows)?;
    println!("measuring: import of {} rows ({})", size.rows, bytes_as_mb(std::fs::metadata(&file)?.len()));
    let vault = import(&world, size, &file, &mut table)?;
    memory(&world, size, &mut table)?;
    println!("measuring: questions");
    let mut open = world.open(&vault)?;
    questions::measure(&open, &mut table)?;
    gate::measure(&mut open, &mut table)?;
    drop(open);
    println!("measuring: the window's lists");
    pages::measure(&world, &vault, &mut table)?;
    standing::measure(&world, &vault, &mut table)?;
    crowds::measure(&world, &vault, &mut table)?;
    cards::measure(&world, size.cards, &mut table)?;
    println!("measuring: what stands in between");
    let parts = profile::measure(&world, &file, size.times)?;
    println!("measuring: the curve");
    let curve = curve::measure(&world, size.curve)?;
    println!(
        "\n{machine}\n\n{table}\nWhat an import of {} rows is made of\n\n{parts}\nThe curve\n\n{curve}",
        size.rows
    );
    judged(&table)
}

/// The window's lists, what is decided about everybody, and address books alone.
fn lists(size: &Size) -> Outcome {
    let machine = machine::told();
    let world = World::new()?;
    let mut table = Table::default();
    let vault = world.at("lists");
    world.fresh(&vault)?;
    importing::in_a_child(&vault, &world.file(size.rows)?)?;
    pages::measure(&world, &vault, &mut table)?;
    standing::measure(&world, &vault, &mut table)?;
    crowds::measure(&world, &vault, &mut table)?;
    cards::measure(&world, size.cards, &mut table)?;
    println!("\n{machine}\n\n{table}");
    judged(&table)
}

/// Fails where a goal is missed, once everything was measured and said.
fn judged(table: &Table) -> Outcome {
    let missed = table.missed();
    if missed.is_empty() { Ok(()) } else { Err(format!("goals that are not met: {}", missed.join("; ")).into()) }
}

/// The import beside plain SQLite's; gives the vault that came of it.
fn import(world: &World, size: &Size, file: &Path, table: &mut Table) -> Outcome<std::path::PathBuf> {
    let mut ours: Option<Run> = None;
    let mut bases = baseline::Best::default();
    let vault = world.at("imported");
    for _ in 0..size.times {
        bases.measure(world, file)?;
        world.fresh(&vault)?;
        let run = importing::in_a_child(&vault, file)?;
        ours = Some(ours.map_or(run, |best| best.better(run)));
    }
    let ours = ours.unwrap_or_default();
    let rows = size.rows;
    let seconds = |s: f64| format!("{s:.2} s");
    table.row(&format!("import of {rows} rows"), &seconds(ours.seconds), "", None);
    table.row("  sqlite3 .import alone", &seconds(bases.bare), "", None);
    table.row("  sqlite3 with one full-text index (trigram)", &seconds(bases.one), "", None);
    table.row("  sqlite3 with both of the vault's indexes", &seconds(bases.both), "", None);
    let mut ratio = |name: &str, base: f64| {
        let ratio = ours.seconds / base;
        table.row(name, &format!("{ratio:.2} ×"), &format!("≤ {RATIO} ×"), Some(ratio <= RATIO));
    };
    ratio("  import ÷ sqlite3 with one index", bases.one);
    ratio("  import ÷ sqlite3 with both indexes", bases.both);
    table.row("  rows a second", &format!("{:.0}", rows as f64 / ours.seconds), "", None);
    Ok(vault)
}

fn memory(world: &World, size: &Size, table: &mut Table) -> Outcome {
    let vault = world.at("memory");
    let mut peaks = Vec::new();
    for rows in [size.rows, size.more] {
        let file = world.file(rows)?;
        world.fresh(&vault)?;
        let peak = importing::in_a_child(&vault, &file)?.peak_mb;
        table.row(&format!("peak memory, {rows} rows"), &format!("{peak:.1} MB"), "< 80 MB", Some(peak < 80.0));
        peaks.push(peak);
    }
    if let [small, large] = peaks.as_slice() {
        let grown = large - small;
        table.row("  growth between them", &format!("{grown:.1} MB"), "≤ 2 MB", Some(grown <= 2.0));
    }
    Ok(())
}
