//! One file that came in several times, taken back in any order.

use std::path::Path;
use std::sync::atomic::Ordering;

use super::*;
use crate::intake::import::{Ask, OnDuplicate, Origin, Report, import};
use crate::intake::reader::{Options, Progress};
use crate::normal::phone::Region;
use crate::people::{self, Change, How, Question};
use crate::profile::incoming::Given;
use crate::trial::vault_in;

fn now() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn brought(vault: &mut Vault, file: &Path) -> Report {
    let ask = Ask {
        file: Given::Path(file.to_owned()),
        options: Options::detect(Region::of("BE").unwrap()),
        origin: Origin::Own,
        on_duplicate: OnDuplicate::Merge,
        private: false,
        rejected_to: None,
        dry_run: false,
    };
    import(vault, &ask, &Progress::default(), now()).unwrap()
}

fn names(vault: &Vault, query: &str) -> Vec<String> {
    let all = people::list(vault, &Question { query: query.to_owned(), limit: 99, after: None }).unwrap();
    all.contacts.into_iter().map(|contact| contact.name).collect()
}

/// A file with two rows about Bea, of which the second completes the first.
const ROWS: &str = "First Name,Nickname,E-mail 1 - Value,Phone 1 - Value\nAn,,an@example.be,\nBea,,bea@example.be,\n\
    Bea,B,bea@example.be,0475123456\nCas,,cas@example.be,\n";

#[test]
fn any_order_of_undoing_leaves_those_whom_somebody_touched() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault_in(dir.path(), now());
    let file = dir.path().join("people.csv");
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    // Cas is touched after the first, second or third import, or by nobody.
    let cases = orders.into_iter().flat_map(|order| (0..4).map(move |touched| (order, touched)));
    for (round, (order, touched)) in cases.enumerate() {
        let domain = format!("r{round}.example");
        std::fs::write(&file, ROWS.replace("example.be", &domain)).unwrap();
        let mut imports = Vec::new();
        for n in 0..3 {
            imports.push(brought(&mut vault, &file).import_id.unwrap());
            if n == touched {
                let change = Change { field: "nickname".to_owned(), how: How::Set, value: "C".to_owned() };
                people::set(&mut vault, &format!("cas@{domain}"), &[change], now()).unwrap();
            }
        }
        let left = usize::from(touched < 3);
        for (n, which) in order.into_iter().enumerate() {
            let undone = undo(&mut vault, imports[which], &Progress::default(), now()).unwrap().output;
            assert_eq!(undone.removed, if n < 2 { 0 } else { 3 - left as u64 }, "{order:?} {touched} {n}");
            assert!(vault.verify(None).unwrap().ok, "{order:?} {touched} {n}");
        }
        assert_eq!(names(&vault, &domain), ["Cas"][..left], "{order:?} {touched}");
        let facts = "SELECT count(*) FROM audit_fact WHERE facts LIKE '%@' || ? || '%'";
        let facts: i64 = vault.rows().query_row(facts, [&domain], |row| row.get(0)).unwrap();
        assert_eq!(facts > 0, touched < 3, "{order:?} {touched}");
    }
}

#[test]
fn the_second_time_brought_nothing_and_takes_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault_in(dir.path(), now());
    let file = dir.path().join("people.csv");
    std::fs::write(&file, ROWS).unwrap();
    brought(&mut vault, &file);
    let second = brought(&mut vault, &file).import_id.unwrap();
    let all = |vault: &Vault| {
        let shown = |given: &str| serde_json::to_string(&people::show(vault, given, now()).unwrap()).unwrap();
        ["an@example.be", "bea@example.be", "cas@example.be"].map(shown)
    };
    let before = all(&vault);
    let undone = undo(&mut vault, second, &Progress::default(), now()).unwrap().output;
    assert_eq!((undone.removed, undone.restored, undone.kept.len()), (0, 0, 0));
    assert_eq!(all(&vault), before);
    assert!(vault.verify(None).unwrap().ok);
}

#[test]
fn undoing_that_is_stopped_takes_nothing_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = vault_in(dir.path(), now());
    let file = dir.path().join("people.csv");
    std::fs::write(&file, ROWS).unwrap();
    let import = brought(&mut vault, &file).import_id.unwrap();
    let progress = Progress::default();
    progress.cancel.store(true, Ordering::Relaxed);
    let refused = undo(&mut vault, import, &progress, now()).unwrap_err();
    assert_eq!((refused.code, names(&vault, "example.be").len()), (Code::Cancelled, 3));
    assert!(vault.verify(None).unwrap().ok && !imports(&vault).unwrap()[0].undone);
    let progress = Progress::default();
    assert_eq!(undo(&mut vault, import, &progress, now()).unwrap().output.removed, 3);
    assert_eq!(progress.rows.load(Ordering::Relaxed), 3);
}
