//! Contacts come in from a file: looked at first, then all at once or not at all, and taken back as a whole.

use std::fmt::Write;
use std::path::Path;

use crate::window::Window;
use crate::world::{Keychain, World};

/// Enough rows that somebody can stop in the middle.
const MANY: usize = 120_000;

/// A file whose rows are not all in order: a bad number, an address that is none, nobody at all.
const FAULTY: &str = "Voornaam;Achternaam;E-mail;Telefoon;Geboortedatum\n\
    Annelies;Peeters;annelies@post.example;0470 11 22 33;1984-06-14\n\
    Bart;Claes;bart@;0470 11 22 44;\n\
    Carine;Maes;carine@;bel mij;\n\
    Dirk;Mertens;dirk@post.example;1;\n";

/// Goes to the wizard and gives it a file.
#[track_caller]
pub(crate) fn brings(window: &Window<'_>, file: &Path) {
    window.goes("Contacten");
    window.shows("contacts");
    window.press_first("Invoeren");
    window.shows("import");
    window.give("Kies een bestand met contacten", file);
    window.reads("Herkend als");
}

/// From the preview to the result.
#[track_caller]
pub(crate) fn imports(window: &Window<'_>, rows: &str) {
    window.press("Verder naar dubbels");
    window.reads("Hoe kwam je aan deze gegevens?");
    window.choose("Van de mensen zelf");
    window.press(&format!("{rows} rijen invoeren"));
    window.reads("Dit is er gebeurd.");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_google_file_is_looked_at_imported_and_taken_back() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    window.goes("Contacten");
    window.reads("Nog geen contacten");
    window.examine("contacts-empty");
    window.press("Contacten invoeren");
    window.shows("import");
    window.examine("import-file");
    window.give("Kies een bestand met contacten", &world.sample("google.csv"));
    window.holds("Herkend als", "Google Contacten");
    window.reads("Marieke");
    window.examine("import-check");
    window.press("Verder naar dubbels");
    window.press("rijen invoeren");
    window.reads("Kies waar de gegevens vandaan komen.");
    window.examine("import-duplicates");
    window.choose("Van de mensen zelf");
    window.press("rijen invoeren");
    window.reads("Dit is er gebeurd.");
    window.reads("Samen 12, zoveel als er rijen zijn.");
    window.examine("import-done");
    window.press("Invoer ongedaan maken");
    window.reads("Deze invoer ongedaan maken?");
    window.press("Invoer ongedaan maken");
    window.reads("De invoer is ongedaan gemaakt.");
    window.press_first("Sluiten");
    window.goes("Contacten");
    window.reads("Nog geen contacten");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn rows_that_are_wrong_are_shown_and_saved_to_be_mended() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    brings(&window, &world.file("klanten.csv", FAULTY));
    window.reads("Gevoelig. Enkel als je ze echt nodig hebt.");
    window.holds("Herkend als", "Gewoon csv-bestand, Nederlands");
    window.reads("vragen aandacht");
    imports(&window, "3");
    window.reads("Geen enkel adres of nummer klopt. De rij kwam niet binnen.");
    window.examine("import-problems");
    window.press("Rijen die niet binnenkwamen bewaren");
    window.reads("1 rij bewaard:");
    let saved = world.found(".csv");
    let text = std::fs::read_to_string(saved.first().unwrap()).unwrap();
    assert!(text.contains("Carine;Maes;carine@;bel mij"), "{text}");
    assert!(!text.contains("Annelies"), "{text}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_file_is_read_as_the_owner_says_that_it_was_written() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    // One letter is another in windows-1250, and nothing in the file tells.
    let text = [&b"Voornaam;Achternaam;E-mail\nJozef;Kr"[..], &[0xE1, 0xBE], b";jozef@post.example\n"].concat();
    brings(&window, &world.file("klanten.csv", text));
    window.reads("Jozef Krá¾");
    window.select("Tekens", "windows-1250");
    window.reads("Jozef Kráľ");
    window.select("Scheidingsteken", "komma");
    window.reads_no_more("Jozef Kráľ");
    window.examine("import-read-otherwise");
    window.select("Scheidingsteken", "puntkomma");
    window.reads("Jozef Kráľ");
    window.press("Verder naar dubbels");
    window.choose("Van de mensen zelf");
    window.press("1 rij invoeren");
    window.reads("Dit is er gebeurd.");
    drop(window);
    assert_eq!(world.runs(&["contact", "show", "jozef@post.example"])["name"], "Jozef Kráľ");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_large_import_that_is_stopped_leaves_nothing() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let mut text = "Voornaam;Achternaam;E-mail\n".to_owned();
    for n in 0..MANY {
        writeln!(text, "Klant{n};Peeters;klant{n}@post.example").unwrap();
    }
    let window = world.open();
    window.unlocks();
    brings(&window, &world.file("veel.csv", text));
    window.reads("120.000 in orde");
    window.press("Verder naar dubbels");
    window.choose("Van de mensen zelf");
    window.press("120.000 rijen invoeren");
    window.reads("van 120.000 rijen");
    window.goes("Verzoeken");
    window.shows("requests");
    window.goes("Contacten");
    window.press_first("Invoeren");
    window.shows("import");
    window.press("Stoppen");
    window.reads("Gestopt. Er is niets ingevoerd.");
    drop(window);
    assert_eq!(world.runs(&["contact", "list"])["total"], 0);
}
