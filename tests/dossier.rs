//! The proof dossier: made from the vault, verified by anybody who has the file and nothing else.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use akkoord_office::papers::verify_dossier;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::backup::{in_use, path};
use crate::world::{Answer, World};

type Files = Vec<(String, Vec<u8>)>;

fn unpacked(file: &str) -> Files {
    let mut zip = ZipArchive::new(Cursor::new(std::fs::read(file).unwrap())).unwrap();
    let count = zip.len();
    let read = |at: usize| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// The files in a ZIP that somebody else packed.
fn packed(file: &str, files: &[(String, Vec<u8>)], how: CompressionMethod) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(how)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    std::fs::write(file, zip.finish().unwrap().into_inner()).unwrap();
}

fn json_of(files: &[(String, Vec<u8>)], name: &str) -> Value {
    let (_, bytes) = files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("no {name}"));
    serde_json::from_slice(bytes).unwrap()
}

fn fault(world: &World, file: &str) -> (String, Value) {
    let said = world.no(&["dossier", "verify", file]);
    assert_eq!(said["ok"], false);
    (said["first_fault"]["code"].as_str().unwrap().to_owned(), said["first_fault"]["file"].clone())
}

/// A vault in which An said yes and took it back, with the dossier of it.
fn made() -> (World, String) {
    let world = in_use();
    world.ok(&["consent", "withdraw", "an@example.be", "--purpose", "newsletter", "--how", "email"]);
    world.contact(&["--given", "Cas", "--email", "cas@example.be"]);
    let file = path(&world, "an.zip");
    world.ok(&["dossier", "create", "an@example.be", "--to", &file]);
    (world, file)
}

#[test]
fn a_dossier_is_verified_on_a_computer_without_a_vault() {
    let (world, file) = made();
    let head = world.ok(&["audit", "verify"]);
    let status = world.ok(&["vault", "status"]);
    let elsewhere = World::empty();
    let said = elsewhere.ok(&["dossier", "verify", &file]);
    assert_eq!((&said["ok"], &said["first_fault"]), (&json!(true), &json!(null)));
    assert_eq!((&said["fingerprint"], &said["vault_id"]), (&status["fingerprint"], &status["vault_id"]));
    // Made before its own entry; its head is in the chain for ever.
    assert_eq!(said["entries"].as_i64().unwrap() + 1, head["entries"].as_i64().unwrap());
    assert_eq!(world.ok(&["audit", "verify", "--head", said["head"].as_str().unwrap()])["ok"], true);
    let answers: Vec<&str> =
        said["events"].as_array().unwrap().iter().map(|event| event["answer"].as_str().unwrap()).collect();
    assert_eq!(answers, ["given", "withdrawn"]);
    assert!(said["events"][0]["happened"].is_string() && said["events"][0]["recorded"].is_string());
    let mut words = elsewhere.program();
    let words = Answer::of(&words.args(["dossier", "verify", &file]).output().unwrap());
    assert!(
        words.exit == 0 && words.stdout.contains("Happened") && words.stdout.contains("Bakkerij Jans"),
        "{words:?}"
    );

    let files = unpacked(&file);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names[..6],
        ["manifest.sig", "manifest.json", "LEESMIJ.txt", "consents.json", "audit.json", "chain.json"]
    );
    assert!(names[6].starts_with("wordings/") && names[7].starts_with("proofs/") && names[7].ends_with(".txt"));
    assert_eq!(
        (files[6].1.as_slice(), files[7].1.as_slice()),
        (b"Mogen wij u onze nieuwsbrief sturen?".as_slice(), b"An zei ja aan de telefoon.\n".as_slice())
    );
    // What a person reads is a paper, signed like the rest.
    assert_eq!(names[8..], ["bewijsdossier.pdf"]);
    assert!(files[8].1.starts_with(b"%PDF-1.7"));
    let record = &json_of(&files, "consents.json")[0];
    assert_eq!(
        (&record["@type"], &record["dpv:hasConsentStatus"]),
        (&json!("dpv:ConsentRecord"), &json!("dpv:ConsentWithdrawn"))
    );
    let page = String::from_utf8(files[2].1.clone()).unwrap();
    assert!(page.contains("over An Peeters") && page.contains("newsletter 1: ingetrokken"), "{page}");
    assert!(page.contains(status["fingerprint"].as_str().unwrap()));
    // Nothing of anybody else.
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".pdf")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Cas") && !text.contains("cas@example.be"), "{name}");
    }
    // That it was made is an act that names An.
    let moments = world.ok(&["contact", "timeline", "an@example.be"])["timeline"].take();
    assert_eq!(moments.as_array().unwrap().last().unwrap()["act"], "dossier_made");
}

#[test]
fn any_changed_byte_in_a_dossier_is_found() {
    let (world, file) = made();
    let mut bytes = std::fs::read(&file).unwrap();
    let changed = path(&world, "changed.zip");
    let end = bytes.len();
    for place in (0..end).step_by(end / 400).chain(0..120).chain(end - 300..end) {
        bytes[place] ^= 1 << (place % 8);
        std::fs::write(&changed, &bytes).unwrap();
        let verdict = verify_dossier(Path::new(&changed)).unwrap();
        assert!(!verdict.ok && verdict.first_fault.is_some(), "byte {place} of {end}");
        bytes[place] ^= 1 << (place % 8);
    }
    for length in (0..100).map(|n| end * n / 100) {
        std::fs::write(&changed, &bytes[..length]).unwrap();
        assert!(!verify_dossier(Path::new(&changed)).unwrap().ok, "{length}");
    }
    // Packed anew around one changed byte of each file, the file is named.
    let files = unpacked(&file);
    for at in 0..files.len() {
        let (name, bytes) = &files[at];
        for place in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed_files = files.clone();
            if let Some(byte) = changed_files[at].1.get_mut(place) {
                *byte ^= 1;
            }
            packed(&changed, &changed_files, CompressionMethod::Stored);
            let (code, said) = fault(&world, &changed);
            let expected = if name.starts_with("manifest") { vec!["signature", "changed"] } else { vec!["changed"] };
            assert!(expected.contains(&code.as_str()), "{name}: {code}");
            assert!(said == json!(name) || name.starts_with("manifest"), "{name}: {said}");
        }
        let mut fewer = files.clone();
        fewer.remove(at);
        packed(&changed, &fewer, CompressionMethod::Stored);
        let (code, _) = fault(&world, &changed);
        assert!(["file_missing", "no_dossier", "signature"].contains(&code.as_str()), "{name}: {code}");
    }
}

#[test]
fn what_was_added_hidden_or_is_no_dossier_is_refused() {
    let (world, file) = made();
    let files = unpacked(&file);
    let odd = path(&world, "odd.zip");
    for (name, code) in
        [("proofs/more.txt", "file_added"), ("../../evil.txt", "unsafe_name"), ("/etc/x", "unsafe_name")]
    {
        packed(&odd, &[files.clone(), vec![(name.to_owned(), b"x".to_vec())]].concat(), CompressionMethod::Stored);
        assert_eq!(fault(&world, &odd), (code.to_owned(), json!(name)));
    }
    // A bomb is not even looked at: nothing in a dossier is compressed.
    packed(&odd, &[("proofs/big.bin".to_owned(), vec![0; 50_000_000])], CompressionMethod::Deflated);
    assert_eq!(fault(&world, &odd).0, "compressed");
    // The same files, packed by somebody else: they hold, the ZIP around them is not the one that was made.
    packed(&odd, &files, CompressionMethod::Stored);
    assert_eq!(fault(&world, &odd), ("changed".to_owned(), json!(null)));
    // Another person's audit log under this signature.
    let other = path(&world, "bo.zip");
    world.ok(&["dossier", "create", "bo@example.be", "--to", &other]);
    let theirs = unpacked(&other);
    let mixed: Files = files
        .iter()
        .map(|(name, bytes)| {
            let swap = theirs.iter().find(|(other, _)| other == name && name == "audit.json");
            swap.cloned().unwrap_or((name.clone(), bytes.clone()))
        })
        .collect();
    packed(&odd, &mixed, CompressionMethod::Stored);
    assert_eq!(fault(&world, &odd), ("changed".to_owned(), json!("audit.json")));
    assert_eq!(fault(&world, &world.file("no.zip", "no zip")).0, "no_dossier");
    assert_eq!(fault(&world, &world.file("empty.zip", "")).0, "no_dossier");
    world.refused(&["dossier", "verify", &path(&world, "none.zip")], 1, "unreadable");
    world.refused(&["dossier", "create", "nobody@example.be", "--to", &odd], 5, "not_found");
    world.refused(
        &["dossier", "create", "an@example.be", "--to", world.inside("an.zip").to_str().unwrap()],
        6,
        "in_profile",
    );
}

/// Whoever is on lock, was merged or never answered has one, too.
#[test]
fn everybody_can_have_a_dossier() {
    let (world, _) = made();
    let file = path(&world, "x.zip");
    let of = |contact: &str| {
        world.ok(&["dossier", "create", contact, "--to", &file]);
        world.ok(&["dossier", "verify", &file])["events"].as_array().unwrap().len()
    };
    assert_eq!(of("cas@example.be"), 0);
    let (an, bo) = (
        world.ok(&["contact", "show", "an@example.be"])["id"].clone(),
        world.ok(&["contact", "show", "bo@example.be"])["id"].clone(),
    );
    world.ok(&[
        "consent",
        "record",
        "bo@example.be",
        "--purpose",
        "newsletter",
        "--answer",
        "refused",
        "--how",
        "email",
    ]);
    world.ok(&["contact", "merge", bo.as_str().unwrap(), an.as_str().unwrap()]);
    assert_eq!(of(bo.as_str().unwrap()), 3);
    world.ok(&["restrict", bo.as_str().unwrap(), "--reason", "Betwist"]);
    assert_eq!(of(bo.as_str().unwrap()), 3);
    let import = world.file("g.csv", crate::import::google("Dé,Maes,,,,,Work,de@example.be,,,,\n"));
    world.ok(&["import", &import]);
    assert_eq!(of("de@example.be"), 0);
}
