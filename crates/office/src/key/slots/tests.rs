use super::*;

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-29T10:00:00+02:00").unwrap()
}

fn vault() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)
}

fn typed(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

/// Slots of each kind that needs no keychain, with the cheapest passphrase there is.
fn filled(vault: Uuid, key: &DataKey) -> (Slots, RecoveryCode) {
    let mut slots = Slots::new(vault);
    slots.put_passphrase(key, &typed("een lange zin"), now(), Cost::CHEAP).unwrap();
    let code = slots.add_recovery(key, now()).unwrap();
    (slots, code)
}

#[test]
fn each_way_in_gives_the_key() {
    let key = DataKey::from_bytes(&[9; 32]);
    let mut slots = Slots::new(vault());
    slots.add_passphrase(&key, &typed("een lange zin"), now()).unwrap();
    let code = slots.add_recovery(&key, now()).unwrap();
    assert_eq!(slots.open_with_passphrase(&typed("een lange zin")).unwrap().bytes(), key.bytes());
    assert_eq!(slots.open_with_recovery(&code).unwrap().bytes(), key.bytes());
    assert_eq!(slots.kinds(), [SlotKind::Passphrase, SlotKind::Recovery]);
    assert_eq!(slots.created(SlotKind::Recovery), Some(now()));
    assert_eq!(slots.created(SlotKind::Keychain), None);
    let typed_in = RecoveryCode::parse(&code.grouped().to_lowercase()).unwrap();
    assert_eq!(slots.open_with_recovery(&typed_in).unwrap().bytes(), key.bytes());
}

#[test]
fn each_wrong_key_has_its_own_name() {
    let key = DataKey::from_bytes(&[9; 32]);
    let (slots, code) = filled(vault(), &key);
    assert_eq!(slots.open_with_passphrase(&typed("een lange zin ")).unwrap_err().code, Code::WrongPassphrase);
    assert_eq!(slots.open_with_passphrase(&typed("")).unwrap_err().code, Code::WrongPassphrase);
    let (_, others) = filled(Uuid::from_u128(2), &key);
    assert_eq!(slots.open_with_recovery(&others).unwrap_err().code, Code::RecoveryCodeOther);
    let problem = slots.open_with_keychain().unwrap_err();
    assert_eq!((problem.code, &problem.facts["slot"]), (Code::NoSuchSlot, &"keychain".into()));
    assert_eq!(Slots::new(vault()).open_with_recovery(&code).unwrap_err().code, Code::NoSuchSlot);
}

#[test]
fn a_replaced_way_in_is_shut() {
    let key = DataKey::from_bytes(&[9; 32]);
    let (mut slots, old) = filled(vault(), &key);
    let new = slots.add_recovery(&key, now()).unwrap();
    slots.put_passphrase(&key, &typed("een andere zin"), now(), Cost::CHEAP).unwrap();
    assert_eq!(slots.kinds().len(), 2);
    assert_eq!(slots.open_with_recovery(&old).unwrap_err().code, Code::RecoveryCodeOther);
    assert_eq!(slots.open_with_passphrase(&typed("een lange zin")).unwrap_err().code, Code::WrongPassphrase);
    assert!(slots.open_with_recovery(&new).is_ok() && slots.open_with_passphrase(&typed("een andere zin")).is_ok());
}

#[test]
fn short_passphrases_are_refused_for_new_slots() {
    let mut slots = Slots::new(vault());
    let problem =
        slots.add_passphrase(&DataKey::from_bytes(&[9; 32]), &typed("\u{e9}\u{e9}\u{e9}\u{e9}567"), now()).unwrap_err();
    assert_eq!((problem.code, &problem.facts["min"]), (Code::WeakPassphrase, &8.into()));
    assert!(slots.kinds().is_empty());
}

#[test]
fn the_last_slot_stays() {
    let (mut slots, _) = filled(vault(), &DataKey::from_bytes(&[9; 32]));
    assert!(!slots.remove(SlotKind::Keychain));
    assert!(slots.remove(SlotKind::Passphrase));
    assert!(!slots.remove(SlotKind::Passphrase) && !slots.remove(SlotKind::Recovery));
    assert_eq!(slots.kinds(), [SlotKind::Recovery]);
}

/// Whatever is exchanged between slots, vaults or parameters, nothing opens.
#[test]
fn nothing_can_be_swapped() {
    let key = DataKey::from_bytes(&[9; 32]);
    let (slots, code) = filled(vault(), &key);
    let elsewhere = Slots { vault: Uuid::from_u128(2), slots: slots.slots.clone() };
    assert_eq!(elsewhere.open_with_recovery(&code).unwrap_err().code, Code::SlotsLost);
    assert_eq!(elsewhere.open_with_passphrase(&typed("een lange zin")).unwrap_err().code, Code::SlotsLost);

    let altered = |alter: fn(&mut Slot)| {
        let mut slots = slots.clone();
        slots.slots.iter_mut().for_each(alter);
        let by_passphrase = slots.open_with_passphrase(&typed("een lange zin")).map(drop).unwrap_err().code;
        (by_passphrase, slots.open_with_recovery(&code).map(drop).unwrap_err().code)
    };
    let lost = (Code::SlotsLost, Code::SlotsLost);
    assert_eq!(altered(|slot| slot.wrapped.0[0] ^= 1), lost);
    assert_eq!(altered(|slot| slot.wrapped.0[47] ^= 0x80), lost);
    assert_eq!(altered(|slot| slot.nonce.0[23] ^= 1), lost);
    assert_eq!(altered(|slot| slot.salt.0[0] ^= 1), (Code::WrongPassphrase, Code::RecoveryCodeOther));
    assert_eq!(altered(|slot| slot.argon2id = Some(Cost::NEW)).0, Code::WrongPassphrase);

    let mut exchanged = slots.clone();
    let kinds: Vec<_> = exchanged.slots.iter().map(|slot| (slot.kind, slot.argon2id)).rev().collect();
    exchanged.slots.iter_mut().zip(kinds).for_each(|(slot, (kind, cost))| (slot.kind, slot.argon2id) = (kind, cost));
    assert_eq!(exchanged.open_with_recovery(&code).unwrap_err().code, Code::RecoveryCodeOther);
}

#[test]
fn debug_shows_no_slot() {
    let (slots, _) = filled(vault(), &DataKey::from_bytes(&[9; 32]));
    let shown = format!("{slots:?}");
    expect_test::expect!["Slots { vault: 01900000-0000-7000-8000-000000000001, kinds: [Passphrase, Recovery], .. }"]
        .assert_eq(&shown);
}
