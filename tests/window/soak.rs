//! A long day: an import, a search, the door locked and opened, again and again. Memory at the end is what it was at the
//! beginning. `cargo xtask bench soak` runs it.

use std::fmt::Write;

use crate::imports::{brings, imports};
use crate::table::{figure, head, say, under};
use crate::window::Window;
use crate::world::{PASSPHRASE, World};

/// How often, unless somebody says otherwise.
const ROUNDS: usize = 200;

/// Rounds in which everything is used for the first time; memory counts from there.
const WARM: usize = 10;

/// Rows of each import, all of them new people.
const ROWS: usize = 50;

/// As many percent may memory grow in a whole day.
const GROWN: f64 = 10.0;

#[test]
#[ignore = "figures: cargo xtask bench soak"]
fn a_long_day_costs_no_memory() {
    let told = std::env::var("AKKOORD_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds = told.unwrap_or(ROUNDS).max(WARM + 1);
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    let [mut first, mut half] = [f64::NAN; 2];
    for round in 1..=rounds {
        goes_around(&world, &window, round);
        if round == WARM {
            first = world.megabytes();
        }
        if round == rounds / 2 {
            half = world.megabytes();
        }
        if round == WARM || round % 20 == 0 {
            say(&format!("round {round:>3}: {:.0} MB ({})", world.megabytes(), world.memory_in_words()));
        }
    }
    let last = world.megabytes();
    say("");
    head();
    figure("rounds: import, search, lock, unlock", &rounds.to_string());
    figure(&format!("memory after round {WARM}"), &format!("{first:.1} MB"));
    figure("memory at the end", &format!("{last:.1} MB"));
    under("grown by", 100.0 * (last - first) / first, GROWN, "%");
    // What grows in the first half alone is what is used again and again by then, and a vault that begins empty.
    figure("  in the second half of the day", &format!("{:.1} %", 100.0 * (last - half) / half));
    drop(window);
    let listed = world.runs(&["contact", "list"]);
    let people = listed["total"].as_u64().unwrap_or_default();
    assert!(people >= (rounds * ROWS) as u64, "{people} people are there");
    assert!(world.runs(&["audit", "verify"]).is_object());
}

fn goes_around(world: &World, window: &Window<'_>, round: usize) {
    let mut text = "Voornaam;Achternaam;E-mail\n".to_owned();
    for n in 0..ROWS {
        let _ = writeln!(text, "Klant{round}x{n};Peeters{round};klant{round}x{n}@post.example");
    }
    brings(window, &world.file("klanten.csv", text));
    imports(window, &ROWS.to_string());
    window.goes("Contacten");
    window.shows("contacts");
    window.write("Zoeken in contacten", &format!("klant{round}x7"));
    window.reads(&format!("Klant{round}x7 Peeters{round}"));
    window.keys(&["Control", "l"]);
    window.shows("locked");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.is_open();
}
