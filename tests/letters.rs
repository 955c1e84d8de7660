//! Rights on paper: the access pack, the form for corrections and what comes back, letters, the record of processing.

use serde_json::{Value, json};

use crate::portability::unpacked;
use crate::world::World;

fn path(world: &World, name: &str) -> String {
    world.root().join(name).to_str().unwrap().to_owned()
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

fn content<'f>(files: &'f [(String, Vec<u8>)], name: &str) -> &'f [u8] {
    &files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("no {name}")).1
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-1.7") && holds(bytes, "pdfaid:part") && holds(bytes, "pdfuaid:part")
}

/// Somebody whose data has been around, and two others.
fn known(world: &World) -> String {
    let an = ["--given", "An", "--family", "#Peeters *$x$*", "--email", "an@example.be", "--phone", "+32 475 12 34 56"];
    let more = ["--set", "address.street=Dorp 1", "--set", "address.city=Gent", "--set", "birthday=1980-03-07"];
    let an = world.contact(&[&an[..], &more].concat());
    world.contact(&["--given", "Zoe", "--email", "zoe@example.be"]);
    let wording = world.file("news.md", "Mogen wij u eens per maand schrijven?");
    let purpose =
        ["purpose", "add", "--key", "news", "--title", "Nieuws", "--basis", "consent", "--channels", "email,post"];
    world.ok(&[&purpose[..], &["--wording-file", &wording, "--language", "nl", "--marketing"]].concat());
    let mailer = ["connection", "add", "--key", "mailer", "--title", "Postduif nv", "--fields", "email,given"];
    world.ok(&[&mailer[..], &["--max-sensitivity", "low", "--purpose", "news"]].concat());
    let yes =
        ["consent", "record", &an, "--purpose", "news", "--answer", "given", "--how", "phone", "--share", "mailer"];
    world.ok(&yes);
    let to = path(world, "mailer.csv");
    world.ok(&["connection", "export", "mailer", "--format", "csv", "--to", &to]);
    an
}

#[test]
fn the_access_pack_says_all_of_one_person_and_nothing_of_another() {
    let world = World::new();
    let an = known(&world);
    world.ok(&["restrict", &an, "--reason", "Zegt dat het adres fout is"]);
    let to = path(&world, "an.zip");
    let said = world.ok(&["export", "contact", &an, "--for", "access", "--to", &to]);
    let files = unpacked(&world, "an.zip", None);
    assert_eq!(names(&files), ["LEESMIJ.txt", "brief.pdf", "data.csv", "data.json", "SHA256SUMS"]);
    let listed: Vec<&Value> = said["files"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(listed, names(&files));
    assert!(is_pdf(content(&files, "brief.pdf")));
    let data: Value = serde_json::from_slice(content(&files, "data.json")).unwrap();
    assert_eq!(
        (&data["format"], &data["history"]["disclosures"][0]["title"]),
        (&json!("akkoord.access.1"), &json!("Postduif nv"))
    );
    assert_eq!(data["contacts"][0]["id"], an.as_str());
    assert_eq!(data["consents"].as_array().unwrap().len(), 1);
    for (name, bytes) in &files {
        assert!(!holds(bytes, "zoe@") && !holds(bytes, "Zoe"), "{name} says something of somebody else");
    }
    let password = world.file("password.txt", "een lang wachtwoord");
    let to = path(&world, "locked.zip");
    world.ok(&["export", "contact", &an, "--for", "access", "--to", &to, "--password-file", &password]);
    assert_eq!(names(&unpacked(&world, "locked.zip", Some("een lang wachtwoord"))).len(), 5);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_form_goes_out_comes_back_and_is_accepted_field_by_field() {
    let world = World::new();
    let an = known(&world);
    world.ok(&["export", "contact", &an, "--for", "rectification", "--to", &path(&world, "form.zip")]);
    let files = unpacked(&world, "form.zip", None);
    assert_eq!(names(&files), ["LEESMIJ.txt", "formulier.pdf", "formulier.csv", "SHA256SUMS"]);
    assert!(is_pdf(content(&files, "formulier.pdf")));
    let form = String::from_utf8(content(&files, "formulier.csv").to_vec()).unwrap();
    let head = world.ok(&["audit", "verify"])["head"].clone();

    let unchanged = world.file("unchanged.csv", &form);
    let none = json!({ "differences": [], "recipients_to_tell": [], "unknown": [] });
    assert_eq!(world.ok(&["rectify", &an, "--from", &unchanged]), none);
    assert_eq!(world.ok(&["rectify", &an, "--from", &unchanged, "--accept-all"]), none);

    // As a spreadsheet in Belgium saves it.
    let theirs = form
        .replace("an@example.be", "an.peeters@example.be")
        .replace("#Peeters *$x$*", "Péeters")
        .replace("1980-03-07", "");
    let theirs = theirs.trim_start_matches('\u{feff}').replace(',', ";");
    let back =
        world.file("back.csv", theirs.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect::<Vec<u8>>());
    let said = world.ok(&["rectify", &an, "--from", &back]);
    let fields: Vec<&str> =
        said["differences"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["family", "birthday", "email"]);
    assert_eq!(said["differences"][2]["theirs"], "an.peeters@example.be");
    assert_eq!(said["recipients_to_tell"], json!(["mailer"]));
    assert_eq!(world.ok(&["audit", "verify"])["head"], head, "nothing is written that nobody accepted");

    let said = world.ok(&["rectify", &an, "--from", &back, "--accept", "family", "--accept", "birthday"]);
    assert_eq!(
        (&said["differences"][0]["accepted"], &said["differences"][2]["accepted"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(said["recipients_to_tell"], json!([]), "they never got a name or a birthday");
    let shown = world.ok(&["contact", "show", &an])["fields"].clone();
    assert_eq!(
        (&shown["family"], &shown["birthday"], &shown["emails"][0]["value"]),
        (&json!("Péeters"), &Value::Null, &json!("an@example.be"))
    );
    world.ok(&["rectify", &an, "--from", &back, "--accept-all"]);
    assert_eq!(world.ok(&["contact", "show", &an])["fields"]["emails"][0]["value"], "an.peeters@example.be");
    let told = world.ok(&["contact", "timeline", &an]).to_string();
    assert!(told.contains("#Peeters *$x$*"), "the old value is in the history");
    assert_eq!(world.ok(&["rectify", &an, "--from", &back, "--accept-all"]), none);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn a_form_that_is_none_changes_nothing() {
    let world = World::new();
    let an = known(&world);
    let head = world.ok(&["audit", "verify"])["head"].clone();
    let lines = |lines: &str| world.file("form.csv", lines);
    for (form, exit, code) in [
        ("", 1, "unreadable"),
        ("\u{0}\u{1}\u{2}", 1, "unreadable"),
        ("schoen,maat\nlinks,42\n", 2, "invalid"),
        ("field,value\nfamily,a\nfamily,b\n", 2, "invalid"),
        ("field,value\nemail,geen adres\n", 2, "invalid"),
        ("field,value\nbirthday,gisteren\n", 2, "invalid"),
    ] {
        world.refused(&["rectify", &an, "--from", &lines(form), "--accept-all"], exit, code);
    }
    let many = format!("field,value\n{}", "given,x\n".repeat(600));
    world.refused(&["rectify", &an, "--from", &lines(&many), "--accept-all"], 6, "too_large");
    let long = format!("field,value\ngiven,{}\n", "x".repeat(2_001));
    world.refused(&["rectify", &an, "--from", &lines(&long), "--accept-all"], 2, "invalid");
    world.refused(
        &["rectify", &an, "--from", &lines("field,value\ngiven,Ann\n"), "--accept", "family"],
        5,
        "not_found",
    );
    let said = world.ok(&["rectify", &an, "--from", &lines("field,value\nschoen,42\n")]);
    assert_eq!((&said["differences"], &said["unknown"]), (&json!([]), &json!(["schoen"])));
    world.refused(&["rectify", "niemand@example.be", "--from", &lines("field,value\ngiven,x\n")], 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["head"], head);
    world.ok(&["restrict", &an, "--reason", "betwist"]);
    world.refused(&["rectify", &an, "--from", &lines("field,value\ngiven,Ann\n"), "--accept-all"], 6, "restricted");
}

#[test]
fn a_table_with_a_column_for_each_field_is_a_form_too() {
    let world = World::new();
    let an = known(&world);
    let form = world.file("wide.csv", "given,email,phone,email.2\nAnn,,'+32 475 12 34 56,ann@example.be\n");
    let said = world.ok(&["rectify", &an, "--from", &form, "--accept-all"]);
    let fields: Vec<&Value> = said["differences"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, [&json!("given"), &json!("email.2")]);
    let emails = world.ok(&["contact", "show", &an])["fields"]["emails"].clone();
    assert_eq!((&emails[0]["value"], &emails[1]["value"]), (&json!("an@example.be"), &json!("ann@example.be")));
}

#[test]
fn a_refusal_is_worded_looked_at_made_and_kept() {
    let world = World::new();
    let an = known(&world);
    let reach = ["vault", "business", "set", "--street", "Kerkstraat 1", "--postal-code", "9000", "--city", "Gent"];
    assert_eq!(world.ok(&[&reach[..], &["--email", "info@jans.example"]].concat())["city"], "Gent");
    world.refused(&["vault", "business", "set", "--email", "geen adres"], 2, "invalid");
    let open = ["request", "open", &an, "--kind", "erasure", "--received", "2026-03-05", "--how", "letter"];
    let request = world.ok(&open)["request"].as_str().unwrap().to_owned();
    world.refused(&["letter", "preview", "refusal", "--request", &request], 6, "missing_field");
    world.ok(&["request", "refuse", &request, "--reason", "De facturen moeten zeven jaar blijven."]);
    let shown = world.ok(&["letter", "preview", "refusal", "--request", &request]);
    let text = shown["text"].as_str().unwrap();
    for words in [
        "De facturen moeten zeven jaar blijven.",
        "Gegevensbeschermingsautoriteit",
        "naar de rechter stappen",
        "per e-mail op info@jans.example",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let to = path(&world, "refusal.pdf");
    let made = world.ok(&["letter", "make", "refusal", "--request", &request, "--to", &to, "--keep"]);
    assert!(is_pdf(&std::fs::read(&to).unwrap()));
    let kept = world.ok(&["request", "show", &request])["attachments"].clone();
    assert_eq!((&kept[0]["with"], &kept[0]["sha256"]), (&json!("letter"), &made["sha256"]));
    let own = world.file("own.txt", "# Neen\n\n{{reason}} {{authority}} {{court}}\n");
    world.ok(&["letter", "set", "refusal", "--language", "nl", "--text-file", &own]);
    assert_eq!(world.ok(&["letter", "preview", "refusal", "--request", &request])["title"], "Neen");
    let bad = world.file("bad.txt", "# Neen\n\n{{reason}}\n");
    world.refused(&["letter", "set", "refusal", "--language", "nl", "--text-file", &bad], 2, "invalid");
    world.ok(&["letter", "set", "refusal", "--language", "nl", "--default"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn the_record_of_processing_and_the_kit() {
    let world = World::new();
    known(&world);
    for name in ["register.csv", "register.pdf"] {
        assert_eq!(world.ok(&["register", "processing", "--to", &path(&world, name)])["activities"], 1);
    }
    assert!(is_pdf(&std::fs::read(world.root().join("register.pdf")).unwrap()));
    let csv = std::fs::read_to_string(world.root().join("register.csv")).unwrap();
    assert!(csv.contains("Nieuws") && csv.contains("Postduif nv"), "{csv}");
    world.refused(&["register", "processing", "--to", &path(&world, "register.doc")], 2, "invalid");
    let inside = world.inside("register.pdf").to_str().unwrap().to_owned();
    world.refused(&["register", "processing", "--to", &inside], 6, "in_profile");
    world.ok(&["vault", "kit", "new", "--to", &path(&world, "kit.pdf")]);
    assert!(is_pdf(&std::fs::read(world.root().join("kit.pdf")).unwrap()));
}
