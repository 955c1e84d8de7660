//! Address books of phones and workbooks come in by the same wizard: dropped or chosen, looked at, and then as they were seen.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::json;

use crate::imports::{brings, imports};
use crate::window::Window;
use crate::world::{Keychain, World};

/// A picture of a few dots, as a phone puts it into a card.
const DOTS: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Five cards: a picture, a birthday and a note in the first, nobody at all in the last.
fn cards() -> String {
    let people = [
        ("Peeters", "Annelies", "annelies@post.example", "0470 11 22 33"),
        ("Van den Broeck-Vanhaverbeke", "Marie-Christine", "mc@post.example", "+32 9 222 33 44"),
        ("Claes", "Bart", "bart@post.example", "0470 11 22 44"),
        ("", "", "geen adres", ""),
    ];
    let mut text = String::new();
    for (n, (family, given, email, phone)) in people.into_iter().enumerate() {
        let _ = write!(text, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n");
        let _ = write!(text, "EMAIL;TYPE=HOME:{email}\r\nTEL;TYPE=CELL:{phone}\r\n");
        if n == 0 {
            let _ = write!(text, "ORG:Kapsalon An\r\nADR;TYPE=HOME:;;Kerkstraat 1;Gent;;9000;België\r\n");
            let _ = write!(text, "BDAY:1984-06-14\r\nNOTE:Komt altijd te laat\r\nPHOTO;ENCODING=b;TYPE=PNG:{DOTS}\r\n");
        }
        text.push_str("END:VCARD\r\n");
    }
    text
}

fn workbook(world: &World) -> PathBuf {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/import/klanten.xlsx");
    world.file("klanten.xlsx", std::fs::read(path).unwrap())
}

/// The numbers of the last import, as the command line tells them.
fn last(world: &World) -> serde_json::Value {
    let one = &world.runs(&["import", "list"])["imports"][0];
    json!([one["rows"], one["added"], one["merged"], one["unchanged"], one["skipped"], one["rejected"]])
}

#[track_caller]
fn at_the_file(window: &Window<'_>) {
    window.goes("Contacten");
    window.press_first("Invoeren");
    window.shows("import");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_address_book_of_a_phone_is_dropped_and_its_pictures_stay_away() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.runs(&["contact", "add", "--given", "Bart", "--family", "Claes", "--email", "bart@post.example"]);
    let window = world.open();
    window.unlocks();
    at_the_file(&window);
    window.reads("Een csv-bestand, een vCard (.vcf) of een Excel-bestand (.xlsx).");
    window.reads("Exporteer vCard");
    window.examine("import-file-kinds");
    window.drop_file(&["file"], "Kies een bestand met contacten", &world.file("telefoon.vcf", cards()));
    window.reads("Kaarten");
    window.reads("Een gezicht heb je zelden nodig.");
    window.reads("Marie-Christine Van den Broeck-Vanhaverbeke");
    window.reads("vult iemand aan");
    window.reads("Adres, straat");
    assert!(!window.text().contains("BDAY") && !window.text().contains("PHOTO"), "{}", window.text());
    window.examine("import-cards");
    imports(&window, "3");
    window.reads("Samen 4, zoveel als er rijen zijn.");
    window.examine("import-cards-done");
    assert_eq!(last(&world), json!([4, 2, 1, 0, 0, 1]));
    let an = world.runs(&["contact", "show", "annelies@post.example"]);
    assert!(an["fields"].get("birthday").is_none() && !an.to_string().contains(DOTS.split_at(20).0), "{an}");
    assert_eq!(an["consents"], json!([]));
    // Ticked, a birthday comes in to whoever is there by now.
    window.press("Nog een bestand invoeren");
    window.give("Kies een bestand met contacten", &world.file("nog eens.vcf", cards()));
    window.reads("Kaarten");
    window.choose("Verjaardag");
    window.settles();
    window.press("Verder naar dubbels");
    window.choose("Van de mensen zelf");
    window.press("rijen invoeren");
    window.reads("Dit is er gebeurd.");
    assert_eq!(last(&world), json!([4, 0, 1, 2, 0, 1]));
    assert_eq!(world.runs(&["contact", "show", "annelies@post.example"])["fields"]["birthday"], "1984-06-14");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn of_a_workbook_one_sheet_comes_in_and_it_is_said_which() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    brings(&window, &workbook(&world));
    window.holds("Blad", "Klanten");
    window.reads("Kerkstraat 1, 3000 Leuven");
    window.reads("Telt niet als toestemming. Wordt een notitie bij de herkomst.");
    window.examine("import-workbook");
    window.select("Blad", "Verborgen");
    window.reads("Niemand");
    window.holds("Blad", "Verborgen");
    window.select("Blad", "Klanten");
    window.reads("Kerkstraat 1");
    imports(&window, "3");
    window.reads("Samen 4, zoveel als er rijen zijn.");
    window.examine("import-workbook-done");
    assert_eq!(last(&world), json!([4, 3, 0, 0, 0, 1]));
    window.press("Rijen die niet binnenkwamen bewaren");
    window.reads("1 rij bewaard:");
    let saved = std::fs::read_to_string(world.found(".csv").first().unwrap()).unwrap();
    assert!(saved.contains("D’Hondt") && !saved.contains("Peeters"), "{saved}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn taking_an_import_back_tells_how_far_it_is_and_can_be_stopped() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let mut text = "Voornaam;Achternaam;E-mail\n".to_owned();
    for n in 0..20_000 {
        writeln!(text, "Klant{n};Peeters;klant{n}@post.example").unwrap();
    }
    let file = world.file("veel.csv", text);
    world.runs(&["import", file.to_str().unwrap()]);
    let window = world.open();
    window.unlocks();
    at_the_file(&window);
    window.press("Invoer van veel.csv ongedaan maken");
    window.reads("Deze invoer ongedaan maken?");
    window.press("Invoer ongedaan maken");
    window.reads("van 20.000 mensen");
    window.press("Stoppen");
    window.reads("Gestopt. De invoer staat er nog helemaal.");
    window.press("Invoer behouden");
    window.closes_dialogs();
    assert_eq!(world.runs(&["contact", "list", "--limit", "1"])["total"], 20_000);
    assert_eq!(world.runs(&["import", "list"])["imports"][0]["undone"], false);
    window.press("Invoer van veel.csv ongedaan maken");
    window.press("Invoer ongedaan maken");
    window.reads("De invoer is ongedaan gemaakt.");
    window.press_first("Sluiten");
    assert_eq!(world.runs(&["contact", "list", "--limit", "1"])["total"], 0);
}
