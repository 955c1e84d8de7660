//! Where things lead: each row of Today, each ring, and what is set in the settings.

use serde_json::json;

use crate::contacts::opens;
use crate::tour::practises_in_dutch;
use crate::window::Window;
use crate::world::{Keychain, World};

/// The words of each thing that fits a selector.
fn all(window: &Window<'_>, selector: &str) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.replace(/\\s+/g, ' ').trim())";
    let said = window.driver.script(script, &[json!(selector)]).unwrap();
    said.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Presses the one of so many that fit a selector.
fn presses(window: &Window<'_>, selector: &str, at: usize) {
    window
        .driver
        .script("document.querySelectorAll(arguments[0])[arguments[1]].click()", &[json!(selector), json!(at)])
        .unwrap();
}

/// The first number in a text.
fn number(text: &str) -> u64 {
    let digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    text.split_whitespace().find(digits).unwrap_or_else(|| panic!("no number in “{text}”")).parse().unwrap()
}

fn back_to_today(window: &Window<'_>) {
    window.goes("Vandaag");
    window.shows("today");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn each_row_of_today_leads_where_it_says() {
    let world = World::new(Keychain::Open);
    let window = world.open();
    practises_in_dutch(&window);
    back_to_today(&window);
    let due = ".row--due .row__t";
    let names = all(&window, due);
    assert!(names.len() >= 4, "{names:?}");
    for (at, name) in names.iter().enumerate() {
        presses(&window, due, at);
        window.shows("request");
        assert!(window.ask("return document.querySelector('h1').innerText") == name.as_str(), "{name}");
        back_to_today(&window);
    }
    let chores = all(&window, ".row--task .row__t");
    assert!(chores.len() >= 2, "{chores:?}");
    for (at, chore) in chores.iter().enumerate() {
        presses(&window, ".row--task", at);
        // A chore about answers counts them all; one about people has each in its list.
        let (screen, rows) = match chore {
            chore if chore.contains("laten weten") => {
                ("inform", "return document.querySelector('[role=grid]').ariaRowCount - 1")
            }
            chore if chore.contains("weg") => ("leaving", "return document.querySelectorAll('tbody tr').length"),
            _ => ("contacts", ""),
        };
        window.shows(screen);
        window.settles();
        let people = !rows.is_empty();
        let shown =
            if people { window.ask(rows).as_u64().unwrap() } else { number(&all(&window, "#contacts-count")[0]) };
        assert!(shown > 0 && shown <= number(chore) && (!people || shown == number(chore)), "{chore}: {shown}");
        back_to_today(&window);
    }
    let rings = all(&window, ".words .row__s");
    assert_eq!(rings.len(), 4, "{rings:?}");
    for (at, ring) in rings.iter().enumerate() {
        presses(&window, ".words", at);
        window.shows("contacts");
        window.reads(&format!("{} van", number(ring)));
        window.reads("Alleen mensen");
        back_to_today(&window);
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_is_set_for_the_business_is_seen_at_once() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.shows("settings");
    window.write("Naam", "Bakkerij Jans en dochter");
    window.keys(&["Tab"]);
    window.reads("Je zaak heet nu Bakkerij Jans en dochter.");
    window.press("Ongedaan maken");
    window.reads("Je zaak heet nu Bakkerij Jans.");
    window.holds("Naam", "Bakkerij Jans");
    window.press_first("Velden");
    window.reads("Hoe gevoelig is elk gegeven?");
    let high = "const row = [...document.querySelectorAll('tr')].find((one) => one.innerText.startsWith('E-mail')); \
        [...row.querySelectorAll('label')].find((one) => one.innerText.includes('Hoog')).click(); return true";
    window.ask(high);
    window.reads("E-mail is nu hoog gevoelig.");
    opens(&window, "janss", "Marieke Janssens");
    window.reads("marieke.janssens@post.example");
    let marked = "return [...document.querySelectorAll('.sens--high')].some((one) => one.closest('div')?.innerText.includes('@'))";
    assert_eq!(window.ask(marked), json!(true), "the e-mail address is not marked");
    window.examine("contact-high");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn what_is_set_for_the_window_holds_at_once_and_the_next_time() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.shows("settings");
    window.press_first("Slot");
    window.select("Vanzelf op slot na", "5 minuten zonder gebruik");
    window.reads("Je kluis gaat op slot na 5 minuten.");
    window.reads("Slot over 5 minuten");
    window.press_first("Venster");
    window.choose("Donker");
    window.reads("Aangepast.");
    let look = "return document.documentElement.dataset.theme";
    assert_eq!(window.ask(look), "dark");
    window.select("Taal van het venster", "Engels");
    window.reads("Language of the window");
    drop(window);
    let window = world.open();
    window.shows("locked");
    window.reads("Passphrase");
    assert_eq!(window.ask(look), "dark", "the look of before");
}
