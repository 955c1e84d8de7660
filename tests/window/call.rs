//! The phone call: questions as they are spoken, answers by key, what follows said live.

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::World;

/// Opens the dialog from anywhere and finds who calls.
#[track_caller]
pub(crate) fn picks_up(window: &Window<'_>, typed: &str, name: &str) {
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Met wie spreek je?");
    window.types(typed);
    window.reads(name);
    window.keys(&["Enter"]);
    window.reads("Mogen we u elke maand onze nieuwsbrief sturen?");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_yes_on_the_phone_needs_no_mouse() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    picks_up(&window, "janss", "Marieke Janssens");
    window.reads("Nog niets gekozen.");
    assert_eq!(
        window.ask("return document.querySelectorAll('dialog input:checked').length"),
        0,
        "something is chosen beforehand"
    );
    window.examine("call-begins");
    window.keys(&["Control", "Enter"]);
    window.reads("Tik bij minstens één vraag ja of nee aan.");
    window.types("jng");
    window.reads("Vraag nog langs welke wegen dat mag.");
    window.types("1");
    window.keys(&["Enter"]);
    window.reads("mag je Marieke mailen voor Nieuwsbrief");
    window.examine("call-answered");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    window.is_open();
    drop(window);
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
    assert_eq!(may["evidence"].as_array().map(Vec::len), Some(1), "{may}");
    let no = world.cli(&["may", MARIEKE, "--purpose", "bestelling", "--channel", "phone"]);
    assert_eq!(no.status.code(), Some(3), "a no counts as a no");
}
