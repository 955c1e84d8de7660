//! Importing files: what comes in, what stays out and why, the same file again, and taking it back.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::world::World;

const GOOGLE: &str = "First Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n";

/// A Google file of these rows.
pub(crate) fn google(rows: &str) -> String {
    format!("{GOOGLE}{rows}")
}

fn count(report: &Value, outcome: &str) -> u64 {
    report[outcome].as_u64().unwrap_or_else(|| panic!("{outcome} is no number in {report}"))
}

/// The numbers always add up; gives the six of them.
pub(crate) fn outcomes(report: &Value) -> [u64; 6] {
    let all = ["added", "merged", "unchanged", "skipped", "blocked", "rejected"].map(|outcome| count(report, outcome));
    assert_eq!(all.iter().sum::<u64>(), count(report, "rows"), "{report}");
    all
}

/// How much there is: contacts and audit entries.
pub(crate) fn state(world: &World) -> (u64, u64) {
    let contacts = world.ok(&["vault", "status"])["contacts"].as_u64().unwrap();
    let audit = world.ok(&["audit", "verify"]);
    assert_eq!(audit["ok"], true, "{audit}");
    (contacts, audit["entries"].as_u64().unwrap())
}

#[test]
fn the_same_file_twice_adds_nobody() {
    let world = World::new();
    let file = world.file(
        "contacts.csv",
        google(
            "An,Peeters,,,,klant,Work,an@example.be,,,,\n\
             Jan,Maes,,,,,,,Mobile,0475/12.34.56,,\n\
             Zus,,,,,,,,Mobile,0476 12 34 56,,\n\
             ,,Bakkerij 't Hoekje,,,,,,,016 21 32 43,,\n\
             Alleen,Naam,,,,,,,,,,\n\
             ,,Enkel NV,,,,,,,,,\n",
        ),
    );
    let first = world.ok(&["import", &file]);
    assert_eq!(outcomes(&first), [6, 0, 0, 0, 0, 0]);
    assert!(first["import_id"].is_string() && first["seconds"].is_number());
    let second = world.ok(&["import", &file]);
    assert_eq!(outcomes(&second), [0, 0, 6, 0, 0, 0], "{second}");
    assert_eq!(state(&world).0, 6);
    let third = world.ok(&["import", &file, "--on-duplicate", "skip"]);
    assert_eq!(outcomes(&third), [0, 0, 0, 6, 0, 0]);
    let fourth = world.ok(&["import", &file, "--on-duplicate", "create"]);
    assert_eq!(outcomes(&fourth), [6, 0, 0, 0, 0, 0]);
}

#[test]
fn what_a_merged_contact_has_is_known_and_a_new_value_goes_where_the_address_is() {
    let world = World::new();
    let keep = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let other = world.contact(&["--given", "An", "--email", "an@shop.example"]);
    let merge = world.ok(&["contact", "merge", &keep, &other])["merge"].as_str().unwrap().to_owned();
    let file = world.file("contacts.csv", google("An,,,,,,,an@shop.example,,0475123456,,\n"));
    assert_eq!(outcomes(&world.ok(&["import", &file])), [0, 1, 0, 0, 0, 0]);
    assert_eq!(outcomes(&world.ok(&["import", &file])), [0, 0, 1, 0, 0, 0]);
    world.ok(&["contact", "unmerge", &merge]);
    assert_eq!(world.ok(&["contact", "show", &keep])["fields"]["phones"], json!([]));
    assert_eq!(world.ok(&["contact", "show", &other])["fields"]["phones"][0]["e164"], "+32475123456");
}

#[test]
fn rejected_rows_that_cannot_be_saved_stop_the_import() {
    let world = World::new();
    let file = world.file("contacts.csv", google("An,,,,,,,an@example.be,,,,\nx,,,,,,,nothing,,,,\n"));
    let before = (state(&world), std::fs::read(&file).unwrap());
    assert_eq!(world.run(&["import", &file, "--rejected-to", &file]).exit, 2);
    assert_eq!(world.run(&["import", &file, "--rejected-to", world.root().to_str().unwrap()]).exit, 1);
    assert_eq!(world.run(&["import", &file, "--rejected-to", "/nowhere/at/all.csv"]).exit, 1);
    assert_eq!((state(&world), std::fs::read(&file).unwrap()), before);
}

#[test]
fn one_number_of_many_costs_no_more_than_many_numbers() {
    let world = World::new();
    let mut rows = String::new();
    for n in 0..3_000 {
        writeln!(rows, "An{n},Familie{n},Groot NV,,,,,,,016203040,,").unwrap();
    }
    let file = world.file("switchboard.csv", google(&rows));
    assert_eq!(outcomes(&world.ok(&["import", &file])), [3_000, 0, 0, 0, 0, 0]);
    assert_eq!(outcomes(&world.ok(&["import", &file])), [0, 0, 3_000, 0, 0, 0]);
}

#[test]
fn a_row_fills_what_is_empty_and_never_overwrites() {
    let world = World::new();
    world.ok(&["contact", "add", "--given", "An", "--email", "an@example.be", "--set", "organisation=Kapsalon An"]);
    let file = world.file(
        "more.csv",
        google("Anna,Peeters,Kapper An,,,klant,,AN@Example.BE,,+32 475 12 34 56,,\nAn,,,,,,,an@example.be ::: an@kapsalon.be,,,,\n"),
    );
    let report = world.ok(&["import", &file]);
    assert_eq!(outcomes(&report), [0, 2, 0, 0, 0, 0]);
    let fields: Vec<_> =
        report["conflicts"].as_array().unwrap().iter().map(|c| (c["line"].clone(), c["field"].clone())).collect();
    assert_eq!(fields, [(json!(2), json!("given")), (json!(2), json!("family")), (json!(2), json!("organisation"))]);
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(shown["fields"]["given"], "An");
    assert!(shown["fields"].get("family").is_none(), "half of another name: {shown}");
    assert_eq!(shown["fields"]["organisation"], "Kapsalon An");
    assert_eq!(shown["fields"]["labels"], json!(["klant"]));
    assert_eq!(shown["fields"]["emails"][1]["normalised"], "an@kapsalon.be");
    assert_eq!(shown["fields"]["phones"][0]["e164"], "+32475123456");
    assert_eq!(shown["sources"].as_array().unwrap().len(), 3);
    assert_eq!(shown["sources"][1]["kind"], "indirect");
    assert_eq!(shown["sources"][1]["file"], "more.csv");
    assert_eq!(shown["sources"][1]["row"], 2);
    assert_eq!(shown["sources"][1]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let world = World::new();
    let file = world.file(
        "contacts.csv",
        google(
            "An,Peeters,,,,,,an@example.be,,,,\nAn,Peeters,,,,,,AN@example.be,,0475123456,,\nx,,,,,,,no address,,,,\n",
        ),
    );
    let before = state(&world);
    let rejected = world.root().join("rejected.csv");
    let mut dry = world.ok(&["import", &file, "--dry-run", "--rejected-to", rejected.to_str().unwrap()]);
    assert_eq!(state(&world), before);
    assert!(!rejected.exists());
    assert!(dry.get("import_id").is_none());
    let mut wet = world.ok(&["import", &file]);
    for report in [&mut dry, &mut wet] {
        let report = report.as_object_mut().unwrap();
        report.remove("seconds");
        report.remove("import_id");
        // A contact that a dry run would have made has another id when it is made.
        report.remove("conflicts");
    }
    assert_eq!(dry, wet);
    assert_eq!(outcomes(&wet), [1, 1, 0, 0, 0, 1]);
}

#[test]
fn problems_name_line_column_and_code() {
    let world = World::new();
    let file = world.file(
        "contacts.csv",
        google("An,Peeters,,,\"two\nlines\",,,an@example.be,,bellen,,\nJan,,,,,,,jan at example,,,,\n,,,,,,,,,,,\n,,,,a note alone,,,,,,,\n"),
    );
    let rejected = world.root().join("rejected.csv");
    let report = world.ok(&["import", &file, "--rejected-to", rejected.to_str().unwrap()]);
    assert_eq!(outcomes(&report), [1, 0, 0, 1, 0, 2]);
    let problems: Vec<_> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| format!("{} {} {}", p["line"], p["column"], p["code"]))
        .collect();
    assert_eq!(
        problems,
        [
            "2 \"Phone 1 - Value\" \"invalid_phone\"",
            "4 \"E-mail 1 - Value\" \"invalid_email\"",
            "4 null \"no_valid_address\"",
            "6 null \"no_name\""
        ]
    );
    let saved = std::fs::read_to_string(&rejected).unwrap();
    let mended = world.file("mended.csv", saved.replace("jan at example", "jan@example.be"));
    let again = world.ok(&["import", &mended]);
    assert_eq!(outcomes(&again), [1, 0, 0, 0, 0, 1]);
    assert_eq!(world.ok(&["contact", "show", "jan@example.be"])["fields"]["given"], "Jan");
}

#[test]
fn sensitive_columns_stay_out_unless_ticked() {
    let world = World::new();
    let rows = google("An,Peeters,,1988-11-30,belt na 17u,,,an@example.be,,,Nieuwsbrief,ja\n");
    let file = world.file("contacts.csv", rows);
    let report = world.ok(&["import", &file]);
    for column in ["Birthday", "Notes", "Custom Field 1 - Value"] {
        assert!(report["left_out"].as_array().unwrap().contains(&json!(column)), "{report}");
    }
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert!(shown["fields"].get("birthday").is_none() && shown["fields"].get("notes").is_none());
    let report = world.ok(&["import", &file, "--with", "birthday,notes"]);
    assert_eq!(outcomes(&report), [0, 1, 0, 0, 0, 0]);
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(shown["fields"]["birthday"], "1988-11-30");
    assert_eq!(shown["fields"]["notes"], "belt na 17u");
}

#[test]
fn importing_never_makes_consent() {
    let world = World::new();
    let file = world.file("shop.csv", "Voornaam;E-mail;Nieuwsbrief toestemming\nAn;an@example.be;ja\n");
    let report = world.ok(&["import", &file, "--with", "all"]);
    assert_eq!(outcomes(&report), [1, 0, 0, 0, 0, 0]);
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(shown["consents"], json!([]));
    assert!(shown["sources"][0]["text"].as_str().unwrap().contains("ja"), "{shown}");
}

#[test]
fn where_the_data_came_from_decides_its_provenance() {
    let world = World::new();
    for (origin, provenance) in [("self", "provided"), ("other", "third_party"), ("unknown", "provided")] {
        let file = world.file("contacts.csv", google(&format!("An,,,,,,,{origin}@example.be,,,,\n")));
        world.ok(&["import", &file, "--origin", origin]);
        let shown = world.ok(&["contact", "show", &format!("{origin}@example.be")]);
        assert_eq!(shown["sources"][0]["origin"], origin);
        assert_eq!(shown["fields"]["emails"][0]["provenance"], provenance);
    }
}

#[test]
fn files_that_cannot_be_understood_change_nothing() {
    let world = World::new();
    let huge = format!("{GOOGLE}\"{}\",Peeters,,,,,,a@example.be,,,,\n", "x".repeat(10 << 20));
    let mut columns = String::from("First Name,E-mail 1 - Value");
    for n in 0..1_000_000 {
        write!(columns, ",c{n}").unwrap();
    }
    columns.push_str("\nAn,an@example.be\n");
    let before = state(&world);
    let cases: &[(&str, Vec<u8>)] = &[
        ("empty", Vec::new()),
        ("white space", b" \n\n".to_vec()),
        ("only a header", GOOGLE.into()),
        ("no header", b"An,Peeters,an@example.be\nJan,Maes,jan@example.be\n".to_vec()),
        ("names that say nothing", b"a;b;c\n1;2;3\n".to_vec()),
        ("unclosed quote", google("An,Peeters,,,,,,an@example.be,,,,\nJan,\"Maes,,,,,,jan@example.be,,,,\n").into()),
        ("NUL bytes", google("An\0,Peeters,,,,,,an@example.be,,,,\n").into()),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("an archive", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("a million columns", columns.into()),
    ];
    let mut sentences = std::collections::BTreeSet::new();
    for (what, bytes) in cases {
        let file = world.file("bad.csv", bytes);
        let answer = world.run(&["import", &file]);
        assert_eq!(answer.exit, 1, "{what}: {answer:?}");
        let error: Value = serde_json::from_str(&answer.stderr).unwrap();
        let sentence = error["error"]["message"].as_str().unwrap().to_owned();
        assert!(!sentence.contains('{') && sentence.contains("bad.csv"), "{what}: {sentence}");
        sentences.insert(sentence);
        assert_eq!(state(&world), before, "{what}");
    }
    assert!(sentences.len() >= 6, "{sentences:?}");
    assert_eq!(world.run(&["import", "nowhere.csv"]).exit, 1);
    let report = world.ok(&["import", &world.file("huge.csv", huge)]);
    assert_eq!(outcomes(&report), [0, 0, 0, 0, 0, 1]);
    assert_eq!(report["problems"][0]["code"], "cell_too_large");
}

#[test]
fn encodings_and_delimiters_are_detected_and_can_be_named() {
    let world = World::new();
    let text = "Voornaam;Achternaam;E-mailadres\nRené;Müller;rene@example.be\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (name, bytes) in [("utf8", text.as_bytes().to_vec()), ("utf16", utf16), ("latin", latin.clone())] {
        let report = world.ok(&["import", &world.file(name, bytes), "--dry-run"]);
        assert_eq!(outcomes(&report), [1, 0, 0, 0, 0, 0], "{name}");
        assert_eq!(report["delimiter"], ";");
    }
    let report = world.ok(&["import", &world.file("latin", latin), "--encoding", "windows-1252", "--delimiter", ";"]);
    assert_eq!(report["encoding"], "windows-1252");
    assert_eq!(world.ok(&["contact", "show", "rene@example.be"])["name"], "René Müller");
    let file = world.file("utf8", text);
    assert_eq!(world.run(&["import", &file, "--encoding", "klingon"]).exit, 2);
    assert_eq!(world.run(&["import", &file, "--delimiter", "ab"]).exit, 2);
}

#[test]
fn a_mapping_says_what_columns_mean() {
    let world = World::new();
    world.ok(&["field", "add", "bike", "--title", "Fiets", "--type", "text"]);
    let map = world.file("map.toml", "[columns]\n\"wie\" = \"given\"\n\"waar\" = \"email\"\n\"rijdt\" = \"bike\"\n");
    let file = world.file("kassa.csv", "wie;waar;rijdt\nAn;an@example.be;bakfiets\n");
    let report = world.ok(&["import", &file, "--map", &map]);
    assert_eq!(outcomes(&report), [1, 0, 0, 0, 0, 0]);
    let shown = world.ok(&["contact", "show", "an@example.be"]);
    assert_eq!(shown["fields"]["bike"], "bakfiets");
    let wrong = world.file("wrong.toml", "[columns]\n\"wie\" = \"nonsense\"\n");
    assert_eq!(world.run(&["import", &file, "--map", &wrong]).exit, 2);
}

#[test]
fn hostile_names_are_kept_as_data() {
    let world = World::new();
    let evil = "'=HYPERLINK(\"\"x\"\")";
    let file = world.file("evil.csv", google(&format!("\"{evil}\",<img onerror=alert(1)>,,,,,,evil@example.be,,,,\n\u{202e}xinU,\u{200b}Zero,,,,,,bidi@example.be,,,,\n")));
    assert_eq!(outcomes(&world.ok(&["import", &file])), [2, 0, 0, 0, 0, 0]);
    let shown = world.ok(&["contact", "show", "evil@example.be"]);
    assert_eq!(shown["fields"]["given"], "=HYPERLINK(\"x\")");
    assert_eq!(shown["fields"]["family"], "<img onerror=alert(1)>");
    let words = world.words(&["contact", "list", "--query", "xinU"]);
    assert!(!words.stdout.contains('\u{202e}'), "a terminal must not be turned around");
}

/// Ctrl-C in the middle: nothing came in and nothing is left lying about.
#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let world = World::new();
    let before = state(&world);
    let mut rows = String::new();
    for n in 0..60_000 {
        writeln!(rows, "An{n},Peeters,,,,klant,,an{n}@example.be,,04751{n:05},,").unwrap();
    }
    rows.push_str("x,,,,,,,no address,,,,\n");
    let file = world.file("many.csv", google(&rows));
    let rejected = world.root().join("files/rejected.csv");
    let mut import = world.program();
    import.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file());
    import.args(["--json", "import", &file, "--rejected-to", rejected.to_str().unwrap()]);
    let import = import.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let log = world.inside("vault.db-wal");
    while std::fs::metadata(&log).map_or(0, |log| log.len()) < 1 << 20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let stop = std::process::Command::new("kill").args(["-INT", &import.id().to_string()]).status().unwrap();
    assert!(stop.success());
    let output = import.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("\"cancelled\""), "{output:?}");
    assert_eq!(state(&world), before);
    let left: Vec<_> =
        std::fs::read_dir(rejected.parent().unwrap()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.') || *name == "rejected.csv"), "{left:?}");
}
