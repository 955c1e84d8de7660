//! The register of breaches: 72 hours to the minute, who was affected, who was told or why not.

use serde_json::{Value, json};

use crate::world::World;

fn open(world: &World, more: &[&str]) -> Value {
    let args = ["breach", "open", "--nature", "Laptop gestolen uit de auto"];
    world.ok(&[&args, more].concat())
}

#[test]
fn a_breach_is_taken_down_told_and_closed() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    // Friday before the clock is set forward: 72 hours have elapsed an hour later by the clock.
    let more = [
        "--aware",
        "2026-03-27T10:00",
        "--risk",
        "high",
        "--people",
        "120",
        "--affected",
        "an@example.be",
        "--affected",
        &an,
    ];
    let opened = open(&world, &[&more, ["--data", "namen, telefoonnummers"].as_slice()].concat());
    assert_eq!(
        (&opened["aware"], &opened["due"]),
        (&json!("2026-03-27T10:00:00+01:00"), &json!("2026-03-30T11:00:00+02:00"))
    );
    assert_eq!((&opened["affected"], &opened["people"]), (&json!([an]), &json!(120)));
    assert_eq!(opened["authority"], json!({ "owed": true, "told": null, "on": null, "reason": null }));
    assert_eq!((&opened["persons"]["owed"], &opened["state"]), (&json!(true), &json!("open")));
    assert!(opened["minutes_left"].as_i64().unwrap() < 0);
    let text = opened["text"].as_str().unwrap();
    assert!(
        text.contains("artikel 33 AVG")
            && text.contains("Laptop gestolen")
            && text.contains("27 maart 2026 om 10.00 uur"),
        "{text}"
    );
    assert!(text.contains("ongeveer: 120") && text.contains("nog niet bekend") && !text.contains('{'), "{text}");

    let id = opened["breach"].as_str().unwrap();
    let answer = |to: &str, more: &[&str]| world.run(&[&["breach", "answer", id, "--to", to], more].concat());
    let in_time = answer("authority", &["--on", "2026-03-30T10:59"]).is(0, &[]);
    assert_eq!(
        (&in_time["minutes_left"], &in_time["authority"]["told"], &in_time["state"]),
        (&json!(1), &json!(true), &json!("open"))
    );
    answer("authority", &["--on", "2026-03-30T11:01"]).refuses(6, "no_reason", &[]);
    answer("persons", &["--not"]).refuses(6, "no_reason", &[]);
    answer("persons", &["--on", "2026-03-27T09:59"]).refuses(6, "too_early", &[]);
    answer("persons", &["--on", "2190-01-01"]).refuses(6, "in_future", &[]);
    answer("persons", &["--on", "gisteren"]).refuses(2, "invalid", &[]);
    let closed = answer("persons", &["--on", "2026-04-01", "--reason", "Per brief"]).is(0, &[]);
    assert_eq!((&closed["state"], &closed["persons"]["on"]), (&json!("closed"), &json!("2026-04-01")));
    assert!(closed["text"].as_str().unwrap().contains("1 april 2026"));
    // It is on the person's page, and the register is sealed.
    let moments = world.ok(&["contact", "timeline", "an@example.be"])["timeline"].take();
    assert_eq!(moments.as_array().unwrap().last().unwrap()["act"], "breach_opened");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    let words = world.words(&["breach", "show", id]).stdout;
    assert!(
        words.contains("told Monday 30 March 2026, 10:59")
            && words.contains("told Wednesday 1 April 2026: Per brief")
            && words.contains("MELDING VAN EEN INBREUK"),
        "{words}"
    );
    world.refused(&["breach", "show", &an], 5, "not_found");
}

#[test]
fn who_need_not_be_told_has_its_reason_and_what_is_late_says_why() {
    let world = World::new();
    let unlikely = open(&world, &["--aware", "2026-03-01", "--risk", "unlikely", "--encrypted"]);
    assert_eq!(unlikely["due"], "2026-03-04T00:00:00+01:00");
    assert_eq!((&unlikely["authority"]["owed"], &unlikely["persons"]["owed"]), (&json!(false), &json!(false)));
    let later = open(&world, &["--aware", "2026-03-02T10:00", "--risk", "high", "--encrypted"]);
    assert_eq!((&later["authority"]["owed"], &later["persons"]["owed"]), (&json!(true), &json!(false)));
    let id = later["breach"].as_str().unwrap();
    let late = ["breach", "answer", id, "--to", "authority", "--on", "2026-03-06", "--reason", "Pas later begrepen"];
    let late = world.ok(&late);
    assert!(
        late["minutes_left"].as_i64().unwrap() < 0 && late["text"].as_str().unwrap().contains("Pas later begrepen")
    );
    world.ok(&["breach", "answer", id, "--to", "persons", "--not", "--reason", "Versleuteld"]);
    let all = world.ok(&["breach", "list"])["breaches"].take();
    let states: Vec<&str> = all.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["open", "closed"]);
    assert!(world.words(&["breach", "list"]).stdout.contains("Laptop gestolen"));
    world.refused(&["breach", "open", "--aware", "2026-03-01", "--nature", " ", "--risk", "some"], 2, "invalid");
    world.refused(&["breach", "open", "--aware", "2190-03-01", "--nature", "x", "--risk", "some"], 6, "in_future");
    world.refused(
        &["breach", "open", "--aware", "2026-03-01", "--nature", "x", "--risk", "some", "--affected", "x@y.be"],
        5,
        "not_found",
    );
}

#[test]
fn any_change_of_the_register_behind_the_application_is_found() {
    let changes = [
        "UPDATE breach SET nature = 'niets'",
        "UPDATE breach SET aware = '2026-03-03'",
        "UPDATE breach SET recorded_at = recorded_at + 1",
        "UPDATE breach_answer SET told = 0",
        "DELETE FROM breach_answer",
        "DELETE FROM breach_answer; DELETE FROM breach_contact; DELETE FROM breach",
    ];
    let template = World::new();
    let opened = open(&template, &["--aware", "2026-03-02", "--risk", "some"]);
    template.ok(&["breach", "answer", opened["breach"].as_str().unwrap(), "--to", "authority", "--on", "2026-03-03"]);
    for change in changes {
        let world = template.copy();
        world.raw().execute_batch(change).unwrap();
        let found = world.no(&["audit", "verify"]);
        assert_eq!(found["first_fault"]["code"], "breach_changed", "{change}");
    }
}

#[test]
fn the_register_is_a_paper_or_a_table() {
    let world = World::new();
    open(&world, &["--aware", "2026-03-27T10:00", "--risk", "some"]);
    let path = |name: &str| world.root().join(name).to_str().unwrap().to_owned();
    for format in ["csv", "pdf"] {
        let to = path(&format!("register.{format}"));
        let written = world.ok(&["register", "breaches", "--to", &to]);
        assert_eq!(written, json!({ "breaches": 1, "format": format }));
        let begins = if format == "csv" { "\u{feff}Ontdekt op".as_bytes() } else { b"%PDF-1.7" };
        assert!(std::fs::read(&to).unwrap().starts_with(begins), "{format}");
    }
    assert!(std::fs::read_to_string(path("register.csv")).unwrap().contains("Laptop gestolen uit de auto"));
    world.refused(&["register", "breaches", "--to", &path("register.txt")], 2, "invalid");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
