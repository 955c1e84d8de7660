//! Leaving Akkoord with everything: as plain files, and as an ordinary database.

use std::path::Path;

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::backup::{in_use, path};
use crate::world::{World, files};

#[test]
fn the_plain_database_holds_everything_but_the_vaults_keys() {
    let world = in_use();
    let to = path(&world, "all.sqlite");
    let said = world.refused(&["vault", "export-plain", "--to", &to], 6, "not_confirmed");
    assert!(!Path::new(&to).exists(), "{said}");
    let made = world.ok(&["--yes", "vault", "export-plain", "--to", &to]);
    assert_eq!(made["bytes"].as_u64().unwrap(), std::fs::metadata(&to).unwrap().len());
    let plain = Connection::open(&to).unwrap();
    let whole: String = plain.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let version: i64 = plain.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(made["schema"], version);
    let vault = world.raw();
    let names = |conn: &Connection| -> Vec<String> {
        let sql = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        conn.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(names(&plain), names(&vault));
    let count = |conn: &Connection, table: &str| -> i64 {
        conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    for table in ["contact", "contact_email", "consent_event", "proof_chunk", "import_row", "purpose_wording"] {
        assert_eq!(count(&plain, table), count(&vault, table), "{table}");
    }
    // The act itself came after it.
    assert_eq!(count(&plain, "audit") + 1, count(&vault, "audit"));
    let secret: Vec<u8> =
        vault.query_row("SELECT secret FROM vault_key WHERE kind = 'sign'", [], |row| row.get(0)).unwrap();
    assert_eq!(count(&plain, "vault_key"), 0);
    let bytes = std::fs::read(&to).unwrap();
    assert!(!bytes.windows(32).any(|part| part == secret) && bytes.windows(7).any(|part| part == b"Peeters"));
    let found: String = plain
        .query_row(
            "SELECT words FROM contact_text WHERE no IN (SELECT rowid FROM contact_part ('peeters'))",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(found.contains("Peeters") || found.contains("peeters"), "{found}");
    let acts = world.ok(&["audit", "list"])["entries"].take();
    assert_eq!(acts.as_array().unwrap().last().unwrap()["act"], "everything_exported");
    world.refused(&["--yes", "vault", "export-plain", "--to", world.inside("x").to_str().unwrap()], 6, "in_profile");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    assert_eq!(
        std::fs::read_dir(world.root().join("files"))
            .unwrap()
            .flatten()
            .filter(|entry| entry.file_name().to_str().unwrap().starts_with('.'))
            .count(),
        0
    );
}

#[test]
fn everything_leaves_as_tables_cards_and_files() {
    let world = in_use();
    world.contact(&["--given", "=HYPERLINK(1)", "--email", "x@example.be", "--set", "notes=+1\n2"]);
    let to = path(&world, "all");
    let made = world.ok(&["export", "all", "--to", &to]);
    assert_eq!((&made["contacts"], &made["proofs"]), (&json!(3), &json!(1)));
    let names: Vec<String> =
        files(Path::new(&to)).iter().map(|(file, _)| file.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(made["files"].as_u64().unwrap() as usize, names.len());
    let read = |name: &str| std::fs::read_to_string(Path::new(&to).join(name)).unwrap();
    every_table_is_there(&world, &read, &names);
    let contacts: Value = serde_json::from_str(&read("contact.json")).unwrap();
    assert_eq!((&contacts[2]["given"], &contacts[2]["notes"]), (&json!("=HYPERLINK(1)"), &json!("+1\n2")));
    assert!(read("contact.csv").contains("'=HYPERLINK(1)"));
    assert_eq!(contacts[0]["id"], world.ok(&["contact", "show", "an@example.be"])["id"]);
    let events: Value = serde_json::from_str(&read("consent_event.json")).unwrap();
    assert_eq!(events[0]["text"], "Mogen wij u onze nieuwsbrief sturen?");
    assert!(chrono::DateTime::parse_from_rfc3339(events[0]["happened_at"].as_str().unwrap()).is_ok());
    let proof = names.iter().find(|name| name.starts_with("proof-")).unwrap();
    assert!(proof.ends_with(".txt") && read(proof) == "An zei ja aan de telefoon.\n");
    assert_eq!(read("contacts.vcf").matches("BEGIN:VCARD").count(), 3);
    assert!(read("LEESMIJ.txt").contains("ALLES UIT DE KLUIS VAN Bakkerij Jans"));
    every_sum_holds(&read, names.len());
    let acts = world.ok(&["audit", "list"])["entries"].take();
    assert_eq!(acts.as_array().unwrap().last().unwrap()["act"], "everything_exported");
    // Never over something, never into the vault's folder; into an empty folder it may go.
    world.refused(&["export", "all", "--to", &to], 1, "unwritable");
    world.refused(&["export", "all", "--to", world.inside("out").to_str().unwrap()], 6, "in_profile");
    world.refused(&["export", "all", "--to", world.profile().to_str().unwrap()], 6, "in_profile");
    let empty = path(&world, "empty");
    std::fs::create_dir(&empty).unwrap();
    world.ok(&["export", "all", "--to", &empty]);
    assert_eq!(files(Path::new(&empty)).len(), names.len());
}

/// Every table of the vault, whatever comes later.
fn every_table_is_there(world: &World, read: &dyn Fn(&str) -> String, names: &[String]) {
    let vault = world.raw();
    let tables: Vec<(String, i64)> = {
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let mut query = vault.prepare(sql).unwrap();
        let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
        let rows = |name: &str| vault.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).unwrap();
        names.map(|name| (name.clone(), rows(&name))).collect()
    };
    for (table, rows) in tables {
        if ["proof_chunk", "contact_text", "vault_key", "erasing"].contains(&table.as_str()) {
            assert!(!names.contains(&format!("{table}.csv")));
            continue;
        }
        let own_act = i64::from(["audit", "audit_fact", "audit_leaf"].contains(&table.as_str()));
        let json: Value = serde_json::from_str(&read(&format!("{table}.json"))).unwrap();
        assert_eq!(json.as_array().unwrap().len() as i64, rows - own_act, "{table}");
        let text = read(&format!("{table}.csv"));
        let mut csv = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
        let mut count = 0;
        for record in csv.records() {
            let record = record.unwrap();
            assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '@', '\t'])), "{table}: {record:?}");
            count += 1;
        }
        assert_eq!(count, rows - own_act, "{table}");
    }
}

fn every_sum_holds(read: &dyn Fn(&str) -> String, files: usize) {
    let sums = read("SHA256SUMS");
    assert_eq!(sums.lines().count() + 1, files);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let found: String = Sha256::digest(read(name)).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{name}");
    }
}
