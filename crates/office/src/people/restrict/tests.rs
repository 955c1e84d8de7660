use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;

use super::*;
use crate::consents::{self, NewObjection, Question, Target};
use crate::people::{self, Change};
use crate::trial::Trial;

fn reasons(trial: &Trial, contact: &str, purpose: &str, on: NaiveDate) -> Vec<&'static str> {
    let question = Question { purpose: purpose.to_owned(), target: Target::Channel(Channel::Email), on };
    let decision = consents::may(&trial.vault, contact, &question).unwrap().decision;
    decision.reasons.into_iter().map(akkoord_rules::gate::Reason::as_str).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn on_lock_everything_is_no_but_the_answer_to_their_own_request() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    trial.yes(&an, "news");
    trial.later(1);
    let done = restrict(&mut trial.vault, "an@example.be", " betwist ", trial.now).unwrap().output;
    assert_eq!((done.contact.to_string(), done.since.as_str()), (an.clone(), "2026-03-03T10:00:00+01:00"));
    let on = day("2026-03-03");
    for (purpose, reason) in
        [("news", "restricted"), ("rights", "allowed_basis"), ("inform", "restricted"), ("ask", "restricted")]
    {
        assert_eq!(reasons(&trial, &an, purpose, on), [reason], "{purpose}");
    }
    assert_eq!(reasons(&trial, &an, "news", day("2026-03-02")), ["allowed_consent"], "the day before");
    let page = people::show(&trial.vault, &an, trial.now).unwrap();
    let lock = page.restriction.unwrap();
    assert_eq!((page.restricted, lock.reason.as_str(), lock.by.as_str()), (true, "betwist", "An"));
    assert_eq!(restrict(&mut trial.vault, &an, "x", trial.now).unwrap_err().code, Code::AlreadyRestricted);
    trial.later(1);
    unrestrict(&mut trial.vault, &an, "nagekeken", day("2026-03-04"), trial.now).unwrap();
    assert_eq!(reasons(&trial, &an, "news", day("2026-03-04")), ["allowed_consent"]);
    assert_eq!(reasons(&trial, &an, "news", on), ["restricted"], "as of that day");
    assert!(!people::show(&trial.vault, &an, trial.now).unwrap().restricted);
    assert_eq!(trial.fault(), None);
}

#[test]
fn on_lock_nothing_is_changed_but_what_the_person_may_always_say() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    trial.yes(&an, "news");
    let event = consents::history(&trial.vault, &an).unwrap()[0].event;
    let happened = trial.vault.business().local(trial.now.timestamp_millis());
    let objection = NewObjection { purpose: None, how: How::Phone, happened };
    consents::object(&mut trial.vault, &an, &objection, trial.now).unwrap();
    restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    let (now, vault) = (trial.now, &mut trial.vault);
    let set = Change { field: "family".to_owned(), how: people::How::Set, value: "Maes".to_owned() };
    let yes = consents::NewAnswer::new("news", true, How::Phone, happened);
    let refused = [
        people::set(vault, &an, &[set], now).unwrap_err(),
        consents::record(vault, &an, &yes, now).unwrap_err(),
        consents::confirm(vault, &an, "news", now).unwrap_err(),
        consents::correct(vault, event, "vergissing", now).unwrap_err(),
        consents::lift(vault, &an, None, "toch", now).unwrap_err(),
    ];
    for problem in refused {
        assert_eq!((problem.code, &problem.facts["since"]), (Code::Restricted, &"2026-03-02".into()));
    }
    consents::withdraw(vault, &an, "news", How::Phone, happened, now).unwrap();
    consents::record(vault, &an, &consents::NewAnswer::new("news", false, How::Phone, happened), now).unwrap();
    consents::object(vault, &an, &objection, now).unwrap();
    assert_eq!(trial.fault(), None);
}

#[test]
fn lifting_needs_a_lock_a_reason_and_the_day_they_heard() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let today = day("2026-03-02");
    let (now, vault) = (trial.now, &mut trial.vault);
    let why = |problem: Problem| (problem.code, problem.facts.get("why").cloned().unwrap_or_default());
    assert_eq!(why(restrict(vault, &an, "  ", now).unwrap_err()), (Code::Invalid, "empty".into()));
    let none = unrestrict(vault, &an, "x", today, now).unwrap_err();
    assert_eq!(why(none), (Code::NotFound, "no_restriction".into()));
    restrict(vault, &an, "betwist", now).unwrap();
    let mut lift = |reason: &str, told: &str| why(unrestrict(vault, &an, reason, day(told), now).unwrap_err());
    assert_eq!(lift(" ", "2026-03-02"), (Code::Invalid, "empty".into()));
    assert_eq!(lift("x", "2026-03-03").0, Code::InFuture);
    assert_eq!(lift("x", "2026-03-01"), (Code::Invalid, "before_the_restriction".into()));
    assert_eq!(unrestrict(vault, &an, "x", today, now).unwrap().output, 1);
}

#[test]
fn a_lock_holds_for_all_who_are_one_and_stays_with_each_after() {
    let mut trial = Trial::new();
    let (an, bo, cas) = (trial.person("An"), trial.person("Bo"), trial.person("Cas"));
    restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    let first = people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap().output;
    let locked = |trial: &Trial, who: &str| people::show(&trial.vault, who, trial.now).unwrap().restricted;
    assert!(locked(&trial, &an));
    let listed = people::list(&trial.vault, &people::Question { limit: 9, ..Default::default() }).unwrap();
    assert_eq!(listed.contacts.iter().map(|one| one.restricted).collect::<Vec<_>>(), [true, false]);
    people::unmerge(&mut trial.vault, first, trial.now).unwrap();
    assert!(!locked(&trial, &an) && locked(&trial, &bo));
    let second = people::merge(&mut trial.vault, &an, &cas, trial.now).unwrap().output;
    restrict(&mut trial.vault, &an, "ook", trial.now).unwrap();
    people::unmerge(&mut trial.vault, second, trial.now).unwrap();
    assert!(locked(&trial, &an) && locked(&trial, &cas));
    let third = people::merge(&mut trial.vault, &an, &cas, trial.now).unwrap().output;
    assert_eq!(unrestrict(&mut trial.vault, &an, "klaar", day("2026-03-02"), trial.now).unwrap().output, 2);
    people::unmerge(&mut trial.vault, third, trial.now).unwrap();
    assert!(!locked(&trial, &an) && !locked(&trial, &cas));
    assert_eq!(trial.fault(), None);
}

#[test]
fn any_change_of_a_lock_behind_the_application_is_found() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    restrict(&mut trial.vault, &bo, "betwist", trial.now).unwrap();
    unrestrict(&mut trial.vault, &bo, "klaar", day("2026-03-02"), trial.now).unwrap();
    let conn = trial.vault.rows();
    for sql in [
        "UPDATE restriction SET id = randomblob(16)",
        "UPDATE restriction SET contact_no = (SELECT max(no) FROM contact)",
        "UPDATE restriction SET since = since + 1",
        "UPDATE restriction SET reason = 'x'",
        "UPDATE restriction SET by = 'x'",
        "UPDATE restriction SET lifted_at = 5 WHERE no = 1",
        "UPDATE restriction SET lifted_reason = 'x'",
        "UPDATE restriction SET lifted_by = 'x'",
        "UPDATE restriction SET told_on = '2026-03-01'",
        "UPDATE restriction SET lifted_at = NULL, lifted_reason = '', lifted_by = '', told_on = '' WHERE no = 2",
        "DELETE FROM restriction WHERE no = 1",
        "INSERT INTO restriction (id, contact_no, since, reason, by) VALUES (randomblob(16), 1, 5, 'x', 'x')",
    ] {
        conn.execute_batch("SAVEPOINT before").unwrap();
        conn.execute(sql, []).unwrap();
        let found = changed(conn).unwrap();
        conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        assert_eq!(found.map(|fault| fault.code), Some("restriction_changed"), "{sql}");
    }
    assert_eq!(trial.fault(), None);
}
