//! Contacts and fields from a terminal: adding, finding, changing, merging.

use serde_json::{Value, json};

use crate::world::World;

fn values(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_contact_is_added_shown_and_found() {
    let world = World::new();
    let added = world.ok(&[
        "contact",
        "add",
        "--given",
        "An",
        "--family",
        "Peeters",
        "--email",
        "An@Example.be",
        "--email",
        "an@EXAMPLE.be",
        "--phone",
        "0475/12.34.56",
        "--set",
        "birthday=1990-02-28",
        "--set",
        "address.city=Gent",
        "--set",
        "labels=klant,vip",
        "--source",
        "kwam langs",
        "--source-url",
        "https://example.be/form",
        "--source-ip",
        "192.0.2.7",
        "--source-place",
        "Gent",
    ]);
    let id = added["contact"].as_str().unwrap();
    let shown = world.ok(&["contact", "show", "AN@example.be"]);
    assert_eq!((&shown["id"], &shown["kind"], &shown["name"]), (&json!(id), &json!("person"), &json!("An Peeters")));
    let fields = &shown["fields"];
    assert_eq!(fields["birthday"], "1990-02-28");
    assert_eq!(fields["labels"], json!(["klant", "vip"]));
    let email =
        json!([{ "value": "An@Example.be", "normalised": "an@example.be", "label": "", "provenance": "provided" }]);
    assert_eq!(fields["emails"], email);
    assert_eq!(fields["phones"][0]["e164"], "+32475123456");
    assert_eq!(fields["addresses"][0]["city"], "Gent");
    let source = &shown["sources"][0];
    for (key, value) in [
        ("kind", "direct"),
        ("origin", "self"),
        ("url", "https://example.be/form"),
        ("ip", "192.0.2.7"),
        ("place", "Gent"),
        ("by", "An"),
    ] {
        assert_eq!(source[key], value, "{key}");
    }
    for key in ["consents", "requests", "disclosures"] {
        assert_eq!(shown[key], json!([]), "{key}");
    }
    assert_eq!(shown["restricted"], false);
    let words = world.words(&["contact", "show", id]);
    assert!(words.stdout.contains("An Peeters") && words.stdout.contains("kwam langs"), "{words:?}");
}

#[test]
fn any_part_finds_a_contact() {
    let world = World::new();
    world.contact(&[
        "--given",
        "An",
        "--family",
        "Peeters",
        "--email",
        "an@example.be",
        "--phone",
        "0475/12.34.56",
        "--set",
        "labels=klant,vip",
    ]);
    for query in ["peet", "example.b", "0475 12", "+32475", "vip", "an gent"] {
        let total = if query == "an gent" { 0 } else { 1 };
        assert_eq!(world.ok(&["contact", "list", "--query", query])["total"], total, "{query}");
    }
}

#[test]
fn organisations_and_people_without_a_name_have_one_all_the_same() {
    let world = World::new();
    let garage = world.contact(&["--set", "organisation=Garage Jans", "--email", "info@garage.example"]);
    let shown = world.ok(&["contact", "show", &garage]);
    assert_eq!((&shown["kind"], &shown["name"]), (&json!("organisation"), &json!("Garage Jans")));
    let nameless = world.contact(&["--phone", "+31 6 12345678"]);
    assert_eq!(world.ok(&["contact", "show", &nameless])["name"], "+31 6 12345678");
    world.refused(&["contact", "add", "--set", "notes=niemand"], 2, "invalid");
    world.refused(&["contact", "set", &nameless, "phone="], 2, "invalid");
    let twice = world.refused(&["contact", "set", &nameless, "family=Maes", "family=Claes"], 2, "invalid");
    assert!(twice["message"].as_str().unwrap().contains("last name cannot be set to two values"), "{twice}");
    assert_eq!(world.ok(&["contact", "list"])["total"], 2);
}

#[test]
fn a_known_address_is_a_duplicate_unless_said() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be", "--phone", "0475123456"]);
    let error = world.refused(&["contact", "add", "--given", "Anna", "--email", "AN@example.be"], 6, "duplicate");
    assert_eq!(error["contact"], an.as_str());
    world.refused(&["contact", "add", "--given", "Anna", "--phone", "+32 475 12 34 56"], 6, "duplicate");
    world.refused(&["contact", "add", "--set", "email=an@example.be", "--given", "Anna"], 6, "duplicate");
    assert_eq!(world.ok(&["contact", "list"])["total"], 1);
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 2);
    let anna = world.contact(&["--given", "Anna", "--email", "an@example.be", "--duplicate"]);
    let error = world.refused(&["contact", "show", "an@example.be"], 6, "ambiguous");
    assert_eq!(error["candidates"], json!([an, anna]));
    world.refused(&["contact", "set", "an@example.be", "family=X"], 6, "ambiguous");
    let words = world.words(&["contact", "show", "an@example.be"]);
    assert!(words.exit == 6 && words.stderr.contains(&anna), "{words:?}");
}

#[test]
fn what_is_not_there_is_not_found() {
    let world = World::new();
    let nobody = "0198f0c2-0000-7000-8000-000000000000";
    for args in [
        ["contact", "show", nobody].as_slice(),
        &["contact", "show", "nobody@example.be"],
        &["contact", "show", "no address"],
        &["contact", "set", nobody, "family=X"],
        &["contact", "timeline", nobody],
        &["contact", "merge", nobody, nobody],
        &["contact", "unmerge", nobody],
        &["contact", "list", "--after", nobody],
        &["field", "set", "bike", "--sensitivity", "low"],
    ] {
        world.refused(args, 5, "not_found");
    }
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 1);
}

#[test]
fn changes_are_made_whole_or_not_at_all() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be", "--phone", "0475123456"]);
    let set = |changes: &[&'static str]| [&["contact", "set", an.as_str()], changes].concat();
    assert_eq!(
        world.ok(&set(&["family=Peeters", "email+=an@werk.example", "labels=a,b", "birthday=--02-28"]))["changed"],
        4
    );
    world.ok(&set(&["email-=an@example.be", "labels-=a", "labels+=c", "website+=https://an.example", "phone="]));
    let fields = world.ok(&["contact", "show", &an])["fields"].take();
    assert_eq!(values(&fields["emails"], "value"), ["an@werk.example"]);
    assert_eq!((&fields["labels"], &fields["phones"]), (&json!(["b", "c"]), &json!([])));
    let before = world.ok(&["contact", "show", &an]);
    for (changes, exit, code) in [
        (["family=Jansen", "birthday=1990-02-30"], 2, "invalid"),
        (["family=Jansen", "email+=no address"], 2, "invalid"),
        (["family=Jansen", "email+="], 2, "invalid"),
        (["family=Jansen", "website+= "], 2, "invalid"),
        (["family=Jansen", "address-="], 2, "invalid"),
        (["family=Jansen", "phone=12"], 2, "invalid"),
        (["family=Jansen", "family+=Van"], 2, "invalid"),
        (["family=Jansen", "family"], 2, "invalid"),
        (["family=Jansen", "bike=red"], 5, "not_found"),
        (["family=Jansen", "address.moon=1"], 5, "not_found"),
        (["family=Jansen", "email-=an@example.be"], 5, "not_found"),
    ] {
        world.refused(&set(&changes), exit, code);
    }
    assert_eq!(world.ok(&["contact", "show", &an]), before);
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 4);
    assert_eq!(world.ok(&["contact", "list", "--query", "peeters"])["total"], 1);
    assert_eq!(world.ok(&["contact", "list", "--query", "0475"])["total"], 0);
}

#[test]
fn two_that_are_one_and_two_again() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"]);
    let anna = world.contact(&[
        "--given",
        "Anna",
        "--email",
        "anna@werk.example",
        "--phone",
        "0475123456",
        "--set",
        "labels=klant",
    ]);
    let merge = world.ok(&["contact", "merge", &an, &anna])["merge"].take();
    let one = world.ok(&["contact", "show", &anna]);
    assert_eq!((&one["id"], &one["name"]), (&json!(an), &json!("An Peeters")));
    assert_eq!(values(&one["fields"]["emails"], "value"), ["an@example.be", "anna@werk.example"]);
    assert_eq!((&one["fields"]["labels"], one["sources"].as_array().unwrap().len()), (&json!(["klant"]), 2));
    assert_eq!(world.ok(&["contact", "show", "anna@werk.example"]), one);
    for query in ["", "anna", "0475", "peeters"] {
        let list = world.ok(&["contact", "list", "--query", query]);
        assert_eq!((&list["total"], &list["contacts"][0]["id"]), (&json!(1), &json!(an)), "{query}");
    }
    assert_eq!(world.ok(&["vault", "status"])["contacts"], 1);
    world.refused(&["contact", "merge", &an, &anna], 2, "invalid");
    let timeline = world.ok(&["contact", "timeline", &an])["timeline"].take();
    assert_eq!(values(&timeline, "act"), ["contact_added", "contact_added", "contact_merged", "contact_merged"]);

    let merge = merge.as_str().unwrap();
    world.ok(&["contact", "unmerge", merge]);
    world.refused(&["contact", "unmerge", merge], 5, "not_found");
    let two = world.ok(&["contact", "show", &anna]);
    assert_eq!((&two["id"], &two["name"]), (&json!(anna), &json!("Anna")));
    assert_eq!(world.ok(&["contact", "list"])["total"], 2);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn what_goes_from_one_goes_from_all_it_took_in() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let anna = world.contact(&["--given", "Anna", "--email", "anna@werk.example"]);
    let merge = world.ok(&["contact", "merge", &an, &anna])["merge"].take();
    world.ok(&["contact", "set", &an, "email-=anna@werk.example"]);
    assert_eq!(values(&world.ok(&["contact", "show", &an])["fields"]["emails"], "value"), ["an@example.be"]);
    assert_eq!(world.ok(&["contact", "list", "--query", "werk"])["total"], 0);
    world.ok(&["contact", "unmerge", merge.as_str().unwrap()]);
    assert_eq!(world.ok(&["contact", "show", &anna])["fields"]["emails"], json!([]));
    let timeline = world.ok(&["contact", "timeline", &anna])["timeline"].take();
    assert!(timeline.to_string().contains("anna@werk.example"), "what it was is still known: {timeline}");
}

#[test]
fn lists_come_in_pages() {
    let world = World::new();
    for name in ["Cas", "An", "Bo", "Dé"] {
        world.contact(&["--given", name]);
    }
    let first = world.ok(&["contact", "list", "--limit", "3"]);
    assert_eq!(
        (values(&first["contacts"], "name"), &first["total"]),
        (["An", "Bo", "Cas"].map(str::to_owned).to_vec(), &json!(4))
    );
    let next = first["next"].as_str().unwrap();
    let second = world.ok(&["contact", "list", "--limit", "3", "--after", next]);
    assert_eq!((values(&second["contacts"], "name"), &second["next"]), (vec!["Dé".to_owned()], &json!(null)));
    let words = world.words(&["contact", "list"]);
    assert!(words.stdout.contains("4 of 4"), "{words:?}");
}

#[test]
fn fields_are_the_owners() {
    let world = World::new();
    let fields = world.ok(&["field", "list"])["fields"].take();
    assert_eq!(values(&fields, "key").len(), 16);
    let level = |fields: &Value, key: &str| {
        fields.as_array().unwrap().iter().find(|field| field["key"] == key).unwrap()["sensitivity"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for (key, expected) in [
        ("given", "low"),
        ("email", "low"),
        ("organisation", "none"),
        ("labels", "none"),
        ("birthday", "high"),
        ("notes", "high"),
    ] {
        assert_eq!(level(&fields, key), expected, "{key}");
    }
    world.ok(&["field", "set", "birthday", "--sensitivity", "low"]);
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text", "--sensitivity", "high"]);
    world.ok(&["field", "add", "visits", "--title", "Bezoeken", "--type", "number", "--sensitivity", "none"]);
    world.refused(
        &["field", "add", "bike", "--title", "Fiets", "--type", "text", "--sensitivity", "high"],
        6,
        "duplicate",
    );
    for key in ["email", "emails", "phones", "addresses", "websites"] {
        world.refused(
            &["field", "add", key, "--title", "X", "--type", "text", "--sensitivity", "high"],
            6,
            "duplicate",
        );
    }
    world.refused(
        &["field", "add", "My Bike", "--title", "X", "--type", "text", "--sensitivity", "high"],
        2,
        "invalid",
    );
    world.refused(&["field", "add", "colour", "--title", "X", "--type", "colour", "--sensitivity", "high"], 2, "usage");
    world.refused(&["field", "set", "bike", "--sensitivity", "extreme"], 2, "usage");
    let fields = world.ok(&["field", "list"])["fields"].take();
    assert_eq!((level(&fields, "birthday").as_str(), values(&fields, "key").len()), ("low", 18));
    let an = world.contact(&["--given", "An", "--set", "bike=rood"]);
    assert_eq!(world.ok(&["contact", "show", &an])["fields"]["bike"], "rood");
    world.refused(&["contact", "set", &an, "visits=vaak"], 2, "invalid");
    world.ok(&["contact", "set", &an, "visits=12", "bike="]);
    let fields = world.ok(&["contact", "show", &an])["fields"].take();
    assert_eq!((&fields["visits"], fields.get("bike")), (&json!("12"), None));
}

/// What came from elsewhere may carry anything: a terminal is shown none of it that acts.
#[test]
fn names_cannot_play_tricks_on_a_terminal() {
    let world = World::new();
    let odd = world.contact(&["--given", "An\u{1b}[31m\u{202e}neP", "--set", "notes=eerste\nregel\u{7}"]);
    for args in [["contact", "list"].as_slice(), &["contact", "show", &odd], &["contact", "timeline", &odd]] {
        let text = world.words(args).stdout;
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
    }
    assert_eq!(world.ok(&["contact", "show", &odd])["fields"]["given"], "An\u{1b}[31m\u{202e}neP");
}

/// The same two, merged anew: the first merge is over for good, and only the second can be taken back.
#[test]
fn a_merge_is_taken_back_once_even_when_the_two_are_merged_anew() {
    let world = World::new();
    let an = world.contact(&["--given", "An"]);
    let bo = world.contact(&["--given", "Bo"]);
    let merge = || world.ok(&["contact", "merge", &an, &bo])["merge"].as_str().unwrap().to_owned();
    let first = merge();
    world.ok(&["contact", "unmerge", &first]);
    let second = merge();
    world.refused(&["contact", "unmerge", &first], 5, "not_found");
    world.ok(&["contact", "unmerge", &second]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
