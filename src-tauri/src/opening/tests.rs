use super::*;
use akkoord_office::people::{self, NewSource};
use akkoord_office::problem::Code;

const PASSPHRASE: &str = "drie koeien in de wei";

/// A desk over two folders, with a vault of its own open at it.
pub(crate) fn desk(dir: &tempfile::TempDir) -> (Desk, Kit) {
    let desk = Desk::new(Profile::at(dir.path().join("home")), Profile::at(dir.path().join("home-practice")));
    let new = NewVault {
        name: "Garage Claes".to_owned(),
        country: "BE".to_owned(),
        language: "nl".to_owned(),
        keychain: false,
        passphrase: Some(PASSPHRASE.to_owned()),
    };
    let kit = create(&desk, &mut desk.held(), new).unwrap();
    (desk, kit)
}

fn passphrase(typed: &str) -> Passphrase {
    Passphrase::new(typed.to_owned())
}

#[test]
fn a_code_is_asked_for_from_the_first_moment_until_it_is_typed_back() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, kit) = desk(&dir);
    let held = &mut desk.held();
    let made = akkoord_office::registers::audit(held.vault.as_ref().unwrap(), None, None).unwrap();
    assert_eq!(made.len(), 1, "no moment between the vault and that its code is asked for");
    assert!(!state::of(&desk, held).kit_confirmed);
    assert!(!confirm_kit(held, &kit.groups[0]).unwrap());
    assert!(confirm_kit(held, &format!(" {} ", kit.groups[kit.asked].to_lowercase())).unwrap());
    assert!(state::of(&desk, held).kit_confirmed);
    let fresh = new_kit(held).unwrap();
    assert!(fresh.groups != kit.groups && !state::of(&desk, held).kit_confirmed);
    assert!(recover(&desk, held, &kit.groups.concat(), None).is_err());
    recover(&desk, held, &fresh.groups.concat(), None).unwrap();
}

#[test]
fn a_code_that_opens_leaves_the_vault_locked_where_the_new_passphrase_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, kit) = desk(&dir);
    let held = &mut desk.held();
    let refused = recover(&desk, held, &kit.groups.concat(), Some(passphrase("kort"))).unwrap_err();
    assert_eq!(refused.code, Code::WeakPassphrase);
    assert!(held.vault.is_none(), "it stands open behind a page that says that it is locked");
}

#[test]
fn whoever_has_only_the_paper_goes_on_with_a_file_that_was_put_back() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, kit) = desk(&dir);
    let held = &mut desk.held();
    let file = dir.path().join("home/vault.db");
    let named = |held: &mut Held, name: &str| {
        let draft = people::typed([name, ""], &[""], &[""], held.vault.as_ref().unwrap().business()).unwrap();
        people::add(held.vault.as_mut().unwrap(), &draft, &[], &NewSource::default(), false, clock::now()).unwrap();
        held.vault = None;
    };
    named(held, "An");
    std::fs::copy(&file, dir.path().join("older.db")).unwrap();
    desk.unlock(held, &Opener::Passphrase(passphrase(PASSPHRASE))).unwrap();
    named(held, "Bo");
    std::fs::copy(dir.path().join("older.db"), &file).unwrap();
    let code = kit.groups.concat();
    let fresh = || Some(passphrase("vier paarden op de dijk"));
    assert_eq!(recover(&desk, held, &code, fresh()).unwrap_err().code, Code::VaultRolledBack);
    assert!(restored(&desk, held, Key::Passphrase("een andere wachtzin".to_owned()), None).is_err());
    restored(&desk, held, Key::Code(code), fresh()).unwrap();
    held.vault = None;
    desk.unlock(held, &Opener::Passphrase(fresh().unwrap())).unwrap();
}

#[test]
fn whoever_practises_already_goes_on_with_theirs_and_no_code_goes_along() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, kit) = desk(&dir);
    let held = &mut desk.held();
    let id = |held: &Held| held.vault.as_ref().unwrap().id();
    let own = id(held);
    desk.practise(held, "nl").unwrap();
    let practice = id(held);
    assert!(held.kit.is_none() && !confirm_kit(held, &kit.groups[kit.asked]).unwrap());
    desk.practise(held, "en").unwrap();
    assert_eq!((id(held), held.practice), (practice, true));
    new_kit(held).unwrap();
    desk.leave_practice(held);
    assert!(id(held) == own && held.kit.is_none() && !dir.path().join("home-practice").exists());
}
