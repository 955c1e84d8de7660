//! vCards: address books of phones and programs come in, whatever their version, and our own come back.

use serde_json::json;

use crate::import::{outcomes, state};
use crate::world::World;

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_address_book_comes_in_and_tells_what_it_left_out() {
    let world = World::new();
    let report = world.ok(&["import", &fixture("nextcloud_cards_4_0.vcf")]);
    assert_eq!(outcomes(&report), [1, 0, 0, 0, 0, 0]);
    assert_eq!(
        (&report["format"], &report["encoding"], &report["delimiter"]),
        (&json!("vcard"), &json!("UTF-8"), &json!(""))
    );
    let left_out = report["left_out"].as_array().unwrap();
    for name in ["BDAY", "NOTE", "PHOTO", "GENDER", "RELATED"] {
        assert!(left_out.contains(&json!(name)), "{name}: {report}");
    }
    let shown = world.ok(&["contact", "show", "jan@praktijk.example"]);
    assert_eq!(shown["fields"]["family"], "Van den Berg");
    assert_eq!(shown["fields"]["language"], "nl-BE");
    assert!(shown["fields"].get("birthday").is_none() && shown["fields"].get("notes").is_none(), "{shown}");
    assert_eq!(shown["fields"]["emails"][0]["label"], "Work", "the preferred one comes first: {shown}");
    assert_eq!((&shown["sources"][0]["kind"], &shown["sources"][0]["row"]), (&json!("indirect"), &json!(1)));
    assert_eq!(shown["consents"], json!([]), "a card creates no consent");
    let again = world.ok(&["import", &fixture("nextcloud_cards_4_0.vcf"), "--format", "vcard"]);
    assert_eq!(outcomes(&again), [0, 0, 1, 0, 0, 0]);
    let ticked = world.ok(&["import", &fixture("nextcloud_cards_4_0.vcf"), "--with", "birthday,notes"]);
    assert_eq!(outcomes(&ticked), [0, 1, 0, 0, 0, 0]);
    assert_eq!(world.ok(&["contact", "show", "jan@praktijk.example"])["fields"]["birthday"], "--03-07");
    let text = world.words(&["import", &fixture("apple_cards_3_0.vcf"), "--dry-run"]).stdout;
    assert!(
        text.starts_with("3 rows, read as a vCard file (UTF-8).\n") && !text.contains("between the cells"),
        "{text}"
    );
}

#[test]
fn cards_of_all_versions_stand_in_one_file() {
    let world = World::new();
    let mut all = Vec::new();
    for name in ["google_cards.vcf", "outlook_cards_2_1.vcf", "android_cards_2_1.vcf", "apple_cards_3_0.vcf"] {
        all.extend(std::fs::read(fixture(name)).unwrap());
    }
    let report = world.ok(&["import", &world.file("all.vcf", all)]);
    assert_eq!(outcomes(&report), [6, 0, 0, 1, 0, 2], "{report}");
    assert_eq!(state(&world).0, 6);
    assert_eq!(world.ok(&["contact", "show", "rene@drukkerij.example"])["fields"]["family"], "Müller");
    assert_eq!(world.ok(&["contact", "show", "ayse@example.be"])["fields"]["given"], "Ayşe");
}

#[test]
fn what_an_export_gives_comes_back_unchanged() {
    let world = World::new();
    let id = world.contact(&[
        "--given",
        "An, Marie",
        "--family",
        "Peeters; Jans",
        "--email",
        "an@example.be",
        "--phone",
        "0475 12 34 56",
        "--set",
        "birthday=--02-29",
        "--set",
        "notes=een, twee;\ndrie \\ vier",
        "--set",
        "labels+=klant, vast",
        "--set",
        "website=www.an.example",
        "--set",
        "address.street=Kerkstraat 1",
        "--set",
        "address.city=Gent",
    ]);
    world.ok(&["field", "add", "shoe", "--title", "Schoenmaat; links", "--type", "text", "--sensitivity", "high"]);
    world.ok(&["contact", "set", &id, "shoe=41"]);
    let zip = world.root().join("an.zip");
    world.ok(&["export", "contact", &id, "--for", "portability", "--to", zip.to_str().unwrap()]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&zip).unwrap()).unwrap();
    let mut card = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("contact.vcf").unwrap(), &mut card).unwrap();
    let file = world.file("contact.vcf", card);
    let here = world.ok(&["import", &file, "--with", "all"]);
    assert_eq!((outcomes(&here), &here["conflicts"]), ([0, 0, 1, 0, 0, 0], &json!([])), "{here}");
    let elsewhere = World::new();
    elsewhere.ok(&["import", &file, "--with", "all"]);
    let (mut ours, mut theirs) =
        (world.ok(&["contact", "show", &id]), elsewhere.ok(&["contact", "show", "an@example.be"]));
    for field in ["prefix", "given", "family", "birthday", "notes", "labels"] {
        assert_eq!(ours["fields"][field].take(), theirs["fields"][field].take(), "{field}");
    }
    assert_eq!(theirs["fields"]["phones"][0]["e164"], "+32475123456");
}

#[test]
fn hostile_cards_leave_the_others_alone() {
    let world = World::new();
    let cards = format!(
        "BEGIN:VCARD\r\nFN:Geen einde\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:An\r\nEMAIL:an@example.be\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nFN:Te lang\r\nNOTE:{}\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Els\r\nPHOTO;ENCODING=b:{0}\r\nTEL:0475123456\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:=ZZ=;x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Afgebroken",
        "a".repeat(10 << 20)
    );
    let file = world.file("hostile.vcf", cards);
    let rejected = world.root().join("rejected.csv");
    let report = world.ok(&["import", &file, "--rejected-to", rejected.to_str().unwrap()]);
    assert_eq!(outcomes(&report), [3, 0, 0, 0, 0, 3], "{}", report["problems"]);
    let codes: Vec<_> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["line"].as_u64().unwrap(), p["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        codes,
        [(1, "unfinished_card"), (8, "cell_too_large"), (12, "unreadable_part"), (21, "unfinished_card")]
    );
    let text = world.words(&["import", &file, "--dry-run"]).stdout;
    assert!(text.contains("2 cards rejected, for they have no end: lines 1 and 21"), "{text}");
    world.refused(&["import", &world.file("nul.vcf", "BEGIN:VCARD\nFN:a\0b\nEND:VCARD\n")], 1, "unreadable");
    world.refused(&["import", &file, "--map", &world.file("map.toml", "[columns]\n\"FN\" = \"name\"\n")], 2, "invalid");
}

#[test]
fn rejected_cards_are_mended_in_a_spreadsheet() {
    let world = World::new();
    let file = world.file(
        "cards.vcf",
        "BEGIN:VCARD\nN:Peeters;An;;;\nFN:An Peeters\nEMAIL;TYPE=work:geen adres\nTEL:x\nADR;TYPE=home:;;Kerkstraat 1;Gent;;9000;\nEND:VCARD\n",
    );
    let rejected = world.root().join("rejected.csv");
    let rejected = rejected.to_str().unwrap();
    assert_eq!(outcomes(&world.ok(&["import", &file, "--rejected-to", rejected])), [0, 0, 0, 0, 0, 1]);
    let mended = std::fs::read_to_string(rejected)
        .unwrap()
        .replace("geen adres", "an@example.be")
        .replace(",x,", ",0475123456,");
    let report = world.ok(&["import", &world.file("mended.csv", mended)]);
    assert_eq!(outcomes(&report), [1, 0, 0, 0, 0, 0], "{report}");
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(
        (&shown["fields"]["family"], &shown["fields"]["emails"][0]["label"]),
        (&json!("Peeters"), &json!("Work"))
    );
    assert_eq!(shown["fields"]["addresses"][0]["postal_code"], "9000");
}
