//! New keys from the settings: what they replace opens the vault no longer.

use crate::first_start::{reads_the_paper, starts};
use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

const OTHER: &str = "vier paarden op de dijk";

/// An open vault, at the settings of its keys; the code on the first paper.
fn opens(window: &Window<'_>) -> Vec<String> {
    let groups = starts(window, None);
    window.press("Straks");
    window.is_open();
    window.goes("Instellingen");
    window.shows("settings");
    window.press_first("Sleutels");
    window.reads("Wat je kluis opent.");
    groups
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_new_passphrase_takes_the_place_of_the_old() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    opens(&window);
    window.press("Wachtzin weghalen");
    window.reads("Dit is je enige weg naar binnen naast het noodblad.");
    window.press("Wachtzin veranderen");
    window.reads("De wachtzin van nu werkt dan niet meer.");
    window.write("Nieuwe wachtzin", OTHER);
    window.write("Nog eens dezelfde", "vijf paarden op de dijk");
    window.press("Wachtzin bewaren");
    window.reads("De twee zijn niet gelijk.");
    window.write("Nog eens dezelfde", OTHER);
    window.examine("settings-passphrase");
    window.press("Wachtzin bewaren");
    window.reads("Je nieuwe wachtzin geldt vanaf nu.");
    window.keys(&["Control", "l"]);
    window.shows("locked");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.reads("Dat is niet de wachtzin van deze kluis.");
    window.write("Wachtzin", OTHER);
    window.press("Openen");
    window.is_open();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_new_paper_takes_the_place_of_the_old() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    let first = opens(&window);
    window.press("Nieuw noodblad maken");
    window.reads("Het oude blad opent je kluis dan niet meer.");
    window.press("Nieuw noodblad maken");
    window.reads("Typ groep");
    let (asked, second) = reads_the_paper(&window);
    assert_ne!(first, second);
    window.examine("settings-kit");
    window.press("Noodblad nagekeken");
    window.reads("Ze staan alleen op je blad.");
    window.write(&format!("Typ groep {asked}"), &second[asked - 1]);
    window.press("Noodblad nagekeken");
    window.reads("Je nieuwe noodblad geldt.");
    window.closes_dialogs();
    window.keys(&["Control", "l"]);
    window.shows("locked");
    window.press("Ik ben mijn wachtzin kwijt");
    window.write("Nieuwe wachtzin", OTHER);
    window.write("Nog eens dezelfde", OTHER);
    window.write("Code van het noodblad", &first.concat());
    window.press("Kluis openen");
    window.reads("noodblad");
    window.reads_no_more("Vandaag");
    window.write("Code van het noodblad", &second.concat());
    window.press("Kluis openen");
    window.is_open();
}
