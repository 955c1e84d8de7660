//! The window as people have it: opened by hand, with nobody who could drive it. It is told by what a screen reader would
//! read out, and by keyboard. With the programs of a package it is the test of what is installed.

use crate::bakery::MARIEKE;
use crate::window::folder;
use crate::world::{PASSPHRASE, World, built};

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_window_that_nobody_drives_does_the_main_job() {
    let world = World::bakery();
    let mut program = world.by_hand(&built("akkoord"));
    let window = program.appears();
    world.presses(&["windowfocus", "--sync", &window]);
    world.finds("Wachtzin");
    world.presses(&["type", PASSPHRASE]);
    world.presses(&["key", "Return"]);
    world.finds("Contacten");
    world.presses(&["key", "ctrl+shift+p"]);
    world.finds("Met wie spreek je?");
    world.presses(&["type", "janss"]);
    world.finds("Marieke Janssens");
    world.presses(&["key", "Return"]);
    world.finds("Mogen we u elke maand onze nieuwsbrief sturen?");
    world.presses(&["type", "jgg1"]);
    world.presses(&["key", "ctrl+Return"]);
    world.finds("Ongedaan maken");
    world.keeps_a_picture(&window, &folder("screenshots").join("installed.png"));
    world.presses(&["key", "ctrl+l"]);
    world.finds("Openen");
    program.closes();
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
}
