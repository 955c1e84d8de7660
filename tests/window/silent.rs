//! Somebody who was asked and does not answer for too long.

use crate::tour::practises_in_dutch;
use crate::world::{Keychain, World};

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn whoever_is_silent_for_too_long_stands_on_today_until_they_answer() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    practises_in_dutch(&window);
    window.goes("Vandaag");
    window.shows("today");
    window.reads("1 persoon antwoordt al meer dan 14 dagen niet");
    window.reads("De eerste vroeg je op");
    window.settles();
    window.examine("today-silent");
    window.press("1 persoon antwoordt al meer dan 14 dagen niet");
    window.shows("contacts");
    window.settles();
    window.reads("Wacht al lang");
    window.reads("Lieven Goethals");
    assert_eq!(window.ask("return document.querySelector('[role=grid]').ariaRowCount"), "2", "others stand there, too");
    window.examine("contacts-silent");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Met wie spreek je?");
    window.types("goethals");
    window.reads("Lieven Goethals");
    window.keys(&["Enter"]);
    window.reads("Notitie");
    window.types("n");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Lieven");
    window.goes("Vandaag");
    window.shows("today");
    window.reads_no_more("al meer dan 14 dagen niet");
}
