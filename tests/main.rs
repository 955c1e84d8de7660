//! Stories: the product as those who use it meet it, through the real program and real files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by these")]

mod audit;
mod backup;
mod blocked;
mod breach;
mod carddav;
mod cards;
mod certificate;
mod connection;
mod consent;
mod dossier;
mod duplicates;
mod erasure;
mod faults;
mod fields;
mod general;
mod import;
mod keys;
mod kill;
mod leaving;
mod letters;
mod mail;
mod mapping;
mod missing;
mod people;
mod portability;
mod post;
mod radicale;
mod release;
mod replies;
mod request;
mod restriction;
mod rights;
mod schema;
mod scripts;
mod secrecy;
mod session;
mod shared;
mod sheets;
mod signed;
mod smtp;
mod standing;
mod undo;
mod vault;
mod words;
mod world;

/// A file that nobody names here would never run.
#[test]
fn every_story_is_told() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests");
    let told = include_str!("main.rs");
    for entry in std::fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(story) = name.strip_suffix(".rs").filter(|story| *story != "main") {
            assert!(told.lines().any(|line| line == format!("mod {story};")), "main.rs does not name {story}");
        }
    }
}
