//! The owner's own fields: made of each kind, filled in on a contact, and their choices changed.

use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::window::Window;
use crate::world::World;

/// Opens the fields in the settings.
fn fields(window: &Window<'_>) {
    window.goes("Instellingen");
    window.shows("settings");
    window.press_first("Velden");
    window.reads("Hoe gevoelig is elk gegeven?");
}

/// Writes what may be chosen, one line each.
fn lists(window: &Window<'_>, choices: &[&str]) {
    window.write("Waaruit je kunt kiezen", "");
    for (at, choice) in choices.iter().enumerate() {
        if at > 0 {
            window.keys(&["Enter"]);
        }
        window.types(choice);
    }
}

/// Makes a field of this kind, which begins as high.
fn makes(window: &Window<'_>, title: &str, kind: &str, choices: &[&str]) {
    window.press("Eigen veld maken");
    window.write("Naam van het veld", title);
    window.select("Wat erin staat", kind);
    if !choices.is_empty() {
        window.press("Veld maken");
        window.reads("Zet hier minstens één keuze.");
        lists(window, choices);
        window.examine("settings-field-choices");
    }
    window.press("Veld maken");
    window.reads(&format!("Het veld {title} staat nu bij elk contact."));
}

/// Fills a field of a contact in for the first time.
fn fills(window: &Window<'_>, title: &str, fill: impl Fn(&Window<'_>)) {
    window.press("Toevoegen");
    window.press(title);
    fill(window);
    window.press("Bewaren");
}

/// Gives a choice that somebody has another text, takes that back, and gives it again.
fn renames(window: &Window<'_>) {
    window.press("Wit hernoemen");
    window.write("Nieuwe tekst voor Wit", "zuurdesem");
    window.keys(&["Enter"]);
    window.reads("zuurdesem staat er twee keer.");
    window.examine("settings-choice-rename");
    window.write("Nieuwe tekst voor Wit", "Wit uit de oven");
    window.reads_no_more("staat er twee keer");
    window.press("Hernoemen");
    window.reads("Wit is nu Wit uit de oven, ook bij wie het had.");
    window.reads("Wit uit de oven, bij 1 contact");
    window.press("Ongedaan maken");
    window.reads("Wit, bij 1 contact");
    window.press("Wit hernoemen");
    window.write("Nieuwe tekst voor Wit", "Wit uit de oven");
    window.press("Hernoemen");
    window.reads("Wit uit de oven, bij 1 contact");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_field_of_each_kind_is_made_filled_in_and_its_choices_changed() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    fields(&window);
    makes(&window, "Fiets", "Tekst", &[]);
    makes(&window, "Klant sinds", "Datum", &[]);
    makes(&window, "Schoenmaat", "Getal", &[]);
    makes(&window, "Lievelingsbrood", "Keuze", &["Zuurdesem", "Wit", "Volkoren met noten"]);
    window.reads("Zuurdesem, Wit, Volkoren met noten");
    window.ask("document.querySelector('.choices').scrollIntoView({ block: 'center' }); return true");
    window.examine("settings-fields-own");

    opens(&window, "janss", "Marieke Janssens");
    fills(&window, "Fiets", |window| window.write("Fiets", "Bakfiets"));
    window.reads("Bakfiets");
    fills(&window, "Klant sinds", |window| window.write("Klant sinds", "29/2/2020"));
    window.reads("29 februari 2020");
    fills(&window, "Schoenmaat", |window| window.write("Schoenmaat", "41,5"));
    window.reads("41,5");
    fills(&window, "Lievelingsbrood", |window| {
        window.examine("contact-choice");
        window.select("Lievelingsbrood", "Wit");
    });
    window.reads("Lievelingsbrood bewaard.");
    window.examine("contact-own");

    fields(&window);
    window.press("Keuzes van Lievelingsbrood aanpassen");
    window.reads("Wit, bij 1 contact");
    lists(&window, &["Zuurdesem", "Spelt"]);
    window.press("Keuzes bewaren");
    window.reads("Wit staat nog bij 1 van je contacten en blijft dus zoals het is.");
    window.examine("settings-choices-used");
    window.types(" en rogge");
    window.reads_no_more("Wit staat nog bij 1 van je contacten");
    renames(&window);
    lists(&window, &["Wit uit de oven", "Spelt"]);
    window.press("Keuzes bewaren");
    window.reads("De keuzes van Lievelingsbrood zijn aangepast.");
    window.reads("Wit uit de oven, Spelt");
    drop(window);
    let marieke = world.runs(&["contact", "show", MARIEKE]);
    let own = ["fiets", "klant_sinds", "schoenmaat", "lievelingsbrood"].map(|key| marieke["fields"][key].clone());
    assert_eq!(own, ["Bakfiets", "2020-02-29", "41.5", "Wit uit de oven"]);
}
