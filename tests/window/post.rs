//! Mail by the window: the account with its password in the keychain, a mail to oneself, what is stuck and why, and what goes by
//! itself; against a real server over TLS.

use std::time::Duration;

use serde_json::Value;

use crate::patience::within;
use crate::smtp::{Server, possible};
use crate::window::Window;
use crate::world::{Keychain, World};

/// Lays a mail about their request to somebody by, as the command line does.
fn lays_by(world: &World, who: &str) -> Value {
    let open = ["request", "open", who, "--kind", "access", "--received", "2026-03-05", "--how", "email"];
    let asked = world.runs(&open)["request"].as_str().unwrap().to_owned();
    let text = world.file("antwoord.txt", "Hier is wat u vroeg.\n");
    let mail = ["mail", "send", who, "--template", "message", "--purpose", "rights", "--request", &asked, "--later"];
    world.runs(&[&mail[..], &["--subject", "Uw vraag aan ons", "--text-file", text.to_str().unwrap()]].concat())
}

fn sets_the_account(window: &Window<'_>, server: &Server) {
    window.goes("Instellingen");
    window.press("Mail");
    window.reads("Server voor uitgaande mail");
    window.press("Bewaren");
    window.reads("Vul je mailadres in.");
    window.reads("Vul het wachtwoord in.");
    window.write("Je mailadres", "an@example.be");
    window.write("Server voor uitgaande mail", "localhost");
    window.write("Poort", &server.port.to_string());
    window.write("Wachtwoord", "fout");
    window.press("Bewaren");
    window.reads("Je mailaccount is bewaard.");
    window.press("Stuur mezelf een proefmail");
    window.reads("aanvaardt deze naam en dit wachtwoord niet.");
    window.examine("settings-mail-refused");
    window.write("Wachtwoord", "geheim");
    window.press("Stuur mezelf een proefmail");
    window.reads("De proefmail is aangenomen.");
    window.examine("settings-mail");
}

fn goes_to_the_outbox(window: &Window<'_>) {
    window.goes("Instellingen");
    window.press("Mail");
    window.press("Postvak uit bekijken");
    window.shows("outbox");
}

/// Waits until what the server took has this many mails.
pub(crate) fn takes(server: &Server, count: usize) {
    within(Duration::from_secs(90), "the mails at the server", || {
        let taken = server.taken().len();
        if taken == count { Ok(()) } else { Err(format!("It took {taken}.")) }
    });
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn mails_go_by_themselves_and_a_stuck_one_is_sent_again() {
    if !possible() {
        return;
    }
    let world = World::new(Keychain::Open);
    world.vault("Bakkerij Jans");
    for name in ["an", "bo", "cas"] {
        world.runs(&["contact", "add", "--given", name, "--email", &format!("{name}@post.example")]);
    }
    let server = Server::new(&world.root().join("files"), "starttls");
    let window = world.open();
    window.unlocks();
    sets_the_account(&window, &server);
    assert_eq!(server.taken().len(), 1);
    assert!(server.taken()[0].contains("Proefmail van Bakkerij Jans"));
    drop(window);
    for name in ["an", "bo"] {
        lays_by(&world, &format!("{name}@post.example"));
    }
    server.manner("refuse bo@post.example");
    let window = world.open();
    window.unlocks();
    takes(&server, 2);
    window.reads("1 mail raakte niet weg");
    window.examine("today-mail-stuck");
    window.press("1 mail raakte niet weg");
    window.shows("outbox");
    window.reads("De mailserver nam hem niet aan.");
    window.reads("De server zegt: 550 5.1.1 nobody of that name here");
    window.examine("outbox-stuck");
    server.manner("");
    window.press("Opnieuw versturen");
    takes(&server, 3);
    window.reads("Alles is weg");
    window.press("Ook wat voorbij is");
    window.reads("Verstuurd");
    window.examine("outbox-over");
    drop(window);
    assert!(server.taken()[2].contains("bo@post.example"));
}

#[test]
#[ignore = "needs the built window: cargo xtask test --only window"]
fn a_mail_in_doubt_is_settled_and_one_that_waits_says_why() {
    if !possible() {
        return;
    }
    let world = World::new(Keychain::Open);
    world.vault("Bakkerij Jans");
    for name in ["an", "cas"] {
        world.runs(&["contact", "add", "--given", name, "--email", &format!("{name}@post.example")]);
    }
    let mut server = Server::new(&world.root().join("files"), "starttls");
    let window = world.open();
    window.unlocks();
    sets_the_account(&window, &server);
    drop(window);
    // A server that takes a mail and says nothing leaves a doubt, which the owner settles.
    lays_by(&world, "cas@post.example");
    server.manner("gone");
    let window = world.open();
    window.unlocks();
    takes(&server, 2);
    goes_to_the_outbox(&window);
    window.reads("Misschien verstuurd");
    window.examine("outbox-doubt");
    window.press("Is aangekomen");
    window.reads("Genoteerd dat de mail aankwam.");
    window.reads("Alles is weg");
    drop(window);
    assert_eq!(server.taken().len(), 2);
    // A server that is away: the mail waits, and says why.
    server.stop();
    lays_by(&world, "an@post.example");
    let window = world.open();
    window.unlocks();
    goes_to_the_outbox(&window);
    window.reads("De mailserver is niet te bereiken.");
    window.press("Meer met");
    window.press("Wegleggen");
    window.examine("outbox-put-away");
    window.press("Mail wegleggen");
    window.reads("Alles is weg");
    drop(window);
    assert_eq!(world.runs(&["audit", "verify"])["ok"], true);
    assert_eq!(world.runs(&["mail", "outbox"])["mails"], serde_json::json!([]));
}
