//! What the other stories do in Dutch, in English: the same words in other lengths, with names as life writes them.

use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

/// A till whose columns say nothing by their names, with names that are long, from right to left, or pictures.
const TILL: &str = "Wie;Waar;Bel;Schoenmaat en voorkeur voor het seizoen;Leeg\n\
    \"Wolfeschlegelsteinhausenbergerdorff-Vanhaverbeke, Bartholomeus\";bartholomeus.wolfeschlegelsteinhausen@post.example;0470 11 22 33;41;\n\
    \"Van den Broeck, Marie-Christine\";mc@post.example;+32 9 222 33 44;39;\n\
    \"محمد, 🎂\";m@post.example;0470 11 22 44;44;\n";

/// A desktop with a bakery's vault whose window speaks English.
fn spoken() -> World {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    world.set("language", "\"en\"");
    world
}

#[track_caller]
fn unlocks(window: &Window<'_>) {
    window.shows("locked");
    window.write("Passphrase", PASSPHRASE);
    window.press("Open");
    window.is_open();
}

/// Brings the till's file in, and says what its columns are.
#[track_caller]
fn imports(window: &Window<'_>) {
    window.goes("Contacts");
    window.shows("contacts");
    window.press_first("Import");
    window.shows("import");
    window.give("Choose a file with contacts", &window.world.file("till.csv", TILL));
    window.reads("Akkoord recognises too few of these columns.");
    window.select("Becomes in Akkoord: Wie", "Whole name");
    window.select("Becomes in Akkoord: Waar", "E-mail");
    window.select("Becomes in Akkoord: Bel", "Phone");
    window.reads("3 all right");
    window.examine("import-meanings");
    window.press("Done with the columns");
    window.press("On to duplicates");
    window.choose("From the people themselves");
    window.examine("import-duplicates");
    window.press("Import 3 rows");
    window.reads("This is what happened.");
    window.examine("import-done");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_till_comes_in_and_its_pile_of_forms_is_recorded() {
    let world = spoken();
    let window = world.open();
    unlocks(&window);
    imports(&window);
    window.press("Record consent on paper");
    window.choose("In the shop");
    window.write("On which day they signed", "5 March 2026");
    window.choose("E-mail");
    window.reads("people get this yes");
    window.examine("signed");
    window.press("Record for 3 people");
    window.reads("Yes of 3 people recorded.");
    window.closes_dialogs();
    window.press("Go to contacts");
    window.shows("contacts");
    window.choose("Marie-Christine Van den Broeck");
    window.press("Ask 1 for consent");
    window.choose("By e-mail");
    window.settles();
    window.examine("contacts-ask");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_connection_is_added_and_asking_is_planned() {
    let world = spoken();
    let person = ["contact", "add", "--given", "Bartholomeus", "--family", "Wolfeschlegelsteinhausenbergerdorff"];
    world.runs(&[&person[..], &["--email", "bart@post.example", "--phone", "0470 11 22 33"]].concat());
    let window = world.open();
    unlocks(&window);
    window.goes("Connections");
    window.shows("connections");
    window.reads("Nobody receives data yet");
    window.press("Add a connection");
    window.write("Name", "Postduif, the newsletter service of the neighbourhood");
    window.choose("Nieuwsbrief");
    window.choose("Born");
    window.examine("connection-new");
    window.press("Save");
    window.shows("connection");
    window.reads("Nothing has left yet.");
    window.examine("connection");
    window.goes("Consent");
    window.shows("consent");
    window.press_first("Not asked");
    window.press("Ask for consent");
    window.settles();
    window.examine("consent-plan");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_request_is_led_to_its_letter() {
    let world = spoken();
    world.runs(&[
        "contact",
        "add",
        "--given",
        "Marie-Christine",
        "--family",
        "Van den Broeck",
        "--email",
        "mc@post.example",
    ]);
    let today = akkoord_office::clock::now().date_naive().to_string();
    let open = ["request", "open", "mc@post.example", "--kind", "access", "--received", &today, "--how", "email"];
    world.runs(&open);
    world.runs(&["mail", "account", "set", "--smtp", "mail.invalid", "--user", "bakery@jans.example"]);
    let window = world.open();
    unlocks(&window);
    window.goes("Requests");
    window.press("Marie-Christine Van den Broeck");
    window.shows("request");
    window.reads("The letter");
    window.examine("right-access");
    window.press("Take more time");
    window.choose("Two months");
    window.write("Why do you need more time?", "It is kept in three programs");
    window.choose("Akkoord mails the letter");
    window.press("How the letter reads");
    window.reads("It is kept in three programs");
    window.examine("right-extend");
    window.press("Cancel");
    window.press("Discard");
    window.closes_dialogs();
    window.press_first("Send the letter");
    window.choose("By e-mail");
    window.choose("I checked that nothing about anybody else is in it");
    window.examine("right-access-send");
    window.press("Send the letter");
    window.reads("Never put it in an e-mail.");
    window.examine("right-access-sent");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_own_field_gets_its_choices_and_one_of_them_another_text() {
    let world = spoken();
    let person = ["contact", "add", "--given", "Marie-Christine", "--family", "Van den Broeck"];
    world.runs(&[&person[..], &["--email", "mc@post.example"]].concat());
    let window = world.open();
    unlocks(&window);
    window.goes("Settings");
    window.shows("settings");
    window.press_first("Fields");
    window.press("Make a field");
    window.write("Name of the field", "Favourite bread for the weekend");
    window.select("What it holds", "Choice");
    window.press("Make the field");
    window.reads("Put at least one choice here.");
    window.examine("field-new");
    window.types("White");
    window.reads_no_more("Put at least one choice here.");
    window.keys(&["Enter"]);
    window.types("Sourdough with walnuts and raisins");
    window.press("Make the field");
    window.reads("White, Sourdough with walnuts and raisins");
    window.examine("fields-own");
    window.goes("Contacts");
    window.shows("contacts");
    window.write("Search contacts", "broeck");
    window.reads("Marie-Christine Van den Broeck");
    window.keys(&["Enter"]);
    window.shows("contact");
    window.press("Add");
    window.press("Favourite bread for the weekend");
    window.select("Favourite bread for the weekend", "White");
    window.press("Save");
    window.reads("Favourite bread for the weekend saved.");
    window.examine("contact-own");
    window.goes("Settings");
    window.shows("settings");
    window.press_first("Fields");
    window.press("Change the choices of Favourite bread for the weekend");
    window.press("Rename White");
    window.write("New text for White", "White from the oven");
    window.examine("field-rename");
    window.press("Rename");
    window.reads("White is White from the oven now, also for those who had it.");
    window.holds("What there is to choose from", "White from the oven\nSourdough with walnuts and raisins");
    drop(window);
    let bread = &world.runs(&["contact", "show", "mc@post.example"])["fields"]["favourite_bread_for_the_weekend"];
    assert_eq!(bread, "White from the oven");
}
