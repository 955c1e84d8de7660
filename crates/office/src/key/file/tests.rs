use std::fs;

use chrono::DateTime;

use super::*;
use crate::key::passphrase::Cost;
use crate::key::{DataKey, Passphrase};

const OLD: &str = "een lange zin";
const NEW: &str = "een andere zin";

fn vault() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)
}

fn typed(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn key() -> DataKey {
    DataKey::from_bytes(&[9; 32])
}

fn with_passphrase(vault: Uuid, passphrase: &str) -> Slots {
    let mut slots = Slots::new(vault);
    let now = DateTime::parse_from_rfc3339("2026-03-29T10:00:00+02:00").unwrap();
    slots.put_passphrase(&key(), &typed(passphrase), now, Cost::CHEAP).unwrap();
    slots
}

fn opens(slots: &Slots, passphrase: &str) -> bool {
    slots.open_with_passphrase(&typed(passphrase)).is_ok_and(|opened| opened.bytes() == key().bytes())
}

/// A profile with a vault and slots under the old passphrase. `named` says whether the settings know the vault.
fn profile(named: bool) -> (tempfile::TempDir, Profile) {
    let dir = tempfile::tempdir().unwrap();
    let profile = Profile::create(dir.path()).unwrap();
    fs::write(profile.vault(), b"some bytes").unwrap();
    if named {
        Settings { vault: Some(vault()), ..Settings::default() }.save(&profile).unwrap();
    }
    with_passphrase(vault(), OLD).save(&profile).unwrap();
    (dir, profile)
}

fn origin(profile: &Profile) -> Result<(Origin, Vec<(Origin, Fault)>), Code> {
    let loaded = Slots::load(profile).map_err(|problem| problem.code)?;
    assert!(opens(&loaded.slots, OLD));
    Ok((loaded.from, loaded.faults))
}

#[test]
fn file_looks_like_this() {
    let text = String::from_utf8(with_passphrase(vault(), OLD).to_bytes().unwrap()).unwrap();
    let digits: String = text.chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect();
    let masked = digits.lines().filter(|line| line.len() < 60).collect::<Vec<_>>().join("\n");
    assert!(
        text.starts_with("{\n  \"format\": 1,\n  \"vault\": \"01900000-0000-7000-8000-000000000001\",\n  \"slots\": [")
    );
    assert!(masked.lines().count() > 8, "{masked}");
    assert_eq!(
        Slots::from_bytes(text.as_bytes(), Some(vault())).unwrap(),
        Slots::from_bytes(text.as_bytes(), None).unwrap()
    );
    // Another line end or layout is no damage.
    assert!(Slots::from_bytes(text.replace('\n', "\r\n").as_bytes(), None).is_ok());
    assert!(Slots::from_bytes(text.replace("  ", "").as_bytes(), None).is_ok());
}

#[test]
fn twin_serves_when_the_file_does_not() {
    let (_dir, profile) = profile(true);
    assert_eq!(origin(&profile), Ok((Origin::File, vec![])));
    let other = with_passphrase(Uuid::from_u128(2), OLD).to_bytes().unwrap();
    let good = fs::read(profile.slots()).unwrap();
    for (bytes, fault) in [
        (None, Fault::Missing),
        (Some(b"".as_slice()), Fault::Empty),
        (Some(&[0; 4096]), Fault::Empty),
        (Some(&good[..good.len() / 2]), Fault::Damaged),
        (Some(b"\xff\xfe not json"), Fault::Damaged),
        (Some(b"[]"), Fault::Damaged),
        (Some(b"{}"), Fault::Damaged),
        (Some(&other), Fault::OtherVault),
    ] {
        match bytes {
            Some(bytes) => fs::write(profile.slots(), bytes).unwrap(),
            None => fs::remove_file(profile.slots()).unwrap(),
        }
        assert_eq!(origin(&profile), Ok((Origin::Twin, vec![(Origin::File, fault)])));
    }
}

#[test]
fn a_check_up_sees_the_twin_too() {
    let (_dir, profile) = profile(true);
    assert_eq!(Slots::faults(&profile), []);
    fs::write(profile.slots_twin(), b"{").unwrap();
    assert_eq!(Slots::faults(&profile), [(Origin::Twin, Fault::Damaged)]);
    assert_eq!(origin(&profile), Ok((Origin::File, vec![])));
    fs::remove_file(profile.slots()).unwrap();
    assert_eq!(Slots::faults(&profile), [(Origin::File, Fault::Missing), (Origin::Twin, Fault::Damaged)]);
}

#[test]
fn copies_serve_last() {
    let (_dir, profile) = profile(true);
    let good = fs::read(profile.slots()).unwrap();
    fs::remove_file(profile.slots()).unwrap();
    fs::write(profile.slots_twin(), b"").unwrap();
    let mut copies = [("b1", b"junk".to_vec()), ("b2", good), ("b3", vec![])]
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes));
    let loaded = Slots::load_with(&profile, &mut copies).unwrap();
    assert_eq!(loaded.from, Origin::Copy("b2".to_owned()));
    assert_eq!(
        loaded.faults.iter().map(|(_, fault)| *fault).collect::<Vec<_>>(),
        [Fault::Missing, Fault::Empty, Fault::Damaged]
    );
    assert_eq!(copies.count(), 1, "no copy is asked for without need");
    loaded.slots.save(&profile).unwrap();
    assert_eq!(origin(&profile), Ok((Origin::File, vec![])));
    assert_eq!(fs::read(profile.slots()).unwrap(), fs::read(profile.slots_twin()).unwrap());
}

#[test]
fn nothing_that_serves() {
    let (_dir, profile) = profile(true);
    let code = |file: &[u8], twin: &[u8]| {
        fs::write(profile.slots(), file).unwrap();
        fs::write(profile.slots_twin(), twin).unwrap();
        let problem = Slots::load(&profile).map(drop).unwrap_err();
        (problem.code, problem.facts["file"].clone(), problem.facts["twin"].clone())
    };
    let other = with_passphrase(Uuid::from_u128(2), OLD).to_bytes().unwrap();
    assert_eq!(code(b"", b"x"), (Code::SlotsLost, "empty".into(), "damaged".into()));
    assert_eq!(code(&other, b""), (Code::VaultMismatch, "other_vault".into(), "empty".into()));
    fs::remove_file(profile.slots()).unwrap();
    fs::remove_file(profile.slots_twin()).unwrap();
    assert_eq!(origin(&profile).unwrap_err(), Code::SlotsLost);
    assert_eq!(profile.vacant().unwrap_err().code, Code::VaultExists);
    fs::remove_file(profile.vault()).unwrap();
    assert_eq!(origin(&profile).unwrap_err(), Code::NoVault);
}

#[test]
fn a_newer_file_is_refused_and_kept() {
    let (_dir, profile) = profile(true);
    let mut object = Map::new();
    object.insert("format".to_owned(), 2.into());
    object.insert("unheard_of".to_owned(), Value::Null);
    let sum = sum(&object);
    object.insert("sum".to_owned(), sum.into());
    let bytes = serde_json::to_vec(&object).unwrap();
    fs::write(profile.slots(), &bytes).unwrap();
    let problem = Slots::load(&profile).unwrap_err();
    assert_eq!(
        (problem.code, &problem.facts["found"], &problem.facts["known"]),
        (Code::VaultNewer, &2.into(), &1.into())
    );
    assert_eq!(with_passphrase(vault(), NEW).save(&profile).unwrap_err().code, Code::VaultNewer);
    assert_eq!(fs::read(profile.slots()).unwrap(), bytes);
}

/// Truncated anywhere: the twin serves, or without it the slots are lost. Never a panic, never other slots.
#[test]
fn truncated_at_every_byte() {
    let (_dir, profile) = profile(true);
    let whole = with_passphrase(vault(), OLD).to_bytes().unwrap();
    for length in 0..whole.len() - 1 {
        let result = Slots::from_bytes(&whole[..length], None);
        assert!(matches!(result, Err(Fault::Empty | Fault::Damaged)), "{length}");
    }
    fs::write(profile.slots(), &whole[..whole.len() / 3]).unwrap();
    assert_eq!(origin(&profile), Ok((Origin::Twin, vec![(Origin::File, Fault::Damaged)])));
}

/// Any bit of any byte flipped: refused, or so little changed that the right key comes out.
#[test]
fn flipped_at_every_bit() {
    let whole = with_passphrase(vault(), OLD).to_bytes().unwrap();
    let mut served = 0;
    for (at, bit) in (0..whole.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        if let Ok(slots) = Slots::from_bytes(&flipped, Some(vault())) {
            assert!(opens(&slots, OLD), "byte {at}, bit {bit}");
            served += 1;
        }
    }
    // White space for white space.
    assert!(served * 100 < whole.len() * 8, "{served}");
}

/// The same where somebody put the sum right: the wrapping itself gives nothing away and no other key.
#[test]
fn altered_by_somebody_who_knows_the_sum() {
    let whole = with_passphrase(vault(), OLD).to_bytes().unwrap();
    let text = String::from_utf8(whole).unwrap();
    let end = text.find("\"sum\"").unwrap();
    for (at, new) in (0..end).flat_map(|at| b"09af17,\"{".iter().map(move |new| (at, *new))) {
        let mut bytes = text.clone().into_bytes();
        let changed = std::mem::replace(&mut bytes[at], new) != new;
        let Ok(mut object) = serde_json::from_slice::<Map<String, Value>>(&bytes) else { continue };
        object.shift_remove("sum");
        let sum = sum(&object);
        object.insert("sum".to_owned(), sum.into());
        // The parameters may now ask for any amount of work: only those that stay cheap are run.
        let object = Value::Object(object);
        let cheap = object.pointer("/slots/0/argon2id/memory_kib").and_then(Value::as_u64).is_some_and(|kib| kib < 100);
        let bytes = serde_json::to_vec(&object).unwrap();
        if let Some(slots) = Slots::from_bytes(&bytes, None).ok().filter(|_| cheap && changed) {
            match slots.open_with_passphrase(&typed(OLD)) {
                Ok(opened) => assert_eq!(opened.bytes(), key().bytes(), "byte {at}"),
                Err(problem) => assert!(matches!(problem.code, Code::WrongPassphrase | Code::SlotsLost), "{problem:?}"),
            }
        }
    }
}

#[test]
fn hostile_parameters_are_refused() {
    let text = String::from_utf8(with_passphrase(vault(), OLD).to_bytes().unwrap()).unwrap();
    let parse = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let mut object: Map<String, Value> = serde_json::from_str(&text.replacen(from, to, 1)).unwrap();
        object.shift_remove("sum");
        let sum = sum(&object);
        object.insert("sum".to_owned(), sum.into());
        Slots::from_bytes(&serde_json::to_vec(&object).unwrap(), None)
    };
    assert!(parse("\"memory_kib\": 8", "\"memory_kib\": 16").is_ok());
    for (from, to) in [
        ("\"memory_kib\": 8", "\"memory_kib\": 4294967295"),
        ("\"memory_kib\": 8", "\"memory_kib\": 1048577"),
        ("\"memory_kib\": 8", "\"memory_kib\": 0"),
        ("\"memory_kib\": 8", "\"memory_kib\": -1"),
        ("\"memory_kib\": 8", "\"memory_kib\": 1e99"),
        ("\"passes\": 1", "\"passes\": 17"),
        ("\"passes\": 1", "\"passes\": 0"),
        ("\"lanes\": 1", "\"lanes\": 0"),
        ("\"lanes\": 1", "\"lanes\": 16777216"),
        ("\"passphrase\"", "\"recovery\""),
        ("\"passphrase\"", "\"retina\""),
        ("\"format\": 1", "\"format\": 0"),
        ("\"format\": 1", "\"format\": \"1\""),
        ("\"salt\": \"", "\"salt\": \"00"),
        ("2026-03-29", "2026-13-29"),
    ] {
        assert_eq!(parse(from, to).unwrap_err(), Fault::Damaged, "{to}");
    }
    let slot = text.split_once("\"slots\": [").unwrap().1.split_once("],\n  \"sum\"").unwrap().0;
    assert_eq!(parse(slot, &format!("{slot},{slot}")).unwrap_err(), Fault::Damaged, "two of a kind");
    assert_eq!(parse(slot, "").unwrap_err(), Fault::Damaged, "no slot at all");
    assert_eq!(Slots::from_bytes("[".repeat(1 << 19).as_bytes(), None).unwrap_err(), Fault::Damaged);
}

/// A passphrase change that is cut off between any two writes, or at any byte of one, leaves slots that open the vault.
#[test]
fn killed_while_the_passphrase_changes() {
    let dir = tempfile::tempdir().unwrap();
    let start = Profile::create(dir.path().join("start")).unwrap();
    Settings { vault: Some(vault()), ..Settings::default() }.save(&start).unwrap();
    with_passphrase(vault(), OLD).save(&start).unwrap();
    let writes = with_passphrase(vault(), NEW).writes(&start).unwrap().len();
    for done in 0..=writes {
        for part in [0, 1, 200, usize::MAX] {
            let profile = Profile::create(dir.path().join(format!("{done}-{part}"))).unwrap();
            for name in ["keyslots.json", "keyslots.bak", "settings.toml"] {
                fs::copy(start.dir().join(name), profile.dir().join(name)).unwrap();
            }
            let plan = with_passphrase(vault(), NEW).writes(&profile).unwrap();
            plan.iter().take(done).for_each(|(path, bytes)| atomic::replace(path, bytes).unwrap());
            if let Some((path, bytes)) = plan.get(done) {
                fs::write(atomic::beside(path), &bytes[..part.min(bytes.len())]).unwrap();
            }
            let loaded = Slots::load(&profile).unwrap();
            assert_eq!(loaded.from, Origin::File);
            assert!(opens(&loaded.slots, if done < 2 { OLD } else { NEW }), "{done} writes done");
            // And the next try goes through.
            with_passphrase(vault(), NEW).save(&profile).unwrap();
            let twin = fs::read(profile.slots_twin()).unwrap();
            assert!(
                opens(&Slots::from_bytes(&twin, None).unwrap(), NEW),
                "the old passphrase does not live on in the twin"
            );
        }
    }
}

#[test]
fn save_never_buries_what_is_still_of_use() {
    // A damaged file does not become the twin.
    let (_dir, damaged) = profile(true);
    fs::write(damaged.slots(), b"{ damaged").unwrap();
    let plan = with_passphrase(vault(), NEW).writes(&damaged).unwrap();
    assert_eq!(
        plan.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(),
        [damaged.slots_aside(), damaged.slots(), damaged.slots_twin()]
    );
    with_passphrase(vault(), NEW).save(&damaged).unwrap();
    assert_eq!(fs::read(damaged.slots_aside()).unwrap(), b"{ damaged");

    // Another vault's slots are set aside where the settings say that they are strangers here, and refused where nobody knows.
    let other = with_passphrase(Uuid::from_u128(2), OLD);
    let (_dir, named) = profile(true);
    fs::write(named.slots(), other.to_bytes().unwrap()).unwrap();
    with_passphrase(vault(), NEW).save(&named).unwrap();
    assert_eq!(fs::read(named.slots_aside()).unwrap(), other.to_bytes().unwrap());
    assert_eq!(other.save(&named).unwrap_err().code, Code::VaultMismatch);
    let (_dir, unnamed) = profile(false);
    assert_eq!(other.save(&unnamed).unwrap_err().code, Code::VaultMismatch);
    assert_eq!(origin(&unnamed), Ok((Origin::File, vec![])));
}

#[test]
fn a_save_that_fails_changes_nothing() {
    let (_dir, profile) = profile(true);
    fs::create_dir(atomic::beside(&profile.slots())).unwrap();
    assert_eq!(with_passphrase(vault(), NEW).save(&profile).unwrap_err().code, Code::Unwritable);
    assert_eq!(origin(&profile), Ok((Origin::File, vec![])));
}

proptest::proptest! {
    #[test]
    fn whatever_is_in_the_file(bytes: Vec<u8>) {
        proptest::prop_assert!(Slots::from_bytes(&bytes, None).is_err());
    }
}
