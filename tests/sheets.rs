//! Workbooks: the sheet that people see comes in, and what it shows is what is kept.

use serde_json::json;

use crate::import::outcomes;
use crate::world::World;

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_workbook_comes_in_whatever_it_is_called() {
    let world = World::new();
    let file = world.file("klanten.csv", std::fs::read(fixture("klanten.xlsx")).unwrap());
    let rejected = world.root().join("rejected.csv");
    let rejected = rejected.to_str().unwrap();
    let report = world.ok(&["import", &file, "--with", "Geboortedatum", "--rejected-to", rejected]);
    assert_eq!((&report["format"], &report["sheet"]), (&json!("xlsx"), &json!("Klanten")));
    assert_eq!(report["other_sheets"], json!(["Verborgen", "Leeg", "Blad4"]));
    assert_eq!(outcomes(&report), [3, 0, 0, 0, 0, 1], "{report}");
    let an = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(
        (&an["fields"]["birthday"], &an["fields"]["phones"][0]["e164"]),
        (&json!("1980-03-07"), &json!("+32475123456"))
    );
    assert_eq!(an["sources"][0]["row"], 3, "the row of the sheet: {an}");
    let jan = world.ok(&["contact", "show", "jan@example.be"]);
    assert_eq!(
        (&jan["fields"]["organisation"], &jan["fields"]["phones"][0]["e164"]),
        (&json!("Kapsalon An"), &json!("+32475987654"))
    );
    assert_eq!(outcomes(&world.ok(&["import", &file, "--format", "xlsx"])), [0, 0, 3, 0, 0, 1]);
    let mended = std::fs::read_to_string(rejected).unwrap().replace("geen adres", "bo@example.be");
    assert_eq!(outcomes(&world.ok(&["import", &world.file("mended.csv", mended)])), [1, 0, 0, 0, 0, 0]);
    let hidden = world.ok(&["import", &file, "--sheet", "Verborgen", "--dry-run", "--on-duplicate", "create"]);
    assert_eq!(hidden["sheet"], "Verborgen", "{hidden}");
    let refused = world.refused(&["import", &file, "--sheet", "Nergens"], 1, "unreadable");
    assert!(refused["message"].as_str().unwrap().contains("no sheet of that name"), "{refused}");
    let text = world.words(&["import", &file, "--dry-run"]).stdout;
    assert!(text.contains("from the sheet “Klanten”.\nNot read: “Verborgen”, “Leeg” and “Blad4”."), "{text}");
}

#[test]
fn other_workbooks_say_what_to_do() {
    let world = World::new();
    let xls = [b"\xd0\xcf\x11\xe0".as_slice(), &"Workbook".bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>()].concat();
    let ods = b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet".to_vec();
    for (name, bytes) in [("a.xls", xls), ("b.ods", ods)] {
        let refused = world.refused(&["import", &world.file(name, bytes)], 1, "unreadable");
        assert!(refused["hint"].as_str().unwrap().contains("save it as .xlsx or .csv"), "{refused}");
    }
    let broken = std::fs::read(fixture("klanten.xlsx")).unwrap();
    let broken = world.file("broken.xlsx", &broken[..broken.len() - 400]);
    let refused = world.refused(&["import", &broken], 1, "unreadable");
    assert!(refused["message"].as_str().unwrap().contains("is damaged"), "{refused}");
    world.refused(&["import", &fixture("klanten.xlsx"), "--format", "csv"], 1, "unreadable");
}
