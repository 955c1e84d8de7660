//! What narrows a list: each leaves exactly as many as it says, and exactly those.

use std::time::Duration;

use akkoord_office::vault::Access;
use akkoord_office::{clock, consents};

use crate::inform::told_by_others;
use crate::window::Window;
use crate::world::{Keychain, World};

fn of_days(days: u64) -> Duration {
    Duration::from_secs(days * 24 * 60 * 60)
}

/// A day so long ago, as the command line takes it.
fn ago(days: u64) -> String {
    (clock::now() - of_days(days)).date_naive().to_string()
}

/// Somebody for each list there is.
fn answered() -> World {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    for name in ["An", "Bo", "Cas", "Dirk", "Els", "Fien", "Gust"] {
        let email = format!("{}@post.example", name.to_lowercase());
        world.runs(&["contact", "add", "--given", name, "--family", "Peeters", "--email", &email]);
    }
    let answers = |who: &str, how: &str, on: &str, more: &[&str]| {
        let one = ["consent", "record", who, "--purpose", "nieuwsbrief", "--answer", "given", "--how", how, "--on", on];
        world.runs(&[&one[..], more].concat());
    };
    answers("dirk@post.example", "phone", &ago(20), &[]);
    let text = world.file("nieuw.md", "# Nieuwsbrief\n\nMogen we u elke week onze nieuwsbrief sturen?\n");
    let revise = ["purpose", "revise", "nieuwsbrief", "--language", "nl", "--wording-file", text.to_str().unwrap()];
    world.runs(&revise);
    answers("an@post.example", "phone", &ago(0), &[]);
    let soon = (clock::now() + of_days(12)).date_naive().to_string();
    answers("bo@post.example", "phone", &ago(0), &["--until", &soon]);
    answers("cas@post.example", "web_form", &ago(0), &[]);
    world
}

/// Presses what narrows a list, sees that so many are left and who they are, and takes it off again.
#[track_caller]
fn narrows(window: &Window<'_>, chip: &str, all: &str, left: &[&str], others: &[&str]) {
    let chip = format!("{chip} {}", left.len());
    window.press(&chip);
    window.reads(&format!("{} van {all}", left.len()));
    left.iter().for_each(|name| window.reads(name));
    others.iter().filter(|name| !left.contains(name)).for_each(|name| window.reads_no_more(name));
    window.press(&chip);
    others.iter().for_each(|name| window.reads(name));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn each_way_to_narrow_who_said_what_leaves_as_many_as_it_says() {
    let world = answered();
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Ja");
    window.reads("3 mensen zeggen ja");
    let yes = ["An Peeters", "Bo Peeters", "Dirk Peeters"];
    narrows(&window, "Verloopt binnen 30 dagen", "3", &yes[1..2], &yes);
    narrows(&window, "Deze week geantwoord", "3", &yes[..2], &yes);
    narrows(&window, "Oudere tekst", "3", &yes[2..], &yes);
    window.press("Oudere tekst 1");
    window.reads("1 van 3");
    window.examine("consent-narrowed");
    drop(window);

    // Weeks later, and after a text that is another one: who waits, and whose yes ended by it.
    for (who, days) in [("els@post.example", 20), ("fien@post.example", 0)] {
        let whom = [who.to_owned()];
        let then = clock::now() - of_days(days);
        consents::ask(&mut world.office(Access::Write), &whom, "nieuwsbrief", consents::WAYS[0], then).unwrap();
    }
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Wacht nog");
    window.reads("3 antwoorden komen nog");
    let waiting = ["Cas Peeters", "Els Peeters", "Fien Peeters"];
    narrows(&window, "Bevestigt nog", "3", &waiting[..1], &waiting);
    narrows(&window, "Langer dan 14 dagen", "3", &waiting[1..2], &waiting);
    drop(window);

    let text = world.file("anders.md", "# Nieuwsbrief\n\nMogen we u elke dag schrijven, en uw gegevens delen?\n");
    let revise = ["purpose", "revise", "nieuwsbrief", "--language", "nl", "--wording-file", text.to_str().unwrap()];
    world.runs(&[&revise[..], &["--material"]].concat());
    world.runs(&[
        "consent",
        "record",
        "gust@post.example",
        "--purpose",
        "nieuwsbrief",
        "--answer",
        "given",
        "--how",
        "phone",
        "--on",
        &ago(800),
        "--version",
        "1",
    ]);
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Verlopen");
    window.reads("mensen is het ja voorbij");
    // One that nobody had confirmed ended by it, too; the oldest had ended before.
    let over = ["An Peeters", "Bo Peeters", "Cas Peeters", "Dirk Peeters", "Gust Peeters"];
    narrows(&window, "Tekst veranderd", "5", &over[..4], &over);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn each_way_to_narrow_who_must_be_told_leaves_as_many_as_it_says() {
    let world = told_by_others();
    let folder = world.root().join("berichten.csv");
    let args =
        ["information-queue", "letters", "--by", "email", "--from", "een beurs", "--to", folder.to_str().unwrap()];
    world.runs(&args);
    let window = world.open();
    window.unlocks();
    window.press("6 mensen laten weten");
    window.shows("inform");
    let all = ["An Peeters", "Bo Maes", "Tom Wouters", "Bartholomeus", "Els Claes", "Nina Smet"];
    narrows(&window, "Bericht klaar", "6 mensen", &all[..2], &all);
    narrows(&window, "Nog geen bericht", "6 mensen", &all[2..], &all);
    window.press("Nog geen bericht 4");
    window.reads("4 van 6 mensen");
    window.examine("inform-narrowed");
}
