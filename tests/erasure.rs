//! Erasure: what is destroyed leaves no trace, does not come in again unasked, and the log holds all the same.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::json;

use crate::audit::without_triggers;
use crate::connection::{agrees, shop};
use crate::import::google;
use crate::world::{World, files};

/// What is said of the person who is erased, and of nobody else.
const TRACES: [&str; 9] = [
    "zwaluwstaart",
    "kanarie@vogelhuis.example",
    "vogelhuis",
    "475987654",
    "475 98 76 54",
    "fluistert over distels",
    "nestkastlaan",
    "geelvink",
    "opname van de zwaluw",
];

const MAIL: &str = "kanarie@vogelhuis.example";

/// A person of whom there is everything: data, a merged double, an import of a file with the name, a yes with a recording, a request
/// with its words and a letter, an objection, a lock, an export to a connection.
fn lived_in() -> (World, String) {
    let world = shop();
    let person = world.contact(&[
        "--given",
        "Zwaan",
        "--family",
        "Zwaluwstaart",
        "--email",
        MAIL,
        "--phone",
        "+32 475 98 76 54",
        "--set",
        "notes=fluistert over distels",
        "--set",
        "birthday=1980-03-07",
        "--set",
        "labels=geelvink",
        "--set",
        "address.street=Nestkastlaan 3",
        "--set",
        "address.postal_code=9000",
        "--source-url",
        "https://vogelhuis.example/formulier",
    ]);
    world.ok(&["contact", "set", &person, "nickname=Geelvink", "notes=fluistert over distels en meer"]);
    let double = google("Zwaan,Zwaluwstaart,,,,,Work,zwaan@vogelhuis.example,,,,\n");
    let double = world.file("Zwaluwstaart.csv", double);
    world.ok(&["import", &double]);
    world.ok(&["contact", "merge", MAIL, "zwaan@vogelhuis.example"]);
    let sound = world.file("zwaluwstaart.txt", "opname van de zwaluw");
    agrees(&world, MAIL, &["--attach", &sound, "--share", "mailer", "--note", "fluistert over distels"]);
    let to = world.root().join("files/out.csv").to_str().unwrap().to_owned();
    world.ok(&["connection", "export", "mailer", "--format", "csv", "--to", &to]);
    world.ok(&["objection", "record", MAIL, "--how", "phone"]);
    (world, person)
}

fn asks(world: &World) -> String {
    let letter = world.file("brief zwaluwstaart.txt", "Zwaluwstaart vraagt om gewist te worden");
    let words = "wis alles van Zwaluwstaart in de Nestkastlaan";
    let ask = ["request", "open", MAIL, "--kind", "erasure", "--received", "2026-03-05", "--how", "letter"];
    let opened = world.ok(&[&ask[..], &["--words", words, "--attach", &letter]].concat());
    opened["request"].as_str().unwrap().to_owned()
}

fn lower(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// Every cell of every table, those of the indexes too, in which a trace is readable.
fn in_tables(conn: &Connection) -> Vec<String> {
    let mut found = Vec::new();
    let names = |sql: &str| -> Vec<String> {
        let mut query = conn.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for table in names("SELECT name FROM sqlite_schema WHERE type = 'table'") {
        let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..width {
                let text = match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => lower(bytes),
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => continue,
                };
                found.extend(
                    TRACES.iter().filter(|trace| text.contains(*trace)).map(|trace| format!("{trace} in {table}")),
                );
            }
        }
    }
    found
}

/// The words that an index holds.
fn terms(conn: &Connection, index: &str) -> Vec<String> {
    conn.execute_batch(&format!(
        "DROP TABLE IF EXISTS temp.words; CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', '{index}', 'row')"
    ))
    .unwrap();
    let mut query = conn.prepare("SELECT term FROM temp.words").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Files in which a trace is readable, but those that the story itself wrote.
fn in_files(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for dir in ["profile", "home", "tmp"] {
        for (path, bytes) in files(&world.root().join(dir)) {
            let text = lower(&bytes);
            let hits = TRACES.iter().filter(|trace| text.contains(*trace));
            found.extend(hits.map(|trace| format!("{trace} in {}", path.display())));
        }
    }
    found
}

/// The whole database without encryption, its free pages too.
pub(crate) fn plain(world: &World) -> String {
    let to = world.root().join("files/plain.sqlite");
    // Empty, so that it can be opened without being made.
    std::fs::write(&to, "").unwrap();
    let conn = world.raw();
    conn.execute("ATTACH ? AS plain KEY ''", [to.to_str().unwrap()]).unwrap();
    conn.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).unwrap();
    conn.execute_batch("DETACH plain").unwrap();
    lower(&std::fs::read(to).unwrap())
}

#[test]
fn whoever_is_erased_leaves_no_trace_and_the_log_holds() {
    let (world, person) = lived_in();
    let request = asks(&world);
    let before = plain(&world);
    assert!(TRACES.iter().all(|trace| before.contains(trace)), "the traces can be found where they are");
    world.refused(&["erase", MAIL, "--request", &request], 6, "not_confirmed");
    let done = world.ok(&["erase", MAIL, "--request", &request, "--yes"]);
    assert_eq!((&done["state"], &done["request"]["state"]), (&json!("destroyed"), &json!("answered")));
    assert_eq!(done["recipients_to_tell"], json!(["mailer"]));
    assert_eq!(done["warnings"], json!(["identity_unconfirmed"]));
    let certificate = &done["certificate"];
    assert_eq!((&certificate["ground"], &certificate["request"]), (&json!("request"), &json!(request)));
    assert_eq!((&certificate["destroyed"]["contacts"], &certificate["destroyed"]["proofs"]), (&json!(2), &json!(2)));
    assert!(!TRACES.iter().any(|trace| certificate.to_string().to_lowercase().contains(trace)), "{certificate}");

    let conn = world.raw();
    assert_eq!(in_tables(&conn), Vec::<String>::new());
    for index in ["contact_start", "contact_part"] {
        let left = terms(&conn, index);
        let odd = ["zwaluwstaart", "zwa", "geelvink", "kanarie", "475987654", "vog"];
        assert!(!left.iter().any(|term| odd.contains(&term.as_str())), "{index}: {left:?}");
        conn.execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"), []).unwrap();
    }
    drop(conn);
    assert_eq!(in_files(&world), Vec::<String>::new());
    let after = plain(&world);
    assert_eq!(TRACES.iter().filter(|trace| after.contains(**trace)).collect::<Vec<_>>(), Vec::<&&str>::new());

    let head = certificate["head"].as_str().unwrap();
    assert_eq!(world.ok(&["audit", "verify", "--head", head])["first_fault"], json!(null));
    world.refused(&["contact", "show", &person], 5, "not_found");
    let may = |whom: &str| world.no(&["may", whom, "--purpose", "newsletter", "--channel", "email"])["reasons"].take();
    assert_eq!((may(MAIL), may(&person)), (json!(["erased"]), json!(["erased"])));
    assert_eq!(may("nooit@gezien.example"), json!(["unknown_contact"]));
    let kept = world.ok(&["erasure", "list"])["certificates"].take();
    assert_eq!(kept, json!([certificate]));
    let shown = world.ok(&["request", "show", &request]);
    assert_eq!((&shown["state"], &shown["words"], &shown["contact"]), (&json!("answered"), &json!(""), &json!(null)));
    world.ok(&["doctor"]);
}

#[test]
fn a_duty_to_keep_locks_until_its_last_day_and_its_lock_can_be_lifted() {
    let (world, person) = lived_in();
    let request = asks(&world);
    let hold = ["--hold-until", "2033-12-31", "--hold-reason", "facturen, 7 jaar"];
    world.refused(&["erase", MAIL, "--request", &request, "--hold-until", "2033-12-31", "--yes"], 2, "usage");
    let over = ["--hold-until", "2020-01-01", "--hold-reason", "x", "--yes"];
    world.refused(&[&["erase", MAIL, "--request", &request][..], &over].concat(), 2, "invalid");
    let locked = world.ok(&[&["erase", MAIL, "--request", &request, "--yes"], &hold[..]].concat());
    assert_eq!((&locked["state"], &locked["on"]), (&json!("locked"), &json!("2034-01-01")));
    assert_eq!((&locked["certificate"], &locked["request"]["state"]), (&json!(null), &json!("open")));
    let page = world.ok(&["contact", "show", MAIL]);
    assert_eq!((&page["restricted"], &page["retention"]["held_until"]), (&json!(true), &json!("2033-12-31")));
    assert_eq!(
        world.no(&["may", MAIL, "--purpose", "newsletter", "--channel", "email"])["reasons"],
        json!(["restricted"])
    );
    let dry = |on: &str| world.ok(&["erasure", "run", "--dry-run", "--on", on]);
    assert_eq!(dry("2033-12-31")["destroyed"], json!([]));
    assert_eq!(dry("2033-12-31")["still_held"][0]["reason"], "facturen, 7 jaar");
    assert_eq!(dry("2034-01-01")["destroyed"][0]["contact"], json!(person));
    assert_eq!(world.ok(&["erasure", "run", "--yes"])["destroyed"], json!([]));
    world.refused(&["erasure", "run"], 6, "not_confirmed");
    let bo = world.contact(&["--given", "Bo"]);
    world.refused(&["contact", "merge", &bo, MAIL], 6, "restricted");
    world.refused(&["retention", "destroy", MAIL, "--yes"], 6, "still_needed");
    let again = world.ok(&["erase", MAIL, "--reason", "nog eens", "--yes"]);
    assert_eq!((&again["state"], &again["erasure"]), (&json!("locked"), &locked["erasure"]));
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
    let told = world.words(&["contact", "timeline", MAIL]).stdout;
    assert!(told.contains("To be kept until 2033-12-31: facturen, 7 jaar"), "{told}");
    let today = page["restriction"]["since"].as_str().unwrap().split_at(10).0.to_owned();
    world.ok(&["unrestrict", MAIL, "--reason", "vergissing", "--told", &today]);
    assert_eq!(dry("2040-01-01")["destroyed"], json!([]));
    assert_eq!(world.ok(&["contact", "show", MAIL])["restricted"], false);
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

#[test]
fn a_duty_to_keep_that_was_written_down_wrong_is_put_right() {
    let (world, person) = lived_in();
    let put = |until: &'static str| ["erasure", "hold", MAIL, "--until", until, "--reason", "facturen, 7 jaar"];
    world.refused(&put("2033-12-31"), 5, "not_found");
    let never = ["--hold-until", "9999-12-31", "--hold-reason", "facturen", "--yes"];
    world.refused(&[&["erase", MAIL, "--reason", "verhuisd"], &never[..]].concat(), 2, "invalid");
    let slip = ["--hold-until", "2103-12-31", "--hold-reason", "facturen", "--yes"];
    world.ok(&[&["erase", MAIL, "--reason", "verhuisd"], &slip[..]].concat());
    world.refused(&put("2203-12-31"), 2, "invalid");
    let right = world.ok(&put("2033-12-31"));
    assert_eq!(right, json!({ "contact": person, "held_until": "2033-12-31", "on": "2034-01-01" }));
    assert_eq!(world.ok(&["contact", "show", MAIL])["retention"]["held_until"], "2033-12-31");
    let dry = |on: &str| world.ok(&["erasure", "run", "--dry-run", "--on", on])["destroyed"].clone();
    assert_eq!((dry("2033-12-31"), dry("2034-01-01")[0]["contact"].clone()), (json!([]), json!(person)));
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    for replaced in ["0", "1"] {
        world.raw().execute_batch(&format!("UPDATE legal_hold SET replaced = {replaced}")).unwrap();
        assert_eq!(world.no(&["audit", "verify"])["first_fault"]["code"], "erasure_changed", "{replaced}");
        std::fs::write(world.inside("vault.db"), &whole).unwrap();
    }
    let told = world.words(&["contact", "timeline", MAIL]).stdout;
    assert!(told.contains("To be kept until 2033-12-31") && told.contains("no longer counts"), "{told}");
    // It was over before: what was ordered can go.
    world.ok(&put("2026-01-01"));
    assert_eq!(world.ok(&["erasure", "run", "--yes"])["destroyed"][0]["contact"], json!(person));
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

/// Whoever has the key can change what an erasure left; the log tells.
#[test]
fn what_an_erasure_left_cannot_be_changed_unseen() {
    let (world, _) = lived_in();
    let request = asks(&world);
    world.ok(&["request", "identity", &request, "--result", "confirmed", "--how", "Zwaluwstaart kwam zelf"]);
    let done = world.ok(&["erase", MAIL, "--request", &request, "--yes"]);
    assert_eq!(done["warnings"], json!([]));
    let bo = world.contact(&["--given", "Bo", "--email", "bo@example.be"]);
    world.ok(&["erase", &bo, "--reason", "dubbel", "--hold-until", "2033-12-31", "--hold-reason", "facturen", "--yes"]);
    world.ok(&["blocked", "allow", "--email", MAIL, "--reason", "kwam terug"]);
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    for (sql, code) in [
        ("DELETE FROM blocked WHERE kind = 'phone'", "blocked_changed"),
        ("UPDATE blocked SET hash = randomblob(32) WHERE kind = 'phone'", "blocked_changed"),
        ("DELETE FROM unblocked", "blocked_changed"),
        (
            "UPDATE erasure SET account = replace(account, '\"contacts\":2', '\"contacts\":1') WHERE state = 'destroyed'",
            "erasure_changed",
        ),
        ("UPDATE legal_hold SET until = '2026-01-01'", "erasure_changed"),
        ("DELETE FROM legal_hold", "erasure_changed"),
        ("DELETE FROM erasure WHERE state = 'locked'", "erasure_changed"),
        ("UPDATE request SET received_on = '2026-03-06'", "request_changed"),
        ("UPDATE request_event SET happened_on = '2026-03-06' WHERE kind = 'opened'", "request_changed"),
        (
            "DELETE FROM audit_fact WHERE contact_id IS NOT NULL AND seq = (SELECT max(seq) FROM audit WHERE act = 'contact_added')",
            "fact_missing",
        ),
    ] {
        world.raw().execute_batch(&without_triggers(&format!("PRAGMA foreign_keys = off; {sql}"))).unwrap();
        let found = world.no(&["audit", "verify"]);
        assert_eq!(found["first_fault"]["code"], code, "{sql}: {found}");
        std::fs::write(world.inside("vault.db"), &whole).unwrap();
    }
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

#[test]
fn the_journal_stands_beside_the_backups_and_is_made_up_for() {
    let (world, _) = lived_in();
    assert!(!journal(&world).exists());
    world.ok(&["erase", MAIL, "--reason", "verhuisd", "--yes"]);
    let first = std::fs::read_to_string(journal(&world)).unwrap();
    assert_eq!(first.lines().count(), 1);
    assert!(!TRACES.iter().any(|trace| first.to_lowercase().contains(trace)), "{first}");
    // Killed between the act and its line, or in the middle of it.
    std::fs::remove_file(journal(&world)).unwrap();
    world.contact(&["--given", "Bo"]);
    assert_eq!(std::fs::read_to_string(journal(&world)).unwrap(), first);
    std::fs::write(journal(&world), first.chars().take(first.len() / 2).collect::<String>()).unwrap();
    world.ok(&["blocked", "allow", "--email", MAIL, "--reason", "kwam terug"]);
    let both = std::fs::read_to_string(journal(&world)).unwrap();
    assert!(both.starts_with(&first) && both.lines().count() == 2, "{both}");
}

fn journal(world: &World) -> std::path::PathBuf {
    world.inside("backups").join("erased.log")
}

/// Undoing an import counts whom it removed and restored: one of them may have been erased since, before or after.
#[test]
fn an_import_is_taken_back_around_whoever_was_erased() {
    let world = World::new();
    world.contact(&["--given", "An", "--email", "an@example.be"]);
    world.contact(&["--given", "Bo", "--email", "bo@example.be"]);
    let file = google(
        "An,Peeters,,,,,,an@example.be,,,,\nBo,Maes,,,,,,bo@example.be,,,,\nCas,,,,,,,cas@example.be,,,,\nDirk,,,,,,,dirk@example.be,,,,\n",
    );
    let import = world.ok(&["import", &world.file("four.csv", file)])["import_id"].as_str().unwrap().to_owned();
    for gone in ["bo@example.be", "cas@example.be"] {
        world.ok(&["erase", gone, "--reason", "x", "--yes"]);
    }
    let undone = world.ok(&["import", "undo", &import, "--yes"]);
    assert_eq!((&undone["removed"], &undone["restored"], &undone["kept"]), (&json!(1), &json!(1), &json!([])));
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
    world.ok(&["erase", "an@example.be", "--reason", "x", "--yes"]);
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
}

/// The owner put an older copy back by hand: whoever was erased since is erased again before anything else happens.
#[test]
fn a_file_that_was_put_back_by_hand_forgets_again() {
    let (world, _) = lived_in();
    let older = std::fs::read(world.inside("vault.db")).unwrap();
    world.ok(&["erase", MAIL, "--reason", "verhuisd", "--yes"]);
    std::fs::write(world.inside("vault.db"), older).unwrap();
    world.no(&["audit", "verify"]);
    world.ok(&["vault", "restored", "--yes"]);
    assert_eq!(in_tables(&world.raw()), Vec::<String>::new());
    assert_eq!(world.ok(&["audit", "verify"])["first_fault"], json!(null));
    world.refused(&["contact", "add", "--email", MAIL], 6, "blocked");
}

/// The program is killed at random moments of an erasure: the person is there with all that belongs to them, or gone with all of it.
#[test]
fn a_killed_erasure_leaves_all_or_nothing() {
    let (template, _) = lived_in();
    let kills: u64 = std::env::var("AKKOORD_KILLS").map_or(20, |text| text.parse().unwrap());
    let all = in_tables(&template.raw()).len();
    let (mut there, mut gone) = (0, 0);
    for n in 0..kills {
        let world = template.copy();
        let mut command = world.program();
        command.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file());
        command.args(["--json", "--yes", "erase", MAIL, "--reason", "x"]);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let log = world.inside("vault.db-wal");
        let mut child = command.spawn().unwrap();
        while !log.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
        std::thread::sleep(std::time::Duration::from_micros(n * 1_500));
        child.kill().unwrap();
        child.wait().unwrap();
        let verified = world.ok(&["audit", "verify"]);
        assert_eq!(verified["first_fault"], json!(null), "kill {n}");
        let left = in_tables(&world.raw()).len();
        assert!(left == all || left == 0, "kill {n} left a part: {left} of {all}");
        if left == 0 {
            gone += 1;
            // Whatever the kill left undone beside the file is done by the next that writes.
            world.contact(&["--given", "Bo"]);
            assert_eq!(std::fs::read_to_string(journal(&world)).unwrap().lines().count(), 1, "kill {n}");
            world.refused(&["contact", "add", "--email", MAIL], 6, "blocked");
        } else {
            there += 1;
            world.ok(&["erase", MAIL, "--reason", "x", "--yes"]);
        }
        assert_eq!(in_tables(&world.raw()), Vec::<String>::new(), "kill {n}");
    }
    assert!(there > 0, "no kill fell inside the erasure: {there} before, {gone} after");
}

/// What a story wrote is found where it is: the search itself works.
#[test]
fn a_trace_in_a_file_is_found() {
    let world = World::new();
    std::fs::write(world.root().join("tmp/left"), "xx ZWALUWSTAART").unwrap();
    assert_eq!(in_files(&world).len(), 1);
}
