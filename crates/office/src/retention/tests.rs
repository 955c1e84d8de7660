use akkoord_rules::consent::{Basis, How};
use akkoord_rules::person::ChannelSet;

use super::*;
use crate::consents::{self, NewObjection};
use crate::intake::draft::Draft;
use crate::people;
use crate::profile::incoming::Given;
use crate::purposes::{self, NewPurpose};
use crate::requests::{self, Asker, NewRequest};
use crate::trial::Trial;

fn going(trial: &Trial, on: &str) -> Vec<(String, String, &'static str)> {
    let list = list(&trial.vault, on.parse().unwrap(), 100).unwrap();
    assert_eq!(list.total, list.contacts.len());
    list.contacts.into_iter().map(|one| (one.name, one.on.to_string(), one.why.as_str())).collect()
}

fn withdraw(trial: &mut Trial, contact: &str) {
    let happened = trial.vault.business().local(trial.now.timestamp_millis());
    consents::withdraw(&mut trial.vault, contact, "news", How::Phone, happened, trial.now).unwrap();
}

#[test]
fn whoever_has_no_reason_left_may_go_once_the_evidence_is_no_longer_needed() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let (an, _bo, cas) = (trial.person("An"), trial.person("Bo"), trial.person("Cas"));
    trial.yes(&an, "news");
    trial.yes(&cas, "news");
    trial.later(10);
    withdraw(&mut trial, &an);
    assert_eq!(going(&trial, "2029-03-11"), []);
    assert_eq!(going(&trial, "2029-03-12"), [("An".to_owned(), "2029-03-12".to_owned(), "withdrawn")]);
    let page = shown(&trial.vault, resolve(trial.vault.rows(), &an).unwrap(), trial.vault.business().today(trial.now))
        .unwrap();
    assert_eq!((page["ends"].as_str(), page["why"].as_str()), (Some("2029-03-12"), Some("withdrawn")));
    let early = destroy(&mut trial.vault, std::slice::from_ref(&an), trial.now).unwrap_err();
    assert_eq!((early.code, early.facts["on"].as_str()), (Code::StillNeeded, Some("2029-03-12")));
    let kept = destroy(&mut trial.vault, &[cas], trial.now).unwrap_err();
    assert_eq!((kept.code, kept.facts["why"].as_str()), (Code::StillNeeded, Some("reason_stands")));
}

#[test]
fn a_yes_that_nobody_confirmed_lapses_and_whoever_is_known_by_it_alone_goes_at_once() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let an = trial.person("An");
    let answer = trial.answer("news", true, How::WebForm);
    consents::record(&mut trial.vault, &an, &answer, trial.now).unwrap();
    assert_eq!(going(&trial, "2026-03-15"), []);
    assert_eq!(going(&trial, "2026-03-16"), [("An".to_owned(), "2026-03-16".to_owned(), "unconfirmed")]);
    trial.later(14);
    let done = destroy(&mut trial.vault, &[an], trial.now).unwrap().output;
    assert_eq!((done.certificates.len(), done.certificates[0].ground.as_str()), (1, "retention"));
    assert_eq!(trial.fault(), None);
    assert_eq!(going(&trial, "2040-01-01"), []);
}

#[test]
fn a_customer_stays_until_the_purpose_says_and_an_open_request_or_lock_postpones() {
    let mut trial = Trial::new();
    let new = NewPurpose {
        key: "invoices".to_owned(),
        title: "Facturen".to_owned(),
        basis: Basis::LegalObligation,
        wordings: Vec::new(),
        channels: ChannelSet::NONE,
        retention: Some("P7Y".parse().unwrap()),
        marketing: false,
        label: Some("Klant".to_owned()),
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    purposes::add(&mut trial.vault, &new, trial.now).unwrap();
    let customer = Draft { given: "An".to_owned(), labels: vec!["klant".to_owned()], ..Draft::default() };
    let an = trial.add(&customer);
    trial.person("Bo");
    let end = ("An".to_owned(), "2033-03-02".to_owned(), "retention_over");
    assert_eq!(going(&trial, "2033-03-01"), []);
    assert_eq!(going(&trial, "2033-03-02").as_slice(), std::slice::from_ref(&end));
    let ask = NewRequest {
        asker: Asker::Contact(an.clone()),
        kind: akkoord_rules::request::Kind::Access,
        received: "2026-03-02".to_owned(),
        how: How::Phone,
        words: String::new(),
        attach: Vec::<Given>::new(),
    };
    let request = requests::open(&mut trial.vault, &ask, trial.now).unwrap().output.request;
    assert_eq!(going(&trial, "2040-01-01"), []);
    requests::step(&mut trial.vault, request, requests::Step::Answered { on: None, attach: vec![] }, trial.now)
        .unwrap();
    assert_eq!(going(&trial, "2040-01-01"), [end]);
    people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    assert_eq!(going(&trial, "2040-01-01"), []);
}

#[test]
fn of_those_who_are_one_a_reason_of_one_keeps_all() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let (an, anna) = (trial.person("An"), trial.person("Anna"));
    let no = trial.answer("news", false, How::Phone);
    consents::record(&mut trial.vault, &an, &no, trial.now).unwrap();
    assert_eq!(going(&trial, "2026-03-02").len(), 1);
    trial.later(1);
    trial.yes(&anna, "news");
    people::merge(&mut trial.vault, &an, &anna, trial.now).unwrap();
    assert_eq!(going(&trial, "2040-01-01"), []);
    let happened = trial.vault.business().local(trial.now.timestamp_millis());
    let objection = NewObjection { purpose: None, how: How::Phone, happened };
    consents::object(&mut trial.vault, &anna, &objection, trial.now).unwrap();
    assert_eq!(going(&trial, "2029-03-03"), [("An".to_owned(), "2029-03-03".to_owned(), "objected")]);
}

#[test]
fn of_many_nobody_is_missed_and_nobody_told_twice() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let everybody: Vec<String> =
        ["An", "Bo", "Cas", "Dirk", "Eva", "Fien", "Gust"].map(|name| trial.person(name)).into();
    let no = trial.answer("news", false, How::Phone);
    for who in &everybody {
        consents::record(&mut trial.vault, who, &no, trial.now).unwrap();
    }
    trial.yes(&everybody[2], "news");
    people::merge(&mut trial.vault, &everybody[6], &everybody[0], trial.now).unwrap();
    let mut names: Vec<String> = going(&trial, "2026-03-03").into_iter().map(|(name, ..)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Bo", "Dirk", "Eva", "Fien", "Gust"]);
}
