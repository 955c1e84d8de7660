//! Requests that take longer or are refused: what must be told, by when, and what that must hold.

use akkoord_office::clock;

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::World;

/// Marieke asks something today, on the phone.
pub(crate) fn takes_down(world: &World, kind: &str) {
    let today = clock::now().date_naive().to_string();
    world.runs(&["request", "open", MARIEKE, "--kind", kind, "--received", &today, "--how", "phone"]);
}

/// A bakery with a request of today, at its page.
pub(crate) fn asked<'world>(world: &'world World, kind: &str) -> Window<'world> {
    takes_down(world, kind);
    let window = world.open();
    window.unlocks();
    window.goes("Verzoeken");
    window.shows("requests");
    window.press("Marieke Janssens");
    window.shows("request");
    window
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_extension_is_told_in_the_first_month_with_its_new_day() {
    let world = World::bakery();
    let window = asked(&world, "access");
    window.press("Uitstel nemen");
    window.reads("Laat de persoon weten waarom, ten laatste op");
    window.press("Uitstel noteren");
    window.reads("Kies één of twee maanden.");
    window.choose("Twee maanden");
    window.press("Uitstel noteren");
    window.reads("Schrijf waarom.");
    window.write("Waarom heb je meer tijd nodig?", "Het staat in drie programma’s");
    window.press("Uitstel noteren");
    window.reads("Kies hoe je het laat weten.");
    window.choose("Ik liet het zelf al weten");
    window.press("Uitstel noteren");
    window.reads("Zonder dat geldt het uitstel niet.");
    window.write("Gezegd aan de persoon op", "vandaag");
    window.examine("request-extend");
    window.press("Uitstel noteren");
    window.reads("Uitstel genoteerd. Antwoord ten laatste op");
    window.closes_dialogs();
    window.reads("Het staat in drie programma’s");
    window.reads("plus drie maanden is");
    window.examine("request-extended");
    assert_eq!(window.count(&["button"], "Uitstel nemen"), 0, "it can be taken twice");
    drop(window);
    let listed = world.runs(&["request", "list"]);
    assert_eq!(listed["requests"][0]["state"], "extended", "{listed}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_refusal_says_why_and_where_to_complain() {
    let world = World::bakery();
    let window = asked(&world, "erasure");
    window.press("Weigeren");
    window.reads("Dat de persoon mag klagen bij de toezichthouder");
    window.reads("Dat de persoon naar de rechter mag");
    window.press("Verzoek weigeren");
    window.reads("Schrijf waarom je weigert.");
    window.write("Waarom weiger je?", "De facturen moeten nog vier jaar blijven");
    window.press("Verzoek weigeren");
    window.reads("Kies hoe je het laat weten.");
    window.choose("Ik liet het zelf al weten");
    window.press("Verzoek weigeren");
    window.reads("Stuur eerst de weigering, en vink dan aan.");
    window.choose("Met een brief op papier");
    window.press("Zo leest de brief");
    window.reads("naar de rechter stappen");
    window.examine("request-refuse");
    window.press("Verzoek weigeren");
    window.reads("De brief staat klaar als");
    window.closes_dialogs();
    window.reads("De facturen moeten nog vier jaar blijven");
    window.examine("request-refused");
    drop(window);
    let listed = world.runs(&["request", "list", "--state", "closed"]);
    assert_eq!(listed["requests"][0]["state"], "refused", "{listed}");
}
