//! How many people say yes to what, who they are, and how it was on another day.

use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn every_number_of_the_rings_opens_exactly_those_people() {
    let world = World::bakery();
    let marieke = crate::bakery::MARIEKE;
    let yes = ["consent", "record", marieke, "--purpose", "nieuwsbrief", "--answer", "given", "--how", "phone"];
    world.runs(&[&yes[..], &["--on", "2026-01-10"]].concat());
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.reads("Wie zei ja, wie nee, en wie kun je het nog vragen?");
    window.reads("mensen zijn nog niet gevraagd");
    window.examine("consent");
    window.press_first("Ja");
    window.reads("Nieuwsbrief: 1 mens zegt ja");
    window.reads("Marieke Janssens");
    window.reads_no_more("Léa Dubois");
    window.examine("consent-yes");
    window.press("Kijk op een andere dag");
    window.write("Zoals het was op", "9/1/2026");
    window.reads("Zo stond het aan het einde van 9 januari 2026.");
    window.reads("Hier staat niemand");
    window.examine("consent-then");
    window.write("Zoals het was op", "10/1/2026");
    window.reads("Nieuwsbrief: toen 1 keer ja");
    window.press("Terug naar vandaag");
    window.reads("Nieuwsbrief: 1 mens zegt ja");
    window.press_first("Niet gevraagd");
    window.write("Zoeken in deze lijst", "dubois");
    window.reads("Léa Dubois");
    window.reads_no_more("Marieke Janssens");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Mag ik Léa");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_empty_consent_screen_teaches_what_a_purpose_is() {
    let world = World::new(crate::world::Keychain::Open);
    world.vault("Bakkerij Jans");
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.reads("Nog niets om toestemming voor te vragen");
    window.examine("consent-empty");
    window.press("Een doel maken");
    window.shows("settings");
    window.reads("Nieuwsbrief");
}
