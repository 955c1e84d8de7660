//! Backups: made while the vault is in use, looked over, and vaults again in a new place.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use akkoord_office::profile::{Profile, WriterLock};
use serde_json::{Value, json};

use crate::faults::{doctor, in_own_mounts};
use crate::session::{self, Session};
use crate::world::{PASSPHRASE, World, files};

/// A vault with two people, a purpose, a yes and its proof.
pub(crate) fn in_use() -> World {
    let world = World::new();
    world.contact(&["--given", "An", "--family", "Peeters", "--email", "an@example.be"]);
    world.contact(&["--given", "Bo", "--email", "bo@example.be"]);
    let text = world.file("nl.md", "Mogen wij u onze nieuwsbrief sturen?");
    let add = ["purpose", "add", "--key", "newsletter", "--title", "Nieuwsbrief", "--basis", "consent"];
    world.ok(&[&add, ["--wording-file", &text, "--language", "nl"].as_slice()].concat());
    let proof = world.file("gesprek.txt", "An zei ja aan de telefoon.\n");
    let said = ["consent", "record", "an@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    world.ok(&[&said, ["--attach", &proof].as_slice()].concat());
    world
}

pub(crate) fn path(world: &World, name: &str) -> String {
    world.root().join("files").join(name).to_str().unwrap().to_owned()
}

/// Runs a command on the vault in another folder of the same home.
fn there(world: &World, profile: &str, args: &[&str]) -> Value {
    world.ok(&[&["--profile", profile], args].concat())
}

/// Looks a backup over and makes a vault of it, which must be the one that it was made of.
fn restored(world: &World, file: &str, to: &str) -> String {
    let looked = world.ok(&["backup", "verify", file]);
    assert_eq!((&looked["ok"], &looked["first_fault"]), (&json!(true), &json!(null)), "{file}");
    let to = path(world, to);
    let made = world.ok(&["backup", "restore", file, "--profile-to", &to]);
    assert_eq!((&made["profile"], &made["made"]), (&json!(to), &looked["made"]));
    let verified = there(world, &to, &["audit", "verify", "--head", looked["head"].as_str().unwrap()]);
    let entries = looked["entries"].as_i64().unwrap();
    assert_eq!((&verified["ok"], &verified["entries"]), (&json!(true), &json!(entries + 1)), "{file}");
    let contacts = there(world, &to, &["contact", "list"]);
    assert_eq!(contacts["total"], made["contacts"]);
    let doctor = there(world, &to, &["doctor"]);
    assert_eq!(doctor["ok"], true, "{doctor}");
    assert!(!Path::new(&to).join("restoring").exists());
    to
}

#[test]
fn a_backup_is_made_looked_over_and_becomes_a_vault_again() {
    let world = in_use();
    assert_eq!(doctor(&world, 0, "backups"), ("warning".to_owned(), "no_backups_yet".to_owned()));
    let before = world.ok(&["vault", "status"]);
    assert_eq!(before["last_backup"], json!(null));
    let made = world.ok(&["backup", "create"]);
    let file = made["file"].as_str().unwrap();
    let day = made["made"].as_str().unwrap().get(..10).unwrap();
    assert_eq!(file, world.inside(&format!("backups/akkoord-{day}.zip")).to_str().unwrap());
    assert_eq!(world.ok(&["vault", "status"])["last_backup"], made["made"]);
    assert_eq!(doctor(&world, 0, "backups").0, "ok");
    assert_eq!(world.ok(&["backup", "list"])["backups"][0]["file"], made["file"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // What comes later is not in it.
    world.contact(&["--given", "Cas"]);
    let to = restored(&world, file, "restored");
    let status = there(&world, &to, &["vault", "status"]);
    assert_eq!((&status["vault_id"], &status["fingerprint"]), (&before["vault_id"], &before["fingerprint"]));
    assert_ne!(status["instance"], before["instance"]);
    assert_eq!(status["contacts"], 2);
    let acts = there(&world, &to, &["audit", "list"])["entries"].take();
    assert_eq!(acts.as_array().unwrap().last().unwrap()["act"], "backup_restored");
    let history = there(&world, &to, &["consent", "history", "an@example.be"]);
    let proof = history["events"][0]["proofs"][0]["id"].as_str().unwrap();
    there(&world, &to, &["proof", "export", proof, "--to", &path(&world, "proof")]);
    assert_eq!(std::fs::read_to_string(path(&world, "proof")).unwrap(), "An zei ja aan de telefoon.\n");
    // It goes on as a vault of its own, and what it was made of as well.
    there(&world, &to, &["contact", "add", "--given", "Dirk"]);
    assert_eq!(world.ok(&["vault", "status"])["rolled_back"], false);
    world.contact(&["--given", "Eva"]);
}

#[test]
fn what_did_not_change_is_not_backed_up_twice_and_no_file_is_written_over() {
    let world = in_use();
    let first = world.ok(&["backup", "create"]);
    assert_eq!(first["skipped"], false);
    let again = world.ok(&["backup", "create"]);
    assert_eq!((&again["skipped"], &again["file"], &again["made"]), (&json!(true), &first["file"], &first["made"]));
    assert!(world.words(&["backup", "create"]).stdout.contains("Nothing changed since the backup of"));
    world.contact(&["--given", "Cas"]);
    let next = world.ok(&["backup", "create"]);
    assert_eq!((&next["skipped"], &next["removed"]), (&json!(false), &json!(1)));
    assert_eq!(world.ok(&["backup", "list"])["backups"].as_array().unwrap().len(), 1);

    let to = path(&world, "usb.zip");
    assert_eq!(world.ok(&["backup", "create", "--to", &to])["skipped"], false);
    assert_eq!(world.ok(&["backup", "create", "--to", &to])["skipped"], true);
    let before = std::fs::read(&to).unwrap();
    world.contact(&["--given", "Dirk"]);
    world.refused(&["backup", "create", "--to", &to], 6, "not_confirmed");
    assert_eq!(std::fs::read(&to).unwrap(), before);
    assert_eq!(world.ok(&["--yes", "backup", "create", "--to", &to])["skipped"], false);
    assert_eq!(world.ok(&["backup", "verify", &to])["made"], world.ok(&["vault", "status"])["last_backup"]);
    let text = world.file("brief.txt", "van iemand anders");
    world.refused(&["backup", "create", "--to", &text], 6, "not_confirmed");
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "van iemand anders");
    world.refused(&["backup", "create", "--to", world.inside("mine.zip").to_str().unwrap()], 6, "in_profile");
    world.refused(&["backup", "create", "--to", "/nowhere/at/all.zip"], 1, "unwritable");
}

#[test]
fn a_backup_opens_with_the_codes_of_its_day() {
    let world = in_use();
    let old_code = world.file("old code", World::recovery_code());
    let file = world.ok(&["backup", "create", "--to", &path(&world, "old.zip")])["file"].as_str().unwrap().to_owned();
    let new = world.file("new", "een heel andere zin");
    assert!(
        world.words(&["vault", "passphrase", "set", "--new-passphrase-file", &new]).stdout.contains("made until now")
    );
    let code = world.ok(&["--passphrase-file", &new, "vault", "kit", "new"])["recovery_code"].clone();
    let new_code = world.file("new code", code.as_str().unwrap());
    // Here the vault is still there, and its key is the same.
    assert_eq!(world.ok(&["--passphrase-file", &new, "backup", "verify", &file])["ok"], true);
    let elsewhere = World::empty();
    let restore = |to: &str, more: &[&str]| {
        let to = path(&elsewhere, to);
        elsewhere.run(&[more, &["backup", "restore", &file, "--profile-to", &to]].concat())
    };
    restore("a", &["--passphrase-file", &new]).refuses(4, "wrong_passphrase", &[]);
    let by_code = |code: &str, to: &str| {
        let to = path(&elsewhere, to);
        elsewhere.run(&["backup", "restore", &file, "--profile-to", &to, "--recovery-code-file", code])
    };
    by_code(&new_code, "b").refuses(4, "recovery_code_other", &[]);
    assert!(!Path::new(&path(&elsewhere, "a")).exists() && !Path::new(&path(&elsewhere, "b")).exists());
    restore("c", &[]).is(0, &[]);
    by_code(&old_code, "d").is(0, &[]);
    let opened = there(&elsewhere, &path(&elsewhere, "d"), &["contact", "list"]);
    assert_eq!(opened["total"], 2);
    let mut nobody = elsewhere.program();
    nobody.args(["--json", "backup", "restore", &file, "--profile-to", &path(&elsewhere, "e")]);
    crate::world::Answer::of(&nobody.output().unwrap()).refuses(4, "vault_locked", &[]);
    let looked = elsewhere.ok(&["backup", "verify", &file, "--recovery-code-file", &old_code]);
    assert_eq!(looked["ok"], true);
}

/// The keychain of another computer holds no key for it.
#[test]
fn a_backup_of_a_vault_in_the_keychain_opens_elsewhere_with_the_code() {
    if !session::possible() {
        return;
    }
    let world = World::empty();
    let init = ["vault", "init", "--name", "Jans", "--country", "BE", "--language", "nl", "--keychain"];
    let made = world.in_session(Session::Unlocked, &init).is(0, &init);
    let file = path(&world, "backup.zip");
    let create = ["backup", "create", "--to", &file];
    world.in_session(Session::Unlocked, &create).is(0, &create);
    let here = ["backup", "restore", &file, "--profile-to", &path(&world, "here")];
    let restored = world.in_session(Session::Unlocked, &here).is(0, &here);
    assert_eq!(restored["vault_id"], made["vault_id"]);
    let add = ["--profile", &path(&world, "here"), "contact", "add", "--given", "An"];
    world.in_session(Session::Unlocked, &add).is(0, &add);
    let elsewhere = World::empty();
    let there = ["backup", "restore", &file, "--profile-to", &path(&elsewhere, "there")];
    elsewhere.in_session(Session::Unlocked, &there).refuses(4, "keychain_empty", &there);
    let code = elsewhere.file("code", made["recovery_code"].as_str().unwrap());
    let by_code = [&there, ["--recovery-code-file", &code].as_slice()].concat();
    elsewhere.in_session(Session::Unlocked, &by_code).is(0, &by_code);
}

#[test]
fn a_backup_that_is_cut_or_changed_touches_nothing() {
    let world = in_use();
    let file = path(&world, "b.zip");
    world.ok(&["backup", "create", "--to", &file]);
    let whole = std::fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    let to = path(&world, "never");
    let before = world.bytes();
    let cases = [(whole[..whole.len() / 3].to_vec(), "changed"), (flipped, "changed"), (b"PK".to_vec(), "no_backup")];
    for (bytes, code) in cases {
        std::fs::write(&file, bytes).unwrap();
        let said = world.no(&["backup", "verify", &file]);
        assert_eq!((&said["ok"], &said["first_fault"]["code"]), (&json!(false), &json!(code)));
        let words = world.refused(&["backup", "restore", &file, "--profile-to", &to], 1, "backup_damaged");
        assert!(words["message"].as_str().unwrap().contains("Nothing was touched"));
        assert!(!Path::new(&to).exists() && world.bytes() == before);
    }
    world.refused(&["backup", "verify", &path(&world, "none.zip")], 1, "unreadable");
    // A bad one in the vault's own folder is told by the check-up.
    let kept = world.ok(&["backup", "create"])["file"].as_str().unwrap().to_owned();
    std::fs::write(&kept, &whole[..100]).unwrap();
    assert_eq!(doctor(&world, 1, "backups"), ("fault".to_owned(), "backup_damaged".to_owned()));
}

#[test]
fn nothing_is_restored_over_a_vault_or_what_is_left_of_one() {
    let world = in_use();
    let file = path(&world, "b.zip");
    world.ok(&["backup", "create", "--to", &file]);
    let before = world.bytes();
    let profile = world.profile();
    world.refused(&["backup", "restore", &file, "--profile-to", profile.to_str().unwrap()], 6, "vault_exists");
    assert!(world.bytes() == before);
    for name in ["vault.db", "keyslots.json", "keyslots.bak"] {
        let left = PathBuf::from(path(&world, name));
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join(name), b"").unwrap();
        world.refused(&["backup", "restore", &file, "--profile-to", left.to_str().unwrap()], 6, "vault_exists");
        assert_eq!(files(&left).len(), 1);
    }
    // A folder that holds the backups of a vault that is gone is no vault.
    let gone = PathBuf::from(path(&world, "gone"));
    std::fs::create_dir_all(gone.join("backups")).unwrap();
    std::fs::copy(&file, gone.join("backups/akkoord-2026-03-02.zip")).unwrap();
    restored(&world, &file, "gone");
    assert!(gone.join("backups/akkoord-2026-03-02.zip").exists());
}

#[test]
fn lost_slots_are_found_in_the_backups() {
    let world = in_use();
    world.ok(&["backup", "create"]);
    for name in ["keyslots.json", "keyslots.bak"] {
        std::fs::write(world.inside(name), b"{}").unwrap();
    }
    assert_eq!(world.ok(&["contact", "list"])["total"], 2);
    assert_eq!(doctor(&world, 1, "slots"), ("fault".to_owned(), "slots_from_copy".to_owned()));
    world.ok(&["vault", "passphrase", "set", "--new-passphrase-file", &world.file("same", PASSPHRASE)]);
    assert_eq!(doctor(&world, 0, "slots").1, "ok");
}

#[test]
fn a_backup_is_made_while_others_write_and_each_is_one_moment() {
    let world = in_use();
    let lock = WriterLock::acquire(&Profile::at(world.profile()), "window", None).unwrap();
    restored(&world, world.ok(&["backup", "create"])["file"].as_str().unwrap(), "held");
    drop(lock);
    // Somebody is in the middle of a large change: what is not kept yet is not in it.
    let conn = world.raw();
    conn.execute_batch("BEGIN IMMEDIATE; CREATE TABLE halfway (x); INSERT INTO halfway VALUES (zeroblob(3000000))")
        .unwrap();
    let during = world.ok(&["backup", "create", "--to", &path(&world, "during.zip")]);
    conn.execute_batch("ROLLBACK").unwrap();
    drop(conn);
    restored(&world, during["file"].as_str().unwrap(), "during");
    std::thread::scope(|scope| {
        let writes = scope.spawn(|| {
            for n in 0..12 {
                world.contact(&["--given", &format!("Nr{n}"), "--set", &format!("notes={}", "x".repeat(20_000))]);
            }
        });
        let mut n = 0;
        while !writes.is_finished() {
            let file = path(&world, &format!("busy{n}.zip"));
            world.ok(&["backup", "create", "--to", &file]);
            restored(&world, &file, &format!("busy{n}"));
            n += 1;
        }
    });
    assert_eq!(world.ok(&["contact", "list"])["total"], 14);
}

/// However far a killed program came: no file passes for a backup that is none, no folder for a vault that is none, and the
/// next run needs nobody to clean up.
#[test]
fn a_killed_backup_or_restore_leaves_nothing_half() {
    let kills: u32 = std::env::var("AKKOORD_KILLS").map_or(8, |text| text.parse().unwrap());
    let world = in_use();
    let big = world.file("opname.wav", vec![7; 6_000_000]);
    let said = ["consent", "record", "bo@example.be", "--purpose", "newsletter", "--answer", "given", "--how", "phone"];
    world.ok(&[&said, ["--attach", &big].as_slice()].concat());
    let good = path(&world, "good.zip");
    let begun = Instant::now();
    world.ok(&["backup", "create", "--to", &good]);
    let takes = begun.elapsed();
    let begun = Instant::now();
    world.ok(&["backup", "restore", &good, "--profile-to", &path(&world, "whole")]);
    let takes = takes.max(begun.elapsed());
    let run = |args: &[&str], wait: Duration| {
        let mut command = world.program();
        command.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file()).args(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
    };
    for n in 0..kills {
        let wait = takes.mul_f64(1.1 * f64::from(n + 1) / f64::from(kills));
        world.contact(&["--given", &format!("Nr{n}")]);
        run(&["backup", "create"], wait);
        for (file, _) in files(&world.inside("backups")) {
            if file.extension().is_some_and(|end| end == "zip") && !file.to_str().unwrap().contains("making") {
                world.ok(&["backup", "verify", file.to_str().unwrap()]);
            }
        }
        let next = world.ok(&["backup", "create"]);
        world.ok(&["backup", "verify", next["file"].as_str().unwrap()]);
        let left = std::fs::read_dir(world.inside("backups")).unwrap().flatten();
        assert!(left.into_iter().all(|entry| !entry.file_name().to_str().unwrap().starts_with(".making")));
        let to = path(&world, &format!("to{n}"));
        run(&["backup", "restore", &good, "--profile-to", &to], wait);
        let list = world.run(&["--profile", &to, "contact", "list"]);
        if list.exit == 0 {
            assert_eq!(list.json()["total"], 2);
        } else {
            list.refuses(4, "no_vault", &[]);
            restored(&world, &good, &format!("to{n}"));
        }
    }
}

#[test]
fn without_room_no_backup_is_begun_and_none_is_half() {
    let world = in_use();
    let script = r#"
        mount -t tmpfs -o size=300k none /mnt
        "$0" --json backup create --to /mnt/b.zip 2>&1; ls -A /mnt
        mount -o remount,size=9m /mnt && cp -a "$AKKOORD_PROFILE" /mnt/profile && export AKKOORD_PROFILE=/mnt/profile
        dd if=/dev/zero of=/mnt/fill bs=1k count=20000 2>/dev/null
        "$0" --json backup create 2>&1; ls -A /mnt/profile/backups
        "$0" --json backup restore "$1" --profile-to /mnt/new 2>&1; ls -A /mnt/new | grep -v '^backups$\|^logs$\|^vault.lock$\|^vault.holder$'
        rm /mnt/fill; "$0" --json audit verify; "$0" --json backup create >/dev/null && ls /mnt/profile/backups | grep -c '^akkoord'"#;
    let good = path(&world, "good.zip");
    world.ok(&["backup", "create", "--to", &good]);
    let Some(said) = in_own_mounts(&world, &script.replace("$1", &good)) else { return };
    assert_eq!(said.matches("\"code\":\"disk_full\"").count(), 3, "{said}");
    assert!(said.contains("\"ok\":true") && said.ends_with("\n1\n"), "{said}");
    assert!(!said.contains("b.zip\n") && !said.contains(".akkoord") && !said.contains("restoring"), "{said}");
}

#[test]
fn a_second_folder_gets_every_backup() {
    let world = in_use();
    assert_eq!(world.ok(&["backup", "folder"])["folder"], json!(null));
    let usb = path(&world, "usb");
    assert_eq!(world.ok(&["backup", "folder", &usb])["folder"], usb);
    let made = world.ok(&["backup", "create"]);
    let second = made["second"].as_str().unwrap();
    assert!(second.starts_with(&usb));
    restored(&world, second, "from usb");
    world.refused(&["backup", "folder", world.inside("x").to_str().unwrap()], 6, "in_profile");
    world.refused(&["backup", "folder", "usb"], 2, "invalid");
    assert_eq!(world.ok(&["backup", "folder", "--none"])["folder"], json!(null));
    world.contact(&["--given", "Cas"]);
    assert_eq!(world.ok(&["backup", "create"])["second"], json!(null));
}

#[test]
fn an_older_backup_brings_nobody_back() {
    let world = in_use();
    let file = world.ok(&["backup", "create"])["file"].as_str().unwrap().to_owned();
    world.ok(&["erase", "an@example.be", "--reason", "Vroeg het aan de toonbank", "--yes"]);
    world.no(&["blocked", "check", "--email", "an@example.be"]);
    let gone = |to: &str| {
        assert_eq!(there(&world, to, &["contact", "list"])["total"], 1);
        assert_eq!(world.run(&["--profile", to, "blocked", "check", "--email", "An@Example.be"]).exit, 3);
        assert_eq!(there(&world, to, &["audit", "verify"])["ok"], true);
        assert!(Path::new(to).join("backups/erased.log").exists(), "a backup of this one is held against it too");
    };
    // On the computer where it was done.
    let to = path(&world, "here");
    let made = world.ok(&["backup", "restore", &file, "--profile-to", &to]);
    assert_eq!((&made["contacts"], &made["replayed"]["contacts"]), (&json!(1), &json!(1)), "{made}");
    // On another, that has the folder of backups alone, as where the vault is lost.
    let other = World::empty();
    let folder = other.root().join("files/backups");
    std::fs::create_dir(&folder).unwrap();
    for name in [Path::new(&file).file_name().unwrap(), "erased.log".as_ref()] {
        std::fs::copy(world.inside("backups").join(name), folder.join(name)).unwrap();
    }
    let copied = folder.join(Path::new(&file).file_name().unwrap());
    let to = path(&other, "lost");
    let made = other.ok(&["backup", "restore", copied.to_str().unwrap(), "--profile-to", &to]);
    assert_eq!((&made["contacts"], &made["replayed"]["erasures"]), (&json!(1), &json!(1)), "{made}");
    assert_eq!(other.run(&["--profile", &to, "blocked", "check", "--email", "an@example.be"]).exit, 3);
    // Somebody tampered with the journal: that is said, and nothing is done by it.
    let journal = folder.join("erased.log");
    let text = std::fs::read_to_string(&journal).unwrap().replacen("erased", "erasee", 1);
    std::fs::write(&journal, text).unwrap();
    let to = path(&other, "tampered");
    let made = other.ok(&["backup", "restore", copied.to_str().unwrap(), "--profile-to", &to]);
    assert_eq!((&made["contacts"], made["replayed"]["faults"].as_array().unwrap().len()), (&json!(2), 1), "{made}");
    let again = path(&world, "again");
    world.ok(&["backup", "restore", &file, "--profile-to", &again]);
    there(&world, &again, &["contact", "set", "bo@example.be", "nickname=Bo"]);
    gone(&again);
}
