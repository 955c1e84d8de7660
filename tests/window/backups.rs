//! Backups by the window: one a day by itself, looked over, and put back in the place of the vault, also where that is lost; and
//! leaving with everything.

use std::path::PathBuf;
use std::time::Duration;

use crate::patience::{until, within};
use crate::window::Window;
use crate::world::{PASSPHRASE, World};

/// The backups that the window made.
fn made(world: &World) -> Vec<PathBuf> {
    let files = std::fs::read_dir(world.profile().join("backups")).into_iter().flatten().flatten();
    let mut made: Vec<PathBuf> =
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "zip")).collect();
    made.sort();
    made
}

/// Waits for the backup that comes by itself.
fn by_itself(world: &World) {
    within(Duration::from_secs(90), "the backup of the day", || match made(world).as_slice() {
        [_] => Ok(()),
        others => Err(format!("There are {others:?}.")),
    });
}

fn opens_the_page(window: &Window<'_>) {
    window.goes("Instellingen");
    window.press_first("Reservekopie");
    window.reads("Kopieën die er zijn");
    window.settles();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_backup_comes_by_itself_is_looked_over_and_put_back() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.reads("Nog geen kopie");
    by_itself(&world);
    window.reads_no_more("Nog geen kopie");
    window.reads("Reservekopie");
    opens_the_page(&window);
    window.reads("Alles van nu staat erin.");
    window.press("Nu een kopie maken");
    window.reads("Er is niets veranderd sinds de laatste kopie.");
    window.press_first("Kopie van");
    window.reads("is in orde: elke bladzijde, het logboek en elk bewijs.");
    window.examine("settings-backup-made");
    drop(window);
    world.runs(&["contact", "add", "--given", "Later", "--email", "later@post.example"]);
    let window = world.open();
    window.unlocks();
    opens_the_page(&window);
    window.reads("Sindsdien is er iets veranderd.");
    window.press("Kopie terugzetten");
    window.reads("ze gaat vier weken opzij");
    window.examine("backup-restore-ask");
    window.press("Kluis sluiten en kopie kiezen");
    window.shows("locked");
    window.reads("Welke kopie?");
    window.reads("Wat je daarna noteerde, staat er niet in.");
    window.choose("Met de wachtzin");
    window.examine("backup-restore");
    window.press_first("Kopie van");
    window.reads("Typ de wachtzin van die dag.");
    window.write("Wachtzin", "drie geiten in de wei");
    window.press_first("Kopie van");
    window.reads("Dat is niet de wachtzin van deze kluis.");
    window.write("Wachtzin", PASSPHRASE);
    window.press_first("Kopie van");
    window.is_open();
    window.reads("Je kluis is terug, met");
    drop(window);
    assert_eq!(world.runs(&["contact", "list", "--query", "later"])["total"], 0);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
    let aside = std::fs::read_dir(world.profile()).unwrap().flatten().map(|entry| entry.path());
    let aside: Vec<_> = aside.filter(|path| path.to_string_lossy().contains("aside-")).collect();
    assert!(aside.len() == 1 && aside[0].join("vault.db").exists(), "{aside:?}");
}

/// The folder of the vault is gone; what is left is the file on a stick.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_lost_vault_comes_back_from_a_file_at_the_first_start() {
    let world = World::bakery();
    let stick = world.root().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let file = stick.join("kopie.zip");
    world.runs(&["backup", "create", "--to", file.to_str().unwrap()]);
    let people = world.runs(&["contact", "list"])["total"].clone();
    std::fs::remove_dir_all(world.profile()).unwrap();
    let window = world.open();
    window.shows("start");
    window.press("Ik heb al een kluis");
    window.press("Ik heb een reservekopie");
    window.reads("Kies het bestand zelf");
    window.examine("start-restore");
    let title = "Reservekopie kiezen";
    window.press("Bestand kiezen");
    let dialog =
        until("the system's dialog", || world.windows_named(title).pop().ok_or_else(|| "There is none.".to_owned()));
    world.presses(&["windowfocus", "--sync", &dialog]);
    world.presses(&["type", "--delay", "60", file.to_str().unwrap()]);
    until("the dialog goes", || {
        // The first time it may take what it proposes below the field, the next time it opens it.
        world.presses(&["key", "Return"]);
        std::thread::sleep(Duration::from_millis(1_500));
        if world.windows_named(title).is_empty() { Ok(()) } else { Err("It is there.".to_owned()) }
    });
    window.reads("bestand kopie.zip");
    window.choose("Met de wachtzin");
    window.write("Wachtzin", PASSPHRASE);
    window.press_first("Kopie van");
    window.is_open();
    window.reads("Je kluis is terug, met");
    window.reads("Wie je sindsdien wiste, staat er weer in.");
    drop(window);
    assert_eq!(world.runs(&["contact", "list"])["total"], people);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn everything_leaves_in_files_after_a_plain_warning() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    opens_the_page(&window);
    window.press("Map maken");
    window.reads("Dit wordt niet versleuteld.");
    window.examine("leaving-ask");
    window.press("Leesbaar wegschrijven");
    window.reads("Alles staat klaar");
    window.examine("leaving-done");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.press("Bestand maken");
    window.press("Leesbaar wegschrijven");
    window.reads("Alles staat klaar");
    drop(window);
    // The web view keeps tables of its own.
    let whole = world.found(".sqlite").into_iter().filter(|path| path.to_string_lossy().contains("alles"));
    assert_eq!(whole.count(), 1);
    assert!(!world.found("/contact.csv").is_empty());
    let log = world.runs(&["audit", "list"]).to_string();
    assert!(log.matches("everything_exported").count() >= 2, "{log}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_backup_that_cannot_be_made_is_told_on_today() {
    let world = World::bakery();
    std::fs::create_dir_all(world.profile().join("backups/making.lock")).unwrap();
    let window = world.open();
    window.unlocks();
    within(Duration::from_secs(90), "the failure in the rail", || {
        let text = window.text();
        if text.contains("Reservekopie mislukt") { Ok(()) } else { Err(text) }
    });
    window.reads("Er is geen verse reservekopie");
    opens_the_page(&window);
    window.reads("lukt het niet om een kopie te maken.");
    window.examine("settings-backup-failed");
    std::fs::remove_dir(world.profile().join("backups/making.lock")).unwrap();
    window.press("Nu een kopie maken");
    window.reads("De kopie is gemaakt en nagekeken.");
    window.reads_no_more("Reservekopie mislukt");
}
