//! An address book on a real server, from the window alone: its password lies in the keychain, what is there is what people agreed
//! to, and a server that is away is said to be.

use std::time::Duration;

use akkoord_office::clock;
use akkoord_office::connections::{self, RunOptions};
use akkoord_office::key::Passphrase;
use akkoord_office::problem::Code;
use akkoord_office::vault::Access;
use serde_json::json;

use crate::certificate::free_port;
use crate::patience::until;
use crate::radicale::{Radicale, cards_in, possible};
use crate::window::Window;
use crate::world::{Keychain, PASSPHRASE, World};

const URL: &str = "Adres van het adresboek";

/// Goes to the address book.
#[track_caller]
fn opens(window: &Window<'_>) {
    window.unlocks();
    window.goes("Koppelingen");
    window.shows("connections");
    window.press_first("Telefoon winkel");
    window.shows("connection");
}

/// Unlocks a window that speaks English, and goes to this address book.
#[track_caller]
fn in_english(window: &Window<'_>, title: &str) {
    window.shows("locked");
    window.write("Passphrase", PASSPHRASE);
    window.press("Open");
    window.is_open();
    window.goes("Connections");
    window.shows("connections");
    window.press_first(title);
    window.shows("connection");
}

fn adds(window: &Window<'_>, server: &Radicale) {
    window.unlocks();
    window.goes("Koppelingen");
    window.shows("connections");
    window.press("Koppeling toevoegen");
    window.write("Naam", "Telefoon winkel");
    window.choose("Een adresboek op een server");
    window.write(URL, &server.url(server.port));
    window.write("Gebruikersnaam", "an");
    window.write("Wachtwoord", "geheim");
    window.choose("Nieuwsbrief");
    window.examine("connection-book-new");
    window.press("Bewaren");
    window.shows("connection");
    window.reads("Telefoon winkel staat erbij.");
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_address_book_is_kept_from_the_window_with_its_password_in_the_keychain() {
    if !possible() {
        return;
    }
    let world = World::new(Keychain::Open);
    world.vault("Bakkerij Jans");
    world.purposes();
    let mut server = Radicale::new(&world.root().join("files"));
    let window = world.open();
    adds(&window, &server);
    drop(window);
    world.runs(&["contact", "add", "--given", "An", "--family", "Peeters", "--email", "an@post.example"]);
    world.runs(&["contact", "add", "--given", "Bo", "--family", "Maes", "--email", "bo@post.example"]);
    world.says_yes("an@post.example", &["--share", "telefoon-winkel"]);
    let window = world.open();
    opens(&window);
    window.press("Bijwerken met 1 persoon");
    window.reads("Het adresboek is bijgewerkt");
    window.examine("connection-book-ran");
    let cards = server.cards();
    assert!(cards.len() == 1 && cards[0].1.contains("an@post.example"), "{cards:?}");
    window.press_first("Sluiten");
    window.closes_dialogs();
    drop(window);
    let shown = world.runs(&["contact", "show", "an@post.example"]);
    assert_eq!(shown["disclosures"].as_array().map(Vec::len), Some(1));
    let files =
        std::fs::read_dir(world.profile()).unwrap().flatten().map(|file| file.path()).filter(|path| path.is_file());
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"geheim"), "the password is in {}", path.display());
    }
    world.runs(&["consent", "withdraw", "an@post.example", "--purpose", "nieuwsbrief", "--how", "email"]);
    let window = world.open();
    opens(&window);
    window.press("Bijwerken");
    window.reads("Het adresboek is bijgewerkt");
    assert!(server.cards().is_empty(), "a withdrawal takes the card away");
    window.press_first("Sluiten");
    window.closes_dialogs();
    server.stop();
    window.press("Bijwerken");
    window.reads("is niet te bereiken, of brak af.");
    window.examine("connection-book-away");
    drop(window);
    assert_eq!(world.runs(&["connection", "preview", "telefoon-winkel"])["to_remove"], json!([]));
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

/// A shop with an address book on a server, in which two people may be.
fn two_people(world: &World) -> Radicale {
    world.vault("Bakkerij Jans");
    world.purposes();
    let server = Radicale::new(&world.root().join("files"));
    let window = world.open();
    adds(&window, &server);
    drop(window);
    for (given, family) in [("An", "Peeters"), ("Bo", "Maes")] {
        let email = format!("{}@post.example", given.to_lowercase());
        world.runs(&["contact", "add", "--given", given, "--family", family, "--email", &email]);
        world.says_yes(&email, &["--share", "telefoon-winkel"]);
    }
    server
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_card_that_somebody_changed_there_is_named_and_settled_from_the_page() {
    if !possible() {
        return;
    }
    let world = World::new(Keychain::Open);
    let server = two_people(&world);
    let window = world.open();
    opens(&window);
    window.press("Bijwerken met 2 mensen");
    window.reads("Het adresboek is bijgewerkt");
    window.press_first("Sluiten");
    window.closes_dialogs();
    drop(window);
    let [an, bo] = ["an@post.example", "bo@post.example"].map(|email| {
        let id = world.runs(&["contact", "show", email])["id"].as_str().unwrap().to_owned();
        let name = format!("akkoord-{id}.vcf");
        cards_in(&server.book()).into_iter().find(|(found, _)| *found == name).unwrap().1
    });
    // Somebody mends one on the phone, and throws the other away.
    let there = std::fs::read_to_string(&an).unwrap();
    std::fs::write(&an, there.replace("FN:An Peeters", "FN:Tante An")).unwrap();
    std::fs::remove_file(&bo).unwrap();

    let window = world.open();
    opens(&window);
    window.press("Bijwerken met 2 mensen");
    window.reads("2 kaartjes zijn daar veranderd en bleven zo");
    window.reads("Daar gewijzigd");
    window.reads("Daar weggehaald");
    window.examine("connection-book-conflict");
    assert!(std::fs::read_to_string(&an).unwrap().contains("Tante An") && !bo.exists(), "what is there stays");
    drop(window);
    world.set("language", "\"en\"");
    let window = world.open();
    in_english(&window, "Telefoon winkel");
    window.press("Update with 2 people");
    window.reads("2 cards were changed there and were left so");
    window.examine("connection-book-conflict");
    drop(window);
    world.set("language", "\"nl\"");
    let window = world.open();
    opens(&window);
    window.press("Bijwerken met 2 mensen");
    window.press("An Peeters overschrijven");
    window.reads("1 kaartje is daar veranderd en bleef zo");
    window.reads_no_more("Daar gewijzigd");
    assert!(
        std::fs::read_to_string(&an).unwrap().contains("FN:An Peeters") && !bo.exists(),
        "nobody else's is written"
    );
    window.press("Bo Maes overschrijven");
    window.reads_no_more("bleef zo");
    until("the card that was thrown away is back", || {
        if server.cards().len() == 2 { Ok(()) } else { Err(format!("{:?}", server.cards())) }
    });
    drop(window);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_address_book_that_was_away_is_brought_up_to_date_by_itself_while_the_window_is_open() {
    if !possible() {
        return;
    }
    let world = World::new(Keychain::Open);
    let mut server = two_people(&world);
    server.stop();
    let window = world.open();
    opens(&window);
    window.press("Bijwerken met 2 mensen");
    window.reads("is niet te bereiken, of brak af.");
    window.reads("Zolang Akkoord open staat, wordt het vandaag om");
    window.examine("connection-book-again");
    window.press_first("Koppelingen");
    window.shows("connections");
    window.reads("bijwerken lukte niet");
    window.examine("connections-failed");
    drop(window);
    // The owner tried an hour ago, and its next time has come long since.
    let then = clock::now() - Duration::from_secs(3600);
    let options = RunOptions { password: Some(Passphrase::new("geheim".to_owned())), overwrite: Vec::new() };
    let ran = connections::run(&mut world.office(Access::Write), "telefoon-winkel", &options, then);
    assert_eq!(ran.unwrap_err().code, Code::ServerUnreachable);
    server.start();
    let window = world.open();
    opens(&window);
    until("the address book is brought up to date", || {
        if server.cards().len() == 2 { Ok(()) } else { Err(format!("{:?}", server.cards())) }
    });
    window.reads_no_more("nog eens geprobeerd");
    drop(window);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_run_that_failed_is_told_in_english_too() {
    let world = World::new(Keychain::Absent);
    world.vault("Bakkerij Jans");
    world.purposes();
    world.set("language", "\"en\"");
    let book = ["connection", "add", "--key", "phone", "--title", "Shop phone", "--purpose", "nieuwsbrief"];
    let url = format!("https://localhost:{}/", free_port());
    let there = ["--fields", "given,email", "--max-sensitivity", "low", "--outside-eea", "--url", &url, "--user", "an"];
    world.runs(&[&book[..], &there].concat());
    let options = RunOptions { password: Some(Passphrase::new("geheim".to_owned())), overwrite: Vec::new() };
    let ran = connections::run(&mut world.office(Access::Write), "phone", &options, clock::now());
    assert_eq!(ran.unwrap_err().code, Code::ServerUnreachable);
    let window = world.open();
    in_english(&window, "Shop phone");
    window.press_first("Connections");
    window.shows("connections");
    window.reads("outside the European Economic Area");
    window.reads("updating did not work");
    window.examine("connections-failed");
    window.press_first("Shop phone");
    window.shows("connection");
    window.reads("As long as Akkoord is unlocked, it is tried again today at");
    window.examine("connection-book-again");
    drop(window);
    assert_eq!(world.runs(&["connection", "list"])["connections"][0]["tried"]["code"], "server_unreachable");
}
