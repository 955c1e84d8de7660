//! Importing people who share an address or are known already, and files with much to say about.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::import::{google, outcomes};
use crate::world::World;

fn conflicts(report: &Value) -> Vec<String> {
    let said = |conflict: &Value| format!("{} {}", conflict["line"], conflict["field"].as_str().unwrap());
    report["conflicts"].as_array().unwrap().iter().map(said).collect()
}

#[test]
fn a_shared_mailbox_is_told_apart_by_name() {
    let world = World::new();
    for name in ["Jan", "An"] {
        world.ok(&["contact", "add", "--given", name, "--family", "Claes", "--email", "fam@example.be", "--duplicate"]);
    }
    let rows = google("An,Claes,Kapsalon An,,,,,fam@example.be,,,,\nZoe,Claes,Bakkerij,,,,,fam@example.be,,,,\n");
    let file = world.file("contacts.csv", rows);
    let report = world.ok(&["import", &file]);
    assert_eq!(outcomes(&report), [0, 2, 0, 0, 0, 0]);
    assert_eq!(conflicts(&report), ["3 given"], "nobody is called Zoe: the oldest of them, and it is said");
    for (organisation, name) in [("kapsalon", "An Claes"), ("bakkerij", "Jan Claes")] {
        let found = world.ok(&["contact", "list", "--query", organisation]);
        assert_eq!((found["total"].as_u64(), found["contacts"][0]["name"].as_str()), (Some(1), Some(name)));
    }
    let again = world.ok(&["import", &file]);
    assert_eq!((outcomes(&again), conflicts(&again)), ([0, 0, 2, 0, 0, 0], vec!["3 given".to_owned()]));
    let skipped = world.ok(&["import", &file, "--on-duplicate", "skip"]);
    assert_eq!((outcomes(&skipped), conflicts(&skipped)), ([0, 0, 0, 2, 0, 0], vec!["3 given".to_owned()]));
}

/// However they came to share an address or a number, a file that is known adds nobody and mixes nobody up.
#[test]
fn many_at_one_address_stay_who_they_are() {
    for columns in ["allen@example.be,,", ",,016203040"] {
        let world = World::new();
        let mut rows = String::new();
        for n in 0..300 {
            writeln!(rows, "An{n},Peeters,Groot{n},,,,,{columns},,").unwrap();
        }
        let file = world.file("all.csv", google(&rows));
        assert_eq!(outcomes(&world.ok(&["import", &file, "--on-duplicate", "create"])), [300, 0, 0, 0, 0, 0]);
        let again = world.ok(&["import", &file]);
        assert_eq!((outcomes(&again), conflicts(&again)), ([0, 0, 300, 0, 0, 0], vec![]));
    }
}

#[test]
fn what_an_import_skipped_is_not_its_own() {
    let world = World::new();
    let file = world.file("contacts.csv", google("An,,,,,,,an@example.be,,,,\nJan,,,,,,,jan@example.be,,,,\n"));
    let first = world.ok(&["import", &file])["import_id"].as_str().unwrap().to_owned();
    let skipping = world.ok(&["import", &file, "--on-duplicate", "skip"])["import_id"].as_str().unwrap().to_owned();
    let undone = world.ok(&["--yes", "import", "undo", &first]);
    assert_eq!(undone, json!({ "removed": 2, "restored": 0, "kept": [] }));
    let undone = world.ok(&["--yes", "import", "undo", &skipping]);
    assert_eq!(undone, json!({ "removed": 0, "restored": 0, "kept": [] }));
}

/// However many values are left out, each is listed, and so are the rows that did not come in.
#[test]
fn every_problem_of_a_large_file_is_listed() {
    let world = World::new();
    let mut rows = String::new();
    for n in 0..25_000 {
        writeln!(rows, "An{n},,,,,,,an{n}@example.be,,bellen,,").unwrap();
    }
    rows.push_str("x,,,,,,,no address,,,,\n");
    let report = world.ok(&["import", &world.file("large.csv", google(&rows)), "--dry-run"]);
    let problems = report["problems"].as_array().unwrap();
    assert_eq!((problems.len(), problems[0]["column"].as_str()), (25_002, Some("Phone 1 - Value")));
    assert_eq!(problems[25_001]["code"], "no_valid_address");
}
