//! The window itself: it opens, can be read by anybody, and keeps to itself.

use crate::world::{Keychain, Look, PASSPHRASE, World};

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_window_opens_under_its_name() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    window.reads("Akkoord");
    window.examine("about");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_window_is_dark_on_a_dark_desktop() {
    let world = World::new(Keychain::Absent);
    let window = world.open_looking(Look::DARK);
    window.reads("Akkoord");
    let dark = window.ask("return matchMedia('(prefers-color-scheme: dark)').matches");
    assert_eq!(dark, true, "the page does not know of the dark");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_window_reaches_for_no_network() {
    let world = World::new(Keychain::Open);
    world.runs(&["vault", "init", "--name", "Bakkerij Jans", "--country", "BE", "--language", "nl"]);
    let watch = world.watch();
    let window = world.open_program(Look::LIGHT, &watch.program);
    window.reads("De kluis is op slot");
    world.no_process_was_told(&[PASSPHRASE]);
    drop(window);
    watch.nothing_was_reached();
    world.nothing_remains_of(&[PASSPHRASE]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn nobody_can_drive_a_window_that_was_opened_by_hand() {
    let world = World::new(Keychain::Open);
    let watch = world.watch();
    let mut program = world.by_hand(&watch.program);
    program.appears();
    program.closes();
    watch.no_socket_was_opened();
}
