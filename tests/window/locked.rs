//! The locked vault: the ways in, and each way to stay outside with its own sentence.

use std::time::Duration;

use zbus::blocking::connection;

use crate::first_start::{chooses_the_lock, names_the_business, reads_the_paper, starts};
use crate::patience::within;
use crate::world::{Keychain, PASSPHRASE, World};

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_wrong_passphrase_is_told_and_the_right_one_opens() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    starts(&window, None);
    window.press("Straks");
    window.is_open();
    window.keys(&["Control", "l"]);
    window.shows("locked");
    window.reads("Alles is bewaard.");
    assert!(!window.text().contains("Vandaag"), "something of the open vault still stands there");
    window.examine("locked-passphrase");
    window.write("Wachtzin", "drie geiten in de wei");
    window.press("Openen");
    window.reads("Dat is niet de wachtzin van deze kluis.");
    window.write("Wachtzin", PASSPHRASE);
    window.keys(&["Enter"]);
    window.is_open();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_paper_opens_a_vault_whose_passphrase_was_lost() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    let groups = starts(&window, None);
    window.press("Straks");
    drop(window);
    let window = world.open();
    window.shows("locked");
    window.press("Ik ben mijn wachtzin kwijt");
    window.examine("locked-lost");
    let mut wrong = groups.clone();
    wrong.swap(2, 5);
    window.write("Code van het noodblad", &wrong.concat());
    window.reads("Er zit een typfout in.");
    window.write("Code van het noodblad", &groups.concat().to_lowercase());
    window.reads("De code is goed getypt.");
    window.write("Nieuwe wachtzin", "vier paarden op de dijk");
    window.write("Nog eens dezelfde", "vier paarden op de dijk");
    window.press("Kluis openen");
    window.is_open();
    window.keys(&["Control", "l"]);
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.reads("Dat is niet de wachtzin van deze kluis.");
    window.write("Wachtzin", "vier paarden op de dijk");
    window.press("Openen");
    window.is_open();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_owner_goes_on_with_a_file_that_they_put_back_themselves() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    let groups = starts(&window, None);
    window.press("Straks");
    drop(window);
    let (file, older) = (world.profile().join("vault.db"), world.root().join("older.db"));
    let added = |name: &str| world.runs(&["--wait", "30", "contact", "add", "--given", name]);
    let put_back = || {
        std::fs::copy(&older, &file).unwrap();
        for beside in ["vault.db-wal", "vault.db-shm"] {
            let _ = std::fs::remove_file(world.profile().join(beside));
        }
    };
    added("An");
    std::fs::copy(&file, &older).unwrap();
    added("Bo");
    put_back();
    let window = world.open();
    window.shows("locked");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.press("Ik zette dit bestand er zelf");
    window.examine("locked-put-back");
    window.press("Verdergaan met dit bestand");
    window.is_open();
    drop(window);
    put_back();
    let window = world.open();
    window.press("Ik ben mijn wachtzin kwijt");
    window.write("Code van het noodblad", &groups.concat());
    window.reads("De code is goed getypt.");
    window.write("Nieuwe wachtzin", "vier paarden op de dijk");
    window.write("Nog eens dezelfde", "vier paarden op de dijk");
    window.press("Kluis openen");
    window.press("Ik zette dit bestand er zelf");
    window.press("Verdergaan met dit bestand");
    window.is_open();
    window.keys(&["Control", "l"]);
    window.write("Wachtzin", "vier paarden op de dijk");
    window.press("Openen");
    window.is_open();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn each_state_of_the_keychain_has_its_sentence() {
    let mut world = World::new(Keychain::Open);
    {
        let window = world.open();
        starts(&window, Some("Met allebei"));
        window.press("Straks");
        window.keys(&["Control", "l"]);
        window.shows("locked");
        window.examine("locked-keychain");
        window.press("Openen met deze computer");
        window.is_open();
    }
    for (keychain, sentence) in [
        (Keychain::Locked, "De sleutelbos van deze computer is zelf op slot."),
        (Keychain::Absent, "Deze computer heeft geen sleutelbos, of die is nu niet te bereiken."),
        (Keychain::Wiped, "De sleutelbos van deze computer heeft geen sleutel voor deze kluis."),
    ] {
        world.sign_in(keychain);
        let window = world.open();
        window.shows("locked");
        window.press("Openen met deze computer");
        window.reads(sentence);
        window.reads("Je kluis is veilig.");
        window.is_accessible();
        window.press("Met wachtzin");
        window.write("Wachtzin", PASSPHRASE);
        window.press("Openen");
        window.is_open();
    }
}

/// One minute is the shortest there is; the vault looks every few seconds.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_window_that_nobody_uses_locks_itself() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    names_the_business(&window);
    chooses_the_lock(&window, Some("Met een wachtzin"));
    let (asked, groups) = reads_the_paper(&window);
    window.write(&format!("Typ groep {asked}"), &groups[asked - 1]);
    window.press("Kluis openen");
    window.press("Straks");
    window.is_open();
    window.keys(&["Control", "l"]);
    window.shows("locked");
    world.set("lock_after_minutes", "1");
    window.write("Wachtzin", PASSPHRASE);
    window.press("Openen");
    window.is_open();
    within(Duration::from_secs(90), "the vault locks itself", || {
        let locked = window.ask("return document.querySelector('[data-screen=locked]') !== null");
        if locked == true { Ok(()) } else { Err(window.text()) }
    });
}

/// Screen savers say on the bus that they came and went.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_screen_that_locks_takes_the_vault_along() {
    let world = World::bakery();
    let window = world.open();
    let desktop = connection::Builder::address(world.bus().as_str()).unwrap().build().unwrap();
    for saver in ["org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver", "org.xfce.ScreenSaver"] {
        window.unlocks();
        desktop.request_name(saver).unwrap();
        let path = format!("/{}", saver.replace('.', "/"));
        let says = |active: bool| desktop.emit_signal(None::<&str>, path.as_str(), saver, "ActiveChanged", &active);
        says(false).unwrap();
        window.goes("Contacten");
        window.shows("contacts");
        says(true).unwrap();
        window.shows("locked");
        assert!(!window.text().contains("Contacten"), "something of the open vault still stands there");
    }
}
