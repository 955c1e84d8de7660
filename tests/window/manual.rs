//! The pictures of the README and the manual, taken on the way that the manual goes: `manual-<name>-<language>-…`.
//! `cargo xtask pictures` puts them beside the text.

use crate::tour::{EN, NL, Words, practises};
use crate::window::Window;
use crate::world::{Keychain, USUAL, World};

/// What the manual's way needs beyond the tour's.
struct Way {
    words: &'static Words,
    import: &'static str,
    file: &'static str,
    recognised: &'static str,
    spoken: &'static str,
    /// Keys for yes, yes, no.
    answers: &'static str,
    steps: &'static str,
    /// The menu of somebody's page, what destroys the data there, and what stands above what happens then.
    destroys: [&'static str; 3],
    /// The registers, what looks the log over, and what stands there then.
    registers: [&'static str; 3],
}

fn goes_the_manuals_way(way: &Way) {
    let world = World::new(Keychain::Open);
    let window = world.open();
    let [today, contacts, _, requests, _] = way.words.screens;
    practises(&window, way.words, || keeps(&window, "kit"));
    window.goes(today);
    window.shows("today");
    window.settles();
    keeps(&window, "today");
    window.goes(contacts);
    window.shows("contacts");
    window.press_first(way.import);
    window.shows("import");
    window.give(way.file, &world.sample("google.csv"));
    window.reads(way.recognised);
    window.settles();
    keeps(&window, "import");
    let [registers, verify, verified] = way.registers;
    window.goes(registers);
    window.shows("registers");
    window.press(verify);
    window.reads(verified);
    window.settles();
    keeps(&window, "registers");
    window.goes(requests);
    window.shows("requests");
    window.press_first("Bartholomeus");
    window.shows("request");
    window.reads(way.steps);
    window.settles();
    keeps(&window, "request");
    window.goes(contacts);
    window.shows("contacts");
    window.write(way.words.search, "cauwenberghe");
    window.reads("Annelies Van Cauwenberghe-Lambrecht");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("gesprek.txt");
    window.settles();
    keeps(&window, "contact");
    let [menu, destroy, what] = way.destroys;
    window.press(menu);
    window.press(destroy);
    window.reads(what);
    window.settles();
    keeps(&window, "erase");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Mogen we u elke maand onze nieuwsbrief sturen?");
    window.types(way.answers);
    window.reads(way.spoken);
    keeps(&window, "call");
}

/// A picture in the light, at the usual size.
fn keeps(window: &Window<'_>, name: &str) {
    window.theme("light");
    window.picture(&format!("manual-{name}"), USUAL, false);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_manuals_way_in_dutch() {
    goes_the_manuals_way(&Way {
        words: &NL,
        import: "Invoeren",
        file: "Kies een bestand met contacten",
        recognised: "Marieke",
        spoken: "Langs welke wegen mag dat?",
        answers: "jjn",
        steps: "Wie vraagt het?",
        destroys: ["Meer", "Gegevens vernietigen", "Wat er gebeurt"],
        registers: ["Registers", "Nu nakijken", "Nagekeken tot vandaag"],
    });
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_manuals_way_in_english() {
    goes_the_manuals_way(&Way {
        words: &EN,
        import: "Import",
        file: "Choose a file with contacts",
        recognised: "Marieke",
        spoken: "Langs welke wegen mag dat?",
        answers: "yyn",
        steps: "Who asks?",
        destroys: ["More", "Destroy the data", "What happens"],
        registers: ["Registers", "Check now", "Verified up to today"],
    });
}
