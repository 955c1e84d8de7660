//! A tour of every screen in the practice vault, in both languages: pictures, judges, and the keyboard alone.

use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

/// What is written on things, in one language.
pub(crate) struct Words {
    language: Option<&'static str>,
    start: [&'static str; 8],
    practice: &'static str,
    pub(crate) screens: [&'static str; 5],
    waits: &'static str,
    pub(crate) parts: [&'static str; 10],
    pub(crate) search: &'static str,
    connections: &'static str,
    pub(crate) registers: [&'static str; 4],
    leave: &'static str,
}

pub(crate) const NL: Words = Words {
    language: None,
    start: [
        "Naam van je zaak",
        "Verder naar het slot",
        "Met een wachtzin",
        "Nieuwe wachtzin",
        "Nog eens dezelfde",
        "Verder naar je noodblad",
        "Typ groep",
        "Kluis openen",
    ],
    practice: "Oefenkluis openen",
    screens: ["Vandaag", "Contacten", "Toestemming", "Verzoeken", "Instellingen"],
    waits: "Wacht nog",
    parts: [
        "Je zaak",
        "Velden",
        "Doelen",
        "Brieven en mails",
        "Mail",
        "Reservekopie",
        "Sleutels",
        "Slot",
        "Venster",
        "Over Akkoord",
    ],
    search: "Zoeken in contacten",
    connections: "Koppelingen",
    registers: ["Logboek", "Verwerkingen", "Datalekken", "Blokkeerlijst"],
    leave: "Terug naar je eigen kluis",
};

pub(crate) const EN: Words = Words {
    language: Some("English"),
    start: [
        "Name of your business",
        "On to the lock",
        "With a passphrase",
        "New passphrase",
        "The same once more",
        "On to your Emergency Kit",
        "Type group",
        "Open the vault",
    ],
    practice: "Open the practice vault",
    screens: ["Today", "Contacts", "Consent", "Requests", "Settings"],
    waits: "Waiting",
    parts: [
        "Your business",
        "Fields",
        "Purposes",
        "Letters and mails",
        "Mail",
        "Backup",
        "Keys",
        "Lock",
        "Window",
        "About Akkoord",
    ],
    search: "Search contacts",
    connections: "Connections",
    registers: ["Log", "Processing", "Breaches", "Blocked list"],
    leave: "Back to your own vault",
};

/// The first start, up to the practice vault; `paper` looks at the Emergency Kit on the way.
#[track_caller]
pub(crate) fn practises(window: &Window<'_>, words: &Words, paper: impl FnOnce()) {
    let [name, lock, passphrase, fresh, again, kit, group, open] = words.start;
    window.shows("start");
    if let Some(language) = words.language {
        window.select("Taal van Akkoord", language);
    }
    window.write(name, "Bakkerij Jans");
    window.press(lock);
    window.choose(passphrase);
    window.write(fresh, PASSPHRASE);
    window.write(again, PASSPHRASE);
    window.press(kit);
    window.reads(group);
    paper();
    let asked = window.text();
    let asked = asked.split(group).nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().to_owned();
    let script = format!("return document.querySelectorAll('[data-paper=kit] ol li span')[{asked} - 1].textContent");
    let typed = window.ask(&script);
    window.write(&format!("{group} {asked}"), typed.as_str().unwrap());
    window.press(open);
    window.press(words.practice);
    window.is_open();
    window.reads("Ketting & Co");
}

/// The first start in Dutch, up to the practice vault.
#[track_caller]
pub(crate) fn practises_in_dutch(window: &Window<'_>) {
    practises(window, &NL, || {});
}

/// Every screen of the menu, and what opens from it.
#[track_caller]
fn tours(words: &Words) {
    let world = World::new(Keychain::Open);
    let window = world.open();
    practises(&window, words, || ());
    let [today, contacts, consent, requests, settings] = words.screens;
    window.goes(today);
    window.shows("today");
    window.examine("today");
    window.goes(contacts);
    window.shows("contacts");
    window.reads("Bartholomeus");
    window.examine("contacts-practice");
    window.write(words.search, "khattabi");
    window.reads("Yasmina El Khattabi");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Studio Inktvis");
    window.examine("contact-practice");
    window.reads("Postduif");
    window.ask("document.querySelector('.priv > div:last-child').scrollIntoView({ block: 'end' }); return true");
    window.examine("contact-practice-shared");
    window.ask("document.querySelector('.page').scrollTop = 0; return true");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Yasmina");
    window.examine("call-practice");
    window.keys(&["Escape"]);
    window.keys(&["Control", "k"]);
    window.types("van");
    window.reads("Van den Bossche");
    window.examine("palette-practice");
    window.keys(&["Escape"]);
    window.keys(&["Control", "n"]);
    window.examine("contact-new-practice");
    window.keys(&["Escape"]);
    window.types("?");
    window.examine("shortcuts");
    window.keys(&["Escape"]);
    window.goes(consent);
    window.shows("consent");
    window.press_first(words.waits);
    window.examine("consent-practice");
    window.goes(words.connections);
    window.shows("connections");
    window.reads("Postduif");
    window.examine("connections-practice");
    window.goes(requests);
    window.shows("requests");
    window.examine("requests-practice");
    window.keys(&["Control", "r"]);
    window.examine("request-new-practice");
    window.keys(&["Escape"]);
    tours_registers(&window, words);
    window.goes(settings);
    tours_settings(&window, words);
    window.press(words.leave);
    window.is_open();
    window.reads("Bakkerij Jans");
}

/// Every register.
#[track_caller]
fn tours_registers(window: &Window<'_>, words: &Words) {
    window.goes("Registers");
    for part in words.registers {
        window.shows("registers");
        window.press(part);
        window.settles();
        let name = window.ask("return document.querySelector('[data-screen=registers]').dataset.part");
        window.examine(&format!("registers-{}-practice", name.as_str().unwrap()));
    }
}

/// Every part of the settings.
#[track_caller]
fn tours_settings(window: &Window<'_>, words: &Words) {
    window.shows("settings");
    for part in words.parts {
        window.press_first(part);
        window.shows("settings");
        let name = window.ask("return document.querySelector('[data-part]').dataset.part");
        window.examine(&format!("settings-{}", name.as_str().unwrap()));
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn every_screen_in_dutch() {
    tours(&NL);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn every_screen_in_english() {
    tours(&EN);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn every_screen_by_keyboard_alone() {
    let world = World::bakery();
    let window = world.open();
    window.shows("locked");
    window.tab_through();
    window.unlocks();
    for name in ["Vandaag", "Contacten", "Toestemming", "Verzoeken", "Instellingen"] {
        window.goes(name);
        window.settles();
        let stops = window.tab_through();
        assert!(stops.len() > 5, "{name} has few stops: {stops:?}");
    }
    for part in
        ["Velden", "Doelen", "Brieven en mails", "Mail", "Reservekopie", "Sleutels", "Slot", "Venster", "Over Akkoord"]
    {
        window.press_first(part);
        window.settles();
        window.tab_through();
    }
    crate::contacts::opens(&window, "janss", "Marieke Janssens");
    window.tab_through();
    for keys in [&["Control", "Shift", "p"][..], &["Control", "r"], &["Control", "n"]] {
        window.keys(keys);
        window.settles();
        window.tab_through();
        window.keys(&["Escape"]);
        window.closes_dialogs();
    }
}
