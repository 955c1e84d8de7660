use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;

use super::*;
use crate::consents::{self, Question, Target};
use crate::intake::draft::{Address, Email, Website};
use crate::people::{self, Change, How as Do, parse_phone, set};
use crate::trial::Trial;

fn change(field: &str, how: Do, value: &str) -> Change {
    Change { field: field.to_owned(), how, value: value.to_owned() }
}

fn email(value: &str, label: &str) -> Email {
    Email { label: label.to_owned(), ..people::parse_email(value).unwrap() }
}

/// Somebody with all that repeats, and every value of it from somebody else.
fn secondhand(trial: &mut Trial) -> String {
    let jan = trial.add(&Draft {
        given: "Jan".to_owned(),
        family: "Peeters".to_owned(),
        emails: vec![email("a@x.be", "werk"), email("b@x.be", "thuis"), email("c@x.be", "")],
        phones: vec![parse_phone("0470 12 34 56", trial.vault.business()).unwrap()],
        addresses: vec![
            Address { street: "Dorp 1".to_owned(), city: "Gent".to_owned(), ..Address::default() },
            Address { street: "Markt 2".to_owned(), city: "Aalst".to_owned(), ..Address::default() },
        ],
        websites: vec![Website { value: "x.be".to_owned(), ..Website::default() }],
        labels: vec!["vip".to_owned()],
        ..Draft::default()
    });
    trial.vault.rows().execute("UPDATE source SET origin = 'other'", []).unwrap();
    for table in ["contact_email", "contact_phone", "contact_address", "contact_website"] {
        trial.vault.rows().execute(&format!("UPDATE {table} SET provenance = 'third_party'"), []).unwrap();
    }
    jan
}

/// Every value with its row, provenance and source, and what else is known.
fn all(trial: &Trial) -> String {
    let rows = tables(trial.vault.rows(), 1).unwrap();
    let draft = contact::read(trial.vault.rows(), 1).unwrap();
    format!("{rows:?} {draft:?}")
}

fn asked_by_mail(trial: &Trial, who: &str) -> bool {
    let question = Question {
        purpose: "ask".to_owned(),
        target: Target::Channel(Channel::Email),
        on: trial.vault.business().today(trial.now),
    };
    consents::may(&trial.vault, who, &question).unwrap().decision.allowed
}

#[test]
fn what_is_taken_back_comes_back_with_its_place_its_source_and_what_it_is_for() {
    let mut trial = Trial::new();
    let jan = secondhand(&mut trial);
    trial.purpose("news", None);
    trial.answer("news", true, How::Phone);
    let before = all(&trial);
    let cases: [&[Change]; 11] = [
        &[change("email", Do::Remove, "a@x.be")],
        &[change("email.2", Do::Set, "new@x.be")],
        &[change("email", Do::Add, "new@x.be")],
        &[change("email", Do::Set, "new@x.be"), change("phone", Do::Set, "")],
        &[change("phone.1", Do::Set, "0471 00 00 00")],
        &[change("website", Do::Remove, "x.be")],
        &[change("address.1", Do::Remove, "")],
        &[change("address.1.city", Do::Set, "Brugge"), change("address.3.city", Do::Set, "Ieper")],
        &[change("labels", Do::Set, "klant")],
        &[change("given", Do::Set, "Johan"), change("family", Do::Set, ""), change("notes", Do::Set, "belt graag")],
        &[change("email.1", Do::Set, "A@x.be"), change("birthday", Do::Set, "1984-06-14")],
    ];
    for changes in cases {
        let done = set(&mut trial.vault, &jan, changes, trial.now).unwrap().output;
        assert_ne!(all(&trial), before, "{changes:?}");
        unset(&mut trial.vault, done, trial.now).unwrap();
        assert_eq!(all(&trial), before, "{changes:?}");
        assert_eq!(trial.fault(), None);
        assert!(!asked_by_mail(&trial, &jan), "{changes:?}");
    }
    let found = people::Question { query: "peeters a@x.be".to_owned(), limit: 9, after: None };
    assert_eq!(people::list(&trial.vault, &found).unwrap().total, 1);
}

#[test]
fn a_value_that_is_only_written_otherwise_keeps_where_it_came_from() {
    let mut trial = Trial::new();
    let jan = secondhand(&mut trial);
    for changes in [
        change("email.1", Do::Set, "A@X.be"),
        change("phone.1", Do::Set, "+32 470 12 34 56"),
        change("email", Do::Set, "A@X.BE"),
        change("address.1.city", Do::Set, "Gent"),
        change("given", Do::Set, "Jan"),
    ] {
        set(&mut trial.vault, &jan, &[changes], trial.now).unwrap();
    }
    let fields = people::show(&trial.vault, &jan, trial.now).unwrap().fields;
    let [email, phone] = [&fields.emails[0].provenance, &fields.phones[0].provenance];
    assert_eq!([email.as_str(), phone, &fields.addresses[0].provenance], ["third_party"; 3]);
    assert_eq!((fields.emails.len(), fields.emails[0].value.as_str()), (1, "A@X.BE"));
    assert_eq!(fields.phones[0].value, "+32 470 12 34 56");
    let origins: i64 = trial.vault.rows().query_row("SELECT count(*) FROM field_origin", [], |row| row.get(0)).unwrap();
    assert_eq!(origins, 0);
}

#[test]
fn only_what_nobody_changed_since_is_taken_back_and_once() {
    let mut trial = Trial::new();
    let jan = secondhand(&mut trial);
    let mut did = |changes: &[Change]| set(&mut trial.vault, &jan, changes, trial.now).unwrap().output;
    let first = did(&[change("email.1", Do::Set, "d@x.be")]);
    let name = did(&[change("given", Do::Set, "Johan")]);
    let second = did(&[change("email.2", Do::Set, "e@x.be")]);
    let mut took = |change: i64| {
        unset(&mut trial.vault, change, trial.now).map(drop).map_err(|problem| {
            problem
                .facts
                .get("why")
                .or(problem.facts.get("what"))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        })
    };
    assert_eq!(took(first), Err("changed_since".to_owned()));
    assert_eq!(took(name), Ok(()));
    assert_eq!(took(name), Err("changed_since".to_owned()));
    assert_eq!(took(second), Ok(()));
    assert_eq!(took(first), Ok(()));
    assert_eq!(took(1), Err("change".to_owned()));
    people::restrict(&mut trial.vault, &jan, "betwist", trial.now).unwrap();
    assert_eq!(unset(&mut trial.vault, name, trial.now).unwrap_err().code, Code::Restricted);
}

#[test]
fn of_those_who_are_one_each_gets_its_own_back_and_nobody_who_stands_alone_again() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    let merge = people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap().output;
    let gone = set(&mut trial.vault, &an, &[change("email", Do::Set, "")], trial.now).unwrap().output;
    people::unmerge(&mut trial.vault, merge, trial.now).unwrap();
    assert_eq!(unset(&mut trial.vault, gone, trial.now).unwrap_err().facts["why"], "changed_since");
    people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap();
    unset(&mut trial.vault, gone, trial.now).unwrap();
    let emails = people::show(&trial.vault, &bo, trial.now).unwrap().fields.emails;
    assert_eq!(emails.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["an@example.be", "bo@example.be"]);
    assert_eq!(trial.fault(), None);
}
