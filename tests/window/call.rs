//! The phone call: questions as they are spoken, answers by key, what follows said live.

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::{SMALL, USUAL, World};

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

/// Whether the button that saves can be seen whole, and pressed where it is seen.
const SAVES: &str = "
const button = document.querySelector('dialog[open] .btn--primary');
const { left, right, top, bottom } = button.getBoundingClientRect();
const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
return inside && button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));";

/// Somebody new calls: their name, their number, an answer, a way. So few keys are pressed that half a minute is ample.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn in_the_smallest_window_somebody_new_is_noted_with_few_keys_and_saving_is_always_in_sight() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.resize(SMALL);
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Met wie spreek je?");
    window.types("Bartholomeus");
    window.reads("Nieuw: Bartholomeus");
    window.keys(&["Enter"]);
    window.reads("Mogen we u elke maand onze nieuwsbrief sturen?");
    let seen = |when: &str| assert_eq!(window.ask(SAVES), true, "saving is out of sight {when}");
    seen("at the first question");
    window.keys(&["Control", "Enter"]);
    window.reads("Tik bij minstens één vraag ja of nee aan.");
    seen("while something lacks");
    window.write("Telefoon", "0470 99 88 77");
    window.keys(&["Tab"]);
    window.keys(&["Enter"]);
    window.types("jjn");
    window.reads("Vraag nog langs welke wegen dat mag.");
    seen("while the ways are asked");
    window.types("12");
    window.press("Per doel anders");
    window.reads("Bestelling klaar");
    seen("with the ways of each purpose");
    window.examine("call-newcomer");
    window.resize(SMALL);
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Bartholomeus");
    window.resize(USUAL);
    drop(window);
    let found = world.runs(&["contact", "list", "--query", "Bartholomeus"]);
    assert_eq!(found["total"], 1, "{found}");
}
