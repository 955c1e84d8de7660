//! Taking an import back: what goes, what stays and why.

use crate::import::{google, state};
use crate::world::World;

#[test]
fn an_import_is_taken_back_as_a_whole() {
    let world = World::new();
    world.ok(&["contact", "add", "--given", "An", "--email", "an@example.be"]);
    world.ok(&["contact", "add", "--given", "Bea", "--email", "bea@example.be"]);
    let before = world.ok(&["contact", "show", "an@example.be"]);
    let file = world.file(
        "contacts.csv",
        google("An,Peeters,,,,klant,,an@example.be,,0475123456,,\nBea,Maes,,,,,,bea@example.be,,,,\nJan,,,,,,,jan@example.be,,,,\nPiet,,,,,,,piet@example.be,,,,\n"),
    );
    let import = world.ok(&["import", &file])["import_id"].as_str().unwrap().to_owned();
    world.ok(&["contact", "set", "piet@example.be", "family=Claes"]);
    world.ok(&["contact", "set", "bea@example.be", "nickname=B"]);
    assert_eq!(world.run(&["import", "undo", &import]).exit, 6, "cannot be taken back by accident");
    let undone = world.ok(&["import", "undo", &import, "--yes"]);
    assert_eq!((undone["removed"].as_u64(), undone["restored"].as_u64()), (Some(1), Some(1)), "{undone}");
    let piet = world.ok(&["contact", "show", "piet@example.be"])["id"].clone();
    let bea = world.ok(&["contact", "show", "bea@example.be"])["id"].clone();
    let kept: Vec<_> = undone["kept"].as_array().unwrap().iter().map(|kept| kept["contact"].clone()).collect();
    assert!(kept.len() == 2 && kept.contains(&piet) && kept.contains(&bea), "{undone}");
    assert_eq!(world.ok(&["contact", "show", "an@example.be"]), before);
    assert_eq!(world.run(&["contact", "show", "jan@example.be"]).exit, 5);
    assert_eq!(world.ok(&["contact", "list", "--query", "0475123456"])["total"], 0);
    assert_eq!(world.ok(&["contact", "list", "--query", "peeters"])["total"], 0);
    state(&world);
    assert_eq!(world.run(&["import", "undo", &import, "--yes"]).exit, 6);
    assert_eq!(world.ok(&["import", "list"])["imports"][0]["undone"], true);
    assert_eq!(world.run(&["import", "undo", "0198f0c2-0000-7000-8000-000000000000", "--yes"]).exit, 5);
}

#[test]
fn an_import_does_not_take_away_what_a_later_one_brought_too() {
    let world = World::new();
    let first = world.file("first.csv", google("An,,,,,,,an@example.be,,,,\nPol,,,,,,,pol@example.be,,,Fiets,rood\n"));
    let second = world.file("second.csv", google("An,,,,,,,an@example.be,,,,\n"));
    let one = world.ok(&["import", &first, "--with", "all"])["import_id"].as_str().unwrap().to_owned();
    let two = world.ok(&["import", &second])["import_id"].as_str().unwrap().to_owned();
    assert!(world.ok(&["field", "list"]).to_string().contains("Fiets"));
    let undone = world.ok(&["import", "undo", &one, "--yes"]);
    assert_eq!((undone["removed"].as_u64(), undone["kept"][0]["why"].as_str()), (Some(1), Some("also_in_import")));
    assert!(!world.ok(&["field", "list"]).to_string().contains("Fiets"));
    assert_eq!(world.ok(&["contact", "show", "an@example.be"])["sources"][0]["file"], "second.csv");
    assert_eq!(world.ok(&["import", "undo", &two, "--yes"])["removed"], 1);
    assert_eq!(state(&world).0, 0);
    let left: i64 = world
        .raw()
        .query_row("SELECT count(*) FROM audit_fact WHERE facts LIKE '%example%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
}
