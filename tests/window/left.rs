//! What is left half done: it comes back, it stays whose it was, and it is not swept away.

use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::window::Window;
use crate::world::World;

/// Begins a call with somebody who is no contact yet, and waits until the vault has it.
#[track_caller]
fn begins_with(window: &Window<'_>, name: &str) {
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Met wie spreek je?");
    window.types(name);
    window.reads(&format!("Nieuw: {name}"));
    window.keys(&["Enter"]);
    window.reads("Mogen we u elke maand onze nieuwsbrief sturen?");
    window.write("Telefoon", "0470 99 88 77");
    window.write("Notitie", &format!("{name} belt terug"));
}

/// Closes a call without saving it.
#[track_caller]
fn keeps_for_later(window: &Window<'_>) {
    window.keys(&["Escape"]);
    window.press("Bewaren voor straks");
    window.reads_no_more("Bewaren voor straks");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_unfinished_call_is_nobody_elses() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    begins_with(&window, "Puk");
    keeps_for_later(&window);
    // A call with somebody else meanwhile leaves it as it is.
    opens(&window, "dubois", "Léa Dubois");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Je was bezig met Puk");
    window.types("n");
    window.write("Notitie", "Léa wil niets");
    keeps_for_later(&window);
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Je was bezig met Léa");
    window.keys(&["Escape"]);
    window.goes("Vandaag");
    window.shows("today");
    window.keys(&["Control", "Shift", "p"]);
    window.press("Weggooien");
    window.keys(&["Escape"]);
    opens(&window, "dubois", "Léa Dubois");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Je was bezig met Puk");
    window.press("Verdergaan");
    window.reads_no_more("Léa wil niets");
    window.holds("Telefoon", "0470 99 88 77");
    window.types("jgg1");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Puk");
    drop(window);
    let lea = world.runs(&["consent", "history", "lea.dubois@courrier.example"]);
    assert_eq!(lea["events"].as_array().map(Vec::len), Some(0), "what Puk said is Léa's: {lea}");
    let found = world.runs(&["contact", "list", "--query", "0470998877"]);
    assert_eq!(found["total"], 1, "{found}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_contact_that_is_typed_in_survives_the_lock() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "n"]);
    window.write("Voornaam", "Griet");
    window.write("E-mail", "griet@nieuw.example");
    // No key begins something else over it.
    window.keys(&["Control", "r"]);
    window.reads("Hoe kom je aan deze gegevens?");
    std::thread::sleep(std::time::Duration::from_millis(1000));
    window.keys(&["Control", "l"]);
    window.unlocks();
    window.keys(&["Control", "n"]);
    window.reads("Je was hier al mee bezig");
    window.press("Verdergaan");
    window.holds("E-mail", "griet@nieuw.example");
    window.keys(&["Escape"]);
    window.reads("Wat je al invulde, gaat weg.");
    window.examine("contact-leaving");
    window.press("Verder invullen");
    window.write("Hoe kom je aan deze gegevens?", "belde");
    window.press("Contact toevoegen");
    window.reads("Griet staat erbij.");
    window.keys(&["Control", "n"]);
    window.reads_no_more("Je was hier al mee bezig");
    drop(window);
    world.nothing_remains_of(&["griet@nieuw.example"]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_file_let_go_beside_its_place_does_not_take_the_pages() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    let taken = "const files = new DataTransfer();
                 files.items.add(new File(['x'], 'mail.html', { type: 'text/html' }));
                 return ['dragover', 'drop'].map((type) => {
                   const event = new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true });
                   document.body.dispatchEvent(event);
                   return event.defaultPrevented;
                 });";
    assert_eq!(window.ask(taken), serde_json::json!([true, true]), "the web view would open it");
    window.reads(MARIEKE);
}
