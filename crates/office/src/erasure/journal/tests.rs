use akkoord_rules::consent::How;
use akkoord_rules::request::{Kind, State};

use super::*;
use crate::erasure::{self, Ground, NewHold, allow, erase};
use crate::intake::draft::Draft;
use crate::key::Passphrase;
use crate::people;
use crate::profile::Profile;
use crate::requests::{self, Asker, NewRequest};
use crate::trial::Trial;
use crate::vault::{Access, Actor, Desk, Opener};

fn reason() -> Ground {
    Ground::Reason("verhuisd".to_owned())
}

/// The vault as it is now, in a folder of its own, as a backup that is put back would be.
fn put_back(trial: &Trial, name: &str) -> Vault {
    trial.vault.cut_log();
    let to = trial.dir().join(name);
    let profile = Profile::create(&to).unwrap();
    for file in ["vault.db", "keyslots.json", "keyslots.bak", "settings.toml"] {
        std::fs::copy(trial.vault.profile().dir().join(file), profile.dir().join(file)).unwrap();
    }
    let opener = Opener::Passphrase(Passphrase::new("drie koeien in de wei".to_owned()));
    let desk = Desk { actor: Actor::Cli, by: "An".to_owned() };
    Vault::open(&profile, &opener, Access::Write, desk, None, trial.now).unwrap()
}

fn there(vault: &Vault, email: &str) -> bool {
    !people::matching(vault.rows(), email).unwrap().is_empty()
}

fn fault(vault: &Vault) -> Option<&'static str> {
    vault.verify(None).unwrap().first_fault.map(|fault| fault.code)
}

#[test]
fn whoever_was_erased_since_a_backup_goes_again_when_it_is_put_back() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let (an, bo, cas) = (trial.person("An"), trial.person("Bo"), trial.person("Cas"));
    trial.yes(&an, "news");
    let mut older = put_back(&trial, "older");
    people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap();
    trial.person("Dirk");
    for whom in ["an@example.be", "dirk@example.be", "cas@example.be"] {
        erase(&mut trial.vault, whom, &reason(), None, trial.now).unwrap();
    }
    allow(&mut trial.vault, Some("cas@example.be"), None, "kwam terug", trial.now).unwrap();
    let journals = journals(&trial.vault);
    let replayed = replay(&mut older, &journals, trial.now).unwrap();
    let expected = Replayed { erasures: 3, contacts: 3, unblocked: 1, known: 0, faults: Vec::new() };
    assert_eq!(replayed, expected);
    for gone in ["an@example.be", "bo@example.be", "cas@example.be"] {
        assert!(!there(&older, gone), "{gone}");
    }
    let blocked = |vault: &Vault, email: &str| !erasure::look_up(vault, Some(email), None).unwrap().is_empty();
    assert!(["an", "bo", "dirk"].iter().all(|name| blocked(&older, &format!("{name}@example.be"))));
    assert!(!blocked(&older, "cas@example.be"), "whoever came back may come in");
    assert_eq!(fault(&older), None);
    let again = replay(&mut older, &journals, trial.now).unwrap();
    assert_eq!(again, Replayed { known: 4, ..Replayed::default() });
    // Its own journal names all of them from now on, also who was not there.
    let lines = |vault: &Vault| std::fs::read_to_string(&self::journals(vault)[0]).unwrap();
    assert_eq!(lines(&older).lines().count(), 4);
    let [one, other] = [&trial.vault, &older].map(|vault| self::lines(vault).unwrap());
    let named = |all: &[Line]| all.iter().map(|line| line.what.clone()).collect::<Vec<_>>();
    assert_eq!(named(&one), named(&other));
    assert!(cas.parse::<Uuid>().is_ok());
}

#[test]
fn merges_that_were_taken_back_since_take_nobody_else_along() {
    let mut trial = Trial::new();
    let (an, bo, cas) = (trial.person("An"), trial.person("Bo"), trial.person("Cas"));
    let one = people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap().output;
    let two = people::merge(&mut trial.vault, &cas, &an, trial.now).unwrap().output;
    let mut older = put_back(&trial, "older");
    people::unmerge(&mut trial.vault, two, trial.now).unwrap();
    people::unmerge(&mut trial.vault, one, trial.now).unwrap();
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    replay(&mut older, &journals(&trial.vault), trial.now).unwrap();
    assert!(!there(&older, "an@example.be") && there(&older, "bo@example.be") && there(&older, "cas@example.be"));
    assert_eq!(fault(&older), None);
}

#[test]
fn an_order_that_waited_in_the_backup_is_carried_out() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let hold = NewHold { until: "2026-03-05".parse().unwrap(), reason: "facturen".to_owned() };
    let locked = erase(&mut trial.vault, &an, &reason(), Some(&hold), trial.now).unwrap().output;
    let mut older = put_back(&trial, "older");
    trial.later(7);
    erasure::run(&mut trial.vault, None, trial.now).unwrap();
    assert_eq!(replay(&mut older, &journals(&trial.vault), trial.now).unwrap().erasures, 1);
    let certificates = erasure::certificates(&older).unwrap();
    assert_eq!((certificates[0].id, certificates[0].replayed), (locked.erasure, true));
    assert_eq!(certificates[0].on, trial.vault.business().today(trial.now));
    assert_eq!(fault(&older), None);
}

#[test]
fn a_line_that_was_changed_is_told_and_not_applied() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    let mut older = put_back(&trial, "older");
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let path = journals(&trial.vault).remove(0);
    let good = std::fs::read_to_string(&path).unwrap();
    let forged = trial.dir().join("forged.log");
    let other = good.replace(&an, &bo);
    let foreign = good.replace(&trial.vault.id().to_string(), &Uuid::nil().to_string());
    std::fs::write(&forged, format!("{other}{foreign}nonsense\n{}", good.chars().take(40).collect::<String>()))
        .unwrap();
    let missing = trial.dir().join("none.log");
    let replayed = replay(&mut older, &[forged.clone(), missing], trial.now).unwrap();
    let faults: Vec<usize> = replayed.faults.iter().map(|fault| fault.line).collect();
    assert_eq!((replayed.erasures, faults), (0, vec![1, 3, 4]));
    assert!(there(&older, "an@example.be") && there(&older, "bo@example.be"));
    for at in 0..good.len() - 1 {
        let mut bytes = good.clone().into_bytes();
        bytes[at] ^= 1;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let key = older.subkey(LABEL);
        assert!(text.lines().all(|line| open(line, &key).is_none()), "byte {at}");
    }
}

#[test]
fn a_line_that_a_kill_cut_off_is_written_anew() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let path = journals(&trial.vault).remove(0);
    let good = std::fs::read_to_string(&path).unwrap();
    for cut in [0, 10, good.len() - 1, good.len()] {
        std::fs::write(&path, good.chars().take(cut).collect::<String>()).unwrap();
        mend(&trial.vault).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), good, "cut at {cut}");
    }
    std::fs::remove_file(&path).unwrap();
    mend(&trial.vault).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), good);
}

#[test]
fn a_journal_that_cannot_be_read_keeps_no_line_from_the_others() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let mut older = put_back(&trial, "older");
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let own = journals(&trial.vault).remove(0);
    let good = std::fs::read_to_string(&own).unwrap();
    let second = trial.dir().join("usb");
    // A folder in the place of the file.
    std::fs::create_dir_all(second.join(NAME)).unwrap();
    crate::settings::backup_folder_set(&mut trial.vault, Some(&second)).unwrap();
    std::fs::remove_file(&own).unwrap();
    assert!(catch_up(&mut trial.vault, trial.now).is_err());
    assert_eq!(std::fs::read_to_string(&own).unwrap(), good);
    // Nor does it keep anybody in whom another names.
    crate::settings::backup_folder_set(&mut older, Some(&second)).unwrap();
    let journal = journals(&older).remove(0);
    std::fs::create_dir_all(journal.parent().unwrap()).unwrap();
    std::fs::copy(&own, &journal).unwrap();
    assert!(catch_up(&mut older, trial.now).is_err());
    assert!(!there(&older, "an@example.be"));
}

#[test]
fn whoever_came_in_again_under_another_id_does_not_come_back_with_an_older_state() {
    let mut trial = Trial::new();
    let first = trial.person("An");
    let bo = trial.person("Bo");
    let mut older = put_back(&trial, "older");
    // The first is forgotten, and the same person comes in once more.
    erase(&mut trial.vault, &first, &reason(), None, trial.now).unwrap();
    allow(&mut trial.vault, Some("an@example.be"), None, "kwam terug", trial.now).unwrap();
    let second = trial.person("An");
    erase(&mut trial.vault, &second, &reason(), None, trial.now).unwrap();
    let kept = std::fs::read_to_string(&journals(&trial.vault)[0]).unwrap();
    let last = trial.dir().join("last.log");
    std::fs::write(&last, format!("{}\n", kept.lines().last().unwrap())).unwrap();
    assert_eq!(replay(&mut older, &[last], trial.now).unwrap().contacts, 1);
    assert!(!there(&older, "an@example.be") && there(&older, "bo@example.be"), "{bo}");
    assert_eq!(fault(&older), None);
}

#[test]
fn whoever_shared_an_address_and_gave_it_up_stays_without_it() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let shared = |given: &str| Draft {
        given: given.to_owned(),
        emails: vec![people::parse_email("an@example.be").unwrap()],
        ..Draft::default()
    };
    let bo = trial.add(&shared("Bo"));
    // The same person once more, and an address without a name.
    let twice = [trial.add(&shared("AN")), trial.add(&shared(""))];
    people::restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let mut older = put_back(&trial, "older");
    people::unrestrict(&mut trial.vault, &bo, "nagekeken", trial.now.date_naive(), trial.now).unwrap();
    for one in [&bo, &twice[0], &twice[1]] {
        let value = "other@example.be".to_owned();
        let own = [people::Change { field: "email".to_owned(), how: people::How::Set, value }];
        people::set(&mut trial.vault, one, &own, trial.now).unwrap();
    }
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let replayed = replay(&mut older, &journals(&trial.vault), trial.now).unwrap();
    assert_eq!((replayed.erasures, replayed.contacts), (1, 3));
    assert!(!there(&older, "an@example.be") && there(&older, &bo));
    assert!(!erasure::look_up(&older, Some("an@example.be"), None).unwrap().is_empty(), "it stays barred");
    assert_eq!(fault(&older), None);
}

#[test]
fn what_somebody_unknown_said_who_asked_to_be_erased_does_not_come_back() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let new = NewRequest {
        asker: Asker::Unknown("Mevrouw Zwaluw".to_owned()),
        kind: Kind::Erasure,
        received: "2026-03-02".to_owned(),
        how: How::Phone,
        words: "zwaluw hier".to_owned(),
        attach: Vec::new(),
    };
    let request = requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request;
    let mut older = put_back(&trial, "older");
    erase(&mut trial.vault, &an, &Ground::Request(request), None, trial.now).unwrap();
    replay(&mut older, &journals(&trial.vault), trial.now).unwrap();
    let shown = requests::show(&older, request, trial.now).unwrap();
    assert_eq!((shown.listed.state, shown.listed.name.as_str(), shown.words.as_str()), (State::Answered, "", ""));
    assert_eq!(fault(&older), None);
}

#[test]
fn what_a_journal_says_later_came_later_whatever_the_clock_said() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let mut older = put_back(&trial, "older");
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let before = trial.now - chrono::Days::new(30);
    allow(&mut trial.vault, Some("an@example.be"), None, "kwam terug", before).unwrap();
    replay(&mut older, &journals(&trial.vault), trial.now).unwrap();
    assert!(erasure::look_up(&older, Some("an@example.be"), None).unwrap().is_empty(), "whoever came back may come in");
}

#[test]
fn lines_of_several_journals_keep_the_order_of_each() {
    let line = |n: u128| Line {
        vault: Uuid::nil(),
        at: 0,
        entry: 0,
        what: What::Unblocked { id: Uuid::from_u128(n) },
        blocked: Vec::new(),
    };
    let merged = |journals: &[&[u128]]| {
        let mut lines = Vec::new();
        journals.iter().for_each(|one| replay::merge(&mut lines, one.iter().map(|n| line(*n)).collect()));
        lines.iter().map(|line| line.what.id().as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(merged(&[&[1, 2, 3], &[1, 2, 3]]), [1, 2, 3]);
    assert_eq!(merged(&[&[1, 3], &[1, 2, 3]]), [1, 2, 3]);
    assert_eq!(merged(&[&[2, 3], &[1, 2, 4]]), [1, 2, 4, 3]);
    assert_eq!(merged(&[&[1], &[2, 3]]), [1, 2, 3]);
}

#[test]
fn a_vault_that_was_put_back_and_killed_before_it_caught_up_does_so_at_the_next_opening() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let older = put_back(&trial, "older");
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let journal = journals(&older).remove(0);
    std::fs::create_dir_all(journal.parent().unwrap()).unwrap();
    std::fs::copy(&journals(&trial.vault)[0], journal).unwrap();
    assert!(there(&older, "an@example.be"));
    let profile = older.profile().clone();
    drop(older);
    let opener = Opener::Passphrase(Passphrase::new("drie koeien in de wei".to_owned()));
    let desk = Desk { actor: Actor::Cli, by: "An".to_owned() };
    let opened = Vault::open(&profile, &opener, Access::Write, desk, None, trial.now).unwrap();
    assert!(!there(&opened, "an@example.be"));
    assert_eq!(fault(&opened), None);
}
