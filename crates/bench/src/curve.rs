//! How the cost grows with the number of contacts.

use std::fmt::Write;

use crate::world::World;
use crate::{Outcome, importing, questions};

/// A line for each number of contacts.
pub(crate) fn measure(world: &World, sizes: &[u64]) -> Outcome<String> {
    let mut lines = format!(
        "{:>9} {:>11} {:>10} {:>11} {:>11} {:>11} {:>10}\n{}\n",
        "rows",
        "import",
        "rows/s",
        "search p99",
        "read p99",
        "open p99",
        "file",
        "─".repeat(80)
    );
    let profile = world.at("curve");
    for &rows in sizes {
        world.fresh(&profile)?;
        let run = importing::in_a_child(&profile, &world.file(rows)?)?;
        let vault = world.open(&profile)?;
        let people = questions::sample(&vault)?;
        let search = questions::searching(&vault, &people)?.p99();
        let read = questions::reading(&vault, &people)?.p99();
        let open = questions::opening(&vault)?.p99();
        drop(vault);
        let megabytes = std::fs::metadata(profile.join("vault.db"))?.len() as f64 / 1e6;
        writeln!(
            lines,
            "{rows:>9} {:>9.2} s {:>10.0} {search:>8.3} ms {read:>8.3} ms {open:>8.3} ms {megabytes:>7.1} MB",
            run.seconds,
            rows as f64 / run.seconds
        )?;
    }
    Ok(lines)
}
