//! Connections: who goes and who stays, what is held back, the record of it, and files that come back as they left.

use serde_json::{Value, json};

use crate::world::World;

/// A newsletter that people agree to, and a mailer that it may be shared with: names and e-mail, and birthdays that it may not
/// have.
pub(crate) fn shop() -> World {
    let world = World::new();
    let wording = world.file("nl.md", "Mogen wij je de nieuwsbrief sturen?\n");
    world.ok(&[
        "purpose",
        "add",
        "--key",
        "newsletter",
        "--title",
        "Nieuwsbrief",
        "--basis",
        "consent",
        "--wording-file",
        &wording,
        "--language",
        "nl",
        "--marketing",
    ]);
    let added = world.ok(&[
        "connection",
        "add",
        "--key",
        "mailer",
        "--title",
        "Postduif",
        "--fields",
        "birthday,email,given,family",
        "--max-sensitivity",
        "low",
        "--purpose",
        "newsletter",
    ]);
    assert_eq!(added, json!({ "connection": "mailer", "warnings": ["field_held_back"] }));
    world
}

/// Somebody with this name and an address of it.
pub(crate) fn person(world: &World, name: &str, more: &[&str]) -> String {
    let email = format!("{}@example.be", name.to_lowercase());
    world.contact(&[&["--given", name, "--family", "Peeters", "--email", &email], more].concat())
}

/// A yes to the newsletter, with more to it.
pub(crate) fn agrees(world: &World, who: &str, more: &[&str]) {
    let yes = ["consent", "record", who, "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    world.ok(&[&yes, more].concat());
}

fn export(world: &World, format: &str) -> (Value, String) {
    let to = world.root().join(format!("files/out.{format}"));
    let said = world.ok(&["connection", "export", "mailer", "--format", format, "--to", to.to_str().unwrap()]);
    (said, std::fs::read_to_string(to).unwrap())
}

fn reasons(said: &Value) -> Vec<(String, String)> {
    let one = |held: &Value| {
        let reasons: Vec<&str> = held["reasons"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        (held["contact"].as_str().unwrap().to_owned(), reasons.join(" "))
    };
    said["withheld"].as_array().unwrap().iter().map(one).collect()
}

/// SPEC §7: case 1, nothing of the person goes; case 2, the person goes and the field is held back.
#[test]
fn without_permission_nothing_goes_and_what_is_too_sensitive_is_held_back() {
    let world = shop();
    let an = person(&world, "An", &["--set", "birthday=1980-02-29", "--phone", "0475123456"]);
    let bo = person(&world, "Bo", &[]);
    let cé = person(&world, "Cé", &[]);
    agrees(&world, &an, &["--share", "mailer"]);
    agrees(&world, &bo, &[]);
    let seen = world.ok(&["connection", "preview", "mailer"]);
    assert_eq!(
        (&seen["sent"], &seen["stays"], &seen["withheld_fields"]),
        (&json!(1), &json!(2), &json!({ "birthday": 1 }))
    );
    assert_eq!(
        reasons(&seen),
        [(bo.clone(), "no_sharing_permission".to_owned()), (cé.clone(), "not_asked".to_owned())]
    );
    let (said, file) = export(&world, "csv");
    for key in ["sent", "stays", "withheld", "withheld_fields", "fields", "to_remove", "reasons"] {
        assert_eq!(said[key], seen[key], "{key}");
    }
    assert_eq!(file, "\u{feff}First Name,Last Name,Email Address,Birthday\r\nAn,Peeters,an@example.be,\r\n");
    let shown = world.ok(&["contact", "show", &an])["disclosures"].take();
    assert_eq!(shown[0]["fields"], json!(["given", "family", "email"]));
    assert_eq!((&shown[0]["connection"], &shown[0]["disclosure"]), (&json!("mailer"), &said["disclosure"]));
    for who in [&bo, &cé] {
        assert_eq!(world.ok(&["contact", "show", who])["disclosures"], json!([]));
    }
    let ask = |who: &str, more: &[&str], exit| {
        let may = ["may", who, "--purpose", "newsletter", "--connection", "mailer"];
        world.run(&[&may, more].concat()).is(exit, more)["reasons"][0].as_str().unwrap().to_owned()
    };
    assert_eq!(ask(&an, &[], 0), "allowed_consent");
    assert_eq!(ask(&an, &["--field", "email"], 0), "allowed_consent");
    assert_eq!(ask(&an, &["--field", "birthday"], 3), "field_withheld");
    assert_eq!(ask(&an, &["--field", "phone"], 3), "field_withheld", "it does not receive phones");
    assert_eq!(ask(&bo, &[], 3), "no_sharing_permission");
    assert_eq!(ask("nobody@example.be", &[], 3), "unknown_contact");
    world.refused(&["may", &an, "--purpose", "newsletter", "--connection", "mailer", "--field", "x"], 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_withdrawal_takes_the_person_out_and_says_whom_to_remove_there() {
    let world = shop();
    let an = person(&world, "An", &[]);
    let bo = person(&world, "Bo", &[]);
    for who in [&an, &bo] {
        agrees(&world, who, &["--share", "mailer"]);
    }
    assert_eq!(export(&world, "csv").0["sent"], 2);
    world.ok(&["consent", "withdraw", &an, "--purpose", "newsletter", "--how", "email"]);
    world.ok(&["restrict", &bo, "--reason", "Zegt dat het adres fout is"]);
    let seen = world.ok(&["connection", "preview", "mailer"]);
    assert_eq!((&seen["sent"], &seen["to_remove"]), (&json!(0), &json!([an, bo])));
    let (said, file) = export(&world, "csv");
    assert_eq!(
        (&said["sent"], &said["to_remove"]),
        (&json!(0), &json!([an, bo])),
        "nobody may go, and that is no failure"
    );
    assert_eq!(file, "\u{feff}First Name,Last Name,Email Address,Birthday\r\n");
    world.ok(&["contact", "set", &an, "email=new@example.be"]);
    let (said, file) = export(&world, "suppression");
    assert_eq!((&said["suppressed"], &said["disclosure"]), (&json!(2), &Value::Null));
    assert_eq!(
        file, "\u{feff}Email Address\r\nan@example.be\r\nbo@example.be\r\n",
        "as they went, not as they are now"
    );
    assert_eq!(world.ok(&["connection", "removed", "mailer", &an]), json!({ "removed": 1 }));
    assert_eq!(world.ok(&["connection", "preview", "mailer"])["to_remove"], json!([bo]));
    world.refused(&["connection", "removed", "mailer", &an], 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn who_prefers_another_channel_stays_where_the_connection_is_there_to_reach_people() {
    let world = shop();
    let an = person(&world, "An", &[]);
    agrees(&world, &an, &["--share", "mailer", "--prefer", "post"]);
    assert_eq!(world.ok(&["connection", "preview", "mailer"])["sent"], 1);
    world.ok(&["connection", "set", "mailer", "--channel", "email"]);
    let seen = world.ok(&["connection", "preview", "mailer"]);
    assert_eq!(reasons(&seen), [(an, "wrong_channel".to_owned())]);
}

#[test]
fn purpose_and_connection_are_one_fact_set_from_either_side() {
    let world = shop();
    let purposes = |key: &str| world.ok(&["purpose", "show", key])["share"].take();
    assert_eq!(purposes("newsletter"), json!(["mailer"]));
    world.ok(&[
        "purpose",
        "add",
        "--key",
        "invoices",
        "--title",
        "Facturen",
        "--basis",
        "legal_obligation",
        "--share",
        "mailer",
    ]);
    let all = world.ok(&["connection", "list"])["connections"].take();
    assert_eq!(all[0]["purposes"], json!(["newsletter", "invoices"]));
    world.ok(&["connection", "set", "mailer", "--purpose", "newsletter"]);
    assert_eq!(purposes("invoices"), json!([]));
    world.ok(&["purpose", "share", "invoices", "mailer"]);
    assert_eq!(purposes("invoices"), json!(["mailer"]));
    // Where the law is the basis nobody has to agree to it.
    let an = person(&world, "An", &[]);
    world.ok(&["may", &an, "--purpose", "invoices", "--connection", "mailer"]);
    assert_eq!(world.ok(&["connection", "preview", "mailer"])["sent"], 1);
    world.ok(&["connection", "set", "mailer", "--no-purpose"]);
    let seen = world.ok(&["connection", "preview", "mailer"]);
    assert_eq!(reasons(&seen), [(an.clone(), "no_sharing_permission".to_owned())]);
    world.refused(&["purpose", "share", "invoices", "other"], 5, "not_found");
    world.refused(&["purpose", "share", "other", "mailer"], 5, "not_found");
    world.refused(&["purpose", "share", "rights", "mailer"], 6, "builtin_purpose");
    let to_other = ["--answer", "given", "--how", "phone", "--share", "other"];
    world.refused(&[&["consent", "record", &an, "--purpose", "newsletter"], &to_other[..]].concat(), 5, "not_found");
    let no = [
        "consent",
        "record",
        &an,
        "--purpose",
        "newsletter",
        "--answer",
        "refused",
        "--how",
        "phone",
        "--share",
        "mailer",
    ];
    world.refused(&no, 2, "invalid");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_connection_is_defined_changed_and_ended() {
    let world = shop();
    let add = |key: &str, more: &[&str]| {
        let words = ["connection", "add", "--key", key, "--title", "x", "--max-sensitivity", "none"];
        world.run(&[&words, more].concat())
    };
    assert_eq!(add("mailer", &["--fields", "email"]).exit, 6, "taken");
    assert_eq!(add("Mailer 2", &["--fields", "email"]).exit, 2);
    assert_eq!(add("other", &["--fields", "shoe"]).exit, 5);
    assert_eq!(add("other", &["--fields", "email", "--purpose", "nothing"]).exit, 5);
    assert_eq!(add("other", &["--fields", "email", "--purpose", "rights"]).exit, 6);
    let added = add("other", &["--fields", "organisation", "--outside-eea"]).is(0, &[]);
    assert_eq!(added["warnings"], json!(["no_purpose", "outside_eea"]));
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text", "--sensitivity", "high"]);
    let set = [
        "connection",
        "set",
        "other",
        "--fields",
        "bike,email",
        "--max-sensitivity",
        "high",
        "--in-eea",
        "--title",
        "y",
    ];
    assert_eq!(world.ok(&set)["warnings"], json!(["no_purpose"]));
    let all = world.ok(&["connection", "list"])["connections"].take();
    assert_eq!(
        (&all[1]["title"], &all[1]["eea"], &all[1]["fields"][1]["key"]),
        (&json!("y"), &json!(true), &json!("bike"))
    );
    assert_eq!(world.ok(&["connection", "remove", "other"]), json!({ "connection": "other", "still_there": 0 }));
    assert_eq!(world.ok(&["connection", "list"])["connections"].as_array().unwrap().len(), 1);
    for args in [
        &["connection", "preview", "other"][..],
        &["connection", "remove", "other"],
        &["purpose", "share", "newsletter", "other"],
    ] {
        world.refused(args, 5, "not_found");
    }
    assert_eq!(add("other", &["--fields", "email"]).exit, 6, "a key is not used again");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_file_for_a_connection_goes_nowhere_but_outside_the_profile() {
    let world = shop();
    let inside = world.inside("mailer.csv");
    let args = ["connection", "export", "mailer", "--format", "csv", "--to", inside.to_str().unwrap()];
    world.refused(&args, 6, "in_profile");
    assert_eq!(world.ok(&["connection", "list"])["connections"][0]["last"], Value::Null);
    let missing = world.root().join("nowhere/mailer.csv");
    let args = ["connection", "export", "mailer", "--format", "csv", "--to", missing.to_str().unwrap()];
    world.refused(&args, 1, "unwritable");
    assert_eq!(world.ok(&["connection", "list"])["connections"][0]["last"], Value::Null);
}

#[test]
fn any_change_of_a_connection_or_disclosure_behind_the_application_is_found() {
    let before = shop();
    let an = person(&before, "An", &[]);
    agrees(&before, &an, &["--share", "mailer"]);
    export(&before, "csv");
    for (change, code) in [
        ("UPDATE connection SET max_sensitivity = 'high'", "connection_changed"),
        ("UPDATE connection SET ended_at = 1", "connection_changed"),
        ("DELETE FROM connection_purpose", "connection_changed"),
        ("INSERT INTO connection_field SELECT 1, no FROM field WHERE key = 'notes'", "connection_changed"),
        ("UPDATE disclosed SET fields = 'email'", "disclosure_changed"),
        ("DELETE FROM disclosed", "disclosure_changed"),
        ("UPDATE disclosure SET at = at + 1", "disclosure_changed"),
    ] {
        let world = before.copy();
        world.raw().execute_batch(&format!("PRAGMA foreign_keys = OFF; {change}")).unwrap();
        assert_eq!(world.no(&["audit", "verify"])["first_fault"]["code"], code, "{change}");
    }
}

/// Names that want to be formulas, several of everything, and own fields: each format is read by our importer as nothing new.
#[test]
fn what_left_comes_back_unchanged_and_without_a_formula() {
    let world = shop();
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text", "--sensitivity", "low"]);
    let fields = "prefix,given,middle,family,suffix,nickname,organisation,job_title,email,phone,address,website,birthday,language,notes,labels,bike";
    world.ok(&["connection", "set", "mailer", "--fields", fields, "--max-sensitivity", "high"]);
    let rows = "Name Prefix,First Name,Middle Name,Last Name,Name Suffix,Nickname,Organization Name,Organization Title,Birthday,Language,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n\
        Dr.,An,=SOM(A1),Peeters,Jr.,Annie,\"Jans, Zonen & Co\",+baas,1980-02-28,nl,\"-eerste lijn\ntweede; lijn\",Vaste klant ::: VIP,Werk,an@example.be,Thuis,=an@example.be,Mobiel,+32 475 12 34 56,Werk,03 123 45 67,Werk,Kerkstraat 1,Gent,9000,BE,,https://example.be,Fiets,@54\n\
        ,Bo,,,,,,,,,,,,bo@example.be,,,,,,,,,,,,,,,\n";
    world.ok(&["import", &world.file("in.csv", rows), "--with", "all"]);
    for who in ["an@example.be", "bo@example.be"] {
        agrees(&world, who, &["--share", "mailer"]);
    }
    for (format, guarded, no_room) in [
        ("google", 5, json!({})),
        ("outlook", 4, json!({ "nickname": 1, "bike": 1 })),
        ("csv", 4, json!({ "email": 1, "phone": 1 })),
    ] {
        let (said, file) = export(&world, format);
        assert_eq!(
            (&said["sent"], &said["guarded"], &said["no_room"]),
            (&json!(2), &json!(guarded), &no_room),
            "{format}"
        );
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_bytes());
        for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            let cell = cell.trim_start_matches('\u{feff}');
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\0']), "{format}: {cell}");
        }
        let path = world.root().join(format!("files/out.{format}"));
        let again = world.ok(&["import", path.to_str().unwrap(), "--with", "all"]);
        let told = |key: &str| again[key].clone();
        assert_eq!((told("rows"), told("unchanged")), (json!(2), json!(2)), "{format}: {again}");
        assert_eq!((told("conflicts"), told("problems")), (json!([]), json!([])), "{format}");
    }
    let (said, file) = export(&world, "vcard");
    assert_eq!((&said["sent"], &said["guarded"]), (&json!(2), &json!(0)));
    assert_eq!(file.matches("BEGIN:VCARD\r\n").count(), 2);
    assert!(
        file.contains("TEL;VALUE=uri;TYPE=cell:tel:+32475123456\r\n") && file.contains("X-AKKOORD-FIELD"),
        "{file}"
    );
    let outlook = world.ok(&["contact", "show", "an@example.be"])["disclosures"][1]["fields"].take();
    assert!(!outlook.as_array().unwrap().contains(&json!("nickname")), "what had no place did not go");
}
