//! Who must be told that their data is held: by when and why then, a message prepared for them, and noted once they know.

use crate::window::Window;
use crate::world::{Keychain, World};

/// A list from a fair and one from a colleague, one of them on lock and one whom nobody can reach.
pub(crate) fn told_by_others() -> World {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    let head = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code";
    let fair =
        "An,Peeters,an@post.example,,,,\nBo,Maes,bo@post.example,0475 12 34 56,,,\nTom,Wouters,tom@post.example,,,,\n";
    let long = "Bartholomeus,Vandenbroucke-Van Steenwinckel,,,Kerkstraat 1,Gent,9000\nEls,Claes,,0475 65 43 21,,,\nNina,Smet,,,,,\n";
    for (name, rows) in [("deelnemers-horeca-expo-gent-2026.csv", fair), ("collega.csv", long)] {
        let file = world.file(name, format!("{head}\n{rows}"));
        world.runs(&["import", file.to_str().unwrap(), "--format", "google", "--origin", "other"]);
    }
    world.runs(&["restrict", "tom@post.example", "--reason", "Betwist het adres"]);
    world.runs(&["consent", "ask", "bo@post.example", "--purpose", "nieuwsbrief", "--by", "phone"]);
    world
}

/// How many still wait.
fn waiting(world: &World) -> u64 {
    world.runs(&["information-queue", "list"])["total"].as_u64().unwrap()
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn who_must_be_told_gets_a_message_and_is_noted_once_they_know() {
    let world = told_by_others();
    let window = world.open();
    window.unlocks();
    window.shows("today");
    window.press("6 mensen laten weten");
    window.shows("inform");
    window.reads("bij je eerste contact");
    window.reads("collega.csv");
    window.examine("inform");
    window.choose("Alle 6 kiezen");
    window.reads("6 gekozen. 1 staat op slot.");
    window.examine("inform-chosen");
    window.press("Bericht voor 5 klaarmaken");
    window.reads("1 alleen aan de telefoon");
    window.reads("1 bereik je zo niet: geen adres. Vertel het als je hen ziet, en noteer het dan.");
    window.press("Bestand voor mails maken");
    window.reads("Schrijf eerst waar de gegevens vandaan komen.");
    window.write(
        "Waar komen de gegevens uit deelnemers-horeca-expo-gent-2026.csv vandaan?",
        "de deelnemerslijst van de beurs in Gent",
    );
    window.write("Waar komen de gegevens uit collega.csv vandaan?", "een collega");
    window.examine("inform-notices");
    window.press("Bestand voor mails maken");
    window.reads("Het bestand staat klaar");
    window.examine("inform-notices-ready");
    let table = std::fs::read_to_string(window.saved()).unwrap();
    for words in ["an@post.example", "Dag Bo Maes,", "de deelnemerslijst van de beurs in Gent", "Bakkerij Jans"] {
        assert!(table.contains(words), "{words} is not in {table}");
    }
    assert!(!table.contains("tom@post.example"), "on lock nobody is written to: {table}");
    window.press_first("Sluiten");
    window.reads("Bestand gemaakt");
    window.press("Noteren wie je belde");
    window.reads("Noteren dat iemand het weet");
    window.holds("Hoe weten ze het?", "Aan de telefoon verteld");
    window.examine("inform-told");
    window.press("Noteren");
    window.reads("Genoteerd dat 1 persoon het weet.");
    window.closes_dialogs();
    assert_eq!(waiting(&world), 5);
    window.press("Ongedaan maken");
    window.reads("Teruggedraaid.");
    assert_eq!(waiting(&world), 6);
    window.press("Bericht klaar 2");
    window.reads("2 van 6 mensen");
    window.choose("Alle 2 kiezen");
    window.press("Noteren dat 2 het weten");
    window.holds("Hoe weten ze het?", "Per e-mail verteld");
    window.press("Noteren");
    window.reads("Genoteerd dat 2 mensen het weten.");
    window.closes_dialogs();
    window.reads("Hier staat niemand");
    window.press("Iedereen tonen");
    window.reads("Bartholomeus");
    assert_eq!(waiting(&world), 4);
    drop(window);
    let told = world.runs(&["contact", "timeline", "an@post.example"]);
    assert!(told.to_string().contains("\"how\":\"email\""), "{told}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn the_keyboard_alone_notes_that_everybody_knows() {
    let world = told_by_others();
    let window = world.open();
    window.unlocks();
    window.keys(&["Control", "k"]);
    window.types("weten");
    window.reads("Kijken wie nog moet weten");
    window.keys(&["Enter"]);
    window.shows("inform");
    window.settles();
    window.tab_through();
    window.keys(&["/"]);
    window.types("collega");
    window.reads("Hier staat niemand");
    window.keys(&["Escape"]);
    window.types("els");
    window.reads("1 van 6 mensen");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.reads("Els Claes");
    window.keys(&["Alt", "Left"]);
    window.shows("inform");
    window.tab_to("Zoeken in wie het nog moet weten");
    window.keys(&["Escape"]);
    window.reads("Bartholomeus");
    window.tab_to("Wie het nog moet weten");
    window.keys(&["Home"]);
    window.keys(&["Space"]);
    window.reads("1 gekozen.");
    knows(&window, "Noteren dat 1 het weet");
    window.tab_to("Alle 5 kiezen");
    window.keys(&["Space"]);
    knows(&window, "Noteren dat 5 het weten");
    window.reads("Iedereen weet het");
    window.examine("inform-none");
    drop(window);
    assert_eq!(waiting(&world), 0);
}

/// Notes that those who are chosen knew already.
#[track_caller]
fn knows(window: &Window<'_>, verb: &str) {
    window.tab_to(verb);
    window.keys(&["Enter"]);
    window.reads("Hoe weten ze het?");
    window.select("Hoe weten ze het?", "Ze wisten het al");
    window.tab_to("button Noteren");
    window.keys(&["Enter"]);
    window.closes_dialogs();
    window.settles();
}
