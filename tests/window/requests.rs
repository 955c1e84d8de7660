//! A request arrives: taken down, dated, answered.

use crate::contacts::opens;
use crate::rights::{hands_over, known, state};
use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_request_is_taken_down_and_answered() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Verzoeken");
    window.shows("requests");
    window.reads("Nog geen verzoeken");
    window.examine("requests-empty");
    window.keys(&["Control", "r"]);
    window.reads("Wie vraagt het?");
    window.examine("request-new");
    window.press("Verzoek noteren");
    window.reads("Kies wie het vraagt, of noteer de naam.");
    window.write("Wie vraagt het?", "mariek");
    window.press("Marieke Janssens");
    window.choose("Gegevens meenemen");
    window.write("Binnengekomen op", "gisteren");
    window.choose("Aan de telefoon");
    window.write("Wat zei of schreef de persoon?", "Ik wil mijn gegevens meenemen");
    window.reads("Antwoord ten laatste op");
    window.press("Verzoek noteren");
    window.shows("request");
    window.reads("Waarom");
    window.reads("Ik wil mijn gegevens meenemen");
    window.examine("request");
    known(&window);
    hands_over(&window, "request-letter");
    window.examine("request-closed");
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Verzoek ontvangen: Gegevens meenemen, aan de telefoon");
    window.reads("Bewezen wie het is: Gegevens meenemen");
    window.reads("Beantwoord: Gegevens meenemen");
    drop(window);
    assert_eq!(state(&world), "answered");
    assert_eq!((world.found(".pdf").len(), world.found(".zip").len()), (1, 1), "the letter, and the data beside it");
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}
