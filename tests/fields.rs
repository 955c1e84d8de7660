//! The owner's own fields: what each of them takes, whatever way a value comes in.

use serde_json::{Value, json};

use crate::import::outcomes;
use crate::portability::unpacked;
use crate::world::World;

/// A field of each kind, sensitive all of them.
fn made(world: &World) {
    let add = |args: &[&str]| world.ok(&[&["field", "add"], args, &["--sensitivity", "high"]].concat());
    add(&["colour", "--title", "Kleur", "--type", "choice", "--choice", " Rood ", "--choice", "Café au lait"]);
    add(&["since", "--title", "Klant sinds", "--type", "date"]);
    add(&["size", "--title", "Maat", "--type", "number"]);
    add(&["bike", "--title", "Fiets", "--type", "text"]);
}

fn field(world: &World, key: &str) -> Value {
    let fields = world.ok(&["field", "list"])["fields"].take();
    fields.as_array().unwrap().iter().find(|field| field["key"] == key).unwrap().clone()
}

#[test]
fn a_field_holds_what_the_owner_lets_be_chosen() {
    let world = World::new();
    made(&world);
    let colour = field(&world, "colour");
    assert_eq!((&colour["type"], &colour["choices"]), (&json!("choice"), &json!(["Rood", "Café au lait"])));
    assert_eq!(field(&world, "bike")["choices"], json!([]));
    let an = world.contact(&["--given", "An", "--email", "an@example.be", "--set", "colour=ROOD"]);
    assert_eq!(world.ok(&["contact", "show", &an])["fields"]["colour"], "Rood");
    world.ok(&["contact", "set", &an, "colour=cafe au lait", "since=2020-02-29", "size=41.5"]);
    let shown = world.ok(&["contact", "show", &an])["fields"].take();
    assert_eq!((&shown["colour"], &shown["size"]), (&json!("Café au lait"), &json!("41.5")));
    let refused = world.refused(&["contact", "set", &an, "colour=Groen"], 2, "invalid");
    assert_eq!(
        (&refused["message"], &refused["hint"]),
        (&json!("Kleur cannot have that value. Nothing was changed."), &json!("Choose one of: Rood, Café au lait."))
    );
    world.refused(&["contact", "add", "--given", "Bo", "--set", "colour=Groen"], 2, "invalid");
    for bad in ["since=lente", "size=veel"] {
        world.refused(&["contact", "set", &an, bad], 2, "invalid");
    }
    let words = world.words(&["field", "list"]).stdout;
    assert!(words.contains("Rood, Café au lait"), "{words}");
}

#[test]
fn choices_come_and_go_but_for_those_that_somebody_has() {
    let world = World::new();
    made(&world);
    let an = world.contact(&["--given", "An", "--set", "colour=Rood"]);
    let refused = world.refused(&["field", "set", "colour", "--choice", "Blauw"], 2, "invalid");
    let message = refused["message"].as_str().unwrap();
    assert!(message.starts_with("\"Rood\" still stands with 1 of your contacts"), "{message}");
    world.ok(&["field", "set", "colour", "--choice", "Blauw", "--choice", "Rood", "--sensitivity", "low"]);
    let colour = field(&world, "colour");
    assert_eq!((&colour["choices"], &colour["sensitivity"]), (&json!(["Blauw", "Rood"]), &json!("low")));
    world.ok(&["contact", "set", &an, "colour="]);
    world.ok(&["field", "set", "colour", "--choice", "Blauw"]);
    world.refused(&["field", "set", "colour"], 2, "usage");
    for args in [
        &["field", "set", "colour", "--choice", "Blauw", "--choice", "blauw"][..],
        &["field", "set", "colour", "--choice", ""],
        &["field", "set", "size", "--choice", "41"],
        &["field", "add", "shoe", "--title", "Schoen", "--type", "text", "--choice", "41"],
    ] {
        world.refused(args, 2, "invalid");
    }
    world.refused(&["field", "set", "shoe", "--choice", "41"], 5, "not_found");
    world.ok(&["field", "add", "later", "--title", "Later", "--type", "choice"]);
    let refused = world.refused(&["contact", "set", &an, "later=Blauw"], 2, "invalid");
    assert!(refused["hint"].as_str().unwrap().contains("field set later --choice"), "{refused}");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_choice_gets_another_text_with_everybody_who_has_it() {
    let world = World::new();
    made(&world);
    let an = world.contact(&["--given", "An", "--set", "colour=Rood"]);
    let words = world.words(&["field", "set", "colour", "--rename", "Rood", "--to", "Karmijn"]).stdout;
    assert!(words.contains("\"Rood\" is \"Karmijn\" now, with 1 contact who had it."), "{words}");
    assert_eq!(field(&world, "colour")["choices"], json!(["Karmijn", "Café au lait"]));
    assert_eq!(world.ok(&["contact", "show", &an])["fields"]["colour"], "Karmijn");
    let rename = |from: &'static str, to: &'static str| ["field", "set", "colour", "--rename", from, "--to", to];
    world.refused(&rename("Rood", "Geel"), 5, "not_found");
    world.refused(&rename("Karmijn", "CAFE AU LAIT"), 2, "invalid");
    world.refused(&["field", "set", "colour", "--rename", "Karmijn"], 2, "usage");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn what_does_not_fit_its_field_stays_out_of_an_import_and_is_listed() {
    let world = World::new();
    made(&world);
    let rows = "Voornaam;E-mail;Kleur;Klant sinds;Maat;Fiets\n\
        An;an@example.be;rood;07-03-2020;41,5;bakfiets\n\
        Bo;bo@example.be;groen;lente;veel;alles mag\n";
    let file = world.file("kassa.csv", rows);
    let with = ["--with", "Kleur,Klant sinds,Maat,Fiets"];
    let report = world.ok(&[&["import", &file][..], &with].concat());
    assert_eq!(outcomes(&report), [2, 0, 0, 0, 0, 0], "{report}");
    let problems: Vec<String> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["line"], one["column"], one["code"]))
        .collect();
    let expected =
        ["3 \"Kleur\" \"invalid_choice\"", "3 \"Klant sinds\" \"invalid_date\"", "3 \"Maat\" \"invalid_number\""];
    assert_eq!(problems, expected);
    let own = |who: &str| {
        let fields = world.ok(&["contact", "show", who])["fields"].take();
        ["colour", "since", "size", "bike"].map(|key| fields[key].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(own("an@example.be"), ["Rood", "2020-03-07", "41.5", "bakfiets"]);
    assert_eq!(own("bo@example.be"), ["", "", "", "alles mag"]);
    let words = world.words(&[&["import", &file, "--dry-run"][..], &with].concat()).stdout;
    assert!(words.contains("1 value is no choice of their field and was left out"), "{words}");
}

#[test]
fn a_correction_and_a_card_bring_only_what_can_be_chosen() {
    let world = World::new();
    made(&world);
    let an = world.contact(&["--given", "An", "--email", "an@example.be", "--set", "colour=Rood"]);
    let zip = world.root().join("form.zip");
    world.ok(&["export", "contact", &an, "--for", "rectification", "--to", zip.to_str().unwrap()]);
    let form = unpacked(&world, "form.zip", None);
    let (_, form) = form.iter().find(|(name, _)| name == "formulier.csv").unwrap();
    let form = String::from_utf8_lossy(form);
    assert!(form.contains("colour,\"Kleur (Rood, Café au lait)\",Rood"), "{form}");
    let form = world.file("form.csv", "field,value\ncolour,Groen\n");
    assert_eq!(world.ok(&["rectify", &an, "--from", &form])["differences"][0]["title"], "Kleur");
    assert!(world.words(&["rectify", &an, "--from", &form]).stdout.contains("colour (Kleur)"));
    let refused = world.refused(&["rectify", &an, "--from", &form, "--accept-all"], 2, "invalid");
    assert!(refused["hint"].as_str().unwrap().contains("Rood, Café au lait"), "{refused}");
    let form = world.file("form.csv", "field,value\ncolour,CAFÉ AU LAIT\n");
    world.ok(&["rectify", &an, "--from", &form, "--accept-all"]);
    assert_eq!(world.ok(&["contact", "show", &an])["fields"]["colour"], "Café au lait");
    world.ok(&["field", "add", "x_kleur", "--title", "X-KLEUR", "--type", "choice", "--choice", "Rood"]);
    let card = |name: &str, value: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:;{name};;;\r\nEMAIL:{name}@example.be\r\nX-KLEUR:{value}\r\nEND:VCARD\r\n"
        )
    };
    let cards = world.file("cards.vcf", card("bo", "rood") + &card("cas", "groen"));
    let report = world.ok(&["import", &cards, "--with", "X-KLEUR"]);
    assert_eq!((outcomes(&report), &report["problems"][0]["code"]), ([2, 0, 0, 0, 0, 0], &json!("invalid_choice")));
    assert_eq!(world.ok(&["contact", "show", "bo@example.be"])["fields"]["x_kleur"], "Rood");
    assert_eq!(world.ok(&["contact", "show", "cas@example.be"])["fields"].get("x_kleur"), None);
}
