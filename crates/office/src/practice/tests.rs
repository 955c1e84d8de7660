//! What somebody sees who only looks around.

use akkoord_rules::consent::Status;
use akkoord_rules::gate::Reason;
use akkoord_rules::request::Kind;
use uuid::Uuid;

use super::*;
use crate::consents::{dashboard, list};
use crate::erasure;
use crate::people::{self, Question};
use crate::registers;
use crate::requests;
use crate::vault::{Access, Actor, Opener};

fn desk() -> Desk {
    Desk { actor: Actor::Window, by: "An".to_owned() }
}

fn made(dir: &tempfile::TempDir, language: &str, now: &str) -> (Vault, DateTime<Utc>) {
    let now = now.parse().unwrap();
    (make(&Profile::at(dir.path().join("practice")), language, desk(), now).unwrap(), now)
}

fn everybody(vault: &Vault) -> Vec<people::Listed> {
    people::list(vault, &Question { limit: 1_000, ..Question::default() }).unwrap().contacts
}

#[test]
fn there_is_something_of_everything_and_it_verifies() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, now) = made(&dir, "nl", "2026-02-24T08:12:00Z");
    assert_eq!(vault.verify(None).unwrap().first_fault, None);
    let all = everybody(&vault);
    assert_eq!((all.len(), all.iter().filter(|contact| contact.restricted).count()), (60, 1));
    let today = vault.business().today(now);
    let counts = dashboard(&vault, today, now).unwrap();
    let titles: Vec<&str> = counts.iter().map(|purpose| purpose.title.as_str()).collect();
    assert_eq!(titles[..4], ["Nieuwsbrief", "Onderhoudsherinnering", "Tevredenheidsvraag", "Foto’s op de website"]);
    for status in Status::ALL {
        let people = list(&vault, "newsletter", *status, today, 1, now).unwrap();
        assert!(!people.contacts.is_empty(), "{status:?}");
    }
    let open = requests::list(&vault, requests::Filter::Open, None, now).unwrap().requests;
    let left: Vec<i64> = open.iter().map(|request| (request.due - today).num_days()).collect();
    assert_eq!(left, [-1, 2, 6, 20]);
    let closed = requests::list(&vault, requests::Filter::Closed, None, now).unwrap().requests;
    assert_eq!(closed.iter().filter(|request| request.kind == Kind::Erasure).count(), 1);
    assert_eq!(closed.len(), 2);
    one_was_erased_and_a_list_went_astray(&vault, now);
    let origins: Vec<String> =
        crate::intake::imports(&vault).unwrap().into_iter().map(|import| import.origin).collect();
    assert_eq!(origins, ["other", "self"]);
    let receives = crate::connections::list(&vault).unwrap();
    for (receiver, ago) in receives.iter().zip([7, 45]) {
        let last = receiver.last.as_ref().unwrap();
        assert!(last.at.starts_with(&(today - chrono::Days::new(ago)).to_string()) && last.people > 3, "{receiver:?}");
        let tally = crate::connections::preview(&vault, &receiver.key, now, |_, _| Ok(())).unwrap();
        assert!(tally.sent > 3 && tally.stays > 3, "{tally:?}");
    }
    let [post, book] = &receives[..] else { panic!("{receives:?}") };
    assert_eq!((post.title.as_str(), book.title.as_str()), ("Postduif", "Telefoonboek winkel"));
    let goes = |id: Uuid| crate::connections::shared_with(&vault, &id.to_string(), now).unwrap();
    let some =
        |what: fn(&crate::connections::SharedWith) -> bool| all.iter().any(|contact| goes(contact.id).iter().any(what));
    assert!(some(|one| one.reasons.is_empty() && one.there && one.goes.contains(&"email".to_owned())));
    assert!(some(|one| one.goes.is_empty() && one.reasons.contains(&Reason::NoSharingPermission)));
}

/// Nobody is told of by name who is gone; of the breach the authority knows, and the people have yet to.
fn one_was_erased_and_a_list_went_astray(vault: &Vault, now: DateTime<Utc>) {
    let certificates = erasure::certificates(vault).unwrap();
    assert_eq!((certificates.len(), certificates[0].ground.as_str(), certificates[0].blocked), (1, "request", 2));
    assert!(certificates[0].on < vault.business().today(now) - chrono::Days::new(40));
    assert_eq!(erasure::look_up(vault, Some("Lieve.Segers@example.be"), None).unwrap().len(), 1);
    let breaches = registers::breaches(vault, now).unwrap();
    let [breach] = &breaches[..] else { panic!("{breaches:?}") };
    assert_eq!(
        (breach.state, breach.affected.len(), breach.authority.told, breach.persons.told),
        ("open", 3, Some(true), None)
    );
    assert!(breach.persons.owed && (0..=72 * 60).contains(&breach.minutes_left), "{breach:?}");
    let letter = crate::papers::breach_letter(vault, breach.breach, now).unwrap();
    assert!(letter.contains(&breach.nature) && letter.contains(&breach.measures), "{letter}");
}

#[test]
fn it_is_believable_on_any_day_and_in_every_language() {
    let days = ["2026-03-02T23:30:00Z", "2026-12-27T00:10:00Z", "2027-04-01T12:00:00Z", "2028-02-29T06:00:00Z"];
    for (language, now) in ["nl", "fr", "de", "en"].into_iter().zip(days) {
        let dir = tempfile::tempdir().unwrap();
        let (vault, now) = made(&dir, language, now);
        assert_eq!(vault.verify(None).unwrap().first_fault, None, "{now}");
        let labels: Vec<String> = people::facets(&vault).unwrap().labels.into_iter().map(|facet| facet.label).collect();
        let customer =
            ["klant", "client", "Kunde", "customer"].into_iter().filter(|label| labels.contains(&(*label).to_owned()));
        assert_eq!(customer.count(), 1, "{language}: {labels:?}");
        let today = vault.business().today(now);
        let open = requests::list(&vault, requests::Filter::Open, None, now).unwrap().requests;
        let left: Vec<i64> = open.iter().map(|request| (request.due - today).num_days()).collect();
        let near = left.iter().zip([-1, 2, 6, 20]).all(|(left, meant)| (left - meant).abs() <= 4);
        assert!(left.len() == 4 && near && left[0] < 0 && left[1] >= 0, "{now}: {left:?}");
    }
}

#[test]
fn it_is_made_anew_and_nothing_of_it_is_left_or_opens_again() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, now) = made(&dir, "nl", "2026-02-24T08:12:00Z");
    let (profile, first) = (vault.profile().clone(), vault.id());
    drop(vault);
    let again = Vault::open(&profile, &Opener::Passphrase(passphrase().unwrap()), Access::Read, desk(), None, now);
    assert_eq!(again.unwrap_err().code, Code::WrongPassphrase);
    let second = make(&profile, "fr", desk(), now).unwrap();
    assert!(second.id() != first && everybody(&second).len() == 60);
    drop(second);
    leave(&profile).unwrap();
    assert!(!profile.dir().exists());
    leave(&profile).unwrap();
}

#[test]
fn a_vault_that_holds_people_is_never_taken_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, now) = made(&dir, "nl", "2026-02-24T08:12:00Z");
    let profile = vault.profile().clone();
    drop(vault);
    std::fs::remove_file(marker(&profile)).unwrap();
    assert_eq!(make(&profile, "nl", desk(), now).unwrap_err().code, Code::VaultExists);
    leave(&profile).unwrap();
    assert!(profile.vault().exists());
}
