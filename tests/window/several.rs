//! Several people at once: narrowed down by chips, chosen, labelled together, and that taken back.

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::World;

/// How many of how many the list says it shows.
#[track_caller]
fn shows(window: &Window<'_>, count: usize, all: usize) {
    window.reads(&format!("{count} van {all} contacten"));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_list_is_narrowed_by_chips_and_those_who_are_chosen_get_a_label() {
    let world = World::bakery();
    let lea = "lea.dubois@courrier.example";
    world.runs(&["restrict", lea, "--reason", "betwist het adres"]);
    let ask = ["request", "open", MARIEKE, "--kind", "access", "--received", "2026-01-31", "--how", "email"];
    world.runs(&ask);
    world.says_yes(MARIEKE, &[]);
    let all = usize::try_from(world.runs(&["contact", "list"])["total"].as_u64().unwrap()).unwrap();
    let window = world.open();
    window.unlocks();
    window.goes("Contacten");
    window.shows("contacts");
    window.press("Open verzoek 1");
    shows(&window, 1, all);
    window.reads("Marieke Janssens");
    window.press("Open verzoek 1");
    window.press("Op slot 1");
    shows(&window, 1, all);
    window.reads("Léa Dubois");
    window.press("Op slot 1");
    window.press("Antwoord");
    window.press_first("Ja");
    window.reads("Nieuwsbrief: ja");
    shows(&window, 1, all);
    window.reads("Marieke Janssens");
    window.examine("contacts-narrowed");
    window.press("Alle filters weg");
    window.reads(&format!("{all} contacten"));

    window.choose(&format!("Alle {all} kiezen"));
    window.reads("staat op slot.");
    window.press(&format!("{} een label geven", all - 1));
    window.press(&format!("{} een label geven", all - 1));
    window.reads("Typ eerst hoe het label heet.");
    window.write("Label", "kerstmarkt");
    window.reads_no_more("Typ eerst hoe het label heet.");
    window.examine("contacts-label");
    window.keys(&["Enter"]);
    window.reads(&format!("{} contacten kregen het label ‘kerstmarkt’.", all - 1));
    window.press("Label");
    window.press("kerstmarkt");
    shows(&window, all - 1, all);
    window.press("Ongedaan maken");
    window.reads("Het label ‘kerstmarkt’ is weer weg.");
    drop(window);
    let labels = |who: &str| world.runs(&["contact", "show", who])["fields"]["labels"].to_string();
    assert!(!labels(MARIEKE).contains("kerstmarkt") && !labels(lea).contains("kerstmarkt"));
}
