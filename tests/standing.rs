//! Where people stand, and what changes that: objections, labels, forms that anybody could send, texts that change.

use serde_json::{Value, json};

use crate::consent::{agrees, shop};

#[test]
fn an_objection_that_changes_nothing_says_so_and_all_stand_on_the_page() {
    let world = shop();
    let add = |key: &str, basis: &str, more: &[&str]| {
        let purpose = ["purpose", "add", "--key", key, "--title", key, "--basis", basis];
        world.ok(&[&purpose[..], more].concat());
    };
    add("bookings", "contract", &["--channels", "email"]);
    add("invoices", "legal_obligation", &["--channels", "email"]);
    add("upkeep", "legitimate_interests", &["--channels", "email"]);
    add("offers", "contract", &["--channels", "email", "--marketing"]);
    let object = |key: &'static str| {
        world.ok(&["objection", "record", "an@example.be", "--purpose", key, "--how", "phone"])["warnings"].take()
    };
    let reasons = |key: &'static str| {
        world.run(&["may", "an@example.be", "--purpose", key, "--channel", "email"]).json()["reasons"].take()
    };
    for (key, warnings, after) in [
        ("bookings", json!(["changes_nothing"]), "allowed_basis"),
        ("invoices", json!(["changes_nothing"]), "allowed_basis"),
        ("upkeep", json!([]), "objected"),
        ("offers", json!([]), "objected"),
        ("newsletter", json!([]), "objected"),
    ] {
        assert_eq!((object(key), reasons(key)), (warnings, json!([after])), "{key}");
    }
    assert_eq!(world.ok(&["objection", "record", "an@example.be", "--how", "phone"])["warnings"], json!([]));
    world.ok(&["objection", "lift", "an@example.be", "--purpose", "upkeep", "--reason", "asked for it"]);
    let objections = world.ok(&["contact", "show", "an@example.be"])["objections"].take();
    let told: Vec<Value> =
        objections.as_array().unwrap().iter().map(|one| json!([one["purpose"], one["lifted_reason"]])).collect();
    let expected = json!([
        ["bookings", null],
        ["invoices", null],
        ["upkeep", "asked for it"],
        ["offers", null],
        ["newsletter", null],
        [null, null],
    ]);
    assert_eq!(json!(told), expected);
    let page = world.words(&["contact", "show", "an@example.be"]).stdout;
    let (_, objects) = page.split_once("What they object to\n").unwrap();
    assert!(objects.contains("All marketing") && objects.contains("Nieuwsbrief"), "{page}");
    assert!(!objects.contains("upkeep"), "{page}");
    let said = world.words(&["objection", "record", "an@example.be", "--purpose", "bookings", "--how", "phone"]).stdout;
    assert!(said.contains("it goes on"), "{said}");
}

#[test]
fn a_label_is_one_in_any_case_and_form() {
    let world = shop();
    let add = ["purpose", "add", "--key", "care", "--title", "Care", "--basis", "contract", "--channels", "email"];
    world.ok(&[&add[..], &["--label", " Caf\u{e9}-KLANT "]].concat());
    for (label, allowed) in [
        ("caf\u{e9}-klant", true),
        ("CAFE\u{301}-Klant", true),
        ("  Caf\u{e9}-klant ", true),
        ("cafe-klant", false),
        ("klant", false),
    ] {
        world.ok(&["contact", "set", "an@example.be", &format!("labels={label}")]);
        let answer = world.run(&["may", "an@example.be", "--purpose", "care", "--channel", "email"]);
        assert_eq!(answer.json()["allowed"], allowed, "{label:?}");
    }
}

#[test]
fn a_form_that_anybody_could_send_takes_no_yes_away() {
    let world = shop();
    let yes = agrees(&world, "2026-03-05", &[]);
    let form =
        ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "web_form"];
    let sent = world.ok(&[&form[..], &["--channels", "post"]].concat());
    assert_eq!((&sent["status"], &sent["warnings"]), (&json!("given"), &json!(["earlier_yes_stands"])));
    let may = |channel: &'static str| {
        world.run(&["may", "an@example.be", "--purpose", "newsletter", "--channel", channel]).json()
    };
    assert_eq!((&may("email")["allowed"], &may("email")["evidence"]), (&json!(true), &json!([yes["event"]])));
    let done = world.ok(&["consent", "confirm", "an@example.be", "--purpose", "newsletter"]);
    assert_eq!(done["status"], "given");
    assert_eq!(may("email")["reasons"], json!(["wrong_channel"]));
    world.refused(&["consent", "confirm", "an@example.be", "--purpose", "newsletter"], 6, "nothing_to_confirm");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn the_history_says_until_when_each_yes_holds() {
    let world = shop();
    let text = world.file("year.md", "Een jaar lang?");
    let add = ["purpose", "add", "--key", "year", "--title", "Jaar", "--basis", "consent", "--channels", "email"];
    world.ok(&[&add[..], &["--wording-file", &text, "--language", "nl", "--retention", "P12M"]].concat());
    let record = ["consent", "record", "an@example.be", "--purpose", "year", "--how", "phone"];
    for more in [
        &["--answer", "given", "--on", "2025-03-05"][..],
        &["--answer", "given", "--on", "2025-04-05", "--until", "2025-05-31"],
        &["--answer", "refused", "--on", "2025-06-05"],
    ] {
        world.ok(&[&record[..], more].concat());
    }
    let events = world.ok(&["consent", "history", "an@example.be"])["events"].take();
    let expires: Vec<&Value> = events.as_array().unwrap().iter().map(|event| &event["expires"]).collect();
    assert_eq!(json!(expires), json!(["2026-03-05", "2025-06-01", null]));
}

#[test]
fn a_text_that_changes_on_the_day_of_asking_ends_the_yes_all_the_same() {
    let world = shop();
    agrees(&world, "2026-03-05", &[]);
    let ask = ["consent", "ask", "an@example.be", "--purpose", "newsletter", "--by", "letter"];
    world.run(&ask);
    let text = world.file("new.md", "Een heel andere tekst");
    world.ok(&["purpose", "revise", "newsletter", "--wording-file", &text, "--language", "nl", "--material"]);
    let listed = |status: &'static str| {
        world.ok(&["consent", "list", "--purpose", "newsletter", "--status", status])["total"].take()
    };
    assert_eq!((listed("expired"), listed("asked")), (json!(1), json!(0)));
    let answer = world.no(&["may", "an@example.be", "--purpose", "newsletter", "--channel", "email"]);
    assert_eq!(answer["reasons"], json!(["wording_changed"]));
}

#[test]
fn a_purpose_is_changed_but_nobodys_yes_lasts_longer() {
    let world = shop();
    agrees(&world, "2026-03-05", &[]);
    let set = |more: &[&'static str]| [&["purpose", "set", "newsletter"], more].concat();
    world.ok(&set(&["--title", "Post van ons", "--short", "Post", "--channels", "post"]));
    let shown = world.ok(&["purpose", "show", "newsletter"]);
    assert_eq!(
        (&shown["title"], &shown["short"], &shown["channels"]),
        (&json!("Post van ons"), &json!("Post"), &json!(["post"]))
    );
    world.no(&["may", "an@example.be", "--purpose", "newsletter", "--channel", "email"]);
    let longer = world.refused(&set(&["--retention", "P3Y"]), 2, "invalid");
    assert!(longer["message"].as_str().unwrap().contains("nobody's yes lasts longer"), "{longer}");
    let long = world.refused(&set(&["--short", "Nieuwsbrief!"]), 2, "invalid");
    assert!(long["message"].as_str().unwrap().contains("more than 11 letters"), "{long}");
    world.ok(&set(&["--retention", "P1M"]));
    world.refused(&set(&["--label", "klant", "--everybody"]), 2, "usage");
    world.refused(&["purpose", "set", "rights", "--title", "x"], 6, "builtin_purpose");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
