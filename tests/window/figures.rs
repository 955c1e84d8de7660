//! What the window costs: start, typing, scrolling, memory. `cargo xtask bench window` prints it beside its goals, from a build
//! that is the release's but for the tests' driver. No story fails by a time.

use std::cell::Cell;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::table::{Times, figure, head, say, under};
use crate::window::Window;
use crate::world::{Look, World, built};

/// Starts of each program; the middle one counts.
const STARTS: usize = 7;

/// What somebody looks for: names in five languages and scripts' edges, parts of them, numbers, places, and what nobody has.
const LOOKED_FOR: &[&str] = &[
    "janssens",
    "peeters",
    "van den",
    "0470 12",
    "marie",
    "élise",
    "lieve",
    "jürgen",
    "françois",
    "de smet",
    "katrien",
    "gent",
    "antwerpen",
    "bakker",
    "0032",
    "an",
    "zoë",
    "claes",
    "hilde",
    "@skynet",
    "vermeulen",
    "bram w",
    "anneliese",
    "maes",
    "noémie",
    "qqq",
    "griet",
    "sofie",
    "+31",
    "wouters",
    "bruxelles",
    "stijn",
    "heinrichs",
    "tom",
];

/// When the page drew something for the first time, in milliseconds of the clock.
const DRAWN: &str = "
const done = arguments[arguments.length - 1];
const look = () => {
  const [first] = performance.getEntriesByName('first-contentful-paint');
  if (first) done(performance.timeOrigin + first.startTime);
  else setTimeout(look, 20);
};
look();";

/// A field, and a line that says what is typed in it.
const FIELD: &str = "
const [field, line] = [document.createElement('input'), document.createElement('p')];
field.oninput = () => (line.textContent = field.value);
document.body.append(field, line);
field.focus();
return true";

/// Today with its data; the list of contacts with its first rows.
const TODAY: &str = "[data-screen=today][data-ready=true]";
const ROWS: &str = "[data-screen=contacts][data-ready=true] tbody td.strong";

/// Longer than any key takes: the next one is pressed when the one before was answered.
const BETWEEN_KEYS: Duration = Duration::from_millis(250);

/// As long may a script take that goes through the whole list.
const PATIENCE: Duration = Duration::from_secs(110);

/// So long nothing is done before memory is asked for.
const REST: Duration = Duration::from_secs(20);

#[test]
#[ignore = "figures: cargo xtask bench window"]
fn what_the_window_costs() {
    let world = World::stocked();
    say("");
    head();
    let bare = bare(&world);
    starts(&world);
    let window = world.open();
    window.driver.post("/timeouts", &json!({ "script": PATIENCE.as_millis() as u64 })).expect("it waits");
    window.shows("locked");
    leads(&window, "Openen met deze computer", TODAY);
    leads(&window, "Contacten", ROWS);
    scrolls(&window, "dragging the bar through all rows", None, 300);
    scrolls(&window, "turning the wheel through 1,000 rows", Some(36_000), 300);
    window.write("Zoeken in contacten", "a");
    window.keys(&["Backspace"]);
    std::thread::sleep(BETWEEN_KEYS);
    under("  to painted rows, p99", types(&window, "contacts", "[data-screen=contacts]"), 50.0, "ms");
    window.keys(&["Control", "k"]);
    window.settles();
    under("  to painted rows, p99", types(&window, "palette", "dialog"), 50.0, "ms");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    std::thread::sleep(REST);
    let rest = world.megabytes();
    under("memory at rest, all processes", rest, 250.0, "MB");
    say(&format!("  {}", world.memory_in_words()));
    figure("  beyond an empty window", &format!("{:.1} MB", rest - bare));
}

/// What the system alone takes for a window with a field and a line in it: memory, which it gives back, and time for a key.
fn bare(world: &World) -> f64 {
    let window = world.open_program(Look::LIGHT, &built("examples/empty-window"));
    std::thread::sleep(REST);
    let rest = world.megabytes();
    figure("memory of an empty window, all processes", &format!("{rest:.1} MB"));
    say(&format!("  {}", world.memory_in_words()));
    window.ask(FIELD);
    let longest = types(&window, "an empty window", "p");
    figure("  to painted text, p99", &milliseconds(longest));
    rest
}

/// From the start of the program to the first list, beside a window with nothing in it.
fn starts(world: &World) {
    let mut empty = Vec::new();
    let [mut locked, mut opened, mut listed] = [const { Vec::new() }; 3];
    for _ in 0..STARTS {
        let (program, begun) = clocked(world, &built("examples/empty-window"));
        let window = world.open_program(Look::LIGHT, &program);
        empty.push(drawn(&window) - since(&begun));
        drop(window);
        let (program, begun) = clocked(world, &built("akkoord"));
        let window = world.open_program(Look::LIGHT, &program);
        locked.push(drawn(&window) - since(&begun));
        window.shows("locked");
        opened.push(leads(&window, "Openen met deze computer", TODAY));
        listed.push(leads(&window, "Contacten", ROWS));
    }
    let [empty, locked, opened, listed] = [empty, locked, opened, listed].map(|times| Times::of(times).percent(50));
    figure("start of an empty window, median", &milliseconds(empty));
    figure("start to the locked door, median", &milliseconds(locked));
    figure("unlocked by the keychain, to Today, median", &milliseconds(opened));
    figure("from Today to the list of contacts, median", &milliseconds(listed));
    under("start to the first list, beyond an empty window", (locked - empty + opened) / 1e3, 0.8, "s");
}

/// Types what people look for, letter by letter, and takes it back; the time that 99 of 100 keys stay within.
fn types(window: &Window<'_>, place: &str, watched: &str) -> f64 {
    window.driver.script(include_str!("typed.js"), &[json!(watched)]).expect("the page watches");
    for words in LOOKED_FOR {
        for letter in words.chars() {
            window.types(&letter.to_string());
            std::thread::sleep(BETWEEN_KEYS);
        }
        window.ask("document.activeElement.select()");
    }
    let times = Times::read(&window.ask("return window.__typed()"));
    figure(&format!("keys in {place} that changed what is there"), &times.count().to_string());
    figure("  to what is painted, median", &milliseconds(times.percent(50)));
    figure("  the slowest", &milliseconds(times.percent(100)));
    times.percent(99)
}

/// Goes down the list in so many frames.
fn scrolls(window: &Window<'_>, what: &str, place: Option<u32>, frames: usize) {
    let told = window.driver.later(include_str!("scrolled.js"), &[json!(place), json!(frames)]).expect("it scrolls");
    let times = Times::read(&told["frames"]);
    figure(what, &format!("{} frames", times.count()));
    figure("  a frame, median", &milliseconds(times.percent(50)));
    figure("  a frame, p99", &milliseconds(times.percent(99)));
    figure("  frames over 50 ms", &times.longer_than(50.0).to_string());
    figure("  frames with a row still to come", &told["blank"].to_string());
}

/// Presses a button; the milliseconds until the frame in which what it leads to is there.
fn leads(window: &Window<'_>, name: &str, awaited: &str) -> f64 {
    let took = Cell::new(f64::NAN);
    window.act(&["button", "link"], name, |element| {
        let told = window.driver.later(include_str!("until.js"), &[element.argument(), json!(awaited)])?;
        took.set(told.as_f64().unwrap_or(f64::NAN));
        Ok(())
    });
    took.get()
}

/// A program that writes down when it was started and then becomes the other one.
fn clocked(world: &World, program: &Path) -> (PathBuf, PathBuf) {
    let begun = world.root().join("begun");
    let script = format!("#!/bin/sh\ndate +%s%N >'{}'\nexec '{}'\n", begun.display(), program.display());
    let clocked = world.file("clocked", script);
    std::fs::set_permissions(&clocked, PermissionsExt::from_mode(0o755)).expect("a program");
    (clocked, begun)
}

/// When that was, in milliseconds of the clock.
fn since(begun: &Path) -> f64 {
    let told = std::fs::read_to_string(begun).unwrap_or_default();
    told.trim().parse::<f64>().map_or(f64::NAN, |nanoseconds| nanoseconds / 1e6)
}

fn drawn(window: &Window<'_>) -> f64 {
    window.driver.later(DRAWN, &[]).ok().and_then(|told| told.as_f64()).unwrap_or(f64::NAN)
}

fn milliseconds(time: f64) -> String {
    format!("{time:.1} ms")
}
