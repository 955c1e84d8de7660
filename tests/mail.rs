//! Mail through a real server over TLS and with a login: what goes, what the gate keeps, and what a server does that is not well.
//! Nothing goes twice and nothing is lost.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::certificate::certify;
use crate::connection::{agrees, person, shop};
use crate::session::{self, Session};
use crate::smtp::{Server, possible};
use crate::world::{Answer, World};

/// A shop with a mail account at a server of its own.
pub(crate) struct Post {
    pub(crate) server: Server,
    pub(crate) world: World,
}

impl Post {
    pub(crate) fn new(line: &'static str) -> Self {
        let world = shop();
        let post = Self { server: Server::new(&world.root().join("files"), line), world };
        post.world.file("password", "geheim\n");
        post.world.file("text.txt", "Hier is wat u vroeg.\n");
        let server = format!("localhost:{}", post.server.port);
        post.world.ok(&["mail", "account", "set", "--smtp", &server, "--security", line, "--user", "an@example.be"]);
        post
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.world.root().join("files").join(name)
    }

    fn run(&self, args: &[&str]) -> Answer {
        let (cert, password) = (self.path("cert.pem"), self.path("password"));
        let args = [args, &["--password-file", password.to_str().unwrap()]].concat();
        self.world.run_with(&[("SSL_CERT_FILE", cert.to_str().unwrap())], &args)
    }

    /// Sends or lays by what the owner wrote to somebody about their request.
    pub(crate) fn send(&self, to: &str, more: &[&str]) -> Value {
        let (text, asked) = (self.path("text.txt"), asked(&self.world, to));
        let args = ["mail", "send", to, "--template", "message", "--purpose", "rights", "--subject", "Uw vraag"];
        let args = [&args[..], &["--request", &asked, "--text-file", text.to_str().unwrap()], more].concat();
        let answer = self.run(&args);
        let said = answer.json();
        let bad = ["refused", "doubtful"].contains(&said["state"].as_str().unwrap_or_default());
        answer.is(i32::from(bad), &args)
    }

    pub(crate) fn round(&self) -> Value {
        self.run(&["mail", "run"]).is(0, &["mail", "run"])
    }

    /// Every mail by its id.
    pub(crate) fn mails(&self) -> BTreeMap<String, Value> {
        let said = self.world.ok(&["mail", "outbox", "--all"]);
        let all = said["mails"].as_array().unwrap().iter();
        all.map(|mail| (mail["mail"].as_str().unwrap().to_owned(), mail.clone())).collect()
    }

    fn state(&self, mail: &Value) -> String {
        self.mails()[mail["mail"].as_str().unwrap()]["state"].as_str().unwrap().to_owned()
    }

    pub(crate) fn sound(&self) {
        let verified = self.world.ok(&["audit", "verify"]);
        assert_eq!(verified["ok"], true, "{verified}");
    }
}

/// The request of somebody, noted the first time.
fn asked(world: &World, who: &str) -> String {
    let known = world.ok(&["contact", "show", who])["requests"][0]["id"].as_str().map(str::to_owned);
    known.unwrap_or_else(|| {
        let open = ["request", "open", who, "--kind", "access", "--received", "2026-03-05", "--how", "email"];
        world.ok(&open)["request"].as_str().unwrap().to_owned()
    })
}

/// The value of a line of a mail's head.
pub(crate) fn head<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find(|line| line.starts_with(&format!("{name}: ")));
    line.map_or("", |line| line.split_once(": ").unwrap().1)
}

#[test]
fn a_mail_goes_out_encrypted_once_with_its_files() {
    if !possible() {
        return;
    }
    for line in ["starttls", "tls"] {
        let post = Post::new(line);
        let an = person(&post.world, "An", &[]);
        let zip = post.world.file("data.zip", [80, 75, 5, 6]);
        let sent = post.send(&an, &["--attach", &zip]);
        assert_eq!((&sent["state"], &sent["answer"]), (&json!("sent"), &json!("2.0.0 taken")), "{line}: {sent}");
        let taken = post.server.taken();
        let [mail] = taken.as_slice() else { panic!("{taken:?}") };
        assert_eq!(head(mail, "From"), "\"Bakkerij Jans\" <an@example.be>");
        assert_eq!(head(mail, "To"), "\"An Peeters\" <an@example.be>");
        assert_eq!(
            (head(mail, "Subject"), head(mail, "Message-ID")),
            ("Uw vraag", sent["message_id"].as_str().unwrap())
        );
        assert_eq!(head(mail, "List-Unsubscribe"), "", "an answer to one's own request is no list");
        assert!(mail.contains("Dag An Peeters,") && mail.contains("Hier is wat u vroeg."), "{mail}");
        assert!(mail.contains("<p>Hier is wat u vroeg.</p>") && mail.contains("filename=\"data.zip\""), "{mail}");
        assert_eq!(post.round()["sent"], json!([]), "what was sent is not sent again");
        assert_eq!(post.server.taken().len(), 1);
        assert_eq!(post.world.ok(&["mail", "outbox"])["mails"], json!([]));
        post.sound();
    }
}

#[test]
fn the_gate_is_asked_when_a_mail_is_written_and_again_before_it_leaves() {
    if !possible() {
        return;
    }
    let post = Post::new("starttls");
    let world = &post.world;
    let an = person(world, "An", &[]);
    let text = world.file("news.txt", "Er is taart.\n");
    let news = |more: &[&str]| {
        let args = ["mail", "send", &an, "--template", "message", "--purpose", "newsletter", "--subject", "Taart"];
        let args = [&args[..], &["--text-file", &text], more].concat();
        post.run(&args)
    };
    let refused = news(&[]).refuses(6, "not_allowed", &[]);
    assert!(refused["message"].as_str().unwrap().contains("No mail may go to them (not_asked)"), "{refused}");
    assert!(post.mails().is_empty());
    // What the law orders goes past a no, so nobody's own words take its name.
    for (purpose, says) in [("ask", "--template ask"), ("inform", "--template inform"), ("rights", "--request")] {
        let args = ["mail", "send", &an, "--template", "message", "--purpose", purpose, "--subject", "Taart"];
        let error = post.run(&[&args[..], &["--text-file", &text]].concat()).refuses(2, "invalid", &[]);
        assert!(error["hint"].as_str().unwrap().contains(says), "{error}");
    }
    let bo = person(world, "Bo", &[]);
    let of_bo = asked(world, &bo);
    let args = ["mail", "send", &an, "--template", "message", "--purpose", "rights", "--subject", "Taart"];
    post.run(&[&args[..], &["--text-file", &text, "--request", &of_bo]].concat()).refuses(2, "invalid", &[]);
    assert!(post.mails().is_empty());
    agrees(world, &an, &[]);
    let seen = news(&["--dry-run"]).is(0, &[]);
    assert_eq!((&seen["to"], &seen["language"]), (&json!("an@example.be"), &json!("nl")));
    assert!(seen["text"].as_str().unwrap().contains("Geen mails meer hierover:\r\nmailto:an@example.be?subject="));
    assert!(post.mails().is_empty(), "looking writes nothing");
    let (first, second) = (news(&["--later"]).is(0, &[]), news(&["--later"]).is(0, &[]));
    assert_eq!(first["state"], "waiting");
    world.ok(&["consent", "withdraw", &an, "--purpose", "newsletter", "--how", "phone"]);
    let round = post.round();
    assert_eq!((&round["sent"], round["stopped"].as_array().unwrap().len()), (&json!([]), 2), "{round}");
    assert_eq!((post.state(&first).as_str(), post.server.taken().len()), ("stopped", 0));
    // A new yes lets it go, when the owner says so; the other is put away.
    agrees(world, &an, &[]);
    world.ok(&["mail", "again", first["mail"].as_str().unwrap()]);
    world.ok(&["mail", "put-away", second["mail"].as_str().unwrap()]);
    assert_eq!(post.round()["sent"], json!([first["mail"]]));
    let mail = post.server.taken().remove(0);
    assert!(head(&mail, "List-Unsubscribe").starts_with("<mailto:an@example.be?subject="), "{mail}");
    // An address that is the person's no longer gets nothing.
    let third = news(&["--later"]).is(0, &[]);
    world.ok(&["contact", "set", &an, "email=an.nieuw@example.be"]);
    post.round();
    assert_eq!((post.state(&third).as_str(), post.server.taken().len()), ("stopped", 1));
    // On lock nothing goes but what is about the person's own request.
    let fourth = news(&["--later"]).is(0, &[]);
    world.ok(&["restrict", &an, "--reason", "Zegt dat het niet klopt"]);
    post.round();
    assert_eq!((post.state(&fourth).as_str(), post.server.taken().len()), ("stopped", 1));
    assert_eq!(post.send(&an, &[])["state"], "sent");
    post.sound();
}

#[test]
fn whoever_is_asked_or_told_by_mail_counts_as_such_once_the_server_has_it() {
    if !possible() {
        return;
    }
    let post = Post::new("tls");
    let world = &post.world;
    let an = person(world, "An", &["--set", "language=fr"]);
    let asks = ["mail", "send", &an, "--template", "ask", "--purpose", "newsletter"];
    let asked = post.run(&[&asks[..], &["--later"]].concat()).is(0, &asks);
    let status = || {
        let shown = world.ok(&["contact", "show", &an]);
        shown["consents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(status().iter().all(|status| status == "not_asked"), "{:?}", status());
    assert_eq!(post.round()["sent"], json!([asked["mail"]]));
    assert_eq!(status(), ["asked"]);
    let mail = post.server.taken().remove(0);
    assert!(mail.contains("Mogen wij je de nieuwsbrief sturen?"), "{mail}");
    assert_eq!(mail.matches("<a href=").count(), 2, "a yes and a no to choose");
    let bo = world.file("bo.csv", "First Name,E-mail 1 - Value\nBo,bo@example.be\n");
    world.ok(&["import", &bo, "--origin", "other"]);
    assert_eq!(world.ok(&["information-queue", "list"])["total"], 1);
    let tells = ["mail", "send", "bo@example.be", "--template", "inform", "--from", "de beurs in Gent"];
    assert_eq!(post.run(&tells).is(0, &tells)["state"], "sent");
    assert_eq!(world.ok(&["information-queue", "list"])["total"], 0);
    post.sound();
}

#[test]
fn what_a_server_does_not_take_is_told_and_neither_lost_nor_sent_twice() {
    if !possible() {
        return;
    }
    let mut post = Post::new("starttls");
    let (an, bo) = (person(&post.world, "An", &[]), person(&post.world, "Bo", &[]));
    // One address is refused for good; the next mail goes all the same.
    post.server.manner("refuse an@example.be");
    let (first, second) = (post.send(&an, &["--later"]), post.send(&bo, &["--later"]));
    let round = post.round();
    assert_eq!((&round["refused"], &round["sent"]), (&json!([first["mail"]]), &json!([second["mail"]])));
    let shown = &post.mails()[first["mail"].as_str().unwrap()];
    assert_eq!(shown["answer"], "550 5.1.1 nobody of that name here", "{shown}");
    // Told to come back later, it does, and only when it is time.
    post.server.manner("grey");
    let grey = post.send(&an, &[]);
    assert_eq!((&grey["state"], &grey["attempts"]), (&json!("waiting"), &json!(1)));
    assert!(grey["next"].is_string() && grey["answer"] == "451 4.7.1 come back later", "{grey}");
    assert_eq!(post.round()["sent"], json!([]), "it is not time yet");
    post.world.ok(&["mail", "again", grey["mail"].as_str().unwrap()]);
    assert_eq!(post.round()["sent"], json!([grey["mail"]]));
    // The line breaks with the mail on it: nobody knows, and it is not sent again by itself.
    for (manner, there) in [("drop", 0), ("gone", 1)] {
        let before = post.server.taken().len();
        post.server.manner(manner);
        let doubtful = post.send(&an, &[]);
        assert_eq!(doubtful["state"], "doubtful", "{manner}: {doubtful}");
        post.server.manner("");
        post.round();
        assert_eq!(post.server.taken().len(), before + there, "{manner}");
        let id = doubtful["mail"].as_str().unwrap();
        let decides = if there == 1 { "arrived" } else { "again" };
        post.world.ok(&["mail", decides, id]);
        post.round();
        assert_eq!((post.state(&doubtful).as_str(), post.server.taken().len()), ("sent", before + 1), "{manner}");
    }
    // What the line did not carry waits, whatever the reason.
    let waits = |post: &Post, code: &str| {
        let mail = post.send(&an, &[]);
        assert_eq!((&mail["state"], &mail["code"]), (&json!("waiting"), &json!(code)), "{mail}");
        let id = mail["mail"].as_str().unwrap().to_owned();
        post.world.ok(&["mail", "put-away", &id]);
    };
    post.world.file("password", "mis\n");
    waits(&post, "server_refused");
    post.world.file("password", "geheim\n");
    let right = std::fs::read(post.path("cert.pem")).unwrap();
    certify(&post.path(""), "localhost");
    waits(&post, "server_untrusted");
    std::fs::write(post.path("cert.pem"), right).unwrap();
    post.server.manner("plain");
    waits(&post, "server_answer");
    post.server.manner("silent");
    waits(&post, "server_slow");
    post.server.stop();
    waits(&post, "server_unreachable");
    post.sound();
}

#[test]
fn the_password_of_the_account_is_in_the_keychain_and_nowhere_else() {
    if !possible() || !session::possible() {
        return;
    }
    let post = Post::new("tls");
    let an = person(&post.world, "An", &[]);
    post.send(&an, &["--later"]);
    let (passphrase, password) = (post.world.passphrase_file(), post.path("password"));
    let within =
        |args: &[&str]| post.world.in_session(Session::Unlocked, &[&["--passphrase-file", &passphrase], args].concat());
    within(&["mail", "run"]).refuses(1, "no_mail_password", &[]);
    let server = format!("localhost:{}", post.server.port);
    let set = ["mail", "account", "set", "--smtp", &server, "--security", "tls", "--user", "an@example.be"];
    within(&[&set[..], &["--password-file", password.to_str().unwrap()]].concat()).is(0, &set);
    // It is found; what is missing in that session is only trust in the server's certificate.
    within(&["mail", "run"]).refuses(1, "server_untrusted", &[]);
    for (path, bytes) in post.world.bytes() {
        assert!(!bytes.windows(6).any(|part| part == b"geheim"), "{path:?}");
    }
    let kept =
        post.world.raw().query_row("SELECT count(*) FROM audit_fact WHERE facts LIKE '%geheim%'", [], |row| row.get(0));
    assert_eq!(kept, Ok(0_i64));
}

#[test]
fn without_an_account_nothing_is_written() {
    let world = shop();
    let an = person(&world, "An", &[]);
    world.refused(&["mail", "send", &an, "--template", "ask", "--purpose", "newsletter"], 5, "no_mail_account");
    world.refused(&["mail", "run"], 5, "no_mail_account");
    world.refused(&["mail", "account", "show"], 5, "no_mail_account");
    for (smtp, user) in
        [("mail example.be", "an@example.be"), ("mail.example.be:0", "an@example.be"), ("mail.example.be", "an")]
    {
        world.refused(&["mail", "account", "set", "--smtp", smtp, "--user", user], 2, "invalid");
    }
}
