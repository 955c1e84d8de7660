//! The palette and the keys that work everywhere: people first, what to do with them, and back to where one was.

use crate::bakery::MARIEKE;
use crate::patience::until;
use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, SMALL, World};

/// A workshop that knows a few people, open.
fn opens(world: &World) -> Window<'_> {
    world.runs(&["vault", "init", "--name", "Ketting & Co", "--country", "BE", "--language", "nl"]);
    let text = world.file("nieuwsbrief.md", "# Nieuwsbrief\n\nMogen we u elke maand onze nieuwsbrief sturen?\n");
    let purpose = ["purpose", "add", "--key", "nieuwsbrief", "--title", "Nieuwsbrief", "--basis", "consent"];
    let terms = ["--channels", "email,phone", "--language", "nl", "--wording-file", text.to_str().expect("a path")];
    world.runs(&[&purpose[..], &terms].concat());
    let people = [("Annelies", "Van Cauwenberghe"), ("Anne-Catherine", "Grossmann"), ("Willem", "Declercq")];
    for (given, family) in people {
        let email = format!("{}@example.be", given.to_lowercase());
        world.runs(&["contact", "add", "--given", given, "--family", family, "--email", &email]);
    }
    world.says_yes("annelies@example.be", &["--channels", "email"]);
    let window = world.open();
    window.shows("locked");
    window.reads("Ketting & Co");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.shows("today");
    window
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_person_is_found_and_opened_by_keyboard_alone() {
    let world = World::new(Keychain::Absent);
    let window = opens(&world);
    window.keys(&["Control", "k"]);
    window.reads("Toestemming noteren");
    window.types("anne");
    window.reads("2 mensen");
    window.reads("Doen met Anne-Catherine");
    window.reads("E-mail Nieuwsbrief");
    window.reads("Niet gevraagd Nieuwsbrief");
    window.examine("palette-people");
    window.keys(&["Down"]);
    window.reads("Doen met Annelies");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Annelies Van Cauwenberghe");
    window.keys(&["Alt", "Left"]);
    window.shows("today");
}

/// With several purposes all are told of, until what is typed names one.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_is_typed_says_what_is_asked_about() {
    let world = World::bakery();
    let yes = ["--purpose", "bestelling", "--answer", "given", "--how", "phone", "--channels", "phone"];
    world.runs(&[&["consent", "record", MARIEKE][..], &yes].concat());
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "k"]);
    window.types("janss");
    window.reads("Doen met Marieke");
    window.reads("Telefoon: Bestelling");
    window.reads("Niet gevraagd: Nieuwsbrief");
    window.examine("palette-purposes");
    window.types(" bestel");
    window.reads("Telefoon Bestelling klaar");
    window.reads_no_more("Niet gevraagd: Nieuwsbrief");
    window.reads("Nieuw contact ‘janss’");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Mag ik Marieke");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_to_do_with_a_person_is_one_tab_away() {
    let world = World::new(Keychain::Absent);
    let window = opens(&world);
    window.keys(&["Control", "k"]);
    window.types("willem");
    window.reads("Doen met Willem");
    window.keys(&["Tab"]);
    window.keys(&["Enter"]);
    until("the call with Willem", || {
        let dialog = window.ask("return document.querySelector('dialog[open]')?.innerText ?? ''");
        let text = dialog.as_str().unwrap_or_default();
        if text.contains("Willem Declercq") { Ok(()) } else { Err(format!("There is: {text}")) }
    });
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn nobody_of_that_name_can_be_added_at_once() {
    let world = World::new(Keychain::Absent);
    let window = opens(&world);
    window.keys(&["Control", "k"]);
    window.types("Godelieve");
    window.reads("Niemand");
    window.reads("Nieuw contact ‘Godelieve’");
    window.keys(&["Escape"]);
    window.reads_no_more("Nieuw contact ‘Godelieve’");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_question_mark_shows_the_keys_and_focus_comes_back() {
    let world = World::new(Keychain::Absent);
    let window = opens(&world);
    let before = window.focus();
    window.keys(&["?"]);
    window.reads("Sneltoetsen");
    window.reads("Terug en vooruit");
    window.examine("shortcuts");
    window.keys(&["Escape"]);
    window.reads_no_more("Terug en vooruit");
    assert_eq!(window.focus(), before);
}

/// What 200 % text amounts to: icons in the rail, their names for those who listen.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_narrow_window_keeps_its_names() {
    let world = World::new(Keychain::Absent);
    let window = opens(&world);
    window.resize(SMALL);
    let wide = window.tab_through();
    window.ask("document.documentElement.style.fontSize = '200%'");
    window.is_whole();
    assert_eq!(window.tab_through(), wide);
    window.is_accessible();
}
