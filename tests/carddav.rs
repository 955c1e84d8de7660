//! An address book on a real Radicale server, over TLS and with a login: what goes there, what comes away, and what a server
//! does that is not well.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::certificate::certify;
use crate::connection::{agrees, person, shop};
use crate::import::google;
use crate::radicale::{Radicale, cards_in, possible};
use crate::session::{self, Session};
use crate::world::{Answer, World};

/// A server with one address book, and the shop whose phone it is.
struct Server {
    world: World,
    radicale: Radicale,
}

impl Server {
    /// A server for the world of a shop, whose phone's address book is a connection to it.
    fn new() -> Self {
        let world = shop();
        let radicale = Radicale::new(&world.root().join("files"));
        let url = radicale.url(radicale.port);
        let new = ["connection", "add", "--key", "phone", "--title", "Telefoonboek", "--purpose", "newsletter"];
        let gets = ["--fields", "given,family,email,phone,birthday", "--max-sensitivity", "low"];
        world.ok(&[&new[..], &gets, &["--url", &url, "--user", "an"]].concat());
        Self { world, radicale }
    }

    /// A server, and so many people who may all be in its book.
    fn of(many: usize) -> Self {
        let server = Self::new();
        let world = &server.world;
        let row = |n| format!("Klant{n},,,,,klant,,klant{n}@example.be,,,,\n");
        let imported = world.ok(&["import", &world.file("many.csv", google(&(0..many).map(row).collect::<String>()))]);
        let import = imported["import_id"].as_str().unwrap();
        let yes = ["consent", "batch", "--purpose", "newsletter", "--how", "letter", "--on", "2026-03-05"];
        world.ok(&[&yes[..], &["--import", import, "--share", "phone"]].concat());
        server
    }

    fn path(&self, name: &str) -> PathBuf {
        self.radicale.path(name)
    }

    fn run(&self, more: &[&str]) -> Answer {
        let (cert, password) = (self.path("cert.pem"), self.path("password"));
        let args = ["connection", "run", "phone", "--password-file", password.to_str().unwrap()];
        self.world.run_with(&[("SSL_CERT_FILE", cert.to_str().unwrap())], &[&args, more].concat())
    }

    fn ran(&self, more: &[&str]) -> Value {
        self.run(more).is(0, more)
    }

    fn cards(&self) -> Vec<(String, String)> {
        self.radicale.cards()
    }

    fn curl(&self, method: &str, name: &str, body: &str) {
        let url = format!("{}{name}", self.radicale.url(self.radicale.port));
        let done = Command::new("curl")
            .args([
                "-skf",
                "-u",
                "an:geheim",
                "-X",
                method,
                "-H",
                "Content-Type: text/vcard",
                &url,
                "--data-binary",
                body,
            ])
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    fn disclosures(&self, who: &str) -> usize {
        self.world.ok(&["contact", "show", who])["disclosures"].as_array().unwrap().len()
    }
}

const OTHER: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:other\r\nFN:Loodgieter\r\nN:Loodgieter;;;;\r\nEND:VCARD\r\n";

#[test]
fn an_address_book_holds_who_may_be_there_and_nobody_elses_cards_are_touched() {
    if !possible() {
        return;
    }
    let server = Server::new();
    let world = &server.world;
    let an = person(world, "An", &["--phone", "0475123456", "--set", "birthday=1980-02-29"]);
    let bo = person(world, "Bo", &[]);
    agrees(world, &an, &["--share", "phone"]);
    agrees(world, &bo, &["--share", "phone"]);
    server.curl("PUT", "other.vcf", OTHER);
    let ran = server.ran(&[]);
    assert_eq!((&ran["written"], &ran["withheld_fields"]), (&json!(2), &json!({ "birthday": 1 })));
    let cards = server.cards();
    let of = |who: &str| cards.iter().find(|(name, _)| *name == format!("akkoord-{who}.vcf")).unwrap().1.clone();
    assert_eq!(cards.len(), 3);
    assert!(of(&an).contains("An") && of(&an).contains("+32475123456") && !of(&an).contains("1980"), "{}", of(&an));
    assert_eq!((server.disclosures(&an), server.disclosures(&bo)), (1, 1));
    let again = server.ran(&[]);
    assert_eq!((&again["written"], &again["unchanged"], &again["disclosure"]), (&json!(0), &json!(2), &Value::Null));
    assert_eq!(server.disclosures(&an), 1, "what did not go again is not told again");

    world.ok(&["contact", "set", &an, "family=Claes"]);
    world.ok(&["consent", "withdraw", &bo, "--purpose", "newsletter", "--how", "email"]);
    let ran = server.ran(&[]);
    assert_eq!((&ran["written"], &ran["removed"], &ran["conflicts"]), (&json!(1), &json!(1), &json!([])));
    let cards = server.cards();
    assert_eq!(cards.len(), 2);
    assert!(
        cards.iter().any(|(_, card)| card.contains("Loodgieter"))
            && cards.iter().any(|(_, card)| card.contains("Claes"))
    );
    assert_eq!(world.ok(&["connection", "preview", "phone"])["to_remove"], json!([]));
    let erased = world.ok(&["erase", &an, "--reason", "verhuisd", "--yes"]);
    assert_eq!(erased["recipients_to_tell"], json!(["phone"]));
    assert_eq!(server.ran(&[])["removed"], 1, "whoever was erased is taken out there too");
    assert_eq!(server.cards().len(), 1);
    assert_eq!(server.ran(&[])["removed"], 0);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn what_somebody_changed_there_is_shown_and_left_alone_until_the_owner_says_so() {
    if !possible() {
        return;
    }
    let server = Server::new();
    let world = &server.world;
    let an = person(world, "An", &[]);
    agrees(world, &an, &["--share", "phone"]);
    server.ran(&[]);
    let name = format!("akkoord-{an}.vcf");
    let theirs =
        format!("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:{an}\r\nFN:Tante An\r\nN:An;Tante;;;\r\nEND:VCARD\r\n");
    server.curl("PUT", &name, &theirs);
    world.ok(&["contact", "set", &an, "family=Claes"]);
    let ran = server.ran(&[]);
    assert_eq!(ran["conflicts"], json!([{ "contact": an, "name": "An Claes", "why": "changed_there" }]));
    assert!(server.cards()[0].1.contains("Tante"));
    let ran = server.ran(&["--overwrite", &an]);
    assert_eq!((&ran["written"], &ran["conflicts"]), (&json!(1), &json!([])));
    assert!(server.cards()[0].1.contains("Claes"));
    // Also where nothing changed here since.
    server.curl("PUT", &name, &theirs);
    assert_eq!(server.ran(&["--overwrite", &an])["written"], 1);
    assert!(server.cards()[0].1.contains("Claes"));
    server.curl("DELETE", &name, "");
    assert_eq!(server.ran(&[])["conflicts"], json!([{ "contact": an, "name": "An Claes", "why": "gone_there" }]));
    assert!(server.cards().is_empty());
    // Whoever may not be there is taken away, whatever somebody made of the card.
    server.ran(&["--overwrite", &an]);
    server.curl("PUT", &name, &theirs);
    world.ok(&["restrict", &an, "--reason", "Zegt dat het niet klopt"]);
    assert_eq!(server.ran(&[])["removed"], 1);
    assert!(server.cards().is_empty());
}

/// From when on an answer is swallowed, by how many bytes were asked so far.
type Swallows = Arc<dyn Fn(usize) -> bool + Send + Sync>;

/// What stands between the program and the server: it never answers, or swallows every answer from some moment on, while the
/// server does hear what was asked.
fn between(port: u16, swallows: Option<Swallows>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let asked = Arc::new(AtomicUsize::new(0));
        for client in listener.incoming().flatten() {
            match &swallows {
                None => kept.push(client),
                Some(swallows) => {
                    pass_on(client, TcpStream::connect(("127.0.0.1", port)).unwrap(), Arc::clone(swallows), &asked);
                }
            }
        }
    });
    own
}

/// More bytes than a greeting has, and fewer than a greeting and the first question.
const LIST: usize = 800;

fn pass_on(client: TcpStream, server: TcpStream, swallows: Swallows, asked: &Arc<AtomicUsize>) {
    let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let (asked, heard) = (Arc::clone(asked), Arc::clone(asked));
    std::thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut piece) {
            heard.fetch_add(read, Ordering::SeqCst);
            if to.write_all(&piece[..read]).is_err() {
                break;
            }
        }
    });
    std::thread::spawn(move || {
        let (mut client, mut server, mut piece) = (client, server, [0; 4096]);
        while let Ok(read @ 1..) = server.read(&mut piece) {
            if swallows(asked.load(Ordering::SeqCst)) || client.write_all(&piece[..read]).is_err() {
                break;
            }
        }
        let _ = client.shutdown(std::net::Shutdown::Both);
    });
}

#[test]
fn a_server_that_is_not_well_gets_a_sentence_and_nothing_is_half_recorded() {
    if !possible() {
        return;
    }
    let mut server = Server::new();
    let an = person(&server.world, "An", &[]);
    agrees(&server.world, &an, &["--share", "phone"]);
    let refused = |server: &Server, code: &str| {
        server.run(&[]).refuses(1, code, &[]);
        assert_eq!(server.disclosures(&an), 0, "{code}");
        assert!(server.cards().is_empty(), "{code}");
        assert_eq!(server.world.ok(&["audit", "verify"])["ok"], true);
    };
    server.world.file("password", "mis\n");
    refused(&server, "server_refused");
    let listed = |server: &Server| server.world.words(&["connection", "list"]).stdout;
    assert!(listed(&server).contains("failed "), "{}", listed(&server));
    server.world.file("password", "geheim\n");
    // Somebody else's certificate.
    let right = std::fs::read(server.path("cert.pem")).unwrap();
    certify(&server.path(""), "localhost");
    refused(&server, "server_untrusted");
    std::fs::write(server.path("cert.pem"), &right).unwrap();
    let at = |server: &Server, port: u16| {
        server.world.ok(&["connection", "set", "phone", "--url", &server.radicale.url(port)]);
    };
    let straight = server.radicale.port;
    at(&server, between(straight, None));
    refused(&server, "server_slow");
    at(&server, between(straight, Some(Arc::new(|asked| asked > LIST))));
    refused(&server, "server_unreachable");
    // The card came in, and nobody heard so: not on record, until the next run finds it.
    let book = server.radicale.book();
    at(&server, between(straight, Some(Arc::new(move |_| !cards_in(&book).is_empty()))));
    server.run(&[]).refuses(1, "server_unreachable", &[]);
    assert_eq!((server.cards().len(), server.disclosures(&an)), (1, 0));
    at(&server, straight);
    let ran = server.ran(&[]);
    assert_eq!((&ran["written"], &ran["conflicts"], server.disclosures(&an)), (&json!(1), &json!([]), 1));
    server.radicale.stop();
    assert!(!listed(&server).contains("failed "), "{}", listed(&server));
    server.run(&[]).refuses(1, "server_unreachable", &[]);
    assert_eq!(server.disclosures(&an), 1);
    assert!(listed(&server).contains("failed "), "{}", listed(&server));
    server.world.refused(&["connection", "run", "mailer"], 2, "invalid");
}

#[test]
fn the_password_is_kept_in_the_keychain_and_nowhere_else() {
    if !possible() || !session::possible() {
        return;
    }
    let server = Server::new();
    let an = person(&server.world, "An", &[]);
    agrees(&server.world, &an, &["--share", "phone"]);
    let passphrase = server.world.passphrase_file();
    let secret = server.path("password");
    let within = |args: &[&str]| {
        server.world.in_session(Session::Unlocked, &[&["--passphrase-file", &passphrase], args].concat())
    };
    let none = within(&["connection", "run", "phone"]);
    none.refuses(1, "no_password", &[]);
    within(&["connection", "set", "phone", "--password-file", secret.to_str().unwrap()]).is(0, &[]);
    for (path, bytes) in server.world.bytes() {
        assert!(!bytes.windows(6).any(|part| part == b"geheim"), "{path:?}");
    }
    let dump = server
        .world
        .raw()
        .query_row("SELECT count(*) FROM audit_fact WHERE facts LIKE '%geheim%'", [], |row| row.get::<_, i64>(0));
    assert_eq!(dump.unwrap(), 0);
    let asked = within(&["connection", "run", "phone"]);
    asked.refuses(1, "server_untrusted", &[]);
}

/// People in the book unless `AKKOORD_CARDS` says another number.
const CARDS: usize = 40;

/// As many for whoever wants to know how long it takes: a server needs longer for each card the more there are.
const FIGURES: usize = 1_000;

fn many(unless: usize) -> usize {
    std::env::var("AKKOORD_CARDS").map_or(unless, |text| text.parse().unwrap())
}

/// Killed in the middle of a run: what is there by then is found by the next one, nothing is there twice, and whoever may not be there
/// any more by then has it on record that they were.
#[test]
fn a_run_that_is_killed_is_made_up_for_and_nothing_is_doubled() {
    if !possible() {
        return;
    }
    let many = many(CARDS);
    let server = Server::of(many);
    let world = &server.world;
    let mut running = world
        .program()
        .args(["--json", "connection", "run", "phone", "--password-file"])
        .arg(server.path("password"))
        .env("SSL_CERT_FILE", server.path("cert.pem"))
        .env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while cards_in(&server.radicale.book()).len() < many / 4 {
        assert!(begun.elapsed() < Duration::from_secs(120) && running.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(2));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let found = cards_in(&server.radicale.book());
    assert!((many / 4..many).contains(&found.len()), "killed too late: {}", found.len());
    let gone = found[0].0.trim_start_matches("akkoord-").trim_end_matches(".vcf").to_owned();
    world.ok(&["consent", "withdraw", &gone, "--purpose", "newsletter", "--how", "email"]);
    let ran = server.ran(&[]);
    assert_eq!((&ran["sent"], &ran["removed"], &ran["conflicts"]), (&json!(many - 1), &json!(1), &json!([])), "{ran}");
    let cards = server.cards();
    assert_eq!(cards.len(), many - 1);
    assert!(cards.iter().all(|(name, _)| !name.contains(&gone)));
    let told: i64 = world.raw().query_row("SELECT count(*) FROM disclosed", [], |row| row.get(0)).unwrap();
    assert_eq!(told, i64::try_from(many).unwrap(), "each once, and whoever was taken away too");
    assert_eq!(server.disclosures(&gone), 1);
    let again = server.ran(&[]);
    assert_eq!(
        (&again["written"], &again["unchanged"], &again["disclosure"]),
        (&json!(0), &json!(many - 1), &Value::Null)
    );
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
#[ignore = "figures: cargo xtask bench"]
fn how_long_an_address_book_takes() {
    if !possible() {
        return;
    }
    let many = many(FIGURES);
    let server = Server::of(many);
    let took = |what: &str, work: &dyn Fn()| {
        let begun = Instant::now();
        work();
        say(&format!("{:<46} {:>12.2} s", format!("{what} of {many} cards"), begun.elapsed().as_secs_f64()));
    };
    took("preview", &|| assert_eq!(server.world.ok(&["connection", "preview", "phone"])["sent"], many));
    took("the first run", &|| assert_eq!(server.ran(&[])["written"], many));
    took("a run with nothing new", &|| assert_eq!(server.ran(&[])["unchanged"], many));
    server.world.ok(&["consent", "withdraw", "klant7@example.be", "--purpose", "newsletter", "--how", "email"]);
    took("a run that takes one away", &|| assert_eq!(server.ran(&[])["removed"], 1));
    assert_eq!(server.cards().len(), many - 1);
}

#[expect(clippy::print_stdout, reason = "figures are there to be read")]
fn say(line: &str) {
    println!("{line}");
}
