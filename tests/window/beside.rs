//! The window among other programs: the command line beside it, a second start, a sudden end.

use akkoord_office::drafts;
use akkoord_office::vault::Access;

use crate::bakery::MARIEKE;
use crate::call::picks_up;
use crate::patience::until;
use crate::world::{Keychain, World, built};

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_command_line_reads_beside_the_window_and_hears_who_writes() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    let ask = ["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"];
    for _ in 0..5 {
        assert_eq!(world.cli(&ask).status.code(), Some(3), "nobody asked her yet");
    }
    let refused = world.cli(&["contact", "add", "--given", "Piet", "--source", "belde"]);
    assert_eq!(refused.status.code(), Some(4), "two write at once");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("vault_in_use") && said.contains("window"), "{said}");
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("jgg1");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    assert_eq!(world.cli(&ask).status.code(), Some(0), "what the window recorded is seen at once");
    window.keys(&["Control", "l"]);
    window.shows("locked");
    world.runs(&["contact", "add", "--given", "Piet", "--source", "belde"]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_second_start_brings_the_window_forward() {
    let world = World::new(Keychain::Absent);
    let mut program = world.by_hand(&built("akkoord"));
    let window = program.appears();
    for _ in 0..5 {
        world.presses(&["windowminimize", "--sync", &window]);
        until("the window away", || if world.windows().is_empty() { Ok(()) } else { Err("It is there.".to_owned()) });
        let second = world.program(built("akkoord")).status().unwrap();
        assert!(second.success(), "the second start: {second}");
        until("the window in front, and no other", || {
            let there = world.windows();
            if there == [window.as_str()] { Ok(()) } else { Err(format!("There is {there:?}.")) }
        });
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_call_that_was_cut_off_is_offered_again() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("j");
    window.write("Notitie", "belt maandag terug");
    until("the draft is kept", || {
        let kept =
            drafts::list(&world.office(Access::Read), "phone_consent").map_err(|problem| format!("{problem:?}"))?;
        let body = kept.into_iter().map(|kept| kept.body).collect::<String>();
        if body.contains("belt maandag terug") { Ok(()) } else { Err(body) }
    });
    drop(window);
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Je was bezig met Mevr. Marieke");
    window.examine("call-unfinished");
    window.press("Verdergaan");
    let note = "return document.querySelector('[name=note]')?.value";
    until("the note", || match window.ask(note).as_str() {
        Some("belt maandag terug") => Ok(()),
        other => Err(format!("{other:?}")),
    });
    world.nothing_remains_of(&["belt maandag terug"]);
}
