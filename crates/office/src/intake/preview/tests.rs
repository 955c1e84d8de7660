//! The preview says what the import then does, and changes nothing.

use std::path::Path;

use akkoord_rules::law::Country;

use super::*;
use crate::intake::header::Selection;
use crate::intake::import::{OnDuplicate, Origin, import};
use crate::intake::reader::{DELIMITERS, ENCODINGS, Options};
use crate::intake::recognise::Format;
use crate::intake::{save_rejected, undo};
use crate::key::Passphrase;
use crate::normal::phone::Region;
use crate::people::{self, Question};
use crate::problem::Code;
use crate::profile::Profile;
use crate::profile::incoming::{Given, IMPORT_MAX, Spool};
use crate::vault::{Actor, Desk, Setup, create};

struct Desktop {
    dir: tempfile::TempDir,
    vault: Vault,
    spool: Spool,
}

fn now() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

impl Desktop {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::at(dir.path().join("profile"));
        let setup = Setup {
            name: "Ketting & Co".to_owned(),
            country: Country::Be,
            language: "nl".to_owned(),
            keychain: false,
            passphrase: Some(Passphrase::new("drie koeien in de wei".to_owned())),
            ask_code: false,
        };
        let desk = Desk { actor: Actor::Window, by: "An".to_owned() };
        let vault = create(&profile, setup, desk, now()).unwrap().vault;
        Self { spool: Spool::at(&profile), vault, dir }
    }

    /// How a file dropped on the window is imported.
    fn ask(&self, bytes: &[u8]) -> Ask {
        let id = self.spool.begin("klanten.csv", bytes.len() as u64, IMPORT_MAX).unwrap();
        bytes.chunks(1_000).for_each(|piece| self.spool.add(id, piece).unwrap());
        self.spool.done(id).unwrap();
        Ask {
            file: self.spool.given(id).unwrap(),
            options: Options::detect(Region::of("BE").unwrap()),
            origin: Origin::Own,
            on_duplicate: OnDuplicate::Merge,
            private: false,
            rejected_to: None,
            dry_run: false,
        }
    }

    fn preview(&self, ask: &Ask) -> Preview {
        preview(&self.vault, ask, &Progress::default(), now()).unwrap()
    }

    fn import(&mut self, ask: &Ask) -> Report {
        import(&mut self.vault, ask, &Progress::default(), now()).unwrap()
    }

    fn people(&self) -> usize {
        people::list(&self.vault, &Question { limit: 1, ..Question::default() }).unwrap().total
    }
}

const HEADER: &str = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Birthday,Nieuwsbrief,Notes\n";

fn file(rows: &str) -> Vec<u8> {
    format!("{HEADER}{rows}").into_bytes()
}

const OLD: &str = "An,Peeters,an@example.be,,,,\nBea,Claes,,0475 12 34 56,,,\nCas,Wouters,,,,,\n";
const NEW: &str = "An,Peeters,an@example.be,0475/12.34.99,1980-01-02,ja,\n\
    Bea,Claes,,+32 475 12 34 56,,,\nCas,Wouters,,,,,\nDré,Maes,dre@example.be,12,,,\nDré,Maes,dre@example.be,,,,\n\
    Els,,els@,,,,\n,,,,,,\nElsje,Peeters,an@example.be,,,,\n";

#[test]
fn the_preview_is_what_the_import_does() {
    for policy in [OnDuplicate::Merge, OnDuplicate::Skip, OnDuplicate::Create] {
        let mut desktop = Desktop::new();
        let old = desktop.ask(&file(OLD));
        desktop.import(&old);
        let ask = Ask { on_duplicate: policy, ..desktop.ask(&file(NEW)) };
        let seen = desktop.preview(&ask);
        assert_eq!((desktop.people(), seen.report.import_id), (3, None));
        let done = desktop.import(&ask);
        let numbers = |report: &Report| {
            (report.rows, report.added, report.merged, report.unchanged, report.skipped, report.rejected)
        };
        assert_eq!(numbers(&seen.report), numbers(&done), "{policy:?}");
        let (troubles, conflicts) = (seen.report.problems, seen.report.conflicts.len());
        assert_eq!((troubles, conflicts), (done.problems, done.conflicts.len()), "{policy:?}");
        let rows: Vec<&str> = seen.first.iter().map(|row| row.outcome).collect();
        let count = |outcome: &str| rows.iter().filter(|row| **row == outcome).count() as u64;
        assert_eq!(
            (count("added"), count("merged"), count("unchanged"), count("skipped"), count("rejected")),
            (done.added, done.merged, done.unchanged, done.skipped, done.rejected),
            "{policy:?}"
        );
        let duplicates = &seen.duplicates;
        let found = (duplicates.email, duplicates.phone, duplicates.name, duplicates.in_file);
        assert_eq!(found, (2, 1, 1, 1), "{policy:?}");
    }
}

#[test]
fn rows_are_shown_as_they_will_be_stored() {
    let mut desktop = Desktop::new();
    let old = desktop.ask(&file(OLD));
    desktop.import(&old);
    let ask = desktop.ask(&file(NEW));
    let seen = desktop.preview(&ask);
    let row = &seen.first[0];
    assert_eq!((row.line, row.name.as_str(), row.outcome), (2, "An Peeters", "merged"));
    let phone = row.values.iter().find(|value| value.field == "phone").unwrap();
    assert_eq!((phone.value.as_str(), phone.normal.as_deref()), ("0475/12.34.99", Some("+32475123499")));
    assert!(!row.values.iter().any(|value| value.field == "birthday"));
    let rejected = &seen.first[5];
    assert_eq!((rejected.line, rejected.outcome, rejected.why), (7, "rejected", Some("no_valid_address")));
    assert_eq!((seen.first[6].outcome, seen.first[6].why), ("skipped", Some("empty_row")));
    assert_eq!(seen.attention, 2);
    let example = &seen.duplicates.examples[0];
    assert_eq!((example.row.as_str(), example.name.as_str(), example.by), ("An Peeters", "An Peeters", "email"));
    assert_eq!(example.fills, std::slice::from_ref(phone));
    assert_eq!(
        seen.duplicates.examples.iter().map(|example| (example.by, example.in_file)).collect::<Vec<_>>(),
        [("email", false), ("phone", false), ("name", false), ("email", true)]
    );
}

#[test]
fn a_row_about_somebody_on_lock_brings_nothing() {
    let mut desktop = Desktop::new();
    let old = desktop.ask(&file(OLD));
    desktop.import(&old);
    people::restrict(&mut desktop.vault, "an@example.be", "Vraagt beperking.", now()).unwrap();
    let ask = desktop.ask(&file(NEW));
    let seen = desktop.preview(&ask);
    assert_eq!((seen.first[0].outcome, seen.first[0].why), ("skipped", Some("restricted")));
    assert!(seen.duplicates.examples[0].fills.is_empty());
    assert_eq!(desktop.import(&ask).skipped, seen.report.skipped);
}

#[test]
fn columns_say_why_they_stay_out_and_the_owner_chooses() {
    let desktop = Desktop::new();
    let ask = desktop.ask(&file(NEW));
    let seen = desktop.preview(&ask);
    let of = |seen: &Preview| -> Vec<String> {
        let shown = |column: &ColumnShown| {
            format!("{} {:?} {} {:?} {}", column.header, column.field, column.kept, column.why, column.filled)
        };
        seen.columns.iter().map(shown).collect()
    };
    expect_test::expect![[r#"
        First Name Some("given") true None 7
        Last Name Some("family") true None 6
        E-mail 1 - Value Some("email") true None 5
        Phone 1 - Value Some("phone") true None 3
        Birthday Some("birthday") false Some("birthday") 1
        Nieuwsbrief None false Some("consent") 1
        Notes Some("notes") false Some("notes") 0"#]]
    .assert_eq(&of(&seen).join("\n"));
    assert!(seen.columns.iter().all(|column| column.choice));
    let mut ticked = ask.clone();
    ticked.options.selection = Selection::of(["Birthday"]).without(["phone 1 - value"]);
    let seen = desktop.preview(&ticked);
    assert_eq!(
        of(&seen)[3..5],
        [
            "Phone 1 - Value Some(\"phone\") false Some(\"unticked\") 3",
            "Birthday Some(\"birthday\") true Some(\"birthday\") 1"
        ]
    );
    let fields: Vec<&str> = seen.first[0].values.iter().map(|value| value.field.as_str()).collect();
    assert_eq!(fields, ["given", "family", "birthday", "email"]);
    assert_eq!(seen.report.left_out, ["Phone 1 - Value", "Nieuwsbrief", "Notes"]);
    ticked.options.selection = Selection::default().without(["Hobby"]);
    let problem = preview(&desktop.vault, &ticked, &Progress::default(), now()).unwrap_err();
    assert_eq!((problem.code, &problem.facts["why"]), (Code::Invalid, &"unknown_column".into()));
}

#[test]
fn what_is_said_otherwise_changes_the_preview() {
    let desktop = Desktop::new();
    let (text, _, _) = encoding_rs::WINDOWS_1252.encode("Voornaam;Achternaam;E-mail\nRené;Maes;rene@example.be\n");
    let ask = desktop.ask(&text);
    let seen = desktop.preview(&ask);
    assert_eq!((seen.encoding, seen.delimiter.as_str(), seen.format, seen.bom), ("windows-1252", ";", "csv", false));
    assert_eq!((seen.language, seen.bytes), (Some("nl"), text.len() as u64));
    assert_eq!(seen.first[0].name, "René Maes");
    for encoding in ENCODINGS.into_iter().filter(|name| !name.starts_with("UTF-16")) {
        let mut other = ask.clone();
        other.options.encoding = Some(encoding.to_owned());
        let seen = desktop.preview(&other);
        assert_eq!(seen.encoding, encoding);
        let same = !matches!(encoding, "UTF-8" | "macintosh");
        assert_eq!(seen.first[0].name == "René Maes", same, "{encoding}: {}", seen.first[0].name);
    }
    for delimiter in DELIMITERS.into_iter().filter(|delimiter| *delimiter != ';') {
        let mut other = ask.clone();
        other.options.delimiter = Some(delimiter);
        let problem = preview(&desktop.vault, &other, &Progress::default(), now()).unwrap_err();
        assert_eq!(problem.facts["why"], "needs_mapping", "{delimiter:?}");
    }
    let mut other = ask.clone();
    other.options.format = Some(Format::Google);
    let problem = preview(&desktop.vault, &other, &Progress::default(), now()).unwrap_err();
    assert_eq!((&problem.facts["why"], &problem.facts["file"]), (&"other_format".into(), &"klanten.csv".into()));
}

#[test]
fn a_stopped_preview_leaves_nothing() {
    let desktop = Desktop::new();
    let ask = desktop.ask(&file(NEW));
    let progress = Progress::default();
    progress.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(preview(&desktop.vault, &ask, &progress, now()).unwrap_err().code, Code::Cancelled);
    let seen = Progress::default();
    preview(&desktop.vault, &ask, &seen, now()).unwrap();
    assert_eq!(seen.rows.into_inner(), 8);
    assert_eq!(desktop.people(), 0);
    assert!(desktop.vault.verify(None).unwrap().ok);
}

fn saved(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn what_did_not_come_in_is_saved_after_the_import() {
    let mut desktop = Desktop::new();
    let ask = desktop.ask(&file(NEW));
    let done = desktop.import(&ask);
    let to = desktop.dir.path().join("na te kijken.csv");
    let import = done.import_id.unwrap();
    assert_eq!(save_rejected(&desktop.vault, import, &ask.file, &to).unwrap(), 1);
    let header = HEADER.trim_end();
    assert_eq!(saved(&to), format!("\u{feff}{header}\r\nEls,,els@,,,,\r\n"));
    // It is the same file as saved during the import.
    undo(&mut desktop.vault, import, &Progress::default(), now()).unwrap();
    let during = desktop.dir.path().join("during.csv");
    desktop.import(&Ask { rejected_to: Some(during.clone()), ..ask.clone() });
    assert_eq!(saved(&during), saved(&to));
    // Mended and imported again, its row comes in.
    std::fs::write(&to, saved(&to).replace("els@", "els@example.be")).unwrap();
    let mended = Ask { file: Given::Path(to.clone()), ..ask.clone() };
    assert_eq!(desktop.import(&mended).added, 1);
    let problem = save_rejected(&desktop.vault, import, &mended.file, &to).unwrap_err();
    assert_eq!((problem.code, &problem.facts["why"]), (Code::Unreadable, &"changed_while_reading".into()));
    assert_eq!(save_rejected(&desktop.vault, uuid::Uuid::nil(), &ask.file, &to).unwrap_err().code, Code::NotFound);
    let inside = desktop.vault.profile().dir().join("x.csv");
    assert_eq!(save_rejected(&desktop.vault, import, &ask.file, &inside).unwrap_err().code, Code::InProfile);
}

#[test]
fn those_who_stay_are_named() {
    let mut desktop = Desktop::new();
    let ask = desktop.ask(&file(OLD));
    let import = desktop.import(&ask).import_id.unwrap();
    let change = people::Change { field: "notes".to_owned(), how: people::How::Set, value: "Belt altijd.".to_owned() };
    people::set(&mut desktop.vault, "an@example.be", &[change], now()).unwrap();
    let undone = undo(&mut desktop.vault, import, &Progress::default(), now()).unwrap().output;
    assert_eq!((undone.removed, undone.restored, undone.kept.len()), (2, 0, 1));
    assert_eq!((undone.kept[0].name.as_str(), undone.kept[0].why), ("An Peeters", "changed_since"));
}

/// A few names, addresses and numbers that rows share or not; empty ones too.
fn some_rows() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let one = |of: &'static [&'static str]| proptest::sample::select(of.to_vec());
    let row = (
        one(&["An", "Bea", ""]),
        one(&["Peeters", "Maes", ""]),
        one(&["a@example.be", "b@example.be", "A@example.be", ""]),
        one(&["0475 12 34 56", "0475 12 34 99", ""]),
        one(&["b@example.be", "c@example.be", ""]),
    );
    let line =
        row.prop_map(|(given, family, email, phone, second)| format!("{given},{family},{email},{phone},{second}\n"));
    proptest::collection::vec(line, 1..12).prop_map(|lines| {
        format!("First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,E-mail 2 - Value\n{}", lines.concat())
    })
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 48, ..Default::default() })]
    /// Whoever shares addresses with whom, in the vault and in the file: what was tried out is what happens, and trying it out
    /// changes nothing.
    #[test]
    fn what_is_tried_out_is_what_happens(old in some_rows(), new in some_rows(), policy in 0..3_usize) {
        let mut desktop = Desktop::new();
        let ask = desktop.ask(old.as_bytes());
        desktop.import(&Ask { on_duplicate: OnDuplicate::Create, ..ask });
        let policy = [OnDuplicate::Merge, OnDuplicate::Skip, OnDuplicate::Create][policy];
        let ask = Ask { on_duplicate: policy, ..desktop.ask(new.as_bytes()) };
        let before = desktop.vault.verify(None).unwrap();
        let reader = desktop.vault.beside().unwrap();
        let seen = preview(&reader, &ask, &Progress::default(), now()).unwrap().report;
        let after = desktop.vault.verify(None).unwrap();
        proptest::prop_assert_eq!((before.entries, before.head), (after.entries, after.head));
        proptest::prop_assert_eq!(std::fs::read_dir(desktop.vault.profile().incoming()).unwrap().count(), 0);
        let done = desktop.import(&ask);
        let numbers = |report: &Report| {
            (report.rows, report.added, report.merged, report.unchanged, report.skipped, report.rejected)
        };
        proptest::prop_assert_eq!(numbers(&seen), numbers(&done));
        // Contacts that the trial itself added have other ids.
        let conflicts = |report: &Report| {
            report.conflicts.iter().map(|one| (one.line, one.field.clone())).collect::<Vec<_>>()
        };
        proptest::prop_assert_eq!(conflicts(&seen), conflicts(&done));
        proptest::prop_assert_eq!(seen.problems, done.problems);
    }
}
