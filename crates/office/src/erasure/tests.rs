use std::path::Path;

use akkoord_rules::consent::How;
use akkoord_rules::request::{Kind, State};
use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::consents::{self, NewObjection};
use crate::drafts;
use crate::intake::draft::Draft;
use crate::people::{self, Change, How as ChangeHow};
use crate::problem::Code;
use crate::profile::incoming::Given;
use crate::requests::{self, Asker, NewRequest};
use crate::trial::Trial;

fn reason() -> Ground {
    Ground::Reason("verhuisd".to_owned())
}

fn file(dir: &Path, name: &str) -> Given {
    let path = dir.join(name);
    std::fs::write(&path, name).unwrap();
    Given::Path(path)
}

fn asks(trial: &mut Trial, contact: &str, kind: Kind) -> uuid::Uuid {
    let new = NewRequest {
        asker: Asker::Contact(contact.to_owned()),
        kind,
        received: "2026-03-02".to_owned(),
        how: How::Email,
        words: format!("zei {contact}"),
        attach: vec![file(trial.dir(), "brief.txt")],
    };
    requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request
}

/// Whether a cell of any table holds this text.
fn found(trial: &Trial, trace: &str) -> Vec<String> {
    let conn = trial.vault.rows();
    let mut query = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let holds = |table: &String| {
        let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = query.column_count();
        let mut rows = query.query([]).unwrap();
        let mut hit = false;
        while let Some(row) = rows.next().unwrap() {
            for column in 0..width {
                let bytes = match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => bytes,
                    rusqlite::types::ValueRef::Null
                    | rusqlite::types::ValueRef::Integer(_)
                    | rusqlite::types::ValueRef::Real(_) => continue,
                };
                hit |= String::from_utf8_lossy(bytes).to_lowercase().contains(trace);
            }
        }
        hit
    };
    tables.iter().filter(|table| holds(table)).cloned().collect()
}

#[test]
fn a_hold_keeps_until_its_last_day_and_the_day_after_all_of_it_goes() {
    let mut trial = Trial::new();
    let an = trial.person("Zwaluw");
    let request = asks(&mut trial, &an, Kind::Erasure);
    let hold = NewHold { until: "2026-03-12".parse().unwrap(), reason: "facturen".to_owned() };
    let locked = erase(&mut trial.vault, &an, &Ground::Request(request), Some(&hold), trial.now).unwrap().output;
    assert_eq!((locked.state, locked.on.to_string().as_str()), ("locked", "2026-03-13"));
    assert_eq!(locked.request.unwrap().state, State::Open);
    trial.later(10);
    let ran = run(&mut trial.vault, None, trial.now).unwrap().output;
    assert_eq!((ran.destroyed.len(), ran.still_held.len()), (0, 1));
    trial.later(1);
    let ran = run(&mut trial.vault, None, trial.now).unwrap().output;
    let certificate = ran.destroyed[0].certificate.clone().unwrap();
    assert_eq!((certificate.ground.as_str(), certificate.held_until), ("request", Some(hold.until)));
    assert_eq!(certificate.id, locked.erasure);
    assert_eq!(found(&trial, "zwaluw"), Vec::<String>::new());
    let shown = requests::show(&trial.vault, request, trial.now).unwrap();
    assert_eq!((shown.listed.state, shown.attachments.len()), (State::Answered, 0));
    assert_eq!(trial.fault(), None);
    assert_eq!(certificates(&trial.vault).unwrap(), [certificate]);
}

#[test]
fn what_was_seen_of_an_erasure_no_longer_holds_once_the_hold_is_over() {
    let mut trial = Trial::new();
    let an = trial.person("Zwaluw");
    let hold = NewHold { until: "2026-03-02".parse().unwrap(), reason: "facturen".to_owned() };
    erase(&mut trial.vault, &an, &reason(), Some(&hold), trial.now).unwrap();
    let seen = |trial: &Trial, hold: Option<&NewHold>, seen| {
        expect(&trial.vault, &an, hold, seen, trial.now).map_err(|problem| problem.code)
    };
    assert_eq!(seen(&trial, None, Outcome::Locked), Ok(()));
    assert_eq!(seen(&trial, None, Outcome::Destroyed), Err(Code::Changed));
    trial.later(1);
    assert_eq!(seen(&trial, None, Outcome::Locked), Err(Code::Changed), "the day after, all of it would go");
    assert_eq!(seen(&trial, Some(&hold), Outcome::Locked), Err(Code::Changed), "so would it with a duty that is over");
    let more = NewHold { until: "2027-12-31".parse().unwrap(), ..hold.clone() };
    assert_eq!(seen(&trial, Some(&more), Outcome::Locked), Ok(()));
    assert_eq!(seen(&trial, None, Outcome::Destroyed), Ok(()));
    assert_eq!(waiting(&trial.vault, trial.now).unwrap().len(), 1, "nothing was done by looking");
}

#[test]
fn another_request_of_theirs_stays_open_without_its_words_and_can_be_closed() {
    let mut trial = Trial::new();
    let an = trial.person("Zwaluw");
    let access = asks(&mut trial, &an, Kind::Access);
    let ask = requests::Step::IdentityAsked { reason: "zwaluw schreef van elders".to_owned(), on: None };
    requests::step(&mut trial.vault, access, ask, trial.now).unwrap();
    let done = erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap().output;
    assert_eq!(done.warnings, [Warning::OpenRequests]);
    assert_eq!(found(&trial, "zwaluw"), Vec::<String>::new());
    trial.later(1);
    let answer = requests::Step::Answered { on: None, attach: vec![file(trial.dir(), "antwoord.txt")] };
    requests::step(&mut trial.vault, access, answer, trial.now).unwrap();
    assert_eq!(trial.fault(), None);
    trial.vault.rows().execute("UPDATE request_event SET recorded_at = 1 WHERE kind = 'identity_asked'", []).unwrap();
    assert_eq!(trial.fault(), Some("request_changed"));
}

#[test]
fn a_request_of_somebody_else_erases_nobody_and_one_of_somebody_unknown_goes_along() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("Zwaluw"), trial.person("Bo"));
    let other = asks(&mut trial, &bo, Kind::Erasure);
    let refused = erase(&mut trial.vault, &an, &Ground::Request(other), None, trial.now).unwrap_err();
    assert_eq!(refused.facts["why"], "of_somebody_else");
    let new = NewRequest {
        asker: Asker::Unknown("Mevrouw Zwaluw".to_owned()),
        kind: Kind::Erasure,
        received: "2026-03-02".to_owned(),
        how: How::Phone,
        words: "zwaluw hier".to_owned(),
        attach: Vec::new(),
    };
    let unknown = requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request;
    let done = erase(&mut trial.vault, &an, &Ground::Request(unknown), None, trial.now).unwrap().output;
    assert_eq!(done.request.unwrap().state, State::Answered);
    assert_eq!(found(&trial, "zwaluw"), Vec::<String>::new());
    assert_eq!(trial.fault(), None);
}

#[test]
fn what_was_typed_about_them_and_not_saved_goes_and_nobody_elses() {
    let mut trial = Trial::new();
    let an = trial.person("Zwaluw");
    for (kind, body) in [("call/1", "{\"email\":\"Zwaluw@example.be\"}"), ("call/2", "bo@example.be"), ("note", "")] {
        let contact = (kind == "note").then_some(an.as_str());
        drafts::put(&trial.vault, kind, contact, body, trial.now).unwrap();
    }
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    let left = [drafts::list(&trial.vault, "call").unwrap(), drafts::list(&trial.vault, "note").unwrap()].concat();
    assert_eq!(left.iter().map(|draft| draft.kind.as_str()).collect::<Vec<_>>(), ["call/2"]);
}

#[test]
fn a_change_that_brought_an_address_of_theirs_is_not_taken_back() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    let change = |how: ChangeHow| [Change { field: "email".to_owned(), how, value: "an@example.be".to_owned() }];
    people::set(&mut trial.vault, &bo, &change(ChangeHow::Add), trial.now).unwrap();
    let removed = people::set(&mut trial.vault, &bo, &change(ChangeHow::Remove), trial.now).unwrap().output;
    erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
    assert_eq!(people::unset(&mut trial.vault, removed, trial.now).unwrap_err().code, Code::Blocked);
    assert_eq!(people::set(&mut trial.vault, &bo, &change(ChangeHow::Add), trial.now).unwrap_err().code, Code::Blocked);
    let draft = Draft { emails: vec![people::parse_email("AN@example.be").unwrap()], ..Draft::default() };
    let from = people::NewSource::default();
    assert_eq!(people::add(&mut trial.vault, &draft, &[], &from, true, trial.now).unwrap_err().code, Code::Blocked);
    assert_eq!(trial.fault(), None);
}

#[test]
fn a_request_that_comes_while_an_order_waits_is_answered_by_it() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("Zwaluw"), trial.person("Bo"));
    let hold = NewHold { until: "2026-03-12".parse().unwrap(), reason: "facturen".to_owned() };
    for contact in [&an, &bo] {
        erase(&mut trial.vault, contact, &reason(), Some(&hold), trial.now).unwrap();
    }
    let (named, unnamed) = (asks(&mut trial, &an, Kind::Erasure), asks(&mut trial, &bo, Kind::Erasure));
    erase(&mut trial.vault, &an, &Ground::Request(named), None, trial.now).unwrap();
    assert_eq!(trial.fault(), None);
    trial.later(11);
    run(&mut trial.vault, None, trial.now).unwrap();
    for request in [named, unnamed] {
        assert_eq!(requests::show(&trial.vault, request, trial.now).unwrap().listed.state, State::Answered);
    }
    let certificates = certificates(&trial.vault).unwrap();
    let mut grounds: Vec<&str> = certificates.iter().map(|one| one.ground.as_str()).collect();
    grounds.sort_unstable();
    assert_eq!(grounds, ["order", "request"]);
    assert_eq!(trial.fault(), None);
}

#[test]
fn whatever_is_changed_of_an_order_that_waits_is_seen() {
    let mut trial = Trial::new();
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    let request = asks(&mut trial, &an, Kind::Erasure);
    let hold = NewHold { until: "2026-03-12".parse().unwrap(), reason: "facturen".to_owned() };
    erase(&mut trial.vault, &an, &Ground::Request(request), Some(&hold), trial.now).unwrap();
    assert_eq!(trial.fault(), None);
    let other = format!("contact_no = (SELECT no FROM contact WHERE id = x'{}')", bo.replace('-', ""));
    for change in
        ["contact_no = NULL", "request_no = NULL", "ordered_at = 1", "state = 'taken_back'", "reason = 'x'", &other]
    {
        let conn = trial.vault.rows();
        conn.execute_batch(&format!("SAVEPOINT changed; UPDATE erasure SET {change}")).unwrap();
        assert_eq!(trial.fault(), Some("erasure_changed"), "{change}");
        trial.vault.rows().execute_batch("ROLLBACK TO changed; RELEASE changed").unwrap();
        assert_eq!(trial.fault(), None, "{change}");
    }
}

#[test]
fn what_an_erasure_would_do_is_said_before_and_is_what_it_does() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    let shared = Draft {
        given: "Bo".to_owned(),
        emails: vec![people::parse_email("an@example.be").unwrap()],
        ..Draft::default()
    };
    trial.add(&shared);
    trial.yes(&an, "news");
    let request = asks(&mut trial, &an, Kind::Erasure);
    let seen = foresee(&trial.vault, &an, trial.now).unwrap();
    assert_eq!((seen.name.as_str(), seen.barred, seen.asked[0].id), ("An", 0, request));
    assert_eq!(seen.warnings, [Warning::IdentityUnconfirmed]);
    let hold = NewHold { until: "2026-03-12".parse().unwrap(), reason: "facturen".to_owned() };
    erase(&mut trial.vault, &an, &Ground::Request(request), Some(&hold), trial.now).unwrap();
    let held = foresee(&trial.vault, &an, trial.now).unwrap();
    assert_eq!((held.held_until, held.waiting.is_some()), (Some(hold.until), true));
    let waits = |trial: &Trial| waiting(&trial.vault, trial.now).unwrap();
    assert_eq!((waits(&trial)[0].name.as_str(), waits(&trial)[0].due), ("An", false));
    trial.later(11);
    assert!(waits(&trial)[0].due);
    let seen = foresee(&trial.vault, &an, trial.now).unwrap();
    let done = run(&mut trial.vault, None, trial.now).unwrap().output.destroyed.remove(0).certificate.unwrap();
    let destroyed: Vec<(&str, u64)> = done.destroyed.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    assert_eq!(destroyed, seen.destroyed.into_iter().collect::<Vec<_>>());
    assert!(waits(&trial).is_empty());
}

/// An act that any history may hold; the number says whom it is about.
#[derive(Debug, Clone)]
enum Deed {
    Add(u8),
    Say(u8, bool),
    Merge(u8, u8),
    Lock(u8),
    Object(u8),
    Ask(u8),
    Edit(u8),
    Erase(u8),
    Hold(u8),
    Run,
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0_u8..5;
    prop_oneof![
        3 => who.clone().prop_map(Deed::Add),
        3 => (who.clone(), any::<bool>()).prop_map(|(who, yes)| Deed::Say(who, yes)),
        1 => (who.clone(), who.clone()).prop_map(|(one, other)| Deed::Merge(one, other)),
        1 => who.clone().prop_map(Deed::Lock),
        1 => who.clone().prop_map(Deed::Object),
        2 => who.clone().prop_map(Deed::Ask),
        2 => who.clone().prop_map(Deed::Edit),
        3 => who.clone().prop_map(Deed::Erase),
        1 => who.prop_map(Deed::Hold),
        1 => Just(Deed::Run),
    ]
}

/// A name that stands in nobody else's data.
fn name(who: u8) -> String {
    format!("vogelaar{}x", char::from(b'a' + who))
}

/// Does it, where it can be done; whom it erased for good.
fn act(trial: &mut Trial, deed: &Deed) {
    let mail = |who: &u8| format!("{}@example.be", name(*who));
    let now = trial.now;
    let happened = trial.vault.business().local(now.timestamp_millis());
    match deed {
        Deed::Add(who) => {
            let draft = Draft {
                given: name(*who),
                notes: format!("over {}", name(*who)),
                emails: vec![people::parse_email(&mail(who)).unwrap()],
                ..Draft::default()
            };
            let _ = people::add(&mut trial.vault, &draft, &[], &people::NewSource::default(), false, now);
        }
        Deed::Say(who, yes) => {
            let answer = consents::NewAnswer { note: name(*who), ..trial.answer("news", *yes, How::Phone) };
            let _ = consents::record(&mut trial.vault, &mail(who), &answer, now);
        }
        Deed::Merge(one, other) => drop(people::merge(&mut trial.vault, &mail(one), &mail(other), now)),
        Deed::Lock(who) => drop(people::restrict(&mut trial.vault, &mail(who), &name(*who), now)),
        Deed::Object(who) => {
            let objection = NewObjection { purpose: None, how: How::Phone, happened };
            let _ = consents::object(&mut trial.vault, &mail(who), &objection, now);
        }
        Deed::Ask(who) => {
            let new = NewRequest {
                asker: Asker::Contact(mail(who)),
                kind: Kind::Access,
                received: "2026-03-02".to_owned(),
                how: How::Email,
                words: name(*who),
                attach: Vec::new(),
            };
            let _ = requests::open(&mut trial.vault, &new, now);
        }
        Deed::Edit(who) => {
            let change = Change { field: "nickname".to_owned(), how: ChangeHow::Set, value: name(*who) };
            let _ = people::set(&mut trial.vault, &mail(who), &[change], now);
        }
        Deed::Erase(who) => drop(erase(&mut trial.vault, &mail(who), &reason(), None, now)),
        Deed::Hold(who) => {
            let until = trial.vault.business().today(now) + Days::new(1);
            let hold = NewHold { until, reason: name(*who) };
            let _ = erase(&mut trial.vault, &mail(who), &reason(), Some(&hold), now);
        }
        Deed::Run => {
            trial.later(2);
            run(&mut trial.vault, None, trial.now).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happened before: nothing stays of whoever is not there any more, and the chain holds.
    #[test]
    fn of_whoever_is_gone_nothing_is_left_in_any_history(deeds in prop::collection::vec(deed(), 4..24)) {
        let mut trial = Trial::new();
        trial.purpose("news", None);
        for deed in &deeds {
            act(&mut trial, deed);
            prop_assert_eq!(trial.fault(), None, "{:?}", deeds);
        }
        for who in 0..5 {
            let sql = "SELECT 1 FROM contact_email WHERE normalised = ?";
            let there = trial.vault.rows().prepare(sql).unwrap().exists([format!("{}@example.be", name(who))]).unwrap();
            if !there {
                prop_assert_eq!(found(&trial, &name(who)), Vec::<String>::new(), "{}: {:?}", who, deeds);
            }
        }
    }
}
