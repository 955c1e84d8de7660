//! What must be shown when somebody asks: the log that holds, the record of processing, a breach with its 72 hours.

use crate::window::Window;
use crate::world::World;

#[track_caller]
fn goes_to_registers(window: &Window<'_>) {
    window.unlocks();
    window.goes("Registers");
    window.shows("registers");
    window.settles();
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_log_is_looked_through_searched_and_saved() {
    let world = World::bakery();
    let window = world.open();
    goes_to_registers(&window);
    window.reads("Nagekeken tot vandaag");
    window.reads("Er is er geen gewijzigd, bijgekomen of verdwenen.");
    window.reads("Bestand ingevoerd");
    window.examine("registers-log");
    window.press("Kluis");
    window.reads("Kluis gemaakt");
    window.reads_no_more("Bestand ingevoerd");
    window.press("Alles");
    window.write("Zoeken in het logboek", "janss");
    window.reads_no_more("Kluis gemaakt");
    window.reads("Bestand ingevoerd");
    window.press("Uittreksel maken");
    window.reads("Het uittreksel staat klaar");
    let table = std::fs::read_to_string(window.saved()).unwrap();
    assert!(table.contains("vault_made") && !table.contains("Janssens"), "{table}");
    window.press_first("Sluiten");
    window.closes_dialogs();
    window.press("Nu nakijken");
    window.reads("Nagekeken tot vandaag");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_record_of_processing_is_shown_and_saved() {
    let world = World::bakery();
    let window = world.open();
    goes_to_registers(&window);
    window.press("Verwerkingen");
    window.reads("Bestelling klaar");
    window.settles();
    window.examine("registers-processing");
    for (verb, begins) in [("Bewaren als pdf", &b"%PDF"[..]), ("Bewaren als tabel", "\u{feff}".as_bytes())] {
        window.press(verb);
        window.reads("Het register staat klaar");
        let file = std::fs::read(window.saved()).unwrap();
        assert!(file.starts_with(begins), "{verb}");
        window.press_first("Sluiten");
        window.closes_dialogs();
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_breach_is_taken_down_its_hours_run_and_who_was_told_is_noted() {
    let world = World::bakery();
    let window = world.open();
    goes_to_registers(&window);
    window.press("Datalekken");
    window.reads("Geen datalekken");
    window.settles();
    window.examine("registers-breaches-empty");
    window.press("Datalek noteren");
    window.press("Datalek noteren");
    window.reads("Schrijf wat er gebeurd is.");
    window.write("Wat is er gebeurd?", "Laptop gestolen uit de auto");
    window.write("Welke gegevens?", "namen, adressen en bestellingen");
    window.write("Ongeveer hoeveel mensen?", "120");
    window.write("Wie ken je bij naam?", "janss");
    window.press("Marieke Janssens");
    window.choose("Ja, de kans is groot");
    window.reads("Te melden voor");
    window.examine("breach-new");
    window.press("Datalek noteren");
    window.shows("breach");
    window.reads("Dit moet je melden, binnen 72 uur.");
    window.reads("Nog 71 uur");
    window.reads("Bericht aan de mensen");
    window.reads("Marieke Janssens");
    window.examine("breach");
    window.press("Gemeld");
    window.examine("breach-told");
    window.press("Noteren");
    window.reads("De toezichthouder Verteld");
    window.press("Niet vertellen");
    window.write("Waarom niet", "Alles was versleuteld, niemand kan het lezen");
    window.press("Noteren");
    window.reads("Niet verteld, beslist");
    window.press("Datalekken");
    window.reads("Afgehandeld");
    window.settles();
    window.examine("registers-breaches");
    for (verb, begins) in [("Bewaren als pdf", &b"%PDF"[..]), ("Bewaren als tabel", "\u{feff}".as_bytes())] {
        window.press(verb);
        window.reads("1 datalek");
        assert!(std::fs::read(window.saved()).unwrap().starts_with(begins), "{verb}");
        window.press_first("Sluiten");
        window.closes_dialogs();
    }
    drop(window);
    let breaches = world.runs(&["breach", "list"]);
    assert_eq!(breaches["breaches"][0]["state"], "closed", "{breaches}");
}
