//! A pile of signed forms: recorded for those for whom it can be, in one act, apart from any import.

use serde_json::{Value, json};

use crate::import::google;
use crate::world::World;

const FORM: [&str; 7] = ["consent", "batch", "--purpose", "newsletter", "--how", "letter", "--on"];

fn whys(answer: &Value) -> Value {
    answer["left"].as_array().unwrap().iter().map(|one| json!([one["why"], one["people"]])).collect()
}

/// A shop that imported An, Bea and Cas, of whom Bea said no since; and that import.
fn fair() -> (World, String) {
    let world = World::new();
    let text = world.file("text.md", "Mogen we u mailen?");
    let purpose =
        ["purpose", "add", "--key", "newsletter", "--title", "Nieuwsbrief", "--basis", "consent", "--marketing"];
    world.ok(&[&purpose[..], &["--channels", "email,post", "--wording-file", &text, "--language", "nl"]].concat());
    let rows = "An,,,,,klant,,an@example.be,,,,\nBea,,,,,klant,,bea@example.be,,,,\nCas,,,,,,,cas@example.be,,,,\n";
    let imported = world.ok(&["import", &world.file("people.csv", google(rows))]);
    let import = imported["import_id"].as_str().unwrap().to_owned();
    world.ok(&[
        "consent",
        "record",
        "bea@example.be",
        "--purpose",
        "newsletter",
        "--answer",
        "refused",
        "--how",
        "phone",
    ]);
    (world, import)
}

#[test]
fn a_pile_of_signed_forms_is_recorded_in_a_step_of_its_own() {
    let (world, import) = fair();
    let scan = world.file("scan.pdf", "%PDF");
    let day = ["2026-03-05", "--attach", &scan];
    let of_import = [&FORM[..], &day, &["--import", &import]].concat();
    let found = world.ok(&[&of_import[..], &["--dry-run"]].concat());
    assert_eq!((&found["recorded"], whys(&found)), (&json!(2), json!([["later_no", 1]])), "{found}");
    assert_eq!(found["later_version"], true, "the text was written today");
    assert_eq!(
        world.ok(&["contact", "show", "an@example.be"])["consents"],
        json!([]),
        "an import and a look record nothing"
    );
    let done = world.ok(&of_import);
    assert_eq!((&done["recorded"], whys(&done)), (&json!(2), json!([["later_no", 1]])));
    let may = |who: &'static str| ["may", who, "--purpose", "newsletter", "--channel", "email"];
    world.ok(&may("an@example.be"));
    assert_eq!(world.no(&may("bea@example.be"))["reasons"], json!(["refused"]));
    let last = world.ok(&["audit", "list"])["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["subject"] == done["batch"])
        .count();
    assert_eq!(last, 1, "one act for all of them");
    let batch = done["batch"].as_str().unwrap();
    let undone = world.ok(&["consent", "unbatch", batch, "--note", "Verkeerde stapel"]);
    assert_eq!((&undone["corrected"], &undone["kept"]), (&json!(2), &json!(0)));
    assert_eq!(world.no(&may("an@example.be"))["reasons"], json!(["not_asked"]));
    world.refused(&["consent", "unbatch", batch, "--note", "nog eens"], 6, "already_corrected");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_label_or_a_file_says_who_signed_too() {
    let (world, _) = fair();
    let day = ["2026-03-05"];
    // By label, and by a file whose rows say why not.
    world.refused(&[&FORM[..], &day, &["--label", "vriend"]].concat(), 5, "not_found");
    let by_label = world.ok(&[&FORM[..], &day, &["--label", "KLANT"]].concat());
    assert_eq!((&by_label["recorded"], whys(&by_label)), (&json!(1), json!([["later_no", 1]])));
    let named = world.file("signed.csv", "email\nan@example.be\nbea@example.be\ncas@example.be\nnobody@example.be\n");
    let by_file = world.ok(&[&FORM[..], &day, &["--from", &named]].concat());
    let rows: Vec<Value> =
        by_file["problems"].as_array().unwrap().iter().map(|row| json!([row["line"], row["code"]])).collect();
    assert_eq!(
        (&by_file["recorded"], json!(rows)),
        (&json!(1), json!([[2, "known"], [3, "later_no"], [5, "not_found"]]))
    );
    let said = world.words(&[&FORM[..], &day, &["--from", &named, "--dry-run"]].concat()).stdout;
    assert!(
        said.contains("Not for 1, said no on that day or later: Bea") && said.contains("nothing was recorded"),
        "{said}"
    );
    world.refused(&[&FORM[..], &["2026-03-05"]].concat(), 2, "usage");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// What the window does for many people at once, from a script: who may be asked how, letters, and a table of who may be reached.
#[test]
fn many_are_asked_and_listed_from_a_script() {
    let (world, import) = fair();
    let plan = world.ok(&["consent", "plan", "--purpose", "newsletter", "--by", "email,phone"]);
    let email = &plan["ways"][0];
    assert_eq!((&email["channel"], email["people"].as_array().map(Vec::len)), (&json!("email"), Some(2)), "{plan}");
    assert_eq!(plan["cannot"], json!([{ "reason": "refused", "people": 1 }]));
    assert_eq!(world.ok(&["consent", "plan", "--purpose", "newsletter", "--status", "refused"])["agreed"], 0);
    let to_ask = ["consent", "prepare", "--purpose", "newsletter", "--status", "not_asked", "--by", "email"];
    let prepared = world.ok(&to_ask);
    let asking = prepared["asking"].as_str().unwrap();
    assert_eq!(
        (&prepared["people"], world.ok(&["consent", "prepared"])["askings"][0]["asking"].as_str()),
        (&json!(2), Some(asking))
    );
    let letters = world.root().join("files/letters.csv").display().to_string();
    assert_eq!(world.ok(&["consent", "letters", asking, "--to", &letters])["people"], 2);
    assert!(std::fs::read_to_string(&letters).unwrap().contains("Mogen we u mailen?"));
    assert_eq!(world.ok(&["consent", "sent", asking])["asked"].as_array().unwrap().len(), 2);
    assert_eq!(world.ok(&["consent", "dashboard"])["purposes"][0]["counts"]["asked"], 2);
    let again = world.ok(&["consent", "prepare", "an@example.be", "--purpose", "newsletter", "--by", "email"]);
    world.ok(&["consent", "put-away", again["asking"].as_str().unwrap()]);
    assert_eq!(world.ok(&["consent", "prepared"])["askings"], json!([]));
    let list = world.root().join("files/list.csv").display().to_string();
    let export = ["consent", "export", "--purpose", "newsletter", "--channel", "email", "--to", &list];
    assert_eq!(world.run(&export).exit, 6, "nobody said yes, so nobody goes");
    let batch = world.ok(&[&FORM[..], &["2026-03-05", "--import", &import]].concat());
    let listed = world.ok(&["consent", "batches"]);
    assert_eq!((&listed["batches"][0]["batch"], &listed["batches"][0]["left"]), (&batch["batch"], &json!(2)));
    let saved = world.ok(&export);
    assert_eq!((&saved["people"], &saved["stays"]), (&json!(2), &json!([{ "reason": "refused", "people": 1 }])));
    let table = std::fs::read_to_string(&list).unwrap();
    assert!(table.contains("an@example.be") && !table.contains("bea@example.be"), "{table}");
    world.ok(&["consent", "unbatch", batch["batch"].as_str().unwrap(), "--note", "Verkeerde stapel"]);
    assert_eq!(world.ok(&["consent", "batches"])["batches"][0]["left"], 0);
    assert_eq!(world.run(&export).exit, 6);
    world.ok(&["audit", "verify"]);
}
