//! Stories told by the real window on a virtual screen, with a real keychain, as people who use it would tell them.
//! Every one is ignored unless asked for, since it needs the built application: `cargo xtask test --only window`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by these")]

mod addressbook;
mod answers;
mod axe;
mod backups;
mod bakery;
mod beside;
mod books;
mod by_hand;
mod call;
mod calm;
#[path = "../certificate.rs"]
mod certificate;
mod connections;
mod consent;
mod contacts;
mod day;
mod door;
mod driver;
mod duplicates;
mod english;
mod erasing;
mod examine;
mod fields;
mod figures;
mod files;
mod first_start;
mod imports;
mod inform;
mod installed;
mod keyboard;
mod keys;
mod leads;
mod left;
mod locked;
mod manual;
mod meanings;
mod means;
mod memory;
#[path = "../missing.rs"]
mod missing;
mod named;
mod narrowing;
mod palette;
mod patience;
mod people;
mod picture;
mod pictures;
mod post;
#[path = "../radicale.rs"]
mod radicale;
mod registers;
mod remind;
mod requests;
mod rights;
mod secrecy;
mod sent;
mod several;
mod signed;
mod silent;
#[path = "../smtp.rs"]
mod smtp;
mod soak;
mod sockets;
mod stock;
mod table;
mod talk;
mod tour;
mod tray;
mod ugly;
mod whence;
mod window;
mod wording;
mod world;
mod zoom;

/// A file that nobody names here would never run; a story without its mark would run where there is no window.
#[test]
fn every_story_of_the_window_is_told() {
    let told = include_str!("main.rs");
    for entry in std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_none_or(|ending| ending != "rs") || name == "main" {
            continue;
        }
        assert!(told.lines().any(|line| line == format!("mod {name};")), "main.rs does not name {name}");
        let text = std::fs::read_to_string(&path).unwrap();
        let stories = text.matches("\n#[test]\n").count();
        let marks = text.matches("\n#[test]\n#[ignore = ").count();
        assert_eq!(stories, marks, "{name}: a story that is not ignored");
    }
}
