//! The program is killed at random moments of an import: all of it is there afterwards, or nothing of it.

use std::fmt::Write;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::world::World;

/// Kills unless `AKKOORD_KILLS` says another number.
const KILLS: u64 = 40;

/// People in the file: enough that most of the program's time goes by inside the transaction.
const PEOPLE: u64 = 1_500;

/// Worlds in which the program is being killed at the same time.
const AT_ONCE: usize = 3;

/// How many rows each table has; the search index's own tables, whose rows are pages, are left out.
type Counts = Vec<(String, i64)>;

/// What the kills are judged by.
struct Measure {
    file: String,
    nothing: Counts,
    all: Counts,
    /// One import, from the open file to exit, with as many beside it as there are kills at once.
    takes: Duration,
}

/// Where a kill fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fell {
    /// Before the import was kept.
    During,
    /// Once the import was kept, before the program had ended.
    Kept,
    /// The program had ended by itself.
    Late,
}

#[test]
#[expect(clippy::print_stderr, reason = "a bench run shows where the kills fell")]
fn a_killed_import_leaves_all_or_nothing() {
    let kills = std::env::var("AKKOORD_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let template = World::new();
    let measure = measured(&template);
    let next = AtomicU64::new(0);
    let mut fell: Vec<Fell> = Vec::new();
    std::thread::scope(|scope| {
        let work = || {
            let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|n| *n < kills));
            numbers.map(|n| killed(&template, &measure, n)).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        fell.extend(workers.into_iter().flat_map(|worker| worker.join().unwrap()));
    });
    let count = |what: Fell| fell.iter().filter(|fell| **fell == what).count();
    eprintln!(
        "{kills} kills over {:.2} s: {} during the import, {} when it was kept, {} too late",
        measure.takes.as_secs_f64(),
        count(Fell::During),
        count(Fell::Kept),
        count(Fell::Late)
    );
    assert!(count(Fell::During) * 4 >= fell.len(), "too few kills fell inside the import: {fell:?}");
}

/// Imports without a kill.
fn measured(template: &World) -> Measure {
    let file = template.file("people.csv", google());
    let nothing = counts(template);
    let whole = || {
        let world = template.copy();
        let mut child = importing(&world, &file);
        let begun = Instant::now();
        assert!(child.wait().unwrap().success());
        (begun.elapsed(), counts(&world))
    };
    let imports: Vec<_> = std::thread::scope(|scope| {
        let imports: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(whole)).collect();
        imports.into_iter().map(|import| import.join().unwrap()).collect()
    });
    let takes = imports.iter().map(|(takes, _)| *takes).max().unwrap_or_default();
    let all = imports.into_iter().next_back().unwrap().1;
    assert_ne!(nothing, all);
    Measure { file, nothing, all, takes }
}

/// Starts an import and waits until it has the vault's file open: what comes before is the passphrase's affair.
fn importing(world: &World, file: &str) -> Child {
    let mut command = world.program();
    command.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file());
    command.args(["--json", "import", file]).stdout(Stdio::null()).stderr(Stdio::null());
    let log = world.inside("vault.db-wal");
    assert!(!log.exists());
    let mut child = command.spawn().unwrap();
    while !log.exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    child
}

/// Kills an import of its own vault at the `n`th moment, and looks at what is left.
fn killed(template: &World, measure: &Measure, n: u64) -> Fell {
    let world = template.copy();
    let mut child = importing(&world, &measure.file);
    std::thread::sleep(measure.takes.mul_f64(1.05 * random(n)));
    let late = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    let verified = world.ok(&["audit", "verify"]);
    assert_eq!(verified["ok"], true, "kill {n}: {verified}");
    let left = counts(&world);
    let kept = left == measure.all;
    assert!(kept || left == measure.nothing, "kill {n} left a part: {left:?}");
    follow(&world, measure, kept, n);
    match (late, kept) {
        (true, _) => Fell::Late,
        (false, true) => Fell::Kept,
        (false, false) => Fell::During,
    }
}

/// The same file once more: everybody is added, or everybody is known.
fn follow(world: &World, measure: &Measure, kept: bool, n: u64) {
    let report = world.ok(&["import", &measure.file]);
    let (added, unchanged) = if kept { (0, PEOPLE) } else { (PEOPLE, 0) };
    assert_eq!((&report["added"], &report["unchanged"]), (&Value::from(added), &Value::from(unchanged)), "kill {n}");
    let conn = world.raw();
    for index in ["contact_part", "contact_start"] {
        conn.execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"), [])
            .unwrap_or_else(|error| panic!("kill {n}: {index} and the contacts disagree: {error}"));
    }
}

/// The rows of every table of a file that is whole.
fn counts(world: &World) -> Counts {
    let conn = world.raw();
    let broken = conn.prepare("PRAGMA cipher_integrity_check").unwrap().exists([]).unwrap();
    assert!(!broken, "a page's seal is broken");
    let whole: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'contact\\_part%' ESCAPE '\\'
               AND name NOT LIKE 'contact\\_start%' ESCAPE '\\' AND name <> 'sqlite_sequence' ORDER BY name";
    let mut query = conn.prepare(sql).unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    let rows = |name: &str| conn.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).unwrap();
    names.map(|name| (name.clone(), rows(&name))).collect()
}

/// A file as Google writes it.
fn google() -> String {
    let mut text = String::from("First Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Value,Labels\n");
    for n in 0..PEOPLE {
        let phone = format!("04{:02} {:02} {:02} {:02}", 70 + n % 30, n / 100 % 100, n % 100, n * 7 % 100);
        let _ = writeln!(text, "Voornaam{n},\"Familie, {n}\",Zaak {},mens{n}@example.org,{phone},* myContacts", n % 40);
    }
    text
}

/// The `n`th of a fixed row of numbers between 0 and 1 (SplitMix64).
fn random(n: u64) -> f64 {
    let mut z = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap()) / f64::from(u32::MAX)
}
