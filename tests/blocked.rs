//! Whoever was erased does not come in again unasked, and whoever may go is named.

use serde_json::json;

use crate::connection::shop;
use crate::erasure::plain;
use crate::import::{google, outcomes};
use crate::world::World;

#[test]
fn whoever_was_erased_does_not_come_in_again_by_any_way() {
    let world = World::new();
    world.contact(&["--given", "Bo", "--email", "bo@example.be", "--phone", "09 222 11 00"]);
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be", "--phone", "0475/12 34 56"]);
    world.ok(&["contact", "set", "an@example.be", "phone+=09/222 11 00", "birthday=1980-03-07"]);
    let erasure = world.ok(&["erase", "an@example.be", "--reason", "verhuisd", "--yes"])["erasure"].take();
    for mail in ["an@example.be", " AN@Example.BE", "mailto:an@example.be"] {
        assert_eq!(world.refused(&["contact", "add", "--email", mail], 6, "blocked")["code"], "blocked");
        assert_eq!(world.no(&["blocked", "check", "--email", mail])["entries"][0]["erasure"], erasure);
    }
    for phone in ["0475 12 34 56", "+32475123456", "0032 (0)475/12.34.56", "475 123 456"] {
        if phone != "475 123 456" {
            world.refused(&["contact", "add", "--given", "X", "--phone", phone, "--duplicate"], 6, "blocked");
            world.no(&["blocked", "check", "--phone", phone]);
        }
    }
    // Bo has this one too, so it is nobody's alone.
    world.ok(&["blocked", "check", "--phone", "092221100"]);
    world.refused(&["contact", "set", "bo@example.be", "email+=an@example.be"], 6, "blocked");
    assert_eq!(world.ok(&["contact", "show", "bo@example.be"])["fields"]["emails"].as_array().unwrap().len(), 1);

    let rejected = world.root().join("files/rejected.csv");
    let csv = world.file(
        "more.csv",
        google("An,P,,,,,Work,an@example.be,,,,\nCas,,,,,,,cas@example.be,Mobile,0475123456,,\nDirk,,,,,,,dirk@example.be,,,,\n"),
    );
    let report = world.ok(&["import", &csv, "--rejected-to", rejected.to_str().unwrap()]);
    assert_eq!(outcomes(&report), [1, 0, 0, 0, 2, 0], "{report}");
    let out = std::fs::read_to_string(&rejected).unwrap();
    assert!(out.contains("an@example.be") && out.contains("Cas") && !out.contains("Dirk"), "{out}");
    let conn = world.raw();
    let noted: Vec<(i64, String)> = conn
        .prepare("SELECT line, code FROM import_row WHERE outcome = 'blocked' ORDER BY line")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(noted, [(2, "email".to_owned()), (3, "phone".to_owned())]);
    drop(conn);
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anneke\r\nTEL;VALUE=uri:tel:+32-475-12-34-56\r\nEND:VCARD\r\n";
    assert_eq!(outcomes(&world.ok(&["import", &world.file("a.vcf", card)])), [0, 0, 0, 0, 1, 0]);
    let book = format!("{}/../../tests/fixtures/import/klanten.xlsx", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(outcomes(&world.ok(&["import", &book, "--dry-run"])), [2, 0, 0, 0, 1, 1]);
    let namesake =
        world.ok(&["contact", "add", "--given", "AN", "--family", "peeters", "--set", "birthday=1980-03-07"]);
    assert_eq!(namesake["warnings"], json!(["resembles_erased"]));

    let acts = world.ok(&["audit", "list"])["entries"].take();
    let refused = acts.as_array().unwrap().iter().filter(|entry| entry["act"] == "reentry_refused").count();
    assert_eq!(refused, 7, "each that was typed is on the log");
    assert!(!plain(&world).contains("an@example.be"));
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

#[test]
fn whoever_comes_back_by_their_own_wish_is_let_in_with_a_reason() {
    let world = World::new();
    world.contact(&[
        "--given",
        "An",
        "--family",
        "Peeters",
        "--email",
        "an@example.be",
        "--set",
        "birthday=1980-03-07",
    ]);
    world.ok(&["erase", "an@example.be", "--reason", "verhuisd", "--yes"]);
    assert_eq!(world.ok(&["blocked", "list"])["total"], 2);
    let listed = world.words(&["blocked", "list"]).stdout;
    assert!(listed.contains("E-mail address") && listed.contains("Name and birthday"), "{listed}");
    world.refused(&["blocked", "allow", "--email", "an@example.be", "--reason", " "], 2, "invalid");
    world.refused(&["blocked", "allow", "--email", "bo@example.be", "--reason", "x"], 5, "not_found");
    world.refused(&["blocked", "allow", "--reason", "x"], 2, "usage");
    world.ok(&["blocked", "allow", "--email", "An@example.be", "--reason", "stond aan de toog"]);
    assert_eq!(world.ok(&["blocked", "list"]), json!({ "total": 0, "blocked": [] }));
    let back = ["contact", "add", "--given", "An", "--family", "Peeters", "--set", "birthday=1980-03-07", "--email"];
    assert_eq!(world.ok(&[&back[..], &["an@example.be"]].concat())["warnings"], json!([]));
    world.no(&["may", "an@example.be", "--purpose", "rights", "--channel", "phone"]);
    world.ok(&["may", "an@example.be", "--purpose", "rights", "--channel", "email"]);
    let acts = world.ok(&["audit", "list"])["entries"].take();
    assert!(acts.as_array().unwrap().iter().any(|entry| entry["act"] == "unblocked"));
    // And may be erased once more.
    world.ok(&["erase", "an@example.be", "--reason", "toch", "--yes"]);
    world.refused(&["contact", "add", "--email", "an@example.be"], 6, "blocked");
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

#[test]
fn who_may_go_is_listed_with_its_day_and_reason_and_destroyed_by_hand() {
    let world = shop();
    let no =
        ["consent", "record", "cas@example.be", "--purpose", "newsletter", "--answer", "refused", "--how", "phone"];
    world.contact(&["--given", "Cas", "--email", "cas@example.be"]);
    world.ok(&[&no[..], &["--on", "2026-03-05"]].concat());
    let list = world.ok(&["retention", "list", "--on", "2026-03-05"]);
    assert_eq!((&list["total"], &list["contacts"][0]["name"]), (&json!(1), &json!("Cas")));
    assert_eq!((&list["contacts"][0]["on"], &list["contacts"][0]["why"]), (&json!("2026-03-05"), &json!("refused")));
    assert_eq!(world.ok(&["contact", "show", "cas@example.be"])["retention"]["ends"], "2026-03-05");
    assert_eq!(world.ok(&["retention", "list", "--on", "2026-03-04"])["total"], 0);
    world.refused(&["retention", "destroy", "cas@example.be"], 6, "not_confirmed");
    let gone = world.ok(&["retention", "destroy", "cas@example.be", "--yes"]);
    assert_eq!(gone["certificates"][0]["ground"], "retention");
    assert_eq!(world.ok(&["retention", "list"])["total"], 0);
    world.refused(&["contact", "add", "--email", "cas@example.be"], 6, "blocked");
    let words = world.words(&["retention", "list"]).stdout;
    assert!(words.contains("Nobody may go"), "{words}");
}
