use std::collections::BTreeSet;

use super::*;
use crate::trial::Trial;

/// Tables that name a contact and keep doing so: what an entry of the chain is about is an id that stands for nobody once all
/// else is gone.
const KEPT: [&str; 1] = ["audit_leaf"];
/// Those that others empty of a contact, beside its parts, which go in `contact::delete`: its facts, above; requests, in
/// `requests::forget`.
const ELSEWHERE: [&str; 3] = ["contact", "audit_fact", "request"];
/// Empty but in a running act.
const PASSING: [&str; 1] = ["erasing"];

fn strings(conn: &Connection, sql: &str, given: &[&str]) -> Vec<String> {
    let mut query = conn.prepare(sql).unwrap();
    query.query_map(rusqlite::params_from_iter(given), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A table that comes later and names contacts must say here what becomes of them.
#[test]
fn every_table_that_names_a_contact_is_emptied_of_it() {
    let trial = Trial::new();
    let conn = trial.vault.rows();
    let known: BTreeSet<&str> = STEPS
        .iter()
        .map(|(table, _)| *table)
        .chain(KEPT)
        .chain(contact::PARTS)
        .chain(ELSEWHERE)
        .chain(PASSING)
        .collect();
    for table in strings(conn, "SELECT name FROM sqlite_schema WHERE type = 'table'", &[]) {
        let refers = strings(conn, "SELECT \"table\" FROM pragma_foreign_key_list(?)", &[&table]);
        let columns = strings(conn, "SELECT name FROM pragma_table_info(?)", &[&table]);
        let names = refers.iter().any(|to| ["contact", "consent_event", "request"].contains(&to.as_str()))
            || columns
                .iter()
                .any(|column| column.contains("contact") || column.contains("email") || column.contains("phone"));
        let its_own = table.starts_with("contact_part") || table.starts_with("contact_start");
        let by_request = ["request_event", "recipient_told"].contains(&table.as_str());
        assert!(
            !names || its_own || by_request || known.contains(table.as_str()),
            "nobody empties {table} of a contact"
        );
    }
}

#[test]
fn a_text_is_about_somebody_by_address_or_by_both_names() {
    let draft = Draft { given: "An".to_owned(), family: "Peeters".to_owned(), ..Draft::default() };
    let mut traces = Traces::default();
    traces.take(Uuid::nil(), &draft);
    assert!(traces.are_in("{\"name\":\"an PEETERS\"}"));
    assert!(!traces.are_in("bakkerij Peeters: dank"));
    assert!(traces.name("Peeters.vcf") && !traces.name("klanten.csv"));
}
