//! What somebody with the vault's key changes behind the application.

use super::*;

/// Every column of a table with another value than the one it holds, put back after `look`.
fn with_each_column_changed(office: &Office, table: &str, look: impl Fn(&str)) {
    use rusqlite::types::Value;
    let conn = office.vault.rows();
    let columns: Vec<(String, String)> = conn
        .prepare(&format!("SELECT name, type FROM pragma_table_info('{table}') WHERE pk = 0"))
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (column, kind) in columns {
        let first = format!("rowid = (SELECT min(rowid) FROM {table})");
        let sql = format!("SELECT {column} FROM {table} WHERE {first}");
        let before: Value = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
        let other = match (column.as_str(), &before) {
            ("answer", _) => Value::Text("withdrawn".to_owned()),
            ("basis", _) => Value::Text("contract".to_owned()),
            ("explicit" | "unconfirmed", _) => Value::Integer(1),
            ("id" | "corrects", _) => Value::Blob(vec![7; 16]),
            (_, Value::Blob(bytes)) => Value::Blob(bytes.iter().map(|byte| byte ^ 1).collect()),
            ("marketing", _) => Value::Integer(0),
            (_, Value::Integer(n)) => Value::Integer(n + 1),
            (_, Value::Null) if kind == "INTEGER" => Value::Integer(1),
            (_, Value::Text(text)) => Value::Text(format!("{text}x")),
            (_, Value::Null | Value::Real(_)) => Value::Text("x".to_owned()),
        };
        let set = format!("UPDATE {table} SET {column} = ? WHERE {first}");
        // What the table itself refuses needs no finding.
        if conn.execute(&set, [&other]).is_ok() {
            look(&column);
        }
        conn.execute(&set, [&before]).unwrap();
    }
}

#[test]
fn any_column_changed_behind_the_application_is_found() {
    let mut office = Office::new();
    office.purpose("news", None);
    let an = office.person("An");
    let file = office.vault.profile().dir().join("call.ogg");
    std::fs::write(&file, vec![5; 3 << 20]).unwrap();
    let mut new = office.answer("news", true, How::Phone, 1);
    new.attach = vec![file.into()];
    record(&mut office.vault, &an, &new, office.now).unwrap();
    let objection = NewObjection { purpose: None, how: How::Phone, happened: new.happened };
    object(&mut office.vault, &an, &objection, office.now).unwrap();
    let conn = office.vault.rows();
    conn.execute_batch(
        "DROP TRIGGER consent_event_no_update; DROP TRIGGER consent_event_no_delete; PRAGMA foreign_keys = OFF",
    )
    .unwrap();
    let sound = || office.vault.verify(None).unwrap().ok;
    assert!(sound());
    // When a proof came in is the event's own time.
    let unsealed = ["proof.at", "purpose.created_at"];
    for table in ["purpose", "consent_event", "proof_content", "proof_chunk", "proof", "objection"] {
        with_each_column_changed(&office, table, |column| {
            let name = format!("{table}.{column}");
            assert!(unsealed.contains(&name.as_str()) || !sound(), "{name}");
        });
        assert!(sound(), "{table}");
    }
    for sql in [
        "UPDATE purpose_wording SET text = text || 'x'",
        "UPDATE purpose_version SET material = 1",
        "UPDATE purpose_version SET since = since + 1",
        "INSERT INTO purpose_version (purpose_no, version, since) VALUES (1, 2, 5)",
        "DELETE FROM purpose_wording",
        "INSERT INTO purpose SELECT no + 1, randomblob(16), key || 'x', title, basis, marketing, channels, label, retention,
           created_at, short, soft_opt_in, special FROM purpose",
    ] {
        conn.execute_batch("SAVEPOINT before").unwrap();
        conn.execute(sql, []).unwrap();
        let found = changed(conn).unwrap();
        conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        assert_eq!(found.map(|fault| fault.code), Some("purpose_changed"), "{sql}");
        assert!(sound(), "{sql}");
    }
    for table in ["objection", "proof", "consent_event"] {
        conn.execute(&format!("DELETE FROM {table}"), []).unwrap();
        assert!(!sound(), "{table}");
    }
}

#[test]
fn events_put_in_another_order_behind_the_application_are_found() {
    let mut office = Office::new();
    office.purpose("news", None);
    let (an, jo) = (office.person("An"), office.person("Jo"));
    let yes = office.answer("news", true, How::Phone, 1);
    record(&mut office.vault, &an, &yes, office.now).unwrap();
    withdraw(&mut office.vault, &an, "news", How::Phone, yes.happened, office.now).unwrap();
    let both = [an.clone(), jo];
    office.purpose("more", None);
    let askable = askable(&office.vault, &both, "more", Channel::InPerson, office.now).unwrap();
    let asked = ask(&mut office.vault, &both, "more", Channel::InPerson, office.now).unwrap().output.asked;
    // What was foreseen is what was done.
    assert_eq!(askable.may, asked.iter().map(|one| one.contact).collect::<Vec<_>>());
    assert_eq!(office.status(&an, "news"), Status::Withdrawn);
    let conn = office.vault.rows();
    conn.execute_batch("DROP TRIGGER consent_event_no_update; PRAGMA foreign_keys = OFF").unwrap();
    let found = || office.vault.verify(None).unwrap().first_fault.map(|fault| fault.code);
    assert_eq!(found(), None);
    let numbers: Vec<i64> = conn
        .prepare("SELECT no FROM consent_event ORDER BY no")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    // A withdrawal before its yes; and two events of one act.
    for pair in [&numbers[..2], &numbers[2..]] {
        let swap = || {
            for (from, to) in [(pair[0], -1), (pair[1], pair[0]), (-1, pair[1])] {
                conn.execute("UPDATE consent_event SET no = ? WHERE no = ?", [to, from]).unwrap();
            }
        };
        swap();
        assert_eq!(found(), Some("event_changed"), "{pair:?}");
        swap();
        assert_eq!(found(), None);
    }
}
