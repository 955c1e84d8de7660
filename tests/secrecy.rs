//! Nothing of a contact is readable in any file but through the vault's key, and no file is anybody else's.

use std::path::Path;

use crate::world::{World, files};

/// What stands in the vault and nowhere else.
const CANARIES: [&str; 6] = [
    "Zwaluwstaart",
    "kanarie@vogelhuis.example",
    "475987654",
    "fluistert over distels",
    "Vogelhuis Nestkast",
    "geelvink",
];

/// The places in which any of the canaries is readable, as UTF-8 or as UTF-16 of either kind.
fn readable(root: &Path) -> Vec<String> {
    // Bytes as characters of the same number: searching text is fast in any build.
    let text = |bytes: &[u8]| bytes.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect::<String>();
    let forms: Vec<(&str, String)> = CANARIES
        .iter()
        .flat_map(|word| {
            let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            [word.as_bytes(), &little, &big].map(|form| (*word, text(form)))
        })
        .collect();
    let mut found = Vec::new();
    for (path, bytes) in files(root) {
        let text = text(&bytes);
        let hits = forms.iter().filter(|(_, form)| text.contains(form));
        found.extend(hits.map(|(word, _)| format!("{word} in {}", path.display())));
    }
    found
}

fn with_canaries() -> World {
    let world = World::new();
    let canary = world.contact(&[
        "--family",
        "Zwaluwstaart",
        "--email",
        "kanarie@vogelhuis.example",
        "--phone",
        "+32 475 98 76 54",
        "--set",
        "notes=fluistert over distels",
        "--set",
        "organisation=Vogelhuis Nestkast",
        "--set",
        "labels=geelvink",
    ]);
    world.ok(&["contact", "set", &canary, "nickname=geelvink"]);
    world
}

#[test]
fn nothing_of_a_contact_is_readable_in_any_file() {
    let world = with_canaries();
    assert_eq!(readable(world.root()), Vec::<String>::new());
    world.ok(&["contact", "list", "--query", "geelvink"]);
    world.words(&["contact", "show", "kanarie@vogelhuis.example"]);
    world.refused(&["contact", "add", "--email", "kanarie@vogelhuis.example"], 6, "duplicate");
    world.refused(&["contact", "show", "geelvink@vogelhuis.example"], 5, "not_found");
    world.ok(&["doctor"]);
    world.ok(&["audit", "verify"]);
    assert_eq!(readable(world.root()), Vec::<String>::new());
}

/// The same while the vault is open and its write-ahead log is full.
#[test]
fn nor_while_it_is_open() {
    let world = with_canaries();
    let raw = world.raw();
    raw.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE contact SET given = given || 'Zwaluwstaart'").unwrap();
    let log = std::fs::metadata(world.inside("vault.db-wal")).unwrap().len();
    assert!(log > 4096, "the log holds {log} bytes");
    assert_eq!(readable(world.root()), Vec::<String>::new());
    world.contact(&["--given", "Zwaluwstaart"]);
    assert_eq!(readable(world.root()), Vec::<String>::new());
    drop(raw);
    assert_eq!(readable(world.root()), Vec::<String>::new());
}

/// The search itself finds what is there to be found: plain copies of the same canaries.
#[test]
fn the_canaries_can_be_found() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a"), "xx ZWALUWSTAART").unwrap();
    let wide: Vec<u8> = "…475987654".encode_utf16().flat_map(u16::to_be_bytes).collect();
    std::fs::write(dir.path().join("b"), wide).unwrap();
    assert_eq!(readable(dir.path()).len(), 2);
}

#[test]
#[cfg(unix)]
fn every_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = with_canaries();
    let _open = world.raw();
    world.contact(&["--given", "Bo"]);
    let mut dirs = vec![world.profile()];
    let mut seen = 0;
    while let Some(dir) = dirs.pop() {
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&dir), 0o700, "{}", dir.display());
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
            } else {
                seen += 1;
                assert_eq!(mode(&path), 0o600, "{}", path.display());
            }
        }
    }
    assert!(seen >= 7, "only {seen} files");
}

/// Secrets never show: not in what is printed, and not in the files.
#[test]
fn secrets_are_not_repeated() {
    let world = with_canaries();
    let wrong = world.file("wrong", "zeg het aan niemand");
    for args in [["vault", "status"].as_slice(), &["doctor"], &["contact", "list"]] {
        let answer = world.run(&[&["--passphrase-file", wrong.as_str()], args].concat());
        assert!(!format!("{answer:?}").contains("zeg het aan niemand"), "{answer:?}");
    }
    let code = World::recovery_code();
    let plain = code.replace('-', "");
    for (path, bytes) in files(&world.profile()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(code) && !text.contains(&plain), "{}", path.display());
        assert!(!text.contains(crate::world::PASSPHRASE), "{}", path.display());
        assert!(!text.contains(world.key().pragma().trim_matches(['x', '\''])), "{}", path.display());
    }
}
