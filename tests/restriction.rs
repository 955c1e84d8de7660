//! Contacts on lock: stored, and nothing else until the lock is lifted.

use serde_json::json;

use crate::consent::{agrees, shop};
use crate::import::{google, outcomes};

#[test]
fn on_lock_they_are_stored_and_nothing_else() {
    let world = shop();
    agrees(&world, "2026-03-05", &[]);
    let an = "an@example.be";
    let may = ["may", an, "--purpose", "newsletter", "--channel", "email"];
    world.ok(&may);
    world.refused(&["restrict", an, "--reason", " "], 2, "invalid");
    let locked = world.ok(&["restrict", an, "--reason", "betwist haar adres"]);
    assert_eq!(world.no(&may)["reasons"], json!(["restricted"]));
    let page = world.ok(&["contact", "show", an]);
    assert_eq!((&page["restricted"], &page["restriction"]["since"]), (&json!(true), &locked["since"]));
    assert_eq!(world.ok(&["contact", "list"])["contacts"][0]["restricted"], true);
    let words = world.words(&["contact", "show", an]).stdout;
    assert!(words.contains("ON LOCK since") && words.contains("betwist haar adres"), "{words}");
    let yes = ["consent", "record", an, "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    for args in [&["contact", "set", an, "family=Maes"][..], &yes] {
        let error = world.refused(args, 6, "restricted");
        assert!(error["message"].as_str().unwrap().contains("on lock since"), "{error}");
    }
    world.refused(&["restrict", an, "--reason", "x"], 6, "already_restricted");
    let file = world.file("more.csv", google("An,Maes,,,,klant,Work,an@example.be,,,,\n"));
    let imported = world.ok(&["import", &file]);
    assert_eq!(outcomes(&imported), [0, 0, 0, 1, 0, 0], "an import adds nothing to somebody on lock");
    assert_eq!(world.ok(&["contact", "show", an])["fields"]["labels"], json!([]));
    let named = world.file("yes.csv", "email\nan@example.be\n");
    let batch =
        ["consent", "batch", "--purpose", "newsletter", "--from", &named, "--how", "letter", "--on", "2026-03-05"];
    let listed = world.ok(&batch);
    assert_eq!((&listed["recorded"], &listed["problems"][0]["code"]), (&json!(0), &json!("restricted")));
    // What the person may always say, and what is owed to them.
    world.ok(&["consent", "withdraw", an, "--purpose", "newsletter", "--how", "phone"]);
    world.ok(&["objection", "record", an, "--how", "phone"]);
    world.ok(&["request", "open", an, "--kind", "portability", "--received", "2026-03-05", "--how", "email"]);
    let to = world.root().join("an.zip").to_str().unwrap().to_owned();
    world.ok(&["export", "contact", an, "--for", "portability", "--to", &to]);
    world.ok(&["may", an, "--purpose", "rights", "--channel", "email"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_lock_is_lifted_with_a_reason_once_the_person_was_told() {
    let world = shop();
    let an = "an@example.be";
    let lift = ["unrestrict", an, "--reason", "het adres klopt", "--told"];
    let today = chrono::DateTime::parse_from_rfc3339(
        world.ok(&["restrict", an, "--reason", "betwist"])["since"].as_str().unwrap(),
    )
    .unwrap();
    let today = today.date_naive().to_string();
    world.refused(&[&lift[..4], &["--told", "2026-02-30"]].concat(), 2, "usage");
    world.refused(&[&lift[..], &["2999-01-01"]].concat(), 6, "in_future");
    let early = world.refused(&[&lift[..], &["2020-01-01"]].concat(), 2, "invalid");
    assert!(early["message"].as_str().unwrap().contains("before the contact was put on lock"), "{early}");
    assert_eq!(world.ok(&[&lift[..], &[&today]].concat()), json!({ "lifted": 1 }));
    assert_eq!(world.ok(&["contact", "show", an])["restriction"], json!(null));
    let none = world.refused(&[&lift[..], &[&today]].concat(), 5, "not_found");
    assert!(none["message"].as_str().unwrap().contains("not on lock"), "{none}");
    world.ok(&["contact", "set", an, "family=Maes"]);
    let told = world.words(&["contact", "timeline", an]).stdout;
    assert!(told.contains("Put on lock: betwist") && told.contains("Lock lifted: het adres klopt"), "{told}");
}

#[test]
fn of_two_that_are_one_the_stricter_wins() {
    let world = shop();
    let bo = world.contact(&["--given", "Bo", "--email", "bo@example.be"]);
    world.ok(&["restrict", &bo, "--reason", "betwist"]);
    let merge = world.ok(&["contact", "merge", "an@example.be", &bo])["merge"].as_str().unwrap().to_owned();
    assert_eq!(world.ok(&["contact", "show", "an@example.be"])["restricted"], true);
    world.refused(&["contact", "set", "an@example.be", "family=X"], 6, "restricted");
    world.ok(&["contact", "unmerge", &merge]);
    assert_eq!(world.ok(&["contact", "show", "an@example.be"])["restricted"], false);
    assert_eq!(world.ok(&["contact", "show", &bo])["restricted"], true);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}
