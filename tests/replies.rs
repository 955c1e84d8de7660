//! Letters about requests on their way: by mail, with what goes along, and what follows once they are out.

use serde_json::{Value, json};

use crate::connection::{agrees, person};
use crate::mail::{Post, head};
use crate::portability::unpacked;
use crate::smtp::possible;
use crate::world::World;

fn opened(world: &World, who: &str, kind: &str) -> String {
    let open = ["request", "open", who, "--kind", kind, "--received", "2026-03-05", "--how", "email"];
    world.ok(&[&open[..], &["--words", "Ik vraag het u"]].concat())["request"].as_str().unwrap().to_owned()
}

fn state(world: &World, request: &str) -> Value {
    world.ok(&["request", "show", request])["state"].clone()
}

#[test]
fn an_answer_by_mail_closes_the_request_once_a_server_has_it() {
    if !possible() {
        return;
    }
    let post = Post::new("starttls");
    let world = &post.world;
    let an = person(world, "An", &[]);
    let request = opened(world, &an, "portability");
    let lock = world.file("lock.txt", "een lang wachtwoord");
    let send = ["letter", "send", "answer", "--request", &request, "--with", "portability", "--lock-file", &lock];
    let waiting = world.ok(&[&send[..], &["--answers"]].concat());
    assert_eq!((&waiting["state"], &waiting["template"]), (&json!("waiting"), &json!("letter")));
    assert_eq!(state(world, &request), "open", "what waits is not answered");
    assert_eq!(post.round()["sent"].as_array().unwrap().len(), 1);
    let shown = world.ok(&["request", "show", &request]);
    assert_eq!((&shown["state"], &shown["attachments"][0]["with"]), (&json!("answered"), &json!("letter")));
    let taken: Vec<String> =
        post.server.taken().iter().map(|mail| mail.replace("=\r\n", "").replace("=\n", "")).collect();
    assert_eq!(head(&taken[0], "Subject"), "Antwoord op uw vraag");
    for words in ["filename=\"brief.pdf\"", "filename=\"gegevens.zip\"", "langs een andere weg"] {
        assert!(taken[0].contains(words), "{words}: {}", taken[0]);
    }
    assert!(!taken[0].contains("overdracht"), "the mail says nothing of what was asked");
    post.sound();
}

#[test]
fn the_copy_of_whoever_asks_holds_their_requests_mails_and_files() {
    if !possible() {
        return;
    }
    let post = Post::new("starttls");
    let world = &post.world;
    let an = person(world, "An", &[]);
    let scan = world.file("scan-An.txt", "Getekend door An");
    agrees(world, &an, &["--attach", &scan]);
    opened(world, &an, "access");
    post.send(&an, &[]);
    let to = world.root().join("access.zip").to_str().unwrap().to_owned();
    world.ok(&["export", "contact", &an, "--for", "access", "--to", &to]);
    let files = unpacked(world, "access.zip", None);
    let content = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, bytes)| bytes.clone());
    assert_eq!(content("file-1.txt").as_deref(), Some(&b"Getekend door An"[..]));
    let mail = String::from_utf8(content("mail-1.eml").unwrap()).unwrap();
    assert!(mail.contains("Hier is wat u vroeg."), "{mail}");
    let data: Value = serde_json::from_slice(&content("data.json").unwrap()).unwrap();
    let history = &data["history"];
    assert_eq!(history["requests"][0]["words"], "Ik vraag het u");
    assert_eq!(
        (&history["mails"][0]["file"], &history["files"][0]["file"]),
        (&json!("mail-1.eml"), &json!("file-1.txt"))
    );
    assert!(!history.to_string().contains("\"by\""), "who of the business wrote it down is somebody else");
    post.sound();
}

#[test]
fn who_got_the_data_is_told_and_deadlines_go_to_a_calendar() {
    let world = crate::connection::shop();
    let an = person(&world, "An", &[]);
    agrees(&world, &an, &["--share", "mailer"]);
    let out = world.root().join("out.csv").to_str().unwrap().to_owned();
    world.ok(&["connection", "export", "mailer", "--format", "csv", "--to", &out]);
    let request = opened(&world, &an, "rectification");
    let all = world.ok(&["request", "recipients", &request]);
    assert_eq!((&all["recipients"][0]["connection"], &all["recipients"][0]["told"]), (&json!("mailer"), &Value::Null));
    world.refused(&["request", "told", &request, "mailer", "--outcome", "impossible"], 2, "invalid");
    world.refused(&["request", "told", &request, "nobody", "--outcome", "told", "--how", "email"], 5, "not_found");
    let told = world.ok(&["request", "told", &request, "mailer", "--outcome", "told", "--how", "email"]);
    assert_eq!(told["recipients"][0]["told"]["how"], "email");
    world.refused(&["request", "weigh", &request, "--result", "stops", "--reason", "x"], 2, "invalid");
    let calendar = world.root().join("deadlines.ics").to_str().unwrap().to_owned();
    assert_eq!(world.ok(&["request", "calendar", "--to", &calendar])["deadlines"], 1);
    let text = std::fs::read_to_string(&calendar).unwrap();
    assert!(text.contains("SUMMARY:Verzoek beantwoorden: verbeteren") && !text.contains("Peeters"), "{text}");
    world.ok(&["request", "calendar", "--to", &calendar, "--names"]);
    assert!(std::fs::read_to_string(&calendar).unwrap().contains("(An Peeters)"));
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn what_stands_with_somebody_merged_is_corrected_too() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let birthday = ["--set", "birthday=1980-03-07", "--set", "address.city=Gent", "--set", "notes=Belt graag"];
    let other = world.contact(&[&["--given", "Anna", "--email", "anna@example.be"][..], &birthday].concat());
    world.ok(&["contact", "merge", &an, &other]);
    let form = world.file("form.csv", "field,value\nbirthday,\nnotes,Mailt graag\naddress.city,Aalst\n");
    let said = world.ok(&["rectify", &an, "--from", &form, "--accept-all"]);
    assert_eq!(said["differences"].as_array().unwrap().len(), 3, "{said}");
    let none = world.ok(&["rectify", &an, "--from", &form, "--accept-all"]);
    assert_eq!(none["differences"], json!([]), "what was accepted is written");
    let shown = world.ok(&["contact", "show", &an])["fields"].clone();
    assert_eq!((&shown["notes"], &shown["birthday"]), (&json!("Mailt graag"), &Value::Null));
    assert_eq!(shown["addresses"][0]["city"], "Aalst");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn an_answer_on_paper_closes_the_request_with_it_or_leaves_it_as_it_was() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let request = opened(&world, &an, "objection");
    let path = |name: &str| world.root().join(name).to_str().unwrap().to_owned();
    let args =
        ["letter", "make", "objection", "--request", &request, "--set", "reason=Wij stoppen", "--answers", "--to"];
    world.refused(&[&args[..], &[&path("no/such/letter.pdf")]].concat(), 1, "unwritable");
    assert_eq!(state(&world, &request), "open");
    let made = world.ok(&[&args[..], &[&path("letter.pdf")]].concat());
    let shown = world.ok(&["request", "show", &request]);
    assert_eq!((&shown["state"], &shown["attachments"][0]["with"]), (&json!("answered"), &json!("letter")));
    assert_eq!(shown["attachments"][0]["sha256"], made["sha256"]);
    assert!(std::fs::read(world.root().join("letter.pdf")).unwrap().starts_with(b"%PDF"));
    world.refused(&[&args[..], &[&path("again.pdf")]].concat(), 6, "request_closed");
    assert!(!world.root().join("again.pdf").exists());
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
