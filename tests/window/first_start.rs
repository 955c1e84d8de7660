//! The first start: three steps to an open vault, and what stands in the way.

use crate::patience::until;
use crate::picture::paper;
use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

/// The business, as far as the step about the lock.
#[track_caller]
pub(crate) fn names_the_business(window: &Window<'_>) {
    window.shows("start");
    window.write("Naam van je zaak", "Bakkerij Jans");
    window.press("Verder naar het slot");
    window.reads("Hoe gaat je kluis open?");
}

/// Makes a vault that opens with the passphrase, and with the keychain where there is one.
#[track_caller]
pub(crate) fn chooses_the_lock(window: &Window<'_>, way: Option<&str>) {
    if let Some(way) = way {
        window.choose(way);
    }
    window.write("Nieuwe wachtzin", PASSPHRASE);
    window.write("Nog eens dezelfde", PASSPHRASE);
    window.press("Verder naar je noodblad");
    window.reads("Typ groep");
}

/// The number of the group that is asked for, and the whole code, which stands on paper only.
#[track_caller]
pub(crate) fn reads_the_paper(window: &Window<'_>) -> (usize, Vec<String>) {
    let groups = window
        .ask("return [...document.querySelectorAll('[data-paper=kit] ol li span')].map((one) => one.textContent)");
    let groups: Vec<String> = groups.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    assert_eq!(groups.len(), 8, "{groups:?}");
    let text = window.text();
    let asked = text.split("Typ groep ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    (asked.parse().unwrap(), groups)
}

/// All of it, up to the question who the customers are; the code on the paper.
#[track_caller]
pub(crate) fn starts(window: &Window<'_>, way: Option<&str>) -> Vec<String> {
    names_the_business(window);
    chooses_the_lock(window, way);
    let (asked, groups) = reads_the_paper(window);
    window.write(&format!("Typ groep {asked}"), &groups[asked - 1]);
    window.press("Kluis openen");
    window.reads("Je kluis is open. Wie zijn je klanten?");
    groups
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn three_steps_lead_to_an_open_vault() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    window.shows("start");
    window.reads("Over welke zaak gaat het?");
    window.examine("start-business");
    window.press("Verder naar het slot");
    window.reads("Vul de naam van je zaak in.");
    names_the_business(&window);
    window.examine("start-lock");
    window.choose("Met allebei");
    window.write("Nieuwe wachtzin", "kort");
    window.press("Verder naar je noodblad");
    window.reads("Nog te kort");
    window.write("Nieuwe wachtzin", PASSPHRASE);
    window.write("Nog eens dezelfde", "drie koeien in de zee");
    window.press("Verder naar je noodblad");
    window.reads("De twee zijn niet gelijk.");
    chooses_the_lock(&window, None);
    let (asked, groups) = reads_the_paper(&window);
    let hidden = &groups[asked - 1];
    assert!(!window.text().contains(hidden), "the group that is asked for stands on the screen");
    window.examine("start-kit");
    let field = format!("Typ groep {asked}");
    window.press("Kluis openen");
    window.reads("Ze staan alleen op je blad.");
    window.write(&field, "00000");
    window.press("Kluis openen");
    window.reads(&format!("Dat is niet groep {asked}."));
    window.write(&field, &hidden.to_lowercase());
    window.press("Kluis openen");
    window.reads("Je kluis is open. Wie zijn je klanten?");
    window.examine("start-welcome");
    window.press("Straks");
    window.is_open();
    assert_eq!(world.runs(&["vault", "status"])["slots"], serde_json::json!(["passphrase", "keychain", "recovery"]));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn without_a_keychain_a_passphrase_opens_the_vault() {
    let world = World::new(Keychain::Absent);
    let window = world.open();
    names_the_business(&window);
    window.reads("Met deze computer kan het nu niet.");
    window.reads("Kies een wachtzin. Die werkt altijd.");
    window.examine("start-no-keychain");
    starts_here(&window);
    assert_eq!(world.runs(&["vault", "status"])["slots"], serde_json::json!(["passphrase", "recovery"]));
}

#[track_caller]
fn starts_here(window: &Window<'_>) {
    chooses_the_lock(window, None);
    let (asked, groups) = reads_the_paper(window);
    window.write(&format!("Typ groep {asked}"), &groups[asked - 1]);
    window.press("Kluis openen");
    window.reads("Je kluis is open.");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_first_start_that_stopped_goes_on_with_a_new_paper() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    names_the_business(&window);
    chooses_the_lock(&window, Some("Met allebei"));
    let (_, first) = reads_the_paper(&window);
    drop(window);
    let window = world.open();
    window.shows("locked");
    window.press("Openen met deze computer");
    window.reads("Je noodblad was nog niet klaar");
    let (asked, second) = reads_the_paper(&window);
    assert_ne!(first, second, "the old paper still opens the vault");
    window.write(&format!("Typ groep {asked}"), &second[asked - 1]);
    window.press("Kluis openen");
    window.is_open();
}

/// Without a driver, with the keyboard alone, and through the desktop's own printing dialog.
#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_paper_from_the_printer_opens_the_vault() {
    let world = World::new(Keychain::Open);
    let watch = world.watch();
    let mut program = world.by_hand(&watch.program);
    let window = program.appears();
    world.presses(&["windowfocus", "--sync", &window]);
    world.finds("Over welke zaak gaat het?");
    world.presses(&["type", "Bakkerij Jans"]);
    world.presses(&["key", "Return"]);
    world.finds("Met deze computer");
    world.presses(&["key", "Tab", "Return"]);
    world.finds("Afdrukken of bewaren als pdf");
    world.presses(&["key", "Tab", "space"]);
    let dialog =
        until("the printing dialog", || world.windows_named("^Print$").pop().ok_or("There is none.".to_owned()));
    world.presses(&["windowfocus", "--sync", &dialog]);
    world.presses(&["key", "Tab", "Down"]);
    let printed = world.home().join("output.pdf");
    let text = until("the paper", || {
        if !world.windows_named("^Print$").is_empty() {
            world.presses(&["key", "alt+p"]);
        }
        let bytes = std::fs::read(&printed).map_err(|error| error.to_string())?;
        if bytes.ends_with(b"%%EOF\n") { Ok(paper("kit", &printed)) } else { Err(format!("{} bytes", bytes.len())) }
    });
    assert!(text.contains("Noodblad van Bakkerij Jans"), "{text}");
    assert!(!text.contains("Kluis openen"), "the screen is on the paper:\n{text}");
    let is_group =
        |word: &&str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let groups: Vec<&str> = text.split_whitespace().filter(is_group).collect();
    assert_eq!(groups.len(), 8, "{text}");
    let asked = world.finds("Typ groep ").name;
    let asked: usize = asked.split(' ').nth(2).and_then(|number| number.parse().ok()).unwrap();
    world.presses(&["windowfocus", "--sync", &window]);
    world.presses(&["key", "Tab"]);
    world.presses(&["type", groups[asked - 1]]);
    world.presses(&["key", "Return"]);
    world.finds("Je kluis is open. Wie zijn je klanten?");
    program.closes();
    watch.only_printers_were_asked_for();
    world.nothing_remains_of(&groups);
}
