//! Purposes, answers with their proof, and the gate: what a business does all day.

use serde_json::{Value, json};

use crate::world::World;

/// A business with a newsletter in Dutch and one contact.
pub(crate) fn shop() -> World {
    let world = World::new();
    let nl = world.file("nl.md", "Ja, ik wil de nieuwsbrief.\n");
    world.ok(&[
        "purpose",
        "add",
        "--key",
        "newsletter",
        "--title",
        "Nieuwsbrief",
        "--basis",
        "consent",
        "--marketing",
        "--channels",
        "email,post",
        "--retention",
        "P24M",
        "--wording-file",
        &nl,
        "--language",
        "nl",
    ]);
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be", "--phone", "0475123456"]);
    world
}

/// A yes of An's on a day, with more arguments.
pub(crate) fn agrees(world: &World, on: &str, more: &[&str]) -> Value {
    let record =
        ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    world.ok(&[&record, &["--on", on][..], more].concat())
}

fn may<'a>(whom: &'a str, channel: &'a str, on: &'a str) -> [&'a str; 8] {
    ["may", whom, "--purpose", "newsletter", "--channel", channel, "--on", on]
}

#[test]
fn a_yes_on_the_phone_is_recorded_with_its_proof_and_allows() {
    let world = shop();
    let before = world.no(&may("an@example.be", "email", "2026-03-06"));
    assert_eq!((&before["allowed"], &before["reasons"]), (&json!(false), &json!(["not_asked"])));
    let call = world.file("call.ogg", vec![7_u8; 2_500_000]);
    let yes = agrees(&world, "2026-03-05T10:15", &["--attach", &call, "--until", "2027-01-31", "--note", "belde zelf"]);
    assert_eq!((&yes["status"], &yes["expires"]), (&json!("given"), &json!("2027-02-01")));
    assert_eq!(yes["proofs"][0]["bytes"], 2_500_000);
    let allowed = world.ok(&may("an@example.be", "email", "2027-01-31"));
    assert_eq!((&allowed["reasons"], &allowed["evidence"]), (&json!(["allowed_consent"]), &json!([yes["event"]])));
    assert_eq!(world.no(&may("an@example.be", "email", "2027-02-01"))["reasons"], json!(["expired"]));
    assert_eq!(world.no(&may("an@example.be", "email", "2026-03-04"))["reasons"], json!(["not_asked"]));
    let phone = world.no(&may("an@example.be", "phone", "2026-03-06"));
    assert_eq!((&phone["reasons"], &phone["instead"]), (&json!(["wrong_channel"]), &json!(["email"])));

    let event = &world.ok(&["consent", "history", "an@example.be"])["events"][0];
    assert_eq!(event["text"], "Ja, ik wil de nieuwsbrief.\n");
    assert_eq!(event["happened"], "2026-03-05T10:15:00+01:00");
    assert_eq!(event["channels"], json!(["email", "post"]));
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(
        (&shown["consents"][0]["purpose"], &shown["consents"][0]["status"]),
        (&json!("newsletter"), &json!("given"))
    );

    let saved = world.root().join("files/saved.ogg");
    let proof = yes["proofs"][0]["id"].as_str().unwrap();
    world.ok(&["proof", "export", proof, "--to", saved.to_str().unwrap()]);
    std::fs::write(&saved, "an older one").unwrap();
    world.ok(&["proof", "export", proof, "--to", saved.to_str().unwrap()]);
    assert_eq!(std::fs::read(saved).unwrap(), vec![7_u8; 2_500_000]);
    let acts = world.ok(&["audit", "list", "--contact", "an@example.be"]);
    assert!(acts["entries"].as_array().unwrap().iter().any(|entry| entry["act"] == "proof_exported"));
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_recorded() {
    let world = shop();
    let record = |more: &[&'static str], exit, code| {
        let yes =
            ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
        world.refused(&[&yes, more].concat(), exit, code);
    };
    record(&["--on", "2099-01-01"], 6, "in_future");
    record(&["--on", "2026-02-30"], 2, "invalid");
    record(&["--language", "fr"], 6, "no_wording");
    record(&["--version", "2"], 5, "not_found");
    record(&["--channels", "phone"], 6, "wrong_channel");
    record(&["--channels", "post", "--prefer", "email"], 6, "wrong_channel");
    record(&["--share", "mailer"], 5, "not_found");
    record(&["--on", "2026-03-05", "--until", "2026-03-04"], 2, "invalid");
    record(&["--attach", "/nowhere/at/all"], 1, "unreadable");
    record(&["--attach", "/"], 1, "unreadable");
    let empty = world.file("empty.ogg", "");
    let large = world.file("large.ogg", "");
    std::fs::File::options().write(true).open(&large).unwrap().set_len((100 << 20) + 1).unwrap();
    let yes = ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    world.refused(&[&yes, &["--attach", &empty][..]].concat(), 1, "unreadable");
    world.refused(&[&yes, &["--attach", &large][..]].concat(), 6, "too_large");
    assert_eq!(world.ok(&["consent", "history", "an@example.be"])["events"], json!([]));

    let unknown = ["consent", "withdraw", "an@example.be", "--purpose", "nothing", "--how", "phone"];
    world.refused(&unknown, 5, "not_found");
    world.refused(&["consent", "confirm", "an@example.be", "--purpose", "newsletter"], 6, "nothing_to_confirm");
    world.refused(&["consent", "confirm", "an@example.be", "--purpose", "rights"], 6, "builtin_purpose");
    let add = |key: &'static str, exit, code| {
        world.refused(&["purpose", "add", "--key", key, "--title", "x", "--basis", "contract"], exit, code);
    };
    add("ask", 6, "builtin_purpose");
    add("newsletter", 6, "taken");
    add("News Letter", 2, "invalid");
    world.refused(&["purpose", "share", "newsletter", "mailer"], 5, "not_found");
    let mailer = ["may", "an@example.be", "--purpose", "newsletter", "--connection", "mailer"];
    world.refused(&mailer, 5, "not_found");
}

#[test]
fn a_text_that_somebody_saw_is_never_changed() {
    let world = shop();
    let (other, fr) = (world.file("other.md", "Iets anders.\n"), world.file("fr.md", "Oui.\n"));
    let wording = |language: &'static str, file: &str, then: &dyn Fn(&[&str])| {
        then(&["purpose", "wording", "newsletter", "--language", language, "--wording-file", file]);
    };
    agrees(&world, "2026-03-05", &[]);
    wording("nl", &other, &|args| drop(world.refused(args, 6, "wording_in_use")));
    wording("fr", &other, &|args| drop(world.ok(args)));
    wording("fr", &fr, &|args| drop(world.ok(args)));
    let revise = ["purpose", "revise", "newsletter", "--language", "nl", "--wording-file", &other];
    assert_eq!(world.ok(&revise)["version"], 2);
    let today = ["may", "an@example.be", "--purpose", "newsletter", "--channel", "email"];
    world.ok(&today);
    world.ok(&[&revise[..], &["--material"]].concat());
    assert_eq!(world.no(&today)["reasons"], json!(["wording_changed"]));
    let shown = world.ok(&["purpose", "show", "newsletter"]);
    assert_eq!(shown["versions"][0]["wordings"][1]["text"], "Ja, ik wil de nieuwsbrief.\n");
    assert_eq!(shown["versions"].as_array().unwrap().len(), 3);
}

#[test]
fn a_withdrawal_and_an_objection_count_at_once() {
    let world = shop();
    agrees(&world, "2026-03-05", &[]);
    let today = ["may", "an@example.be", "--purpose", "newsletter", "--channel", "email"];
    world.ok(&["objection", "record", "an@example.be", "--how", "phone"]);
    assert_eq!(world.no(&today)["reasons"], json!(["objected"]));
    world.ok(&["objection", "lift", "an@example.be", "--reason", "wil ze terug"]);
    world.ok(&today);
    world.refused(&["objection", "lift", "an@example.be", "--reason", "nog eens"], 5, "not_found");
    let taken = world.ok(&["consent", "withdraw", "an@example.be", "--purpose", "newsletter", "--how", "email"]);
    assert_eq!(taken["status"], "withdrawn");
    assert_eq!(world.no(&today)["instead"], json!(["nothing"]));
    let event = taken["event"].as_str().unwrap();
    assert_eq!(world.ok(&["consent", "correct", event, "--note", "iemand anders"])["status"], "given");
    world.refused(&["consent", "correct", event, "--note", "nog eens"], 6, "already_corrected");
    world.ok(&today);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_no_of_a_day_counts_over_a_yes_of_that_day() {
    let world = shop();
    let ends = |words: &[&str]| {
        agrees(&world, "2026-03-05T14:00", &[]);
        let done = world.ok(words);
        assert_eq!(world.no(&may("an@example.be", "email", "2026-03-05"))["allowed"], false, "{words:?}");
        done
    };
    let withdraw = ["consent", "withdraw", "an@example.be", "--purpose", "newsletter", "--how", "phone", "--on"];
    let taken = ends(&[&withdraw[..], &["2026-03-05"]].concat());
    assert_eq!((&taken["status"], &taken["warnings"]), (&json!("withdrawn"), &json!([])));
    let no = ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "refused", "--how", "phone"];
    assert_eq!(ends(&[&no[..], &["--on", "2026-03-05"]].concat())["status"], "refused");

    // In the other order the yes is the last word; with a time before the no, it is not, and that is said.
    let no_then_yes = shop();
    no_then_yes.ok(&[&no[..], &["--on", "2026-03-05"]].concat());
    assert_eq!(agrees(&no_then_yes, "2026-03-05", &[])["status"], "given");
    no_then_yes.ok(&[&withdraw[..], &["2026-03-05T15:00"]].concat());
    let yes = agrees(&no_then_yes, "2026-03-05", &[]);
    assert_eq!((&yes["status"], &yes["warnings"]), (&json!("withdrawn"), &json!(["later_no"])));
    let said = no_then_yes.words(&[
        "consent",
        "record",
        "an@example.be",
        "--purpose",
        "newsletter",
        "--answer",
        "given",
        "--how",
        "phone",
        "--on",
        "2026-03-05",
    ]);
    assert!(said.stdout.contains("this yes does not count"), "{said:?}");

    agrees(&world, "2026-03-06T14:00", &["--until", "2027-01-31"]);
    let late = [&withdraw[..], &["2026-03-06T13:00"]].concat();
    assert_eq!(world.ok(&late)["warnings"], json!(["later_yes"]));
    let said = world.words(&late).stdout;
    assert!(said.contains("they said yes again after that moment") && !said.contains("They agree"), "{said}");
    world.ok(&["objection", "record", "an@example.be", "--how", "phone", "--on", "2026-03-06"]);
    assert_eq!(world.no(&may("an@example.be", "email", "2026-03-06"))["reasons"], json!(["objected"]));
}

#[test]
fn one_file_answers_for_many() {
    let world = shop();
    let jo = world.contact(&["--given", "Jo", "--email", "jo@example.be"]);
    world.contact(&["--given", "Jos", "--email", "jo@example.be", "--duplicate"]);
    let signed =
        world.file("signed.csv", "Naam;Email\nAn;AN@example.be\nX;x@example.be\nJo;jo@example.be\nAn;an@example.be\n");
    let scan = world.file("scan.pdf", "%PDF");
    let batch =
        ["consent", "batch", "--purpose", "newsletter", "--from", &signed, "--how", "letter", "--on", "2026-03-05"];
    let done = world.ok(&[&batch[..], &["--attach", &scan]].concat());
    assert_eq!(done["recorded"], 1);
    let codes: Vec<&Value> = done["problems"].as_array().unwrap().iter().map(|problem| &problem["code"]).collect();
    assert_eq!(codes, ["not_found", "ambiguous", "duplicate"]);

    let list = world.file("list.csv", format!("contact\nan@example.be\n{jo}\nx@example.be\njo@example.be\n"));
    let may = ["may", "--batch", &list, "--purpose", "newsletter", "--channel", "email"];
    let decisions = world.ok(&may)["decisions"].take();
    let told: Vec<Value> =
        decisions.as_array().unwrap().iter().map(|one| json!([one["email"], one["reasons"]])).collect();
    let expected = json!([
        ["an@example.be", ["allowed_consent"]],
        [null, ["not_asked"]],
        ["x@example.be", ["unknown_contact"]],
        ["jo@example.be", ["not_asked"]],
    ]);
    assert_eq!(json!(told), expected);
    assert_eq!(decisions[1]["contact"], json!(jo));
    let odd = world.file("odd.csv", "email\n\"x,y\"\n0198f0c2-0000-7000-8000-000000000000\n\"\"\nan@\n");
    let decisions =
        world.ok(&["may", "--batch", &odd, "--purpose", "newsletter", "--channel", "email"])["decisions"].take();
    let unknown = |contact: Value, email: Value| json!({ "contact": contact, "email": email, "allowed": false, "reasons": ["unknown_contact"] });
    let expected = [
        unknown(json!(null), json!("x,y")),
        unknown(json!("0198f0c2-0000-7000-8000-000000000000"), json!(null)),
        unknown(json!(null), json!(null)),
        unknown(json!(null), json!("an@")),
    ];
    assert_eq!(decisions, json!(expected));
    let nameless = world.file("nameless.csv", "Naam\nAn\n");
    world.refused(&["may", "--batch", &nameless, "--purpose", "newsletter", "--channel", "email"], 1, "unreadable");
}

#[test]
fn the_dashboard_counts_each_person_once() {
    let world = shop();
    world.contact(&["--given", "Jo", "--email", "jo@example.be"]);
    world.contact(&["--set", "organisation=Bakker BV", "--email", "info@bakker.be"]);
    agrees(&world, "2026-03-05", &["--until", "2026-04-30"]);
    let counts = |on: &'static str| world.ok(&["consent", "dashboard", "--on", on])["purposes"][0]["counts"].take();
    let expected = |given: u32, expired: u32, not_asked: u32| {
        json!({ "not_asked": not_asked, "asked": 0, "awaiting_confirmation": 0, "given": given, "refused": 0, "withdrawn": 0,
            "expired": expired })
    };
    assert_eq!(counts("2026-03-04"), expected(0, 0, 2));
    assert_eq!(counts("2026-03-05"), expected(1, 0, 1));
    assert_eq!(counts("2026-05-01"), expected(0, 1, 1));
    assert_eq!(counts("2099-01-01"), expected(0, 1, 1));
    let list = ["consent", "list", "--purpose", "newsletter", "--status", "expired"];
    let over = world.ok(&list);
    assert_eq!((&over["total"], &over["contacts"][0]["email"]), (&json!(1), &json!("an@example.be")));
    let asked =
        world.ok(&["consent", "ask", "an@example.be", "jo@example.be", "--purpose", "newsletter", "--by", "email"]);
    assert_eq!(asked["asked"].as_array().unwrap().len(), 2);
    let letter = ["consent", "ask", "jo@example.be", "--purpose", "newsletter", "--by", "letter"];
    world.refused(&letter, 6, "not_allowed");
}

fn ask<'a>(whom: &[&'a str], by: &'a str) -> Vec<&'a str> {
    [&["consent", "ask"], whom, &["--purpose", "newsletter", "--by", by]].concat()
}

#[test]
fn nobody_is_asked_by_mail_after_a_no_or_at_an_address_from_somebody_else() {
    let world = shop();
    world.contact(&["--given", "Jo", "--email", "jo@example.be"]);
    let bought = world.file("bought.csv", "First Name,E-mail Address,Mobile Phone\nLies,lies@example.be,0475000111\n");
    world.ok(&["import", &bought, "--origin", "other"]);
    let can_ask = ["may", "lies@example.be", "--purpose", "ask", "--channel", "email"];
    let told = world.no(&can_ask);
    assert_eq!((&told["reasons"], &told["instead"]), (&json!(["basis_missing"]), &json!(["phone", "in_person"])));
    assert!(told["text"].as_str().unwrap().contains("not known to come from the person"), "{told}");
    agrees(&world, "2026-03-05", &[]);
    let withdraw = ["consent", "withdraw", "an@example.be", "--purpose", "newsletter", "--how", "phone"];
    world.ok(&withdraw);
    let all = ["an@example.be", "jo@example.be", "lies@example.be"];
    let asked = world.ok(&ask(&all, "email"));
    assert_eq!(asked["asked"].as_array().unwrap().len(), 1);
    let reasons: Vec<&Value> = asked["refused"].as_array().unwrap().iter().map(|one| &one["reasons"]).collect();
    assert_eq!(reasons, [&json!(["withdrawn"]), &json!(["basis_missing"])]);
    world.refused(&ask(&all[..1], "email"), 6, "not_allowed");
    assert_eq!(world.ok(&ask(&all[2..], "phone"))["asked"].as_array().unwrap().len(), 1);
}

#[test]
fn the_gate_answers_about_nobody_and_nothing() {
    let world = shop();
    assert_eq!(world.no(&may("x@example.be", "email", "2026-03-06"))["reasons"], json!(["unknown_contact"]));
    let nothing = ["may", "an@example.be", "--purpose", "nothing", "--channel", "email"];
    assert_eq!(world.no(&nothing)["reasons"], json!(["unknown_purpose"]));
    for (purpose, exit) in [("rights", 0), ("inform", 0), ("ask", 0)] {
        world.run(&["may", "an@example.be", "--purpose", purpose, "--channel", "email"]).is(exit, &[purpose]);
    }
    let post = ["may", "an@example.be", "--purpose", "rights", "--channel", "post"];
    assert_eq!(world.no(&post)["reasons"], json!(["no_address"]));
}

#[test]
fn a_consent_event_changed_through_the_raw_key_is_found() {
    let world = shop();
    agrees(&world, "2026-03-05", &[]);
    let conn = world.raw();
    conn.execute_batch("DROP TRIGGER consent_event_no_update; UPDATE consent_event SET channels = 'email,phone,post'")
        .unwrap();
    drop(conn);
    let verified = world.no(&["audit", "verify"]);
    assert_eq!(verified["first_fault"]["code"], "event_changed");
}

#[test]
fn where_an_answer_came_from_is_checked_kept_and_shown() {
    let world = shop();
    let record =
        ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "web_form"];
    for wrong in [["--source-url", "de website"], ["--source-ip", "203.0.113"], ["--source-url", "file:///etc/passwd"]]
    {
        let refused = world.refused(&[&record[..], &wrong].concat(), 2, "invalid");
        assert!(refused["hint"].as_str().unwrap().starts_with("It looks like "), "{refused}");
    }
    let from = ["--source-url", "https://example.be/nieuws", "--source-ip", "203.0.113.7", "--source-place", "Gent"];
    world.ok(&[&record[..], &from].concat());
    let kept = json!(["https://example.be/nieuws", "203.0.113.7", "Gent"]);
    let of = |one: &Value| json!([one["url"], one["ip"], one["place"]]);
    let history = world.ok(&["consent", "history", "an@example.be"]);
    assert_eq!(of(&history["events"][0]), kept);
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!((of(&shown["consents"][0]), &shown["consents"][0]["how"]), (kept, &json!("web_form")));
    let words = world.words(&["consent", "history", "an@example.be"]).stdout;
    for line in ["Page: https://example.be/nieuws", "Network address: 203.0.113.7", "Place: Gent"] {
        assert!(words.contains(line), "{words}");
    }
    let add = ["contact", "add", "--given", "Bo", "--source", "form"];
    world.refused(&[&add[..], &["--source-ip", "thuis"]].concat(), 2, "invalid");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
