//! Letters about requests that leave by mail, through a real server with TLS and a login: the request closes once the mail is out,
//! and where the server says no the window says what is stuck, why, and what can be done.

use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use zip::ZipArchive;

use crate::answers::asked;
use crate::bakery::MARIEKE;
use crate::contacts::opens;
use crate::post::takes;
use crate::rights::{known, printed, state};
use crate::smtp::{Server, possible};
use crate::window::Window;
use crate::world::World;

/// The address that Marieke has by now.
const NEWER: &str = "marieke@nieuw.example";

/// A bakery that writes through a server of its own; the password of its account is in the keychain.
fn bakery() -> (World, Server) {
    let world = World::bakery();
    let server = Server::new(&world.root().join("files"), "starttls");
    let (line, password) = (format!("localhost:{}", server.port), world.file("password", "geheim\n"));
    let set = ["mail", "account", "set", "--smtp", &line, "--security", "starttls", "--user", "an@example.be"];
    world.runs(&[&set[..], &["--password-file", password.to_str().unwrap()]].concat());
    (world, server)
}

/// Lets the letter go by mail, and says so before and after.
#[track_caller]
fn mails(window: &Window<'_>, to: &str) {
    window.press_first("Brief versturen");
    window.choose("Per mail");
    window.reads(&format!("Naar {to}. Zodra de mail weg is, is het verzoek afgesloten."));
    window.press("Brief versturen");
    window.reads("De mail staat klaar");
}

/// A file that goes with a mail.
fn attached(mail: &str, name: &str) -> Vec<u8> {
    let mail = mail.replace('\r', "");
    let part = mail.split_once(&format!("filename=\"{name}\"")).expect("it goes along").1;
    let lines = part.split_once("\n\n").expect("it has a head").1.split_once("\n--").expect("it ends").0;
    STANDARD.decode(lines.replace('\n', "")).expect("base64")
}

/// What the letter says that goes with a mail.
fn letter(world: &World, mail: &str) -> String {
    printed(&world.file("taken.pdf", attached(mail, "brief.pdf")))
}

/// The table in the locked file, where the password is right.
fn unlocked(zip: &[u8], password: &str) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(zip)).expect("a zip");
    let mut text = String::new();
    zip.by_name_decrypt("contact.csv", password.as_bytes()).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_answer_leaves_once_with_what_goes_along_and_closes_the_request() {
    if !possible() {
        return;
    }
    let (world, server) = bakery();
    let window = asked(&world, "portability");
    known(&window);
    window.write("Wat wil je er zelf bij zeggen?", "Dit is alles wat u ons gaf.");
    window.reads("Dit is alles wat u ons gaf.");
    mails(&window, MARIEKE);
    let password = window.ask("return document.querySelector('dialog .secret').innerText");
    window.press("Klaar");
    window.closes_dialogs();
    window.reads("Wacht in Postvak uit");
    assert_eq!((state(&world).as_str(), server.taken().len()), ("open", 0), "what waits is not out");
    takes(&server, 1);
    window.reads("Op tijd.");
    window.reads("Weg, ");
    window.examine("right-mail-left");
    opens(&window, "janss", "Marieke Janssens");
    window.reads("Beantwoord: Gegevens meenemen");
    drop(window);
    assert_eq!(state(&world), "answered");
    assert_eq!(world.runs(&["mail", "run"])["sent"], json!([]), "what is out does not leave again");
    let taken = server.taken();
    let [mail] = taken.as_slice() else { panic!("{taken:?}") };
    assert!(mail.contains(MARIEKE), "{mail}");
    assert!(letter(&world, mail).contains("Dit is alles wat u ons gaf."));
    let zip = attached(mail, "gegevens.zip");
    assert_eq!(unlocked(&zip, "AAAA-AAAA-AAAA-AAAA"), None, "it opens with any password");
    let table = unlocked(&zip, password.as_str().unwrap()).expect("it opens with its own");
    assert!(table.contains(MARIEKE), "{table}");
    assert!(!mail.contains(password.as_str().unwrap()), "the password goes another way");
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn an_answer_that_the_server_refuses_is_shown_with_why_and_goes_to_the_right_address() {
    if !possible() {
        return;
    }
    let (world, server) = bakery();
    server.manner(&format!("refuse {MARIEKE}"));
    let window = asked(&world, "withdrawal");
    mails(&window, MARIEKE);
    window.press("Klaar");
    window.closes_dialogs();
    window.reads("Geweigerd door de mailserver");
    window.examine("right-mail-refused");
    assert_eq!((state(&world).as_str(), server.taken().len()), ("open", 0), "what was refused answers nobody");
    window.goes("Vandaag");
    window.reads("1 mail raakte niet weg");
    window.goes("Verzoeken");
    window.press("Marieke Janssens");
    window.press("Postvak uit bekijken");
    window.shows("outbox");
    window.reads("Niet aangenomen");
    window.reads("De mailserver nam hem niet aan. De server zegt: 550 5.1.1 nobody of that name here");
    window.reads("Klopt het adres niet meer? Verbeter het bij het contact");
    window.examine("outbox-refused");
    window.press("Meer met");
    window.press("Naar het contact");
    window.press(&format!("{MARIEKE} thuis"));
    window.write("E-mail", NEWER);
    window.keys(&["Enter"]);
    window.reads("E-mail bewaard.");
    puts_away(&window);
    window.goes("Verzoeken");
    window.press("Marieke Janssens");
    mails(&window, NEWER);
    window.press("Klaar");
    window.closes_dialogs();
    takes(&server, 1);
    window.reads("Op tijd.");
    window.reads("Niet verstuurd");
    window.reads("Weg, ");
    drop(window);
    assert_eq!(state(&world), "answered");
    let mail = &server.taken()[0];
    assert!(mail.contains(NEWER) && !mail.contains(MARIEKE), "{mail}");
    assert!(letter(&world, mail).contains("Uw toestemming is ingetrokken"));
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
}

/// Lays the mail that is stuck by.
#[track_caller]
fn puts_away(window: &Window<'_>) {
    window.goes("Vandaag");
    window.press("1 mail raakte niet weg");
    window.shows("outbox");
    window.press("Meer met");
    window.press("Wegleggen");
    window.press("Mail wegleggen");
    window.reads("Alles is weg");
}
