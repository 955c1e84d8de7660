use std::path::PathBuf;
use std::sync::atomic::Ordering;

use rusqlite::Connection;

use super::pack::{MANIFEST, measure};
use super::restore::ASIDE_DAYS;
use super::*;
use crate::key::{DataKey, Passphrase, Slots};
use crate::trial::Trial;
use crate::vault::{Actor, Desk};

fn a_vault() -> Trial {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    trial.yes(&an, "news");
    trial
}

fn desk() -> Desk {
    Desk { actor: Actor::Cli, by: "An".to_owned() }
}

/// A backup beside the profile.
fn backup(trial: &Trial) -> PathBuf {
    let path = trial.dir().join("backup.zip");
    create_at(&trial.vault, &path, true, trial.now).unwrap();
    path
}

fn code(path: &Path) -> Option<String> {
    let problem = Backup::open(path).err()?;
    assert_eq!(problem.code, Code::BackupDamaged);
    Some(problem.facts["fault"].as_str().unwrap().to_owned())
}

/// A backup whose sums are right and whose copy is what `change` made of it.
fn forged(trial: &Trial, change: impl FnOnce(&Path)) -> PathBuf {
    let good = Backup::open(&backup(trial)).unwrap();
    let copy = trial.dir().join("copy.db");
    let _ = fs::remove_file(&copy);
    good.unpack(&copy).unwrap();
    change(&copy);
    let mut manifest = good.manifest().clone();
    manifest.files[1] = measure(pack::VAULT, &copy).unwrap();
    write(trial, &manifest, &copy)
}

fn write(trial: &Trial, manifest: &Manifest, copy: &Path) -> PathBuf {
    let path = trial.dir().join("forged.zip");
    let _ = fs::remove_file(&path);
    let slots = trial.vault.slots.to_bytes().unwrap();
    pack::write(&create_private(&path).unwrap(), manifest, &slots, copy).unwrap();
    path
}

fn flaw(trial: &Trial, path: &Path) -> &'static str {
    let backup = Backup::open(path).unwrap();
    let to = Profile::at(trial.dir().join("never"));
    let refused = restore(&backup, trial.vault.key.again(), &to, &[], desk(), trial.now).unwrap_err();
    assert_eq!(refused.code, Code::BackupDamaged);
    assert!(to.vacant().is_ok() && !to.dir().join("restoring").exists());
    backup.check(&trial.vault.key, &Arc::default()).unwrap().unwrap().code
}

#[test]
fn cut_anywhere_it_is_refused_before_anything_is_touched() {
    let trial = a_vault();
    let whole = fs::read(backup(&trial)).unwrap();
    let cut = trial.dir().join("cut.zip");
    for n in 0..200 {
        let length = whole.len() * n / 200;
        fs::write(&cut, &whole[..length]).unwrap();
        assert_eq!(code(&cut).unwrap(), if length < 43 { "no_backup" } else { "changed" }, "{length}");
    }
    for length in (1..20).map(|less| whole.len() - less).chain([43, 44, 45]) {
        fs::write(&cut, &whole[..length]).unwrap();
        assert_eq!(code(&cut).unwrap(), "changed", "{length}");
    }
    fs::write(&cut, [whole.as_slice(), b"\n"].concat()).unwrap();
    assert_eq!(code(&cut).unwrap(), "changed");
    for no_backup in [b"".as_slice(), b"PK\x05\x06", &[0; 300]] {
        fs::write(&cut, no_backup).unwrap();
        assert_eq!(code(&cut).unwrap(), "no_backup");
    }
    assert_eq!(Backup::open(&trial.dir().join("none.zip")).unwrap_err().code, Code::Unreadable);
    assert_eq!(Backup::open(trial.dir()).unwrap_err().code, Code::Unreadable);
}

#[test]
fn a_changed_byte_anywhere_is_refused() {
    let trial = a_vault();
    let mut bytes = fs::read(backup(&trial)).unwrap();
    let changed = trial.dir().join("changed.zip");
    let end = bytes.len();
    // Everywhere now and then, and each byte of what stands around the copy.
    let places = (0..end).step_by(end / 250).chain(0..200).chain(end - 400..end);
    for place in places {
        bytes[place] ^= 1 << (place % 8);
        fs::write(&changed, &bytes).unwrap();
        assert!(code(&changed).is_some(), "byte {place} of {end}");
        bytes[place] ^= 1 << (place % 8);
    }
}

/// Who knows how the sums are made can make them; the seal of each page and the chain cannot be made without the key, and with
/// it not so that nobody sees.
#[test]
fn a_copy_under_right_sums_that_is_not_what_it_was_is_refused() {
    let mut trial = a_vault();
    let flipped = forged(&trial, |copy| {
        let mut bytes = fs::read(copy).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(copy, bytes).unwrap();
    });
    assert_eq!(flaw(&trial, &flipped), "vault_damaged");
    let cut = forged(&trial, |copy| {
        let bytes = fs::read(copy).unwrap();
        fs::write(copy, &bytes[..bytes.len() / 4096 / 2 * 4096]).unwrap();
    });
    assert!(["vault_truncated", "vault_damaged"].contains(&flaw(&trial, &cut)));
    let key = trial.vault.key.again();
    let through_the_key = |sql: &'static str| {
        let key = key.again();
        move |copy: &Path| {
            let conn = Connection::open(copy).unwrap();
            conn.pragma_update(None, "key", key.pragma().as_str()).unwrap();
            conn.execute_batch(sql).unwrap();
        }
    };
    let cases = [
        ("UPDATE contact SET given = 'Bo'", "contact_changed"),
        ("DROP TRIGGER audit_fact_no_update; UPDATE audit_fact SET facts = '{}' WHERE seq = 2", "fact_changed"),
        ("DROP TRIGGER consent_event_no_update; UPDATE consent_event SET how = 'letter'", "event_changed"),
        ("UPDATE vault SET id = randomblob(16)", "vault_mismatch"),
    ];
    for (sql, expected) in cases {
        assert_eq!(flaw(&trial, &forged(&trial, through_the_key(sql))), expected, "{sql}");
    }
    // An older copy under a newer manifest.
    let old = Backup::open(&backup(&trial)).unwrap();
    let copy = trial.dir().join("old.db");
    old.unpack(&copy).unwrap();
    trial.person("Bo");
    let mut manifest = Backup::open(&backup(&trial)).unwrap().manifest().clone();
    manifest.files[1] = measure(pack::VAULT, &copy).unwrap();
    assert_eq!(flaw(&trial, &write(&trial, &manifest, &copy)), "other_than_said");
}

#[test]
fn what_a_newer_version_made_is_told() {
    let trial = a_vault();
    let good = Backup::open(&backup(&trial)).unwrap();
    let copy = trial.dir().join("copy.db");
    good.unpack(&copy).unwrap();
    let layout = Manifest { format: 2, ..good.manifest().clone() };
    assert_eq!(Backup::open(&write(&trial, &layout, &copy)).unwrap_err().code, Code::VaultNewer);
    let schema = Manifest { schema: SCHEMA + 1, ..good.manifest().clone() };
    let backup = Backup::open(&write(&trial, &schema, &copy)).unwrap();
    assert_eq!(backup.check(&trial.vault.key, &Arc::default()).unwrap_err().code, Code::VaultNewer);
    let to = Profile::at(trial.dir().join("new"));
    let refused = restore(&backup, trial.vault.key.again(), &to, &[], desk(), trial.now).unwrap_err();
    assert!(refused.code == Code::VaultNewer && !to.dir().exists());
}

/// The vault of the first release, in a backup as it would have made one.
#[test]
fn what_an_older_version_made_is_brought_up_to_date() {
    let trial = Trial::new();
    let kept = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/vault-0.1"));
    let (slots, copy) = (fs::read(kept.join("keyslots.json")).unwrap(), trial.dir().join("old.db"));
    fs::copy(kept.join("vault.db"), &copy).unwrap();
    let ways = Slots::from_bytes(&slots, None).unwrap();
    let key = ways.open_with_passphrase(&Passphrase::new("drie koeien in de wei".to_owned())).unwrap();
    let (conn, _) = file::open(&copy, &key, ways.vault(), crate::vault::Access::Read).unwrap();
    let last = head(&conn).unwrap();
    let manifest = Manifest {
        format: 1,
        vault: ways.vault(),
        instance: None,
        schema: crate::vault::migrate::version(&conn).unwrap(),
        made: "2026-03-02T10:00:00+01:00".to_owned(),
        entries: last.seq,
        head: hex(&last.hash),
        files: vec![pack::measure_bytes("keyslots.json", &slots), measure(pack::VAULT, &copy).unwrap()],
    };
    drop(conn);
    assert!(manifest.schema < SCHEMA);
    let path = trial.dir().join("old.zip");
    pack::write(&create_private(&path).unwrap(), &manifest, &slots, &copy).unwrap();
    let backup = Backup::open(&path).unwrap();
    assert_eq!(backup.check(&key, &Arc::default()).unwrap(), None);
    let to = Profile::at(trial.dir().join("new"));
    assert_eq!(restore(&backup, key, &to, &[], desk(), trial.now).unwrap().contacts, 6);
}

#[test]
fn a_file_of_a_day_that_a_clock_ran_ahead_to_makes_none_due_again_and_again() {
    let mut trial = a_vault();
    let ahead = create(&trial.vault, &Arc::default(), trial.now).unwrap().file;
    std::fs::rename(&ahead, trial.vault.profile().backups().join("akkoord-2099-01-01.zip")).unwrap();
    trial.person("Later");
    assert!(due(&trial.vault, trial.now).unwrap());
    daily(&trial.vault, &Arc::default(), trial.now).unwrap().unwrap();
    assert!(!due(&trial.vault, trial.now).unwrap(), "today has one");
    trial.person("Nogeens");
    assert!(!due(&trial.vault, trial.now).unwrap(), "one a day");
}

#[test]
fn one_a_day_is_due_and_the_second_folder_gets_it_too() {
    let mut trial = a_vault();
    let second = trial.dir().join("usb/backups");
    crate::settings::backup_folder_set(&mut trial.vault, Some(&second)).unwrap();
    let mut made = Vec::new();
    for day in 0..12 {
        trial.person(&format!("Nr{day}"));
        assert!(due(&trial.vault, trial.now).unwrap(), "day {day}");
        let now = daily(&trial.vault, &Arc::default(), trial.now).unwrap().unwrap();
        assert!(daily(&trial.vault, &Arc::default(), trial.now).unwrap().is_none());
        assert!(!now.skipped && now.second.is_some() && now.second_problem.is_none(), "{now:?}");
        assert!(!due(&trial.vault, trial.now).unwrap());
        made.push(now);
        trial.later(1);
        assert!(!due(&trial.vault, trial.now).unwrap(), "nothing changed");
    }
    // From Monday 2 to Friday 13 March: seven days, and the Sunday of the week before is among them.
    assert_eq!(kept(&trial.vault).len(), 7);
    assert_eq!(crate::profile::backups::newest_first(&second).len(), 7);
    assert_eq!(made.iter().map(|made| made.removed).sum::<usize>(), 5);
    // Nothing changed: the one of yesterday serves, in both places, also where one is gone.
    let again = create(&trial.vault, &Arc::default(), trial.now).unwrap();
    assert!(again.skipped && again.file == made[11].file && again.second == made[11].second, "{again:?}");
    fs::remove_file(made[11].second.as_ref().unwrap()).unwrap();
    assert!(Path::new(&create(&trial.vault, &Arc::default(), trial.now).unwrap().second.unwrap()).exists());
    // One that is no longer whole does not serve.
    fs::write(&again.file, fs::read(&again.file).unwrap().split_last().unwrap().1).unwrap();
    assert!(!create(&trial.vault, &Arc::default(), trial.now).unwrap().skipped);
    // A second folder that is not there is told, and harms nothing.
    fs::remove_dir_all(&second).unwrap();
    fs::write(&second, b"no folder").unwrap();
    trial.person("Zoe");
    let alone = create(&trial.vault, &Arc::default(), trial.now).unwrap();
    assert_eq!((alone.second, alone.second_problem.as_deref()), (None, Some("unwritable")));
    // Another vault's backups and what is named otherwise are nobody's to take away.
    let other = a_vault();
    let theirs = trial.vault.profile().backups().join("akkoord-2020-01-01.zip");
    create_at(&other.vault, &theirs, false, other.now).unwrap();
    trial.later(1);
    trial.person("Ali");
    create(&trial.vault, &Arc::default(), trial.now).unwrap();
    assert!(theirs.exists() && kept(&trial.vault).iter().all(|kept| kept.file != theirs.display().to_string()));
}

#[test]
fn a_backup_names_nobody_outside_its_encrypted_copy() {
    let trial = a_vault();
    let path = backup(&trial);
    let bytes = fs::read(&path).unwrap();
    for word in ["example.be", "Garage", "drie koeien"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    let manifest = crate::profile::backups::entry(&path, MANIFEST, 1 << 20).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["vault"], trial.vault.id().to_string());
}

#[test]
fn how_things_stand_is_known_also_after_an_attempt_that_failed() {
    let mut trial = a_vault();
    let stands = |trial: &Trial| standing(&trial.vault, trial.now).unwrap();
    assert!(matches!(stands(&trial), Standing { last: None, changed: true, old: false, failed: None, .. }));
    trial.later(OLD_DAYS + 1);
    assert!(stands(&trial).old);
    // A folder that is none keeps a backup from being made: that is remembered from the first time on.
    let blocked = trial.vault.profile().backups().join("making.lock");
    fs::create_dir_all(&blocked).unwrap();
    create(&trial.vault, &Arc::default(), trial.now).unwrap_err();
    let first = stands(&trial).failed.unwrap();
    assert_eq!(first.code, "unwritable");
    trial.later(1);
    create(&trial.vault, &Arc::default(), trial.now).unwrap_err();
    assert_eq!(stands(&trial).failed, Some(first));
    fs::remove_dir_all(&blocked).unwrap();
    // Whoever stops it says nothing about it.
    let stopped = Arc::<Progress>::default();
    stopped.cancel.store(true, Ordering::Relaxed);
    assert_eq!(create(&trial.vault, &stopped, trial.now).unwrap_err().code, Code::Cancelled);
    assert!(stands(&trial).failed.is_some() && kept(&trial.vault).is_empty());
    let made = create(&trial.vault, &Arc::default(), trial.now).unwrap();
    let expected = Standing { last: Some(made.made), ..Standing::default() };
    assert_eq!(stands(&trial), expected);
    let usb = trial.dir().join("usb");
    crate::settings::backup_folder_set(&mut trial.vault, Some(&usb)).unwrap();
    fs::remove_dir(&usb).unwrap();
    fs::write(&usb, b"no folder").unwrap();
    create(&trial.vault, &Arc::default(), trial.now).unwrap();
    let second = stands(&trial);
    assert_eq!((second.failed, second.second_failed.unwrap().code.as_str()), (None, "unwritable"));
    assert_eq!(second.second.as_deref(), usb.to_str());
}

#[test]
fn a_backup_takes_the_place_of_a_vault_which_stays_aside_for_a_while() {
    let mut trial = a_vault();
    let usual = trial.vault.profile().clone();
    create(&trial.vault, &Arc::default(), trial.now).unwrap();
    trial.vault.keep_settings(|kept| kept.lock_after_minutes = 3).unwrap();
    trial.person("Bo");
    let found = found(&usual);
    assert_eq!(found.len(), 1);
    let path = find(&usual, found[0].place, &found[0].name).unwrap();
    assert_eq!(find(&usual, Place::Own, "../vault.db").unwrap_err().code, Code::NotFound);
    assert_eq!(find(&usual, Place::Second, &found[0].name).unwrap_err().code, Code::NotFound);
    assert_eq!(seen(&path).unwrap().made, found[0].made);
    let (backup, key) = (Backup::open(&path).unwrap(), trial.vault.key.again());
    let journals = journal::journals_of(&path, &usual);
    // Open, it stays.
    let busy = replace(&backup, key.again(), &usual, &journals, desk(), trial.now).unwrap_err();
    assert_eq!(busy.code, Code::VaultInUse);
    let (now, dir) = (trial.now, trial.dir().to_owned());
    let before = fs::read(usual.vault()).unwrap();
    let open = std::mem::replace(&mut trial.vault, crate::trial::vault_in(&dir.join("other"), now));
    drop(open);
    let slots = Slots::load(&usual).unwrap().slots;
    let wrong = DataKey::passing().unwrap();
    assert!(replace(&backup, wrong, &usual, &journals, desk(), now).is_err());
    assert_eq!(fs::read(usual.vault()).unwrap().len(), before.len());
    let restored = replace(&backup, key, &usual, &journals, desk(), now).unwrap();
    assert_eq!((restored.contacts, restored.profile.as_str()), (1, usual.dir().to_str().unwrap()));
    let aside = usual.dir().join("aside-2026-03-02");
    assert!(aside.join("vault.db").exists() && aside.join("settings.toml").exists());
    let opener = super::super::Opener::Passphrase(Passphrase::new("drie koeien in de wei".to_owned()));
    let vault = Vault::open(&usual, &opener, super::super::Access::Write, desk(), None, now).unwrap();
    assert!(vault.doubt().is_none() && vault.settings().lock_after_minutes == 3);
    assert_eq!(Slots::load(&usual).unwrap().slots.kinds(), slots.kinds());
    // What was set aside goes with the first backup after four weeks.
    create(&vault, &Arc::default(), now + chrono::Days::new(ASIDE_DAYS)).unwrap();
    assert!(aside.exists());
    create(&vault, &Arc::default(), now + chrono::Days::new(ASIDE_DAYS + 1)).unwrap();
    assert!(!aside.exists());
}

/// Also of an erasure that comes after it.
#[test]
fn a_backup_made_elsewhere_has_the_journal_beside_it() {
    let mut trial = a_vault();
    let reason = || crate::erasure::Ground::Reason("verhuisd".to_owned());
    trial.person("Bo");
    crate::erasure::erase(&mut trial.vault, "bo@example.be", &reason(), None, trial.now).unwrap();
    let log = trial.dir().join(journal::NAME);
    let path = backup(&trial);
    assert_eq!(fs::read_to_string(&log).unwrap().lines().count(), 1);
    crate::erasure::erase(&mut trial.vault, "an@example.be", &reason(), None, trial.now).unwrap();
    assert_eq!(fs::read_to_string(&log).unwrap().lines().count(), 2);
    let to = Profile::at(trial.dir().join("restored"));
    let lost = Profile::at(trial.dir().join("lost"));
    let journals = journal::journals_of(&path, &lost);
    let backup = Backup::open(&path).unwrap();
    let restored = restore(&backup, trial.vault.key.again(), &to, &journals, desk(), trial.now).unwrap();
    assert_eq!((restored.contacts, restored.replayed.contacts), (0, 1));
}
