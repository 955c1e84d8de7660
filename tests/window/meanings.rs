//! What the columns of a file are: said once, kept, and taken when such a file comes again.

use serde_json::json;

use crate::imports::{brings, imports};
use crate::world::{Keychain, World};

/// A till whose columns say nothing by their names.
const TILL: &str = "Wie;Waar;Bel;Wijk;Schoenmaat;Nieuwsbrief;Rommel;Leeg\n\
    \"Peeters, Annelies\";annelies@post.example;0470 11 22 33;Gent;41;ja;x;\n\
    \"Van den Broeck-Vanhaverbeke, Marie-Christine\";mc@post.example;+32 9 222 33 44;Sint-Amandsberg;39;nee;y;\n\
    \"Claes, Bart\";bart@post.example;0470 11 22 44;Gent;44;ja;z;\n";

/// What somebody says that its columns are.
const SAID: [(&str, &str); 5] = [
    ("Wie", "Hele naam"),
    ("Waar", "E-mail"),
    ("Bel", "Telefoon"),
    ("Wijk", "Gemeente"),
    ("Schoenmaat", "Nieuw eigen veld ‘Schoenmaat’"),
];

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_file_that_says_nothing_is_told_what_its_columns_are_and_the_next_one_is_read_so() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    brings(&window, &world.file("kassa.csv", TILL));
    window.reads("Akkoord herkent te weinig van deze kolommen.");
    window.reads("annelies@post.example · mc@post.example");
    window.reads("En 1 lege kolom.");
    window.holds("Wordt in Akkoord: Nieuwsbrief", "Blijft weg, als notitie bij de herkomst");
    window.examine("import-meanings-needed");
    for (column, meaning) in SAID {
        window.select(&format!("Wordt in Akkoord: {column}"), meaning);
    }
    window.reads("Links hoe de kolom in je bestand heet");
    window.reads("3 in orde");
    window.examine("import-meanings");
    window.press("Bewaren voor een volgend bestand");
    window.write("Naam", "Kassa");
    window.examine("import-keep-columns");
    window.press("Kolomindeling bewaren");
    window.reads("Kolomindeling ‘Kassa’ bewaard.");
    window.reads("Gelezen volgens ‘Kassa’, die je eerder bewaarde.");
    window.settles();
    window.press("Klaar met de kolommen");
    window.reads("Annelies Peeters");
    imports(&window, "3");
    let an = world.runs(&["contact", "show", "annelies@post.example"]);
    assert_eq!((&an["fields"]["schoenmaat"], &an["consents"]), (&json!("41"), &json!([])), "{an}");
    assert_eq!(
        (&an["fields"]["addresses"][0]["city"], &an["sources"][0]["text"]),
        (&json!("Gent"), &json!("Nieuwsbrief: ja"))
    );
    // The same columns in another order: nobody has to say anything again.
    window.press("Nog een bestand invoeren");
    window.reads("Bewaarde kolomindelingen");
    window.examine("import-file-mappings");
    let next = "Rommel;Nieuwsbrief;Bel;Waar;Wie;Schoenmaat;Wijk;Leeg\nx;ja;0470 11 22 55;dirk@post.example;\"Maes, Dirk\";45;Aalst;\n\
        x;ja;0470 11 22 66;els@post.example;\"Maes, Els\";36;Aalst;\n";
    window.give("Kies een bestand met contacten", &world.file("kassa van mei.csv", next));
    window.reads("Gelezen volgens ‘Kassa’, die je eerder bewaarde.");
    window.reads("Dirk Maes");
    window.holds("Kolommen volgens", "Kassa");
    window.examine("import-mapping-taken");
    window.select("Kolommen volgens", "Zonder kolomindeling");
    window.reads("Akkoord herkent te weinig van deze kolommen.");
    // Once what the columns are is known again, nobody is asked about them any more.
    window.select("Kolommen volgens", "Kassa");
    window.reads("Dirk Maes");
    imports(&window, "2");
    window.press("Nog een bestand invoeren");
    window.press("Kassa een andere naam geven");
    window.write("Naam", "Kassa Gent");
    window.press("Andere naam");
    window.reads("De kolomindeling heet nu ‘Kassa Gent’.");
    assert_eq!(world.runs(&["import", "mapping", "list"])["mappings"][0]["name"], "Kassa Gent");
    window.press("Kassa Gent vergeten");
    window.examine("import-forget-columns");
    window.press("Kolomindeling vergeten");
    window.reads("Kolomindeling ‘Kassa Gent’ vergeten.");
    assert_eq!(world.runs(&["import", "mapping", "list"])["mappings"], json!([]));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn one_column_of_a_known_file_is_changed_with_the_keyboard_alone() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    brings(&window, &world.sample("google.csv"));
    window.reads("Marieke");
    window.press("Zeggen wat elke kolom is");
    window.reads("Wat is elke kolom?");
    window.examine("import-meanings-google");
    // By keys alone: from the title to the list of the nickname, and what it becomes by its first letters.
    for _ in 0..60 {
        if window.focus().contains("Wordt in Akkoord: Nickname") {
            break;
        }
        window.keys(&["Tab"]);
    }
    assert!(window.focus().contains("Wordt in Akkoord: Nickname"), "the keyboard is at {}", window.focus());
    window.types("Func");
    window.holds("Wordt in Akkoord: Nickname", "Functie");
    window.settles();
    window.reads("Door jou gekozen.");
    window.press("Klaar met de kolommen");
    window.reads("De eerste 10 rijen");
}
