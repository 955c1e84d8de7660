//! What a person provided, in a ZIP that they can hand on.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::world::World;

/// A ZIP's files in their order.
pub(crate) fn unpacked(world: &World, name: &str, password: Option<&str>) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(std::fs::read(world.root().join(name)).unwrap())).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = match password {
                Some(password) => zip.by_index_decrypt(at, password.as_bytes()).unwrap(),
                None => zip.by_index(at).unwrap(),
            };
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn export<'a>(contact: &'a str, to: &'a str) -> Vec<&'a str> {
    vec!["export", "contact", contact, "--for", "portability", "--to", to]
}

fn path(world: &World, name: &str) -> String {
    world.root().join(name).to_str().unwrap().to_owned()
}

fn text<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> &'a str {
    let (_, bytes) = files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("no {name}"));
    std::str::from_utf8(bytes).unwrap()
}

fn json_of(files: &[(String, Vec<u8>)], name: &str) -> Value {
    serde_json::from_str(text(files, name)).unwrap()
}

/// Somebody whose every value is a trap for some format.
fn ugly(world: &World) -> String {
    world.ok(&["field", "add", "bike_size", "--title", "Fietsmaat", "--type", "text"]);
    let notes = "notes=eerste, lijn\ntweede \"lijn\"; \u{202e}om\u{202c} 😀".to_owned();
    world.contact(&[
        "--given",
        "An,na",
        "--family",
        "=Pee;ters",
        "--email",
        "an@example.be",
        "--email",
        "An.Ü@exämple.be",
        "--phone",
        "+32 475 12 34 56",
        "--set",
        &notes,
        "--set",
        "birthday=--02-29",
        "--set",
        "language=fr-BE",
        "--set",
        "address.street=Kerkstraat 1\nbus 2",
        "--set",
        "address.city=Gent",
        "--set",
        "labels=klant,VIP",
        "--set",
        "bike_size=-54",
    ])
}

#[test]
fn the_zip_holds_what_it_says() {
    let world = World::new();
    let an = ugly(&world);
    let to = path(&world, "an.zip");
    let said = world.ok(&export(&an, &to));
    let files = unpacked(&world, "an.zip", None);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["LISEZMOI.txt", "contact.vcf", "contact.csv", "contact.json", "consents.json", "SHA256SUMS"]);
    for ((name, bytes), said) in files.iter().zip(said["files"].as_array().unwrap()) {
        let sum = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(*said, json!({ "name": name, "sha256": sum, "bytes": bytes.len() }));
        let line = format!("{sum}  {name}\n");
        assert!(name == "SHA256SUMS" || text(&files, "SHA256SUMS").contains(&line));
    }
    assert!(text(&files, "LISEZMOI.txt").contains("Bonjour An,na =Pee;ters,"));
    assert!(text(&files, "contact.vcf").contains("\r\nN:=Pee\\;ters;An\\,na;;;\r\n"));
    assert!(text(&files, "contact.csv").contains(",'=Pee;ters,"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let json = json_of(&files, "contact.json");
    let values = json["contacts"][0]["values"].as_array().unwrap();
    let find = |field: &str| values.iter().find(|value| value["field"] == field).unwrap();
    assert_eq!(find("notes")["value"], "eerste, lijn\ntweede \"lijn\"; \u{202e}om\u{202c} 😀");
    assert_eq!((&find("email")["provenance"], &find("email")["source"]), (&json!("provided"), &json!(1)));
    assert!(json["contacts"][0]["sources"][0].get("by").is_none());
    assert_eq!(find("bike_size")["title"], "Fietsmaat");

    // It is an act that names the person and the sensitive fields, and no file name that the owner chose.
    let moments = world.ok(&["contact", "timeline", &an]);
    let last = moments["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["act"], "contact_exported");
    assert_eq!(last["facts"]["high"], json!(["birthday", "notes", "bike_size"]));
    assert!(!last["facts"].to_string().contains("an.zip"));
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

#[test]
fn our_own_importer_reads_the_table_back() {
    let world = World::new();
    ugly(&world);
    world.ok(&export("an@example.be", &path(&world, "an.zip")));
    let table = text(&unpacked(&world, "an.zip", None), "contact.csv").to_owned();
    let other = World::new();
    let file = other.file("contact.csv", table);
    let said = other.ok(&["import", &file, "--with", "birthday,notes"]);
    assert_eq!((&said["added"], &said["format"]), (&json!(1), &json!("google")), "{said}");
    let [before, after] =
        [&world, &other].map(|world| world.ok(&["contact", "show", "an@example.be"])["fields"].take());
    for field in ["given", "family", "birthday", "language", "notes", "emails", "phones", "addresses", "labels"] {
        assert_eq!(before[field], after[field], "{field}");
    }
}

#[test]
fn a_password_closes_every_file() {
    let world = World::new();
    let an = ugly(&world);
    let (to, password) = (path(&world, "an.zip"), world.file("password", "zeven gele fietsen\n"));
    world.ok(&[export(&an, &to), vec!["--password-file", &password]].concat());
    let bytes = std::fs::read(&to).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"Kerkstraat"));
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for at in 0..zip.len() {
        assert!(zip.by_index(at).is_err());
        assert!(zip.by_index_decrypt(at, b"acht gele fietsen").is_err());
    }
    let files = unpacked(&world, "an.zip", Some("zeven gele fietsen"));
    assert!(text(&files, "contact.vcf").contains("Kerkstraat"));

    let short = world.file("short", "geheim\n");
    let before = world.ok(&["audit", "verify"])["head"].clone();
    world.refused(&[export(&an, &to), vec!["--password-file", &short]].concat(), 2, "weak_passphrase");
    assert_eq!(std::fs::read(&to).unwrap(), bytes);
    assert_eq!(world.ok(&["audit", "verify"])["head"], before);
}

#[test]
fn what_others_said_stays_and_consents_go_along() {
    let world = World::new();
    let file = world.file("buren.csv", "First Name,Last Name,E-mail 1 - Value,Labels\nJan,Claes,jan@example.be,buur\n");
    world.ok(&["import", &file, "--origin", "other"]);
    world.ok(&["contact", "set", "jan@example.be", "phone=0475123456"]);
    let wording = world.file("nieuwsbrief.md", "Mogen wij u onze nieuwsbrief sturen?");
    let add = ["purpose", "add", "--key", "nieuwsbrief", "--title", "Nieuwsbrief", "--basis", "consent"];
    world.ok(&[&add[..], &["--wording-file", &wording, "--language", "nl"]].concat());
    let yes = ["consent", "record", "jan@example.be", "--purpose", "nieuwsbrief", "--answer", "given"];
    world.ok(&[&yes[..], &["--how", "phone", "--on", "2026-03-05T14:00"]].concat());
    world.ok(&export("jan@example.be", &path(&world, "jan.zip")));

    let files = unpacked(&world, "jan.zip", None);
    let values = json_of(&files, "contact.json")["contacts"][0]["values"].take();
    let fields: Vec<&str> = values.as_array().unwrap().iter().map(|value| value["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["phone"]);
    for name in ["LEESMIJ.txt", "contact.vcf", "contact.csv", "contact.json"] {
        assert!(!text(&files, name).contains("Claes"), "{name}");
    }
    assert!(text(&files, "contact.vcf").contains("\r\nFN:+32475123456\r\n"));
    let page = text(&files, "LEESMIJ.txt");
    assert!(page.contains("\r\nDag,\r\n") && page.contains("Wat wij van anderen kregen"), "{page}");
    let receipts = json_of(&files, "consents.json");
    assert_eq!(receipts[0]["dpv:hasConsentStatus"], "dpv:ConsentGiven");
    assert_eq!(receipts[0]["events"][0]["text"], "Mogen wij u onze nieuwsbrief sturen?");
}

#[test]
fn merged_contacts_are_one_person() {
    let world = World::new();
    let keep = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let other = world.contact(&["--given", "Anna", "--family", "Peeters", "--email", "anna@example.be"]);
    world.ok(&["contact", "merge", &keep, &other]);
    world.ok(&export("anna@example.be", &path(&world, "an.zip")));
    let files = unpacked(&world, "an.zip", None);
    let card = text(&files, "contact.vcf");
    assert!(card.contains("\r\nFN:An Peeters\r\n") && card.matches("EMAIL").count() == 2, "{card}");
    let contacts = json_of(&files, "contact.json")["contacts"].take();
    let ids: Vec<&str> = contacts.as_array().unwrap().iter().map(|held| held["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&keep, &other]);
}

#[test]
fn what_cannot_be_written_is_not_recorded() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let before = world.ok(&["audit", "verify"])["head"].clone();
    world.refused(&export(&an, &path(&world, "no/such/folder.zip")), 1, "unwritable");
    world.refused(&export("nobody@example.be", &path(&world, "an.zip")), 5, "not_found");
    assert_eq!(world.ok(&["audit", "verify"])["head"], before);
    assert!(!world.root().join("an.zip").exists());
}

#[test]
fn an_older_export_is_replaced_by_a_whole_one_or_stays() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let to = world.file("an.zip", "mine");
    std::fs::write(world.root().join("files/an.zip.new"), "mine too").unwrap();
    world.refused(&export("nobody@example.be", &to), 5, "not_found");
    let short = world.file("short", "geheim\n");
    world.refused(&[export(&an, &to), vec!["--password-file", &short]].concat(), 2, "weak_passphrase");
    assert_eq!(std::fs::read(&to).unwrap(), b"mine");
    world.ok(&export(&an, &to));
    assert!(std::fs::read(&to).unwrap().starts_with(b"PK"));
    assert_eq!(std::fs::read(world.root().join("files/an.zip.new")).unwrap(), b"mine too");
}

#[test]
fn no_file_leaves_into_the_profile() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let scan = world.file("scan.png", "a signature");
    let opened = ["request", "open", &an, "--kind", "access", "--received", "2026-03-05", "--how", "letter"];
    let request = world.ok(&[&opened[..], &["--attach", &scan]].concat())["request"].as_str().unwrap().to_owned();
    let proof = world.ok(&["request", "show", &request])["attachments"][0]["id"].as_str().unwrap().to_owned();
    let file = world.file("more.csv", "First Name,E-mail 1 - Value\nBob,no address\nCas,cas@example.be\n");
    let before = world.bytes();
    let inside = |name: &str| world.inside(name).to_str().unwrap().to_owned();
    let mut targets = vec![inside("vault.db"), inside("backups/an.zip"), inside("../profile/keyslots.json")];
    #[cfg(unix)]
    {
        let link = world.root().join("files/link.zip");
        std::os::unix::fs::symlink(world.inside("vault.db"), &link).unwrap();
        targets.push(link.to_str().unwrap().to_owned());
    }
    for to in &targets {
        for yes in [&[][..], &["--yes"]] {
            world.refused(&[&export(&an, to)[..], yes].concat(), 6, "in_profile");
            world.refused(&[&["proof", "export", &proof, "--to", to][..], yes].concat(), 6, "in_profile");
            world.refused(&[&["import", &file, "--rejected-to", to][..], yes].concat(), 6, "in_profile");
        }
    }
    assert_eq!(world.bytes(), before);
    assert_eq!(world.ok(&["contact", "list"])["total"], 1);
}
