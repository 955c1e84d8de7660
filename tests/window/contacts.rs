//! Finding people, and what stands on the page of one of them.

use crate::bakery::MARIEKE;
use crate::window::Window;
use crate::world::World;

/// Finds somebody by typing and opens the page.
#[track_caller]
pub(crate) fn opens(window: &Window<'_>, typed: &str, name: &str) {
    window.goes("Contacten");
    window.shows("contacts");
    window.write("Zoeken in contacten", typed);
    window.reads(name);
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads(&format!("Mag ik {}", name.split(' ').next().unwrap()));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn people_are_found_by_any_part_of_what_is_known() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    window.goes("Contacten");
    window.shows("contacts");
    window.examine("contacts");
    for typed in ["janss", "0470 12", "marieke.janssens@"] {
        window.write("Zoeken in contacten", typed);
        window.reads("Marieke Janssens");
        window.reads_no_more("Léa Dubois");
    }
    window.write("Zoeken in contacten", "niemand heet zo");
    window.reads("Niemand gevonden");
    window.examine("contacts-nobody");
    window.press("Iedereen tonen");
    window.reads("Léa Dubois");
    window.keys(&["Control", "k"]);
    window.types("dubois");
    window.reads("Léa Dubois");
    window.examine("palette");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Mag ik Léa");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_strip_says_yes_with_evidence_until_it_is_taken_back() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Nee, want Marieke is nog niets gevraagd over ‘Nieuwsbrief’.");
    window.examine("contact");
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Mogen we u elke maand onze nieuwsbrief sturen?");
    window.types("jgg1");
    window.keys(&["Control", "Enter"]);
    window.reads("zei Marieke aan de telefoon ja tegen");
    window.examine("contact-yes");
    window.press("Intrekken");
    window.reads("Wat trekt Marieke in?");
    window.examine("contact-withdraw");
    // What is ticked beforehand looks ticked: as a filled box.
    let looks = "const box = document.querySelector('dialog .check:checked');
                 return box ? getComputedStyle(box).backgroundColor !== getComputedStyle(box.closest('dialog')).backgroundColor : false";
    assert_eq!(window.ask(looks), true, "a ticked box looks empty");
    window.press("Intrekken");
    window.reads("Nee, want Marieke trok het ja weer in.");
    window.press("Ongedaan maken");
    window.reads("Het ja staat er weer.");
    window.closes_dialogs();
    window.reads("zei Marieke aan de telefoon ja tegen");
    drop(window);
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn somebody_on_lock_is_left_alone() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    opens(&window, "dubois", "Léa Dubois");
    window.press("Meer");
    window.press("Op slot zetten");
    window.write("Waarom", "Betwist het adres");
    window.press("Op slot zetten");
    window.reads("Léa staat op slot sinds");
    window.reads("Nee, voor geen enkel doel en langs geen enkele weg.");
    window.examine("contact-restricted");
    picks_up_somebody_on_lock(&window);
    window.press("Slot opheffen");
    window.write("Waarom het slot eraf mag", "Het adres klopt");
    window.press("Slot opheffen");
    window.reads("Vul in wanneer je het liet weten.");
    window.write("Wanneer je het liet weten", "vandaag");
    window.press("Slot opheffen");
    window.reads_no_more("staat op slot sinds");
    drop(window);
    let shown = world.runs(&["contact", "show", "lea.dubois@courrier.example"]);
    assert_eq!(shown["restricted"], false, "{shown}");
}

#[track_caller]
fn picks_up_somebody_on_lock(window: &Window<'_>) {
    window.keys(&["Control", "Shift", "p"]);
    window.reads("Léa staat op slot");
    window.examine("call-restricted");
    window.keys(&["Escape"]);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn data_are_edited_in_place_and_taken_back() {
    let world = World::bakery();
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.press("marieke.janssens@post.example thuis");
    window.write("E-mail", "geen adres");
    window.keys(&["Enter"]);
    window.reads("Dat is geen e-mailadres.");
    window.write("E-mail", "marieke@nieuw.example");
    window.keys(&["Enter"]);
    window.reads("E-mail bewaard.");
    window.press("Ongedaan maken");
    window.reads("staat weer zoals het was.");
    window.reads(MARIEKE);
    window.keys(&["Control", "n"]);
    window.reads("Nieuw contact");
    window.examine("contact-new");
    window.write("Voornaam", "Mieke");
    window.write("Telefoon", "0470 12 34 56");
    window.write("Hoe kom je aan deze gegevens?", "kwam langs in de winkel");
    window.press("Contact toevoegen");
    window.reads("Marieke Janssens heeft dit nummer al.");
    window.press("Toch toevoegen");
    window.reads("Mieke staat erbij.");
}
