//! Pictures of what the other stories do not come by: a vault with 100,000 people, an empty one, ugly names in English.
//! `cargo xtask pictures` takes them, with all others.

use crate::duplicates::doubled;
use crate::inform::told_by_others;
use crate::tour::{EN, NL, Words};
use crate::ugly::ugly;
use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

/// Both languages, with the names of what is seen while the vault is locked.
const BOTH: [(&str, &Words, [&str; 3]); 2] = [
    ("\"nl\"", &NL, ["Wachtzin", "Met wachtzin", "Openen"]),
    ("\"en\"", &EN, ["Passphrase", "With passphrase", "Open"]),
];

/// Opens the vault in each language in turn, and lets somebody look.
fn in_both(world: &World, look: impl Fn(&Window<'_>, &Words)) {
    for (language, words, [field, instead, open]) in BOTH {
        world.set("language", language);
        let window = world.open();
        window.shows("locked");
        if window.count(&["button"], instead) > 0 {
            window.press(instead);
        }
        window.write(field, PASSPHRASE);
        window.press(open);
        window.is_open();
        look(&window, words);
    }
}

/// Goes to a screen of the menu and keeps its pictures.
fn keeps(window: &Window<'_>, words: &Words, at: usize, screen: &str, name: &str) {
    window.goes(words.screens[at]);
    window.shows(screen);
    window.settles();
    window.examine(&format!("{screen}-{name}"));
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn a_hundred_thousand_people() {
    let world = World::stocked();
    in_both(&world, |window, words| {
        keeps(window, words, 0, "today", "many");
        keeps(window, words, 1, "contacts", "many");
        keeps(window, words, 2, "consent", "many");
        window.keys(&["Control", "k"]);
        window.types("van");
        window.reads("Van");
        window.settles();
        window.examine("palette-many");
    });
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn nobody_at_all() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    in_both(&world, |window, words| {
        for (at, screen) in ["today", "contacts", "consent", "requests"].into_iter().enumerate() {
            keeps(window, words, at, screen, "empty");
        }
        window.goes(words.screens[4]);
        window.press_first(words.parts[2]);
        window.shows("settings");
        window.examine("settings-purposes-empty");
    });
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn names_as_life_writes_them() {
    let world = ugly();
    in_both(&world, |window, words| {
        keeps(window, words, 0, "today", "ugly");
        keeps(window, words, 1, "contacts", "ugly");
        window.write(words.search, "Wolfeschlegel");
        window.reads("Wolfeschlegelsteinhausen");
        window.keys(&["Enter"]);
        window.shows("contact");
        window.settles();
        window.examine("contact-ugly-long");
        window.keys(&["Control", "Shift", "p"]);
        window.settles();
        window.examine("call-ugly");
        window.keys(&["Escape"]);
        window.closes_dialogs();
        keeps(window, words, 2, "consent", "ugly");
        keeps(window, words, 3, "requests", "ugly");
    });
}

/// The page of those who may be the same, and the list that leads to it.
fn doubles(world: &World, name: &str) {
    in_both(world, |window, words| {
        window.goes(words.screens[1]);
        window.shows("contacts");
        window.press(if words.screens[1] == "Contacten" { "keer iemand dubbel" } else { "in here twice" });
        window.shows("duplicates");
        window.settles();
        window.examine(&format!("duplicates-{name}"));
        // The way back above the page is called the same.
        window.press_first(words.screens[1]);
        window.settles();
        window.examine(&format!("contacts-doubled-{name}"));
    });
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn who_may_be_the_same() {
    doubles(&doubled(), "few");
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn who_may_be_the_same_among_very_many() {
    doubles(&World::stocked(), "many");
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn who_must_be_told() {
    in_both(&told_by_others(), |window, words| {
        window.goes(words.screens[0]);
        window.shows("today");
        let dutch = words.screens[0] == "Vandaag";
        window.press(if dutch { "laten weten dat je" } else { "that you have their data" });
        window.shows("inform");
        window.settles();
        window.examine("inform-both");
        window.press(if dutch { "Berichten klaarmaken" } else { "Prepare messages" });
        window.settles();
        window.examine("inform-notices-both");
    });
}

#[test]
#[ignore = "pictures: cargo xtask pictures"]
fn who_is_destroyed_and_who_may_go() {
    let world = World::bakery();
    for who in ["marieke.janssens@post.example", "lea.dubois@courrier.example"] {
        let said = ["--purpose", "nieuwsbrief", "--answer", "refused", "--how", "phone", "--on", "2026-01-05"];
        world.runs(&[&["consent", "record", who][..], &said].concat());
    }
    let nature = ["--aware", "2026-03-27T10:00", "--nature", "Laptop", "--people", "120", "--risk", "high"];
    world.runs(&[&["breach", "open"][..], &nature].concat());
    in_both(&world, |window, words| {
        let dutch = words.screens[0] == "Vandaag";
        window.goes(words.screens[0]);
        window.shows("today");
        window.press(if dutch { "2 mensen mogen weg" } else { "2 people may go" });
        window.shows("leaving");
        window.settles();
        window.examine("leaving-both");
        window.press_first("Léa Dubois");
        window.shows("contact");
        window.settles();
        window.press(if dutch { "Meer" } else { "More" });
        window.press(if dutch { "Gegevens vernietigen" } else { "Destroy the data" });
        window.reads(if dutch { "Wat er gebeurt" } else { "What happens" });
        window.settles();
        window.examine("erasure-both");
        window.keys(&["Escape"]);
        window.closes_dialogs();
        window.goes("Registers");
        window.shows("registers");
        window.press(words.registers[2]);
        window.press("Laptop");
        window.shows("breach");
        window.settles();
        window.examine("breach-both");
    });
}
