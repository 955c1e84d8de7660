//! Contacts that may be the same: compared two at a time, made one or kept apart, each taken back.

use serde_json::{Value, json};

use crate::window::Window;
use crate::world::{Keychain, World};

/// Long, as life writes it.
const BART: [&str; 2] = ["Bartholomeus", "Vandenbroucke-Van Steenwinckel"];

/// Three pairs: a slip of the pen, the same name twice with one of them on lock, and a couple with one mailbox.
pub(crate) fn doubled() -> World {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    let add = |[given, family]: [&str; 2], more: &[&str]| -> String {
        let person = ["contact", "add", "--duplicate", "--given", given, "--family", family];
        let added = world.runs(&[&person[..], more].concat());
        added["contact"].as_str().unwrap().to_owned()
    };
    let phone = "0475 12 34 56";
    let own = ["--email", "annelies.peeters@post.example", "--phone", phone, "--set", "birthday=1980-02-03"];
    let annelies = add(["Annelies", "Peeters"], &own);
    let work = ["--email", "annelise@werk.example", "--phone", phone, "--set", "job_title=Bakker"];
    add(["Annelise", "Peeters"], &work);
    add(["Tom", "Wouters"], &["--email", "wouters.maes@post.example"]);
    add(["Els", "Maes"], &["--email", "wouters.maes@post.example"]);
    let long = "bartholomeus.vandenbroucke.van.steenwinckel@lange-naam.example";
    add(BART, &["--email", "bart@thuis.example", "--set", "birthday=1971-05-06"]);
    let bart = add(BART, &["--email", long, "--set", "birthday=1971-05-06"]);
    add(["Lotte", "De Smet"], &["--email", "lotte@post.example"]);
    world.says_yes(&annelies, &[]);
    world.runs(&["restrict", &bart, "--reason", "Betwist het adres"]);
    world
}

/// How many pairs there still are.
fn left(world: &World) -> Value {
    world.runs(&["contact", "duplicates"])["total"].clone()
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn who_may_be_the_same_is_compared_merged_or_kept_apart_and_taken_back() {
    let world = doubled();
    let window = world.open();
    window.unlocks();
    window.goes("Contacten");
    window.press("Misschien 3 keer iemand dubbel");
    window.shows("duplicates");
    window.reads("bijna dezelfde naam");
    window.reads("annelise@werk.example");
    window.examine("duplicates");
    // What only one of them can give is struck on the other side, and nothing else is.
    let struck = "return [...document.querySelectorAll('del bdi')].map((one) => one.textContent)";
    assert_eq!(window.ask(struck), json!(["Bakker"]));
    window.choose("Annelise Peeters");
    assert_eq!(window.ask(struck), json!(["3 februari 1980"]));
    window.press("Samenvoegen");
    window.reads("Samengevoegd tot Annelise Peeters.");
    window.reads("2 paren");
    assert_eq!(left(&world), 2);
    window.press("Ongedaan maken");
    window.reads("Het zijn weer twee contacten.");
    window.reads("3 paren");
    window.press("Het zijn er twee");
    window.reads("Annelies Peeters en Annelise Peeters zijn er twee.");
    window.reads("2 paren");
    assert_eq!(left(&world), 2);
    window.press("Ongedaan maken");
    window.reads("Ze staan er weer bij.");
    window.reads("3 paren");
    window.press("Samenvoegen");
    window.reads("Bartholomeus Vandenbroucke-Van Steenwinckel staat op slot.");
    window.examine("duplicates-locked");
    window.press("Later");
    window.reads("andere voornaam");
    window.press_first("Contacten");
    window.write("Zoeken in contacten", "annelies.peeters@");
    window.reads("Annelies Peeters");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Samengevoegd met een ander contact");
    window.press("Uit elkaar halen");
    window.reads("Het zijn weer twee contacten.");
    drop(window);
    assert_eq!(left(&world), 3);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_keyboard_alone_looks_through_all_who_may_be_the_same() {
    let world = doubled();
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "k"]);
    window.types("dubbel");
    window.reads("Kijken wie misschien dubbel is");
    window.keys(&["Enter"]);
    window.shows("duplicates");
    window.settles();
    window.tab_through();
    let moves =
        [("Down", "Twee keer Bartholomeus"), ("End", "Tom Wouters en Els Maes"), ("Up", "Twee keer Bartholomeus")];
    for (key, title) in moves {
        window.tab_to("Wie misschien dezelfde is");
        window.keys(&[key]);
        window.reads(title);
        window.keys(&["Enter"]);
        assert!(window.focus().contains(title), "{}", window.focus());
    }
    decides(&window, "Het zijn er twee", "2 paren");
    assert!(window.focus().contains("Tom Wouters en Els Maes"), "{}", window.focus());
    decides(&window, "Het zijn er twee", "1 paar");
    decides(&window, "Samenvoegen", "Niemand lijkt dubbel");
    window.examine("duplicates-none");
    drop(window);
    assert_eq!(left(&world), 0);
}

/// Tabs to the button, presses it and waits for what then stands there.
#[track_caller]
fn decides(window: &Window<'_>, button: &str, then: &str) {
    window.settles();
    window.tab_to(button);
    window.keys(&["Enter"]);
    window.reads(then);
}
