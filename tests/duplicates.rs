//! Who is probably one, and who is two all the same; who must be told that their data is held.

use serde_json::json;

use crate::import::google;
use crate::world::World;

#[test]
fn pairs_are_merged_taken_back_or_said_to_be_two() {
    let world = World::new();
    let an =
        world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be", "--phone", "0475123456"]);
    let ann = world.contact(&[
        "--given",
        "An",
        "--family",
        "Peters",
        "--email",
        "ann@example.be",
        "--phone",
        "0475123456",
        "--duplicate",
    ]);
    world.contact(&["--given", "Jan", "--family", "Maes", "--email", "jan@example.be"]);
    let found = world.ok(&["contact", "duplicates"]);
    assert_eq!(
        (&found["total"], &found["pairs"][0]["one"]["id"], &found["pairs"][0]["other"]["id"]),
        (&json!(1), &json!(an), &json!(ann))
    );
    assert_eq!(
        (&found["pairs"][0]["same"], &found["pairs"][0]["differs"]),
        (&json!(["phone", "near_name"]), &json!([]))
    );
    let text = world.words(&["contact", "duplicates"]).stdout;
    assert!(text.contains("the same phone number, name but for a slip") && text.contains("1 of 1 pair"), "{text}");
    let merge = world.ok(&["contact", "merge", &an, &ann])["merge"].as_str().unwrap().to_owned();
    assert_eq!(world.ok(&["contact", "duplicates"])["total"], 0);
    world.ok(&["contact", "unmerge", &merge]);
    assert_eq!(world.ok(&["contact", "duplicates", "--limit", "1"])["total"], 1);
    world.ok(&["contact", "distinct", "an@example.be", &ann]);
    assert_eq!(world.ok(&["contact", "duplicates"])["total"], 0);
    assert!(world.words(&["contact", "timeline", &an]).stdout.contains("Somebody else than one who looks alike"));
    world.ok(&["contact", "alike", &ann, &an]);
    assert_eq!(world.ok(&["contact", "duplicates"])["total"], 1);
    assert!(world.words(&["contact", "timeline", &ann]).stdout.contains("Perhaps the same as one who looks alike"));
    world.refused(&["contact", "alike", &ann, &an], 5, "not_found");
    world.refused(&["contact", "distinct", &an, &an], 2, "invalid");
    world.refused(&["contact", "distinct", &an, "niemand@example.be"], 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn whoever_came_from_elsewhere_waits_to_be_told() {
    let world = World::new();
    let file =
        world.file("beurs.csv", google("An,Peeters,,,,,,an@example.be,,,,\n,,Garage Maes,,,,,info@maes.example,,,,\n"));
    world.ok(&["import", &file, "--origin", "other"]);
    let queue = world.ok(&["information-queue", "list"]);
    assert_eq!((&queue["total"], &queue["overdue"]), (&json!(1), &json!(0)), "an organisation is not told: {queue}");
    let an = &queue["people"][0];
    assert_eq!(
        (&an["name"], &an["origin"], &an["file"], &an["why"]),
        (&json!("An Peeters"), &json!("other"), &json!("beurs.csv"), &json!("one_month"))
    );
    let later = world.ok(&["information-queue", "list", "--on", "2099-01-01"]);
    assert_eq!(later["overdue"], 1, "{later}");
    assert_eq!(world.ok(&["information-queue", "list", "--on", "2020-01-01"])["total"], 0);
    world.refused(&["information-queue", "done", "niemand@example.be", "--how", "email"], 5, "not_found");
    world.refused(
        &["information-queue", "done", "an@example.be", "--how", "email", "--on", "2099-01-01"],
        6,
        "in_future",
    );
    let letters = world.root().join("mails.csv").display().to_string();
    let written = ["information-queue", "letters", "--by", "email", "--from", "de beurs in Gent", "--to"];
    let written = world.ok(&[&written[..], &[letters.as_str()]].concat());
    assert_eq!((&written["people"], &written["stays"]), (&json!(1), &json!([])), "{written}");
    let text = std::fs::read_to_string(&letters).unwrap();
    assert!(text.contains("Dag An Peeters,") && text.contains("vandaan komen: de beurs in Gent."), "{text}");
    let prepared = world.ok(&["information-queue", "list"])["people"][0]["notice"].clone();
    assert_eq!(prepared["channel"], "email", "{prepared}");
    assert!(world.words(&["contact", "timeline", "an@example.be"]).stdout.contains("Mail about this data prepared"));
    let nobody = ["information-queue", "letters", "--by", "letter", "--from", "x", "--to", letters.as_str()];
    world.refused(&nobody, 6, "not_allowed");
    assert_eq!(world.ok(&["information-queue", "done", "an@example.be", "--how", "knew"])["people"], 1);
    assert!(
        world.words(&["contact", "timeline", "an@example.be"]).stdout.contains("Knew already that their data is held")
    );
    assert_eq!(world.ok(&["information-queue", "list"])["total"], 0);
    assert_eq!(world.ok(&["contact", "show", "an@example.be"])["fields"]["given"], "An");
}
