//! The audit log: what it says, what the database refuses, and what verifying finds when somebody has the key.

use serde_json::json;

use crate::world::World;

/// A vault with an entry for its making (1), An (2), Bo (3), a change of An (4) and a merge (5).
fn lived_in() -> (World, String, String) {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"]);
    let bo = world.contact(&["--given", "Bo", "--phone", "0475 12 34 56"]);
    world.ok(&["contact", "set", &an, "notes=belt liefst na 17 u"]);
    world.ok(&["contact", "merge", &an, &bo]);
    (world, an, bo)
}

#[test]
fn it_says_what_was_done_and_names_nobody() {
    let (world, an, bo) = lived_in();
    let all = world.ok(&["audit", "list"]);
    let entries = all["entries"].as_array().unwrap();
    let acts: Vec<&str> = entries.iter().map(|entry| entry["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["vault_made", "contact_added", "contact_added", "contact_set", "contact_merged"]);
    assert!(entries.iter().enumerate().all(|(n, entry)| entry["seq"] == n + 1 && entry["actor"] == "cli"));
    for personal in ["An", "Peeters", "example", "0475", "belt"] {
        assert!(!all.to_string().contains(personal), "{all}");
    }
    let seqs = |contact: &str| -> Vec<i64> {
        let list = world.ok(&["audit", "list", "--contact", contact])["entries"].take();
        list.as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
    };
    // Since the merge both are one, whichever is named.
    assert_eq!(seqs(&an), [2, 3, 4, 5]);
    assert_eq!(seqs(&bo), seqs("an@example.be"));
    let today = all["entries"][0]["at"].as_str().unwrap().split_at(10).0;
    assert_eq!(world.ok(&["audit", "list", "--since", today])["entries"], all["entries"]);
    assert_eq!(world.ok(&["audit", "list", "--since", "2200-01-01"])["entries"], json!([]));
    world.refused(&["audit", "list", "--contact", "nobody@example.be"], 5, "not_found");
}

#[test]
fn verifying_gives_a_head_that_can_be_asked_for_later() {
    let (world, an, _) = lived_in();
    let first = world.ok(&["audit", "verify"]);
    assert_eq!((&first["entries"], &first["ok"], &first["first_fault"]), (&json!(5), &json!(true), &json!(null)));
    let head = first["head"].as_str().unwrap();
    world.ok(&["contact", "set", &an, "nickname=Annie"]);
    assert_eq!(world.ok(&["audit", "verify", "--head", &head.to_uppercase()])["entries"], 6);
    for no_hash in ["zz", "", "abcd", &"g0".repeat(32)] {
        world.refused(&["audit", "verify", "--head", no_hash], 2, "invalid");
    }
    let other = world.no(&["audit", "verify", "--head", &"ab".repeat(32)]);
    assert_eq!(other["first_fault"]["code"], "head_missing");
}

#[test]
fn the_database_itself_refuses_to_rewrite_the_log() {
    let (world, ..) = lived_in();
    let raw = world.raw();
    raw.pragma_update(None, "recursive_triggers", true).unwrap();
    for sql in [
        "UPDATE audit SET at = at + 1",
        "DELETE FROM audit WHERE seq = 5",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 5",
        "UPDATE audit_leaf SET contact_id = NULL",
        "DELETE FROM audit_leaf",
        "REPLACE INTO audit_leaf SELECT * FROM audit_leaf",
        "UPDATE audit_fact SET facts = '{}'",
        "DELETE FROM audit_fact",
        "REPLACE INTO audit_fact SELECT * FROM audit_fact",
    ] {
        let error = raw.execute_batch(sql).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// Whoever has the key can drop the triggers; the chain tells all the same, and from where.
#[test]
fn every_change_behind_the_back_is_found() {
    let (world, an, _) = lived_in();
    let an = format!("x'{}'", an.replace('-', ""));
    let cases = [
        ("UPDATE audit SET at = at + 1 WHERE seq = 3", 3, "entry_changed"),
        ("UPDATE audit SET actor = 'window' WHERE seq = 1", 1, "entry_changed"),
        ("UPDATE audit SET act = 'contact_added' WHERE seq = 4", 4, "entry_changed"),
        ("UPDATE audit SET subject = NULL WHERE seq = 4", 4, "entry_changed"),
        ("UPDATE audit SET commitment = randomblob(32) WHERE seq = 2", 2, "entry_changed"),
        ("UPDATE audit SET prev = randomblob(32) WHERE seq = 2", 2, "entry_changed"),
        ("UPDATE audit SET hash = randomblob(32) WHERE seq = 5", 5, "entry_changed"),
        ("DELETE FROM audit WHERE seq = 1", 1, "entry_missing"),
        ("DELETE FROM audit WHERE seq = 3", 3, "entry_missing"),
        ("DELETE FROM audit WHERE seq = 5", 5, "leaf_added"),
        (
            "DELETE FROM audit WHERE seq = 5; DELETE FROM audit_leaf WHERE seq = 5; DELETE FROM audit_fact WHERE seq = 5",
            5,
            "rolled_back",
        ),
        (
            "INSERT INTO audit SELECT 6, at, actor, act, subject, commitment, hash, hash FROM audit WHERE seq = 5",
            6,
            "entry_changed",
        ),
        ("UPDATE audit_leaf SET leaf = randomblob(32) WHERE seq = 4", 4, "fact_changed"),
        ("UPDATE audit_leaf SET contact_id = NULL WHERE seq = 2", 2, "fact_changed"),
        ("DELETE FROM audit_leaf WHERE seq = 5 AND n = 0", 5, "leaf_missing"),
        ("DELETE FROM audit_leaf WHERE seq = 5 AND n = 1", 5, "leaf_changed"),
        ("INSERT INTO audit_leaf VALUES (1, 0, NULL, randomblob(32))", 1, "fact_missing"),
        ("INSERT INTO audit_leaf VALUES (9, 0, NULL, randomblob(32))", 6, "leaf_added"),
        ("UPDATE audit_fact SET facts = replace(facts, '17', '18') WHERE seq = 4", 4, "fact_changed"),
        ("UPDATE audit_fact SET salt = randomblob(16) WHERE seq = 2", 2, "fact_changed"),
        ("UPDATE audit_fact SET contact_id = NULL WHERE seq = 2", 2, "fact_changed"),
        ("DELETE FROM audit_fact WHERE seq = 3", 3, "fact_missing"),
        ("INSERT INTO audit_fact VALUES (3, 7, NULL, randomblob(16), '{}')", 6, "leaf_added"),
    ];
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    for (sql, seq, code) in cases {
        world.raw().execute_batch(&without_triggers(&sql.replace("{an}", &an))).unwrap();
        let found = world.no(&["audit", "verify"]);
        assert_eq!(found["first_fault"], json!({ "seq": seq, "code": code }), "{sql}");
        assert_eq!(found["ok"], false);
        std::fs::write(world.inside("vault.db"), &whole).unwrap();
    }
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// The gate reads labels, birthdays and merges, and letters go to addresses: none can be changed past the log.
#[test]
fn a_contact_changed_behind_our_back_is_found() {
    let (world, _, bo) = lived_in();
    let cas = world.contact(&["--given", "Cas", "--set", "birthday=2015-04-01"]);
    world.ok(&["contact", "set", &cas, "labels=klant,vip"]);
    let merge = world.ok(&["contact", "merge", &bo, &cas])["merge"].as_str().unwrap().to_owned();
    world.ok(&["contact", "unmerge", &merge]);
    let csv = "First Name,Last Name,Nickname,E-mail 1 - Value,E-mail 2 - Value,Labels\n\
        An,Peeters,Annie,an@example.be,an@thuis.example,klant ::: * myContacts\nDirk,Maes,,dirk@example.be,,oud\n";
    let file = world.file("contacts.csv", csv);
    world.ok(&["import", &file]);
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    for (sql, code) in [
        ("UPDATE contact SET merged_into = NULL WHERE given = 'Bo'", "merge_changed"),
        ("UPDATE contact SET merged_into = 1 WHERE given = 'Cas'", "merge_changed"),
        ("UPDATE contact SET birthday = '1990-04-01' WHERE given = 'Cas'", "contact_changed"),
        ("UPDATE contact SET birthday = '' WHERE given = 'Cas'", "contact_changed"),
        ("UPDATE contact SET notes = '' WHERE given = 'An'", "contact_changed"),
        ("DELETE FROM contact_label WHERE label = 'vip'", "contact_changed"),
        ("DELETE FROM contact_label WHERE label = 'klant' AND contact_no = 1", "contact_changed"),
        ("INSERT INTO contact_label VALUES (4, 'vip')", "contact_changed"),
        ("UPDATE contact SET nickname = 'Anna' WHERE given = 'An'", "contact_changed"),
        ("UPDATE contact SET nickname = '' WHERE given = 'An'", "contact_changed"),
        ("UPDATE contact_email SET value = 'x@thuis.example' WHERE value LIKE '%thuis%'", "contact_changed"),
        ("UPDATE contact_email SET normalised = 'x@thuis.example' WHERE value LIKE '%thuis%'", "contact_changed"),
        ("UPDATE contact_email SET value = 'x@example.be' WHERE contact_no = 4", "contact_changed"),
        ("DELETE FROM contact_email WHERE contact_no = 1", "contact_changed"),
        ("DELETE FROM contact_phone", "contact_changed"),
        ("PRAGMA foreign_keys = off; DELETE FROM contact WHERE given = 'Cas'", "contact_missing"),
    ] {
        world.raw().execute_batch(&format!("PRAGMA foreign_keys = off; {sql}")).unwrap();
        let found = world.no(&["audit", "verify"]);
        assert_eq!(found["first_fault"]["code"], code, "{sql}");
        std::fs::write(world.inside("vault.db"), &whole).unwrap();
    }
    world.ok(&["contact", "unmerge", world.ok(&["audit", "list"])["entries"][4]["subject"].as_str().unwrap()]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// Undoing an import takes the facts about whom it removed with it. That excuses no other facts: not those about whom it
/// restored, and not those of other entries.
#[test]
fn only_what_an_undoing_removed_may_be_missing() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let csv = "First Name,Last Name,E-mail 1 - Value\nAn,Peeters,an@example.be\nJan,,jan@example.be\n";
    let file = world.file("contacts.csv", csv);
    let import = world.ok(&["import", &file])["import_id"].as_str().unwrap().to_owned();
    let undone = world.ok(&["import", "undo", &import, "--yes"]);
    assert_eq!((&undone["removed"], &undone["restored"]), (&json!(1), &json!(1)), "{undone}");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    let an = format!("x'{}'", an.replace('-', ""));
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    for (sql, seq) in [
        ("DELETE FROM audit_fact WHERE seq = 2", 2),
        ("DELETE FROM audit_fact WHERE seq = 3 AND contact_id = {an}", 3),
        ("DELETE FROM audit_fact WHERE seq = 4 AND contact_id = {an}", 4),
        ("DELETE FROM audit_fact WHERE contact_id = {an}", 2),
        (
            "PRAGMA foreign_keys = off; DELETE FROM audit_fact WHERE seq > 2 AND contact_id = {an};
             DELETE FROM contact WHERE id = {an}",
            4,
        ),
    ] {
        world.raw().execute_batch(&without_triggers(&sql.replace("{an}", &an))).unwrap();
        let found = world.no(&["audit", "verify"]);
        assert_eq!(found["first_fault"], json!({ "seq": seq, "code": "fact_missing" }), "{sql}");
        std::fs::write(world.inside("vault.db"), &whole).unwrap();
    }
}

/// One that changes the log after dropping what guards it.
pub(crate) fn without_triggers(sql: &str) -> String {
    let names = [
        "audit_no_update",
        "audit_no_delete",
        "audit_leaf_no_update",
        "audit_leaf_no_delete",
        "audit_fact_no_update",
        "audit_fact_no_delete",
        "consent_event_no_update",
        "consent_event_no_delete",
    ];
    let drops: String = names.iter().map(|name| format!("DROP TRIGGER {name};")).collect();
    drops + sql
}
