//! A pile of signed forms is recorded after an import or for people who are chosen, and taken back as one.

use serde_json::json;

use crate::imports::{brings, imports};
use crate::window::Window;
use crate::world::{Keychain, World};

const PEOPLE: &str = "Voornaam;Achternaam;E-mail;Geboortedatum\nAnnelies;Peeters;annelies@post.example;\n\
    Marie-Christine;Van den Broeck-Vanhaverbeke;mc@post.example;\nBart;Claes;bart@post.example;\nFien;Maes;fien@post.example;\n";

/// Long after the message is gone there is a way back.
#[track_caller]
fn takes_the_pile_back(window: &Window<'_>) {
    window.goes("Toestemming");
    window.press("Eén stapel getekende formulieren vastgelegd");
    window.reads("Getekend op 5 maart");
    window.examine("piles");
    window.press("Stapel voor Nieuwsbrief terugdraaien");
    window.press("Terugdraaien");
    window.reads("Schrijf kort wat er misging.");
    window.write("Wat er misging", "Verkeerde stapel gescand");
    window.examine("pile-back");
    window.press("Terugdraaien");
    window.reads("Teruggedraaid. Dat ja telt niet meer.");
    window.reads("Ja op papier, per stapel");
    window.press_first("Sluiten");
    window.closes_dialogs();
}

/// The same from people who are chosen in the list.
#[track_caller]
fn chooses_somebody(window: &Window<'_>) {
    window.goes("Contacten");
    window.shows("contacts");
    window.choose("Annelies Peeters");
    window.press("Ja op papier van 1");
    window.write("Op welke dag ze tekenden", "5 maart 2026");
    window.reads("persoon krijgt dit ja");
    window.examine("signed-chosen");
    window.keys(&["Escape"]);
    window.closes_dialogs();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_pile_of_forms_is_recorded_after_an_import_for_those_for_whom_it_can_be() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    let french = world.file("fr.md", "# Lettre\n\nPouvons-nous vous écrire ?\n");
    let french = french.to_str().unwrap();
    world.runs(&["purpose", "wording", "nieuwsbrief", "--language", "fr", "--wording-file", french]);
    let window = world.open();
    window.unlocks();
    brings(&window, &world.file("beurs.csv", PEOPLE));
    imports(&window, "4");
    window.reads("Invoeren was geen toestemming.");
    let no = ["--answer", "refused", "--how", "phone"];
    drop(window);
    world.runs(&[&["consent", "record", "bart@post.example", "--purpose", "nieuwsbrief"][..], &no].concat());
    world.runs(&["contact", "set", "fien@post.example", "birthday=2018-05-01"]);
    let window = world.open();
    window.unlocks();
    brings(&window, &world.file("beurs nog eens.csv", PEOPLE));
    imports(&window, "4");
    window.press("Toestemming op papier vastleggen");
    window.reads("Vul de dag in, dan zie je voor wie het kan.");
    window.press("Vastleggen");
    window.reads("Kies hoe je het kreeg.");
    window.reads("Kies langs welke wegen het mag.");
    window.examine("signed-missing");
    window.choose("In de winkel");
    window.write("Op welke dag ze tekenden", "5 maart 2026");
    window.choose("E-mail");
    window.select("In welke taal", "Frans");
    window.drop_file(
        &["file"],
        "Bewijs toevoegen: opname of scan",
        &world.file("formulieren.pdf", "%PDF-1.7 getekend"),
    );
    window.reads("zeiden die dag of later nee");
    window.reads("waren nog kind");
    window.reads("mensen krijgen dit ja");
    window.write("Waar het papier ligt", "Map beurs 2026");
    window.examine("signed");
    assert_eq!(world.runs(&["contact", "show", "annelies@post.example"])["consents"], json!([]));
    window.press("Voor 2 mensen vastleggen");
    window.reads("Ja van 2 mensen vastgelegd.");
    window.closes_dialogs();
    let may = ["may", "annelies@post.example", "--purpose", "nieuwsbrief", "--channel"];
    assert_eq!(world.cli(&[&may[..], &["email"]].concat()).status.code(), Some(0));
    assert_eq!(world.cli(&[&may[..], &["post"]].concat()).status.code(), Some(3), "only by the way that was ticked");
    let history = world.runs(&["consent", "history", "annelies@post.example"]);
    assert_eq!(history["events"][0]["language"], "fr", "the text that was on the paper, whatever they speak");
    assert_eq!(
        (&history["events"][0]["how"], history["events"][0]["proofs"].as_array().map(Vec::len)),
        (&json!("in_person"), Some(1))
    );
    takes_the_pile_back(&window);
    assert_eq!(world.cli(&[&may[..], &["email"]].concat()).status.code(), Some(3));
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
    chooses_somebody(&window);
}
