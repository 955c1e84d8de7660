//! How many people say yes to what, who they are, and how it was on another day.

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn every_number_of_the_rings_opens_exactly_those_people() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &["--on", "2026-01-10"]);
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.reads("Wie zei ja, wie nee, en wie kun je het nog vragen?");
    window.reads("mensen zijn nog niet gevraagd");
    window.examine("consent");
    window.press_first("Ja");
    window.reads("Nieuwsbrief: 1 persoon zegt ja");
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
    window.reads("Nieuwsbrief: 1 persoon zegt ja");
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

/// Somebody of the sample file by a part of what is known.
fn id(world: &World, query: &str) -> String {
    let found = world.runs(&["contact", "list", "--query", query]);
    found["contacts"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn many_are_asked_each_by_a_way_that_is_allowed() {
    let world = World::bakery();
    let locked = id(&world, "dubois");
    world.runs(&["restrict", &locked, "--reason", "betwist"]);
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Niet gevraagd");
    window.press("Toestemming vragen");
    window.reads("per mail");
    window.examine("consent-plan");
    window.press("Mails klaarzetten");
    window.reads("Staat klaar");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    window.reads("Klaar om te versturen");
    window.reads("Nieuwsbrief: 12 mensen zijn nog niet gevraagd");
    window.examine("consent-prepared");
    window.press("Samenvoegbestand");
    window.reads("Het bestand staat klaar");
    window.examine("consent-file");
    let file = world.found(".csv").into_iter().find(|path| path.to_string_lossy().contains("te-vragen")).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Mogen we u elke maand onze nieuwsbrief sturen?"), "{text}");
    assert!(!text.contains("Dubois"), "somebody on lock is in it: {text}");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    window.press("Verstuurd op…");
    window.reads("Wanneer heb je de mails verstuurd?");
    window.examine("consent-sent");
    window.press("Noteren dat ze weg zijn");
    window.reads("mensen zijn gevraagd.");
    window.reads_no_more("Klaar om te versturen");
    window.press_first("Wacht nog");
    window.reads("antwoorden komen nog");
    window.reads("Geen antwoord");
    window.examine("consent-asked");
}

/// Unlocks, and begins to call those who were not asked yet.
#[track_caller]
fn begins_calling(window: &Window<'_>) {
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Niet gevraagd");
    window.press("Toestemming vragen");
    window.choose("Per e-mail");
    window.choose("Per brief");
    // Before that the row still moves, and a press lands beside it.
    window.reads("12 te bellen");
    window.settles();
    window.press("Beginnen met bellen");
    window.reads("1 van");
    window.settles();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_call_list_leads_from_one_call_to_the_next_and_waits_until_later() {
    let world = World::bakery();
    let window = world.open();
    begins_calling(&window);
    window.examine("consent-call");
    window.press("Niet bereikt, volgende");
    window.reads("2 van");
    window.settles();
    window.types("n");
    window.keys(&["Control", "Enter"]);
    window.reads("3 van");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    window.reads("Klaar om te bellen");
    window.reads_no_more("Klaar om te versturen");
    window.reads("Bellijst voor Nieuwsbrief");
    window.reads("1 niet bereikt");
    window.examine("consent-call-later");
    window.keys(&["Control", "l"]);
    window.unlocks();
    window.goes("Toestemming");
    window.press("Verder bellen");
    window.reads("3 van");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_call_that_was_saved_is_over_also_when_its_list_cannot_be_kept() {
    let world = World::bakery();
    let window = world.open();
    begins_calling(&window);
    // What the page asks about drafts is refused from now on, as on a disk that is full.
    window.ask(
        "const real = window.fetch;
         const refused = { code: 'disk_full', facts: { file: 'vault.db' }, details: '' };
         const answer = () => new Response(JSON.stringify(refused), {
           headers: { 'content-type': 'application/json', 'Tauri-Response': 'error' },
         });
         window.fetch = (to, ...rest) =>
           /draft_(put|discard)$/.test(String(to)) ? Promise.resolve(answer()) : real(to, ...rest);
         return true",
    );
    window.types("n");
    window.keys(&["Control", "Enter"]);
    window.reads("De bellijst kon niet bewaard worden");
    window.reads("Het kladje kon niet weg");
    window.closes_dialogs();
    window.examine("consent-call-unkept");
    window.reads("Klaar om te bellen");
    window.reads("1 van");
    drop(window);
    let counted = world.runs(&["consent", "dashboard"]);
    let refused = counted["purposes"].as_array().unwrap().iter().find(|one| one["key"] == "nieuwsbrief").unwrap();
    assert_eq!(refused["counts"]["refused"], 1, "{counted}");
    let audit = world.runs(&["audit", "list"]).to_string();
    assert_eq!(audit.matches("call_recorded").count(), 1, "{audit}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_list_leaves_with_those_who_may_be_reached() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &[]);
    let window = world.open();
    window.unlocks();
    window.goes("Toestemming");
    window.shows("consent");
    window.press_first("Ja");
    window.reads("Marieke Janssens");
    window.press("Exporteren");
    window.reads("Een tabel voor je mailprogramma");
    window.choose("E-mail");
    window.reads("gaat mee");
    window.examine("consent-export");
    window.press("1 persoon exporteren");
    window.reads("Het bestand staat klaar");
    let file = world.found(".csv").into_iter().find(|path| path.to_string_lossy().contains("lijst")).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(MARIEKE) && !text.contains("0470"), "{text}");
    drop(window);
    let audit = world.runs(&["audit", "list"]);
    assert!(audit.to_string().contains("list_exported"), "{audit}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_purpose_says_what_the_law_says_and_what_a_new_text_costs() {
    let world = World::bakery();
    world.runs(&["consent", "record", MARIEKE, "--purpose", "bestelling", "--answer", "given", "--how", "phone"]);
    let window = world.open();
    window.unlocks();
    window.goes("Instellingen");
    window.press_first("Doelen");
    window.press_first("Bestelling klaar");
    window.reads("Bel je in België met reclame");
    window.reads("Wie jonger is dan 13 jaar");
    window.examine("settings-purpose-law");
    window.write("De vraag, zoals je ze voorleest", "Mogen we u bellen als uw bestelling klaar is?");
    window.reads("1 persoon moet het opnieuw zeggen.");
    window.choose("Ja, er komt iets bij.");
    window.press("Versie 2 bewaren");
    window.reads("Versie 2 van Bestelling klaar geldt vanaf nu.");
    window.goes("Toestemming");
    window.reads("versie 2");
    window.press_first("Verlopen");
    window.settles();
    window.examine("consent-reworded");
}
