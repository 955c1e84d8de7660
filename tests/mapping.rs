//! Mappings that are kept: named once, used for every file that comes after.

use serde_json::json;

use crate::import::outcomes;
use crate::world::World;

const MAP: &str = "language = \"nl\"\n\n[columns]\n\"Wie\" = \"name\"\n\"Bereik\" = \"email\"\n\"Maat\" = { field = \"own.new\", label = \"Schoenmaat\" }\n\"Nieuwsbrief\" = \"labels\"\n";
const FILE: &str = "Wie,Bereik,Maat,Nieuwsbrief,Rommel\n\"Peeters, An\",an@example.be,41,ja,x\n";

#[test]
fn a_mapping_is_kept_under_a_name_and_used_by_it() {
    let world = World::new();
    let (map, file) = (world.file("kassa.toml", MAP), world.file("klanten.csv", FILE));
    world.refused(&["import", &file], 1, "unreadable");
    world.refused(&["import", &file, "--mapping", "Kassa"], 5, "not_found");
    let id = world.ok(&["import", "mapping", "add", "Kassa", "--map", &map, "--like", &file])["mapping"].clone();
    let report = world.ok(&["import", &file, "--mapping", "kassa"]);
    assert_eq!((outcomes(&report), &report["left_out"]), ([1, 0, 0, 0, 0, 0], &json!(["Rommel"])));
    let an = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!((&an["fields"]["family"], &an["fields"]["schoenmaat"]), (&json!("Peeters"), &json!("41")), "{an}");
    assert_eq!((&an["consents"], &an["sources"][0]["text"]), (&json!([]), &json!("Nieuwsbrief: ja")), "{an}");
    // Without its name the command line takes none.
    world.refused(&["import", &file, "--dry-run"], 1, "unreadable");
    let all = world.ok(&["import", "mapping", "list"]);
    assert_eq!(all["mappings"][0]["mapping"], id);
    assert_eq!((&all["mappings"][0]["columns"], &all["mappings"][0]["by_itself"]), (&json!(4), &json!(true)), "{all}");
    // What is shown is a file for --map.
    let shown = world.ok(&["import", "mapping", "show", "Kassa"])["document"].as_str().unwrap().to_owned();
    let again = world.ok(&["import", &file, "--map", &world.file("shown.toml", shown)]);
    assert_eq!(outcomes(&again), [0, 0, 1, 0, 0, 0]);
    world.ok(&["import", "mapping", "add", "Webwinkel", "--map", &map]);
    world.refused(&["import", "mapping", "rename", "Kassa", "WEBWINKEL"], 6, "taken");
    world.ok(&["import", "mapping", "rename", "Kassa", "Kassa Gent"]);
    world.ok(&["import", "mapping", "remove", "Webwinkel"]);
    let text = world.words(&["import", "mapping", "list"]).stdout;
    assert!(
        text.contains("Kassa Gent  (4 columns, taken by itself in the window)") && !text.contains("Webwinkel"),
        "{text}"
    );
    world.refused(&["import", "mapping", "show", "Webwinkel"], 5, "not_found");
    world.refused(&["import", "mapping", "add", " ", "--map", &map], 2, "invalid");
    world.refused(&["import", &file, "--mapping", "Kassa Gent", "--map", &map], 2, "usage");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_mapping_over_what_is_recognised_changes_what_it_names_alone() {
    let world = World::new();
    let map = world
        .file("map.toml", "others = \"recognise\"\n[columns]\n\"Bijnaam\" = \"nickname\"\n\"Telefoon\" = \"ignore\"\n");
    let file = world.file("klanten.csv", "Voornaam,E-mail,Telefoon,Bijnaam\nAn,an@example.be,0475123456,Annie\n");
    let report = world.ok(&["import", &file, "--map", &map]);
    assert_eq!((outcomes(&report), &report["left_out"]), ([1, 0, 0, 0, 0, 0], &json!(["Telefoon"])));
    let an = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!((&an["fields"]["nickname"], &an["fields"]["phones"]), (&json!("Annie"), &json!([])), "{an}");
}
