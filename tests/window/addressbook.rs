//! An address book on a real server, from the window alone: its password lies in the keychain, what is there is what people agreed
//! to, and a server that is away is said to be.

use serde_json::json;

use crate::radicale::{Radicale, possible};
use crate::window::Window;
use crate::world::{Keychain, World};

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
