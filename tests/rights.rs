//! Each right from the request to its end: it comes in, who asks is known, what it asks is done, a letter in the person's own
//! language answers it, all of it stands on the timeline, and it is closed.

use serde_json::{Value, json};

use crate::connection::{agrees, person, shop};
use crate::portability::unpacked;
use crate::world::World;

/// A right, the language of who asks, the letter that answers, and what that is called in this language.
const RIGHTS: [[&str; 4]; 8] = [
    ["access", "nl", "access", "Wat wij over u bewaren"],
    ["rectification", "fr", "answer", "Réponse à votre demande"],
    ["restriction", "de", "restriction", "Ihre Daten sind gesperrt"],
    ["portability", "en", "answer", "Answer to your request"],
    ["objection", "fr", "objection", "Réponse à votre opposition"],
    ["withdrawal", "de", "withdrawal", "Ihre Einwilligung ist widerrufen"],
    ["automated_decision", "nl", "answer", "Antwoord op uw vraag"],
    ["erasure", "en", "erased", "Your data has been erased"],
];

/// Somebody who said yes asks, by letter, and is known; the request.
fn asks(world: &World, who: &str, kind: &str) -> String {
    agrees(world, who, &["--on", "2026-03-05T09:00"]);
    let open = ["request", "open", who, "--kind", kind, "--received", "2026-03-06", "--how", "letter"];
    let request = world.ok(&open)["request"].as_str().unwrap().to_owned();
    let known = ["request", "identity", &request, "--result", "confirmed", "--how", "paspoort", "--on", "2026-03-07"];
    assert_eq!(world.ok(&known)["state"], "open");
    request
}

/// Does what a right asks, and sees that it is done.
fn does(world: &World, who: &str, request: &str, kind: &str) {
    let allowed = || world.run(&["may", who, "--purpose", "newsletter", "--channel", "email"]).exit == 0;
    match kind {
        "access" | "portability" => {
            let to = world.root().join("data.zip").to_str().unwrap().to_owned();
            world.ok(&["export", "contact", who, "--for", kind, "--to", &to]);
            let files = unpacked(world, "data.zip", None);
            assert!(files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("an@example.be")));
        }
        "rectification" => {
            let form = world.file("form.csv", "field,value\nfamily,Maes\n");
            world.ok(&["rectify", who, "--from", &form, "--accept-all"]);
            assert_eq!(world.ok(&["contact", "show", who])["fields"]["family"], "Maes");
        }
        "restriction" => {
            world.ok(&["restrict", who, "--reason", "betwist het adres"]);
            assert!(!allowed());
        }
        "objection" => {
            world.ok(&["request", "weigh", request, "--result", "stops", "--reason", "Nous arrêtons."]);
        }
        "withdrawal" => assert!(!allowed(), "it counts at once"),
        _ => assert!(allowed(), "asking how a program decides takes nothing back"),
    }
}

/// The steps of a request that stand on somebody's timeline.
fn steps(world: &World, who: &str, request: &str) -> Vec<Value> {
    let moments = world.ok(&["contact", "timeline", who])["timeline"].take();
    let about = |moment: &&Value| moment["facts"]["request"] == request;
    moments.as_array().unwrap().iter().filter(about).map(|moment| moment["facts"]["step"].clone()).collect()
}

#[test]
fn every_right_ends_in_its_letter_in_the_persons_language_and_on_the_timeline() {
    for [kind, language, letter, title] in RIGHTS.into_iter().filter(|[kind, ..]| *kind != "erasure") {
        let world = shop();
        let an = person(&world, "An", &["--set", &format!("language={language}")]);
        let request = asks(&world, &an, kind);
        does(&world, &an, &request, kind);
        let shown = world.ok(&["letter", "preview", letter, "--request", &request]);
        assert_eq!((&shown["title"], &shown["language"]), (&json!(title), &json!(language)), "{kind}");
        let to = world.root().join("letter.pdf").to_str().unwrap().to_owned();
        let made = world.ok(&["letter", "make", letter, "--request", &request, "--answers", "--to", &to]);
        assert!(std::fs::read(&to).unwrap().starts_with(b"%PDF"), "{kind}");
        let closed = world.ok(&["request", "show", &request]);
        assert_eq!((&closed["state"], &closed["identity"]), (&json!("answered"), &json!("confirmed")), "{kind}");
        assert_eq!(closed["attachments"][0]["sha256"], made["sha256"], "{kind}: the letter stays with it");
        let weighed = (kind == "objection").then_some("weighed");
        let expected: Vec<&str> =
            ["opened", "identity_confirmed"].into_iter().chain(weighed).chain(["answered"]).collect();
        assert_eq!(steps(&world, &an, &request), expected, "{kind}");
        assert_eq!(world.ok(&["audit", "verify"])["ok"], true, "{kind}");
    }
}

#[test]
fn a_request_to_be_erased_ends_in_its_letter_and_leaves_nobody() {
    let world = shop();
    let an = person(&world, "An", &["--set", "language=en"]);
    let request = asks(&world, &an, "erasure");
    let to = world.root().join("letter.pdf").to_str().unwrap().to_owned();
    assert_eq!(world.ok(&["letter", "preview", "erased", "--request", &request])["title"], RIGHTS[7][3]);
    world.ok(&["letter", "make", "erased", "--request", &request, "--to", &to]);
    assert_eq!(steps(&world, &an, &request), ["opened", "identity_confirmed"]);
    let done = world.ok(&["erase", &an, "--request", &request, "--yes"]);
    assert_eq!((&done["request"]["state"], &done["warnings"]), (&json!("answered"), &json!([])));
    world.refused(&["contact", "timeline", &an], 5, "not_found");
    let closed = world.ok(&["request", "show", &request]);
    assert_eq!((&closed["state"], &closed["contact"], &closed["name"]), (&json!("answered"), &json!(null), &json!("")));
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// A kind that is added to the law and to nobody's story would be found here.
#[test]
fn every_kind_of_request_is_among_them() {
    let named = World::empty().words(&["request", "open", "--help"]).stdout;
    let (_, kinds) = named.split_once("--kind <KIND>").unwrap();
    let (_, kinds) = kinds.split_once("[possible values:").unwrap();
    let (kinds, _) = kinds.split_once(']').unwrap();
    let mut kinds: Vec<&str> = kinds.split(',').map(str::trim).collect();
    let mut told: Vec<&str> = RIGHTS.iter().map(|[kind, ..]| *kind).collect();
    kinds.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, kinds);
}
