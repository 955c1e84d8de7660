//! What happens to one contact and is taken back: objections, several yeses withdrawn, two contacts that are one.

use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::window::Window;
use crate::world::World;

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_objection_stops_marketing_until_the_person_takes_it_back() {
    let world = World::bakery();
    world.says_yes(MARIEKE, &["--channels", "email"]);
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.press("Meer");
    window.press("Bezwaar noteren");
    window.reads("Waartegen heeft Marieke bezwaar?");
    window.press("Bezwaar noteren");
    window.reads("Kies eerst waartegen.");
    window.choose("Alle reclame");
    window.examine("contact-objection");
    window.press("Bezwaar noteren");
    window.reads("Bezwaar genoteerd. Het geldt meteen.");
    window.reads("Nee, want Marieke maakte bezwaar.");
    window.reads("Tegen alle reclame");
    window.examine("contact-objected");
    window.press("Opheffen");
    window.press("Bezwaar opheffen");
    window.reads("Schrijf waarom het bezwaar niet meer geldt.");
    window.write("Waarom", "Wil de brief toch weer, zei het in de winkel");
    window.press("Bezwaar opheffen");
    window.reads("Het bezwaar is opgeheven.");
    window.reads("zei Marieke aan de telefoon ja tegen");
    window.reads("Wil de brief toch weer, zei het in de winkel");
    drop(window);
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_yes_from_a_form_counts_once_it_is_confirmed() {
    let world = World::bakery();
    let yes = ["--purpose", "nieuwsbrief", "--answer", "given", "--how", "web_form", "--channels", "email"];
    world.runs(&[&["consent", "record", MARIEKE][..], &yes].concat());
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Nog niet, want Marieke moet het ja nog bevestigen.");
    window.examine("contact-unconfirmed");
    window.press("Het ja voor Nieuwsbrief is bevestigd");
    window.reads("Bevestigd: Nieuwsbrief. Vanaf nu mag het.");
    window.reads_no_more("Nog niet, want Marieke moet het ja nog bevestigen.");
    window.press("Ongedaan maken");
    window.reads("Het ja wacht weer op bevestiging.");
    window.reads("Nog niet, want Marieke moet het ja nog bevestigen.");
    window.press("Het ja voor Nieuwsbrief is bevestigd");
    window.reads("Bevestigd: Nieuwsbrief. Vanaf nu mag het.");
    drop(window);
    let may = world.runs(&["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", "email"]);
    assert_eq!(may["allowed"], true, "{may}");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn several_yeses_are_withdrawn_and_put_back_at_once() {
    let world = World::bakery();
    for purpose in ["nieuwsbrief", "bestelling"] {
        let yes = ["--purpose", purpose, "--answer", "given", "--how", "phone", "--channels", "email"];
        world.runs(&[&["consent", "record", MARIEKE][..], &yes].concat());
    }
    let window = world.open();
    window.unlocks();
    opens(&window, "janss", "Marieke Janssens");
    window.press("Intrekken");
    window.reads("Wat trekt Marieke in?");
    window.press("Intrekken");
    window.reads("Kies eerst wat er ingetrokken wordt.");
    window.choose("Nieuwsbrief");
    window.choose("Bestelling klaar");
    window.examine("contact-withdraw-several");
    window.press("Intrekken");
    window.reads("Ingetrokken: Nieuwsbrief en Bestelling klaar.");
    window.reads("Nee, want Marieke trok het ja weer in.");
    window.press("Ongedaan maken");
    window.reads("Elk ja staat er weer.");
    window.reads("zei Marieke aan de telefoon ja tegen");
    drop(window);
    for purpose in ["nieuwsbrief", "bestelling"] {
        let may = world.runs(&["may", MARIEKE, "--purpose", purpose, "--channel", "email"]);
        assert_eq!(may["allowed"], true, "{purpose}: {may}");
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn two_contacts_become_one_and_come_apart_again() {
    let world = World::bakery();
    world.runs(&["contact", "add", "--given", "Rie", "--family", "Janssens", "--email", "rie@post.example"]);
    let no = ["--purpose", "nieuwsbrief", "--answer", "refused", "--how", "phone"];
    world.runs(&[&["consent", "record", "rie@post.example"][..], &no].concat());
    let before = world.runs(&["contact", "list"])["total"].as_u64().unwrap();
    let window = world.open();
    window.unlocks();
    opens(&window, "marieke jan", "Marieke Janssens");
    window.press("Meer");
    window.press("Samenvoegen met iemand anders");
    window.press("Samenvoegen");
    window.reads("Kies eerst het andere contact.");
    window.examine("contact-merge-nobody");
    window.keys(&["Escape"]);
    window.closes_dialogs();
    merges(&window);
    window.reads("Nee, want Marieke zei nee tegen ‘Nieuwsbrief’.");
    window.reads("Samengevoegd met een ander contact");
    window.press("Ongedaan maken");
    window.reads("Het zijn weer twee contacten.");
    window.reads_no_more("rie@post.example");
    merges(&window);
    window.examine("contact-merged");
    window.press("Uit elkaar halen");
    window.reads("Het zijn weer twee contacten.");
    window.reads("Nee, want Marieke is nog niets gevraagd over ‘Nieuwsbrief’.");
    drop(window);
    assert_eq!(world.runs(&["contact", "list"])["total"].as_u64(), Some(before));
}

/// Makes one of Marieke and Rie; Marieke's name stays.
#[track_caller]
fn merges(window: &Window<'_>) {
    window.press("Meer");
    window.press("Samenvoegen met iemand anders");
    window.write("Het andere contact", "rie jan");
    window.press("Rie Janssens");
    window.reads("Welke naam blijft");
    window.reads("rie@post.example");
    window.press("Samenvoegen");
    window.reads("Samengevoegd tot");
    window.closes_dialogs();
}
