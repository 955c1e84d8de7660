//! Requests and their deadlines: what may happen in which order, what is due when, and why.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::World;

fn peeters(world: &World) -> String {
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"])
}

/// Takes a request of An's down; its id.
fn opened(world: &World, kind: &str, received: &str) -> String {
    let said =
        world.ok(&["request", "open", "an@example.be", "--kind", kind, "--received", received, "--how", "email"]);
    said["request"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<&str> {
    list["requests"].as_array().unwrap().iter().map(|request| request["id"].as_str().unwrap()).collect()
}

#[test]
fn every_deadline_of_the_law_needs_no_vault() {
    let world = World::empty();
    let table = include_str!("../crates/rules/tests/deadlines.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for row in reader.records().map(Result::unwrap) {
        let rule = match &row[2] {
            "art14_one_month" => "one_month_notice",
            "breach_72h_from_datetime" => "72_hours",
            "extended_three_months" => "three_months",
            rule => rule,
        };
        let said = world.ok(&["deadline", "--country", &row[0], "--received", &row[1], "--rule", rule]);
        let due = said["due"].as_str().unwrap();
        let same = match chrono::DateTime::parse_from_rfc3339(due) {
            Ok(due) => {
                chrono::DateTime::parse_from_str(&row[3], "%Y-%m-%dT%H:%M%:z").is_ok_and(|expected| expected == due)
            }
            Err(_) => due == &row[3],
        };
        assert!(same, "{row:?}: {said}");
    }
    assert!(!world.profile().exists());
}

#[test]
fn a_deadline_says_why() {
    let world = World::empty();
    let said = world.words(&["deadline", "--country", "BE", "--received", "2026-01-31", "--rule", "one_month"]);
    assert_eq!(
        said.stdout,
        "Due on Monday 2 March 2026.\nReceived on 31 January, a day that is not counted; 31 January + 1 month has no such \
         day → 28\nFebruary; that is a Saturday → Monday 2 March.\n"
    );
    for (country, received, rule) in [
        ("XX", "2026-01-31", "one_month"),
        ("BE", "2026-02-30", "one_month"),
        ("BE", "31/01/2026", "one_month"),
        ("BE", "2026-01-31", "a_fortnight"),
        ("BE", "", "one_month"),
    ] {
        let args = ["deadline", "--country", country, "--received", received, "--rule", rule];
        assert_eq!(world.run(&args).exit, 2, "{args:?}");
    }
}

#[test]
fn a_request_from_the_first_letter_to_the_answer() {
    let world = World::new();
    let an = peeters(&world);
    let letter = world.file("brief.txt", "Wat weet u van mij?");
    let open = ["request", "open", &an, "--kind", "access", "--received", "2026-01-31", "--how", "letter"];
    let said = world.ok(&[&open[..], &["--words", "Wat weet u\nvan mij?", "--attach", &letter]].concat());
    assert_eq!((said["due"].as_str(), said["deadline"]["country"].as_str()), (Some("2026-03-02"), Some("BE")));
    assert_eq!(said["attachments"][0]["bytes"], 19);
    let id = said["request"].as_str().unwrap();

    let asked = ["request", "identity", id, "--result", "asked", "--how", "ander adres", "--on", "2026-02-05"];
    assert_eq!(world.ok(&asked)["state"], "waiting_identity");
    world.refused(&asked, 6, "already_waiting");
    let seen = ["request", "identity", id, "--result", "confirmed", "--how", "paspoort", "--on", "2026-02-15"];
    assert_eq!(world.ok(&seen)["due"], "2026-03-10");
    world.refused(&seen, 6, "already_confirmed");

    let extend = |months: &str, reason: &str, told: &str, code: &str| {
        let args = ["request", "extend", id, "--months", months, "--reason", reason, "--told", told];
        world.refused(&args, 6, code);
    };
    extend("2", "veel dossiers", "2026-03-11", "extension_too_late");
    extend("2", " ", "2026-03-10", "no_reason");
    extend("2", "veel dossiers", "2026-01-30", "too_early");
    extend("2", "veel dossiers", "2199-01-01", "in_future");
    let extend = ["request", "extend", id, "--months", "2", "--reason", "veel dossiers", "--told", "2026-03-10"];
    let extended = world.ok(&extend);
    assert_eq!((extended["state"].as_str(), extended["due"].as_str()), (Some("extended"), Some("2026-05-11")));
    world.refused(&extend, 6, "already_extended");
    assert_eq!(world.run(&["request", "extend", id, "--months", "3", "--reason", "x", "--told", "2026-03-10"]).exit, 2);

    let sent = world.file("antwoord.pdf", b"%PDF");
    world.refused(&["request", "answer", id, "--on", "2026-03-09"], 6, "too_early");
    world.ok(&["request", "answer", id, "--on", "2026-04-01", "--attach", &sent]);
    for again in [&["request", "answer", id][..], &["request", "refuse", id, "--reason", "x"], &extend] {
        world.refused(again, 6, "request_closed");
    }

    let shown = world.ok(&["request", "show", id]);
    let codes: Vec<&Value> = shown["events"].as_array().unwrap().iter().map(|event| &event["code"]).collect();
    assert_eq!(codes, ["opened", "identity_asked", "identity_confirmed", "extended", "answered"]);
    assert_eq!(shown["words"], "Wat weet u\nvan mij?");
    assert_eq!((&shown["paused_days"], &shown["reminder"]), (&json!(10), &json!("2026-05-08")));
    assert_eq!((&shown["own_target"], &shown["closed_on"]), (&json!("2026-03-02"), &json!("2026-04-01")));
    let files: Vec<(&Value, &Value)> =
        shown["attachments"].as_array().unwrap().iter().map(|file| (&file["name"], &file["with"])).collect();
    assert_eq!(files, [(&json!("brief.txt"), &json!("opened")), (&json!("antwoord.pdf"), &json!("answered"))]);
    let sum: String = Sha256::digest("Wat weet u van mij?").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(shown["attachments"][0]["sha256"], sum);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn the_list_is_sorted_by_urgency_and_looks_back() {
    let world = World::new();
    let an = peeters(&world);
    let late = opened(&world, "access", "2026-01-05");
    let later = opened(&world, "rectification", "2026-01-20");
    let closed = opened(&world, "portability", "2026-01-02");
    world.ok(&["request", "refuse", &closed, "--reason", "al beantwoord"]);
    let list = |args: &[&str]| world.ok(&[&["request", "list"], args].concat());
    assert_eq!(ids(&list(&[])), [&late, &later]);
    assert_eq!(ids(&list(&["--state", "closed"])), [&closed]);
    assert_eq!(ids(&list(&["--state", "all"])), [&late, &later, &closed]);
    assert_eq!(ids(&list(&["--state", "overdue"])), [&late, &later]);

    // As of the end of a day: what came in later was not there, what was closed later was open.
    assert_eq!(ids(&list(&["--state", "all", "--on", "2026-01-01"])), Vec::<&str>::new());
    let then = list(&["--on", "2026-01-10"]);
    assert_eq!(ids(&then), [&closed, &late]);
    assert_eq!((&then["requests"][0]["days_left"], &then["requests"][0]["state"]), (&json!(23), &json!("open")));
    assert_eq!(ids(&list(&["--state", "overdue", "--on", "2026-02-05"])), [&closed]);

    let page = world.ok(&["contact", "show", &an]);
    assert_eq!(page["requests"].as_array().unwrap().len(), 3);
    assert_eq!(page["requests"][0]["id"], late.as_str());
    let words = world.words(&["request", "list"]).stdout;
    assert!(words.contains("days late") && words.contains("An Peeters") && words.contains("Access"), "{words}");
}

#[test]
fn somebody_unknown_asks_too() {
    let world = World::new();
    let open = ["request", "open", "--unknown", "Jan Claes", "--kind", "access", "--received", "2026-03-05"];
    let open = [&open[..], &["--how", "phone", "--words", "Kent u mij?"]].concat();
    let id = world.ok(&open)["request"].as_str().unwrap().to_owned();
    let shown = world.ok(&["request", "show", &id]);
    assert_eq!((&shown["contact"], &shown["name"]), (&Value::Null, &json!("Jan Claes")));
    world.ok(&["request", "answer", &id]);
    let facts: Vec<String> = {
        let raw = world.raw();
        let mut query = raw.prepare("SELECT facts FROM audit_fact").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert!(facts.iter().all(|facts| !facts.contains("Claes") && !facts.contains("Kent u")), "{facts:?}");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// The arguments of a request that somebody makes.
fn open<'a>(who: &[&'a str], received: &'a str) -> Vec<&'a str> {
    [&["request", "open"], who, &["--kind", "access", "--how", "email", "--received", received]].concat()
}

#[test]
fn refusals_change_nothing() {
    let world = World::new();
    peeters(&world);
    let before = world.ok(&["audit", "verify"])["head"].clone();
    world.refused(&open(&["an@example.be"], "2199-01-01"), 6, "in_future");
    world.refused(&open(&["nobody@example.be"], "2026-01-01"), 5, "not_found");
    world.refused(&open(&["--unknown", " "], "2026-01-01"), 2, "invalid");
    world.refused(&open(&["an@example.be"], "gisteren"), 2, "invalid");
    assert_eq!(world.run(&open(&[], "2026-01-01")).exit, 2);
    assert_eq!(world.run(&open(&["an@example.be", "--unknown", "Jan"], "2026-01-01")).exit, 2);
    let missing = world.root().join("missing").to_str().unwrap().to_owned();
    world.refused(&[open(&["an@example.be"], "2026-01-01"), vec!["--attach", &missing]].concat(), 1, "unreadable");
    let nobody = "0198f0c2-0000-7000-8000-000000000000";
    world.refused(&["request", "show", nobody], 5, "not_found");
    world.refused(&["request", "answer", nobody], 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["head"], before);
    assert_eq!(ids(&world.ok(&["request", "list", "--state", "all"])), Vec::<&str>::new());
}

#[test]
fn a_withdrawal_and_an_objection_work_at_once() {
    let world = World::new();
    let an = peeters(&world);
    let wording = world.file("nieuwsbrief.md", "Mogen wij u onze nieuwsbrief sturen?");
    for (key, basis) in [("nieuwsbrief", "consent"), ("aanbod", "legitimate_interests")] {
        let add =
            ["purpose", "add", "--key", key, "--title", key, "--basis", basis, "--marketing", "--channels", "email"];
        world.ok(&[&add[..], &["--wording-file", &wording, "--language", "nl"]].concat());
    }
    let said_yes = ["consent", "record", &an, "--purpose", "nieuwsbrief", "--answer", "given", "--how", "phone"];
    world.ok(&[&said_yes[..], &["--on", "2026-03-05T14:00"]].concat());
    let may = |key: &str| world.run(&["may", &an, "--purpose", key, "--channel", "email"]).exit;
    assert_eq!((may("nieuwsbrief"), may("aanbod")), (0, 0));

    // A letter of a day without a time counts over all of that day.
    let open = ["request", "open", &an, "--received", "2026-03-05", "--how", "letter", "--kind"];
    let said = world.ok(&[&open[..], &["withdrawal"]].concat());
    assert_eq!((said["withdrawn"].as_array().unwrap().len(), &said["objected"]), (1, &json!(false)));
    assert_eq!((may("nieuwsbrief"), may("aanbod")), (3, 0));

    let said = world.ok(&[&open[..], &["objection"]].concat());
    assert_eq!((said["withdrawn"].as_array().unwrap().len(), &said["objected"]), (0, &json!(true)));
    assert_eq!((may("nieuwsbrief"), may("aanbod")), (3, 3));
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_request_changed_behind_our_back_is_found() {
    let world = World::new();
    peeters(&world);
    let other = world.contact(&["--given", "Jan", "--email", "jan@example.be"]);
    let id = opened(&world, "access", "2026-01-05");
    world.ok(&["request", "answer", &id, "--on", "2026-03-05"]);
    let unknown =
        ["request", "open", "--unknown", "Els", "--kind", "access", "--received", "2026-03-05", "--how", "phone"];
    world.ok(&unknown);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    for (tampering, code) in [
        ("UPDATE request SET received = '2026-02-05' WHERE no = 1", "request_changed"),
        ("UPDATE request SET due = '2026-03-05' WHERE no = 1", "request_changed"),
        ("UPDATE request SET words = 'niets' WHERE no = 1", "request_changed"),
        ("UPDATE request SET how = 'letter' WHERE no = 2", "request_changed"),
        ("UPDATE request SET contact_no = 2 WHERE no = 1", "request_changed"),
        ("UPDATE request_event SET happened_on = '2026-02-05' WHERE kind = 'answered'", "request_changed"),
        (
            "UPDATE request_event SET data = replace(data, '2026-03-05', '2026-02-05'), happened_on = '2026-02-05'
             WHERE kind = 'answered'",
            "request_changed",
        ),
        ("DELETE FROM request_event WHERE kind = 'answered'; UPDATE request SET state = 'open'", "request_changed"),
        ("DELETE FROM request_event; DELETE FROM request", "request_missing"),
    ] {
        let copy = world.copy();
        copy.raw().execute_batch(tampering).unwrap();
        assert_eq!(copy.no(&["audit", "verify"])["first_fault"]["code"], code, "{tampering}");
    }
    world.ok(&["contact", "merge", &other, "an@example.be"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
