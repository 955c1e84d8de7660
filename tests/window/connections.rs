//! Who outside receives data: nothing leaves before somebody looked, and only who and what may.

use crate::bakery::MARIEKE;
use crate::call::picks_up;
use crate::patience::until;
use crate::window::Window;
use crate::world::World;

/// Goes to the one connection there is.
#[track_caller]
fn opens(window: &Window<'_>) {
    window.unlocks();
    window.goes("Koppelingen");
    window.shows("connections");
}

/// Adds a newsletter service that asks for more than it may have.
#[track_caller]
fn adds_postduif(window: &Window<'_>) {
    window.press("Koppeling toevoegen");
    window.write("Naam", "Postduif");
    window.choose("Nieuwsbrief");
    window.choose("Geboren");
    window.examine("connection-new");
    window.press("Bewaren");
    window.shows("connection");
    window.reads("Postduif staat erbij.");
    window.reads("Er is niemand die mee mag.");
    window.examine("connection-nobody");
}

/// Looks at who goes, makes the file, and reads it.
#[track_caller]
fn makes_the_file(window: &Window<'_>) {
    window.press_first("Postduif");
    window.shows("connection");
    window.reads("1 gaat");
    window.reads("gaf geen toestemming om te delen");
    window.examine("connection");
    window.press("Bestand maken voor 1 persoon");
    window.reads("Het bestand staat klaar");
    window.examine("connection-made");
    let file = std::fs::read_to_string(window.saved()).unwrap();
    assert!(file.contains(MARIEKE), "{file}");
    assert!(!file.contains("1984") && !file.contains("dubois"), "what may not go went: {file}");
    window.keys(&["Escape"]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn only_who_may_goes_and_who_may_no_more_is_named() {
    let world = World::bakery();
    let window = world.open();
    opens(&window);
    window.reads("Nog niemand krijgt gegevens");
    window.examine("connections-empty");
    adds_postduif(&window);
    // Passing data on is a question of its own, and nothing is chosen beforehand.
    picks_up(&window, "janss", "Marieke Janssens");
    window.types("jgg1");
    window.keys(&["Enter"]);
    window.types("1");
    window.reads("Mogen we uw gegevens daarvoor doorgeven aan Postduif?");
    window.types("j");
    window.examine("call-sharing");
    window.keys(&["Control", "Enter"]);
    window.reads("Genoteerd voor Marieke");
    drop(window);

    world.says_yes("lea.dubois@courrier.example", &["--language", "nl"]);
    world.runs(&["contact", "set", MARIEKE, "birthday=1984-06-14"]);

    let window = world.open();
    opens(&window);
    window.examine("connections");
    makes_the_file(&window);
    drop(window);

    world.runs(&["consent", "withdraw", MARIEKE, "--purpose", "nieuwsbrief", "--how", "phone"]);
    let window = world.open();
    opens(&window);
    window.reads("Bij Postduif staat nog 1 persoon die eruit moet");
    window.examine("connections-attention");
    window.press_first("Bij Postduif staat nog 1 persoon die eruit moet");
    window.shows("connection");
    window.reads("Haal deze persoon weg bij Postduif");
    window.choose("Mevr. Marieke Janssens trok het ja weer in");
    window.reads("Genoteerd dat 1 persoon daar weg is.");
    window.reads_no_more("Haal deze persoon weg bij Postduif");
    drop(window);
    until("nobody left there", || {
        let seen = world.runs(&["connection", "preview", "postduif"]);
        if seen["to_remove"].as_array().is_none_or(Vec::is_empty) { Ok(()) } else { Err(seen.to_string()) }
    });
    world.nothing_remains_of(&[]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_connection_outside_the_european_economic_area_is_marked_where_one_chooses_it() {
    let world = World::bakery();
    let postduif = ["connection", "add", "--key", "postduif", "--title", "Postduif", "--purpose", "nieuwsbrief"];
    let gets = ["--fields", "given,email", "--max-sensitivity", "low", "--outside-eea"];
    world.runs(&[&postduif[..], &gets].concat());
    let here = ["connection", "add", "--key", "hier", "--title", "Postbode", "--purpose", "nieuwsbrief"];
    world.runs(&[&here[..], &gets[..4]].concat());
    world.says_yes(MARIEKE, &["--share", "postduif"]);
    let window = world.open();
    opens(&window);
    window.reads("buiten de Europese Economische Ruimte");
    window.examine("connections-outside");
    window.press_first("Postduif");
    window.shows("connection");
    window.reads("Buiten de Europese Economische Ruimte mag dit alleen met een extra afspraak.");
    window.examine("connection-outside");
    window.press("Meer");
    window.press_first("Wijzigen");
    window.choose("De dienst zit in de Europese Economische Ruimte");
    window.press("Bewaren");
    window.reads("Postduif is gewijzigd.");
    window.reads_no_more("Buiten de Europese Economische Ruimte");
    window.press_first("Koppelingen");
    window.shows("connections");
    window.reads_no_more("buiten de Europese Economische Ruimte");
}
