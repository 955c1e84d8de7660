//! What happens to files in life: cut short, emptied, lost, swapped, put back, flipped. Each is told, and nothing is made up.

use std::path::Path;

use serde_json::json;

use crate::world::{Answer, World};

/// A vault with somebody in it.
fn with_an() -> World {
    let world = World::new();
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"]);
    world
}

/// The vault cannot be read nor written, says so with this code, and no file was touched.
fn stays_shut(world: &World, codes: &[&str]) {
    let before = world.bytes();
    for args in [["contact", "list"].as_slice(), &["contact", "add", "--given", "Bo"]] {
        let answer = world.run(args);
        let code = answer.json()["error"]["code"].take();
        assert!(answer.exit == 4 && codes.contains(&code.as_str().unwrap()), "{codes:?}: {answer:?}");
        assert!(world.bytes() == before, "{args:?} touched a file");
    }
}

/// What the check-up says of an area: its state and code.
pub(crate) fn doctor(world: &World, exit: i32, area: &str) -> (String, String) {
    let checks = world.run(&["doctor"]).is(exit, &["doctor"])["checks"].take();
    let found = checks.as_array().unwrap().iter().find(|check| check["area"] == area);
    let found = found.unwrap_or_else(|| panic!("no {area} in {checks}"));
    (found["state"].as_str().unwrap().to_owned(), found["code"].as_str().unwrap().to_owned())
}

fn fault(code: &str) -> (String, String) {
    ("fault".to_owned(), code.to_owned())
}

#[test]
fn an_empty_or_missing_vault_is_never_a_new_one() {
    let world = with_an();
    std::fs::write(world.inside("vault.db"), b"").unwrap();
    stays_shut(&world, &["vault_truncated"]);
    assert_eq!(doctor(&world, 1, "vault"), fault("vault_truncated"));
    std::fs::remove_file(world.inside("vault.db")).unwrap();
    stays_shut(&world, &["vault_missing"]);
    assert_eq!(doctor(&world, 1, "vault"), fault("vault_missing"));
    world.refused(&["vault", "init", "--name", "J", "--country", "BE", "--language", "nl"], 6, "vault_exists");
    assert!(!world.inside("vault.db").exists());
}

#[test]
fn a_vault_cut_anywhere_is_refused() {
    let world = with_an();
    let whole = std::fs::read(world.inside("vault.db")).unwrap();
    let pages = whole.len() / 4096;
    let edges = [1, 2, pages / 2, pages - 1].map(|page| page * 4096);
    let odd = [1, 15, 16, 17, 100, 4095, 4097, whole.len() / 2 + 1, whole.len() - 1];
    for length in edges.into_iter().chain(odd) {
        std::fs::write(world.inside("vault.db"), whole.get(..length).unwrap()).unwrap();
        stays_shut(&world, &["vault_truncated", "vault_damaged"]);
    }
    std::fs::write(world.inside("vault.db"), whole).unwrap();
    assert_eq!(world.ok(&["contact", "list"])["total"], 1);
}

#[test]
fn garbage_and_plain_databases_are_no_vault() {
    let world = with_an();
    let path = world.inside("vault.db");
    let length = std::fs::read(&path).unwrap().len();
    for garbage in [vec![0; length], (0..length).map(|n| (n * 7 + n / 251) as u8).collect(), b"SQLite".to_vec()] {
        std::fs::write(&path, garbage).unwrap();
        stays_shut(&world, &["vault_damaged", "vault_truncated"]);
    }
    std::fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE vault (id)").unwrap();
    stays_shut(&world, &["vault_damaged"]);
}

/// Every page is sealed: a flipped bit shows when its page is read, and the check-up reads all of them.
#[test]
fn a_flipped_bit_is_refused_or_reported() {
    let world = with_an();
    let path = world.inside("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let key = world.key();
    let mut seed = 1_u64;
    for n in 0..150 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) as usize % whole.len();
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (seed % 8);
        std::fs::write(&path, &flipped).unwrap();
        assert!(notices(&path, key), "flip {n} of the bit at {at} was not noticed");
        if n % 25 == 0 {
            let answer = world.run(&["doctor"]);
            assert_eq!(answer.exit, 1, "{at}: {answer:?}");
            assert_eq!(std::fs::read(&path).unwrap(), flipped);
        }
    }
}

/// Whether a reader that asks for both checks, as the application does, sees that the file is not as it was.
fn notices(path: &Path, key: &akkoord_office::key::DataKey) -> bool {
    let conn = rusqlite::Connection::open(path).unwrap();
    let asks =
        |sql: &str| -> rusqlite::Result<Vec<String>> { conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect() };
    conn.execute_batch("PRAGMA cipher_log_level = NONE").unwrap();
    conn.pragma_update(None, "key", key.pragma().as_str()).unwrap();
    !asks("PRAGMA cipher_integrity_check").is_ok_and(|found| found.is_empty())
        || !asks("PRAGMA integrity_check").is_ok_and(|found| found == ["ok"])
}

#[test]
fn lost_key_slots_are_found_in_their_twin_or_told() {
    let world = with_an();
    let other = World::empty();
    other.ok(&["vault", "init", "--name", "Other", "--country", "NL", "--language", "nl"]);
    let good = std::fs::read(world.inside("keyslots.json")).unwrap();
    let half = good.get(..good.len() / 2).unwrap().to_vec();
    let others = std::fs::read(other.inside("keyslots.json")).unwrap();
    for (bytes, name) in [(None, "missing"), (Some(vec![]), "empty"), (Some(half), "cut"), (Some(others), "other")] {
        let put = |file: &str| match &bytes {
            Some(bytes) => std::fs::write(world.inside(file), bytes).unwrap(),
            None => std::fs::remove_file(world.inside(file)).unwrap(),
        };
        put("keyslots.json");
        assert_eq!(world.ok(&["contact", "list"])["total"], 1, "{name}");
        assert_eq!(doctor(&world, 1, "slots"), fault("slots_from_copy"), "{name}");
        put("keyslots.bak");
        let code = if name == "other" { "vault_mismatch" } else { "slots_lost" };
        stays_shut(&world, &[code]);
        assert_eq!(doctor(&world, 1, "slots"), fault(code), "{name}");
        world.refused(&["vault", "init", "--name", "J", "--country", "BE", "--language", "nl"], 6, "vault_exists");
        for file in ["keyslots.json", "keyslots.bak"] {
            std::fs::write(world.inside(file), &good).unwrap();
        }
    }
    std::fs::remove_file(world.inside("keyslots.bak")).unwrap();
    assert_eq!(doctor(&world, 0, "slots"), ("warning".to_owned(), "twin_missing".to_owned()));
}

#[test]
fn a_vault_under_another_vaults_slots_is_told() {
    let world = with_an();
    let other = World::new();
    let id = other.raw();
    id.execute_batch("UPDATE vault SET id = randomblob(16)").unwrap();
    drop(id);
    std::fs::copy(other.inside("vault.db"), world.inside("vault.db")).unwrap();
    stays_shut(&world, &["vault_mismatch"]);
}

#[test]
fn a_newer_vault_is_left_as_it_is() {
    let world = with_an();
    let schema: i64 = world.raw().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    world.raw().pragma_update(None, "user_version", schema + 1).unwrap();
    stays_shut(&world, &["vault_newer"]);
    let error = world.refused(&["vault", "status"], 4, "vault_newer");
    assert!(error["message"].as_str().unwrap().contains(&format!("version {}", schema + 1)), "{error}");
}

#[test]
fn a_file_put_back_to_an_older_state_is_read_but_not_written() {
    let world = with_an();
    let old = std::fs::read(world.inside("vault.db")).unwrap();
    world.contact(&["--given", "Bo"]);
    std::fs::write(world.inside("vault.db"), old).unwrap();
    let before = world.bytes();
    let status = world.run(&["vault", "status"]);
    assert_eq!(status.is(0, &[])["rolled_back"], true);
    let list = world.run(&["contact", "list"]);
    assert_eq!(list.is(0, &[])["total"], 1);
    assert!(list.stderr.contains("\"warning\":{\"code\":\"vault_rolled_back\""), "{list:?}");
    assert!(world.words(&["contact", "list"]).stderr.contains("put back to an older state"));
    world.refused(&["contact", "add", "--given", "Cas"], 4, "vault_rolled_back");
    let found = world.no(&["audit", "verify"]);
    assert_eq!(found["first_fault"], json!({ "seq": 3, "code": "rolled_back" }));
    assert_eq!(doctor(&world, 1, "audit"), fault("rolled_back"));
    assert!(world.bytes() == before);
    world.refused(&["vault", "restored"], 6, "not_confirmed");
    let instance = world.ok(&["vault", "status"])["instance"].clone();
    assert_ne!(world.ok(&["vault", "restored", "--yes"])["instance"], instance);
    world.contact(&["--given", "Cas"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    assert_eq!(world.ok(&["audit", "list"])["entries"][2]["act"], "rollback_accepted");
}

/// A kill between the act and its anchor: the anchor is older than the head, which is as good.
#[test]
fn an_older_anchor_is_no_fault() {
    let world = with_an();
    let anchor = std::fs::read(world.inside("settings.toml")).unwrap();
    world.contact(&["--given", "Bo"]);
    std::fs::write(world.inside("settings.toml"), anchor).unwrap();
    assert_eq!(world.ok(&["vault", "status"])["rolled_back"], false);
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 3);
    world.contact(&["--given", "Cas"]);
}

#[test]
fn lost_settings_are_made_again_and_damaged_ones_are_told() {
    let world = with_an();
    let before = world.ok(&["vault", "status"]);
    std::fs::remove_file(world.inside("settings.toml")).unwrap();
    assert_eq!(doctor(&world, 0, "anchor"), ("warning".to_owned(), "anchor_lost".to_owned()));
    assert!(world.run(&["vault", "status"]).stderr.contains("\"warning\":{\"code\":\"anchor_lost\""));
    let added = world.run(&["contact", "add", "--given", "Bo"]);
    assert!(added.exit == 0 && added.stderr.contains("anchor_lost"), "{added:?}");
    let after = world.run(&["vault", "status"]);
    assert_eq!(after.stderr, "");
    let after = after.json();
    assert!(after["instance"].is_string() && after["vault_id"] == before["vault_id"], "{after}");
    let text = std::fs::read_to_string(world.inside("settings.toml")).unwrap();
    assert!(text.contains(before["vault_id"].as_str().unwrap()), "{text}");
    assert_eq!(doctor(&world, 0, "anchor").1, "ok");

    std::fs::write(world.inside("settings.toml"), b"vault = ").unwrap();
    let list = world.run(&["contact", "list"]);
    assert!(list.is(0, &[])["total"] == 2 && list.stderr.contains("settings.toml"), "{list:?}");
    world.refused(&["contact", "add", "--given", "Cas"], 4, "settings_damaged");
    assert_eq!(std::fs::read(world.inside("settings.toml")).unwrap(), b"vault = ");
    assert_eq!(doctor(&world, 1, "anchor"), fault("settings_damaged"));
    world.ok(&["vault", "restored", "--yes"]);
    world.contact(&["--given", "Cas"]);
    assert_eq!(doctor(&world, 0, "anchor").1, "ok");
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
}

/// A clock that stands in the past: the act is kept, the jump is on the log, and the chain holds.
#[test]
fn a_clock_set_back_is_on_the_log() {
    let world = with_an();
    let Some(library) =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]
            .into_iter()
            .find(|path| Path::new(path).exists())
    else {
        return;
    };
    let env = [("LD_PRELOAD", library), ("FAKETIME", "-400d"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1")];
    let args = ["contact", "add", "--given", "Bo"];
    world.run_with(&env, &args).is(0, &args);
    let entries = world.ok(&["audit", "list"])["entries"].take();
    let acts: Vec<&str> = entries.as_array().unwrap().iter().filter_map(|entry| entry["act"].as_str()).collect();
    assert_eq!(acts, ["vault_made", "contact_added", "clock_went_back", "contact_added"]);
    assert_eq!(world.ok(&["audit", "verify"])["ok"], true);
    let behind = world.run_with(&[env.as_slice(), &[("FAKETIME", "-900d")]].concat(), &["doctor"]).is(0, &[]);
    let clock = behind["checks"].as_array().unwrap().iter().find(|check| check["area"] == "clock").unwrap();
    assert_eq!(clock["code"], "clock_behind");
    world.contact(&["--given", "Cas"]);
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 5);
}

/// Runs a script as the owner of a mount namespace with `$0` the program; nothing where that is not permitted.
pub(crate) fn in_own_mounts(world: &World, script: &str) -> Option<String> {
    let permitted =
        std::process::Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !permitted.is_ok_and(|output| output.status.success()) {
        return None;
    }
    let mut command = std::process::Command::new("unshare");
    world.at_home(&mut command);
    command.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file());
    let output = command.args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_akkoord-cli")]).output().unwrap();
    let answer = Answer::of(&output);
    assert_eq!(answer.exit, 0, "{answer:?}");
    Some(answer.stdout)
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let world = with_an();
    let script = r#"
        mount -t tmpfs -o size=1m none /mnt && cp -a "$AKKOORD_PROFILE" /mnt/profile && export AKKOORD_PROFILE=/mnt/profile
        i=0; while "$0" --json contact add --given "Nr$i" --set notes="$(head -c 30000 /dev/zero | tr '\0' x)" 2>"$TMPDIR/said"; do i=$((i+1)); done >/dev/null
        cat "$TMPDIR/said"; echo $i
        "$0" --json audit verify; "$0" --json contact list --limit 1"#;
    let Some(said) = in_own_mounts(&world, script) else { return };
    let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [refused, added, verified, listed] = lines.as_slice() else { panic!("{said}") };
    assert_eq!(refused["error"]["code"], "disk_full", "{said}");
    assert!(added.as_i64().unwrap() > 0 && verified["ok"] == true, "{said}");
    assert_eq!(listed["total"].as_i64(), added.as_i64().map(|added| added + 1), "{said}");
}

#[test]
fn no_room_for_a_new_vault_leaves_none() {
    let world = World::empty();
    let script = r#"
        mount -t tmpfs -o size=100k none /mnt && export AKKOORD_PROFILE=/mnt/profile
        "$0" --json vault init --name J --country BE --language nl 2>&1; ls /mnt/profile
        mount -o remount,size=4m /mnt && "$0" --json vault init --name J --country BE --language nl | head -c 11"#;
    let Some(said) = in_own_mounts(&world, script) else { return };
    assert!(said.contains("\"code\":\"disk_full\"") && said.ends_with("{\"vault_id\""), "{said}");
    assert!(!said.contains("vault.db") && !said.contains("keyslots"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_is_no_damage() {
    let world = with_an();
    let script = r#"
        mount --bind "$AKKOORD_PROFILE" "$AKKOORD_PROFILE" && mount -o remount,ro,bind "$AKKOORD_PROFILE"
        "$0" --json contact list 2>&1; "$0" --json contact add --given Bo 2>&1; "$0" --json doctor 2>&1; exit 0"#;
    let Some(said) = in_own_mounts(&world, script) else { return };
    let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [listed, added, doctor] = lines.as_slice() else { panic!("{said}") };
    assert_eq!(added["error"]["code"], "unwritable", "{said}");
    assert!(listed["total"] == 1 || listed["error"]["code"] == "unwritable", "{said}");
    assert!(!doctor.to_string().contains("damaged"), "{said}");
}
