//! The window among other programs: the command line beside it, a second start, a sudden end.

use akkoord_office::drafts;
use akkoord_office::vault::Access;

use crate::bakery::MARIEKE;
use crate::call::picks_up;
use crate::patience::until;
use crate::world::{Keychain, PASSPHRASE, World, built};

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
        // A second start that is still at work when its window is seen may bring it forward once more.
        until("the window away", || {
            world.presses(&["windowminimize", &window]);
            if world.windows().is_empty() { Ok(()) } else { Err("It is there.".to_owned()) }
        });
        let second = world.program(built("akkoord")).status().unwrap();
        assert!(second.success(), "the second start: {second}");
        until("the window in front, and no other", || {
            let (there, front) = (world.windows(), world.in_front());
            if there == [window.as_str()] && front == window { Ok(()) } else { Err(format!("{there:?}, {front}")) }
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
        kept(&world).and_then(|body| if body.contains("belt maandag terug") { Ok(()) } else { Err(body) })
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

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_page_whose_process_was_killed_comes_back_with_its_draft() {
    let world = World::bakery();
    let mut program = world.by_hand(&built("akkoord"));
    let window = program.appears();
    world.presses(&["windowfocus", "--sync", &window]);
    world.finds("Wachtzin tonen");
    world.presses(&["type", PASSPHRASE]);
    world.presses(&["key", "Return"]);
    world.finds("Verzoeken");
    world.presses(&["key", "ctrl+shift+p"]);
    world.finds("Met wie spreek je?");
    world.presses(&["type", "janss"]);
    world.finds("Marieke Janssens");
    world.presses(&["key", "Return"]);
    world.finds("Notitie");
    world.presses(&["key", "j"]);
    until("the draft is kept", || kept(&world).and_then(|body| if body.contains("yes") { Ok(()) } else { Err(body) }));
    world.ends("WebKitWebProcess");
    world.finds("Verzoeken");
    world.presses(&["windowfocus", "--sync", &window]);
    world.presses(&["key", "ctrl+shift+p"]);
    world.finds("Verdergaan");
    program.closes();
}

/// The draft of a call that the vault holds.
fn kept(world: &World) -> Result<String, String> {
    let kept = drafts::list(&world.office(Access::Read), "phone_consent").map_err(|problem| format!("{problem:?}"))?;
    Ok(kept.into_iter().map(|kept| kept.body).collect())
}

/// Left, top, width and height of the window on the screen.
fn place(world: &World) -> Result<[u32; 4], String> {
    let window = world.windows().pop().ok_or("There is no window.")?;
    let asked = world.program("xdotool").args(["getwindowgeometry", "--shell", &window]).output().unwrap();
    let said = String::from_utf8_lossy(&asked.stdout).into_owned();
    let [x, y, width, height] = ["X=", "Y=", "WIDTH=", "HEIGHT="]
        .map(|name| said.lines().find_map(|line| line.strip_prefix(name)?.parse().ok()));
    let all = (|| Some([x?, y?, width?, height?]))();
    all.ok_or(said)
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_window_opens_where_it_was_unless_that_screen_is_gone() {
    let world = World::new(Keychain::Absent);
    // From now on the desktop leaves windows where they put themselves.
    let free = include_str!("openbox.xml").replace("<position force=\"yes\"><x>0</x><y>0</y></position>", "");
    world.file("openbox.xml", free);
    assert!(world.program("openbox").arg("--reconfigure").status().unwrap().success());
    let mut program = world.by_hand(&built("akkoord"));
    let window = program.appears();
    let wanted = [70, 40, 1100, 720];
    // Managers count the line around a window each in their own way.
    let is_there = || {
        let place = place(&world)?;
        let near = place.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 5);
        if near { Ok(()) } else { Err(format!("{place:?}")) }
    };
    world.presses(&["windowsize", "--sync", &window, "1100", "720", "windowmove", "--sync", &window, "70", "40"]);
    until("the window in its place", is_there);
    program.closes();
    let mut program = world.by_hand(&built("akkoord"));
    program.appears();
    until("the window where it was", is_there);
    program.closes();
    let kept = world.found(".window-state.json").pop().expect("what the window remembers");
    let text = std::fs::read_to_string(&kept).unwrap();
    std::fs::write(kept, text.replace("x\": ", "x\": 50")).unwrap();
    let mut program = world.by_hand(&built("akkoord"));
    program.appears();
    until("the window where somebody sees it", || match place(&world)? {
        [x, y, ..] if x < 1280 && y < 800 => Ok(()),
        other => Err(format!("{other:?}")),
    });
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn another_profile_has_a_window_of_its_own() {
    let world = World::new(Keychain::Absent);
    let mut program = world.by_hand(&built("akkoord"));
    program.appears();
    let start = |profile: &str| {
        let mut command = world.program(built("akkoord"));
        command.env("AKKOORD_PROFILE", world.home().join(profile));
        command.stdout(world.noise("window")).stderr(world.noise("window"));
        command.spawn().unwrap()
    };
    let mut other = start("shop");
    let two = || match world.windows() {
        windows if windows.len() == 2 => Ok(()),
        windows => Err(format!("{windows:?}")),
    };
    until("two windows", two);
    let again = start("shop").wait().unwrap();
    assert!(again.success(), "the profile's window is asked forward: {again}");
    // While a window comes forward, the screen may for a moment not list it.
    until("one window for each profile", two);
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn nothing_takes_the_place_of_the_page_and_no_crash_writes_memory_down() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    window.shows("start");
    let own = window.ask("return location.href");
    for to in ["https://example.be/", "http://127.0.0.1:9/", "file:///etc/hostname", "data:text/html,elsewhere"] {
        window.ask(&format!("window.stayed = true; location.href = '{to}'; return true"));
        std::thread::sleep(std::time::Duration::from_millis(700));
        assert_eq!(
            (window.ask("return location.href"), window.ask("return window.stayed")),
            (own.clone(), true.into()),
            "{to}"
        );
        window.shows("start");
    }
    let limits = world
        .processes()
        .into_iter()
        .filter(|process| std::fs::read_link(process.join("exe")).is_ok_and(|program| program.ends_with("akkoord")));
    let limits: Vec<String> = limits.map(|process| std::fs::read_to_string(process.join("limits")).unwrap()).collect();
    assert!(!limits.is_empty() && limits.iter().all(|limits| says_no_dump(limits)), "{limits:?}");
}

/// Whether neither the program nor anybody for it may have a crash written down.
fn says_no_dump(limits: &str) -> bool {
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default();
    line.split_whitespace().skip(4).take(2).eq(["0", "0"])
}
