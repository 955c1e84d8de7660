//! Any history through the real vault: the projection says what the events say, and every event verifies.

use std::collections::BTreeMap;

use akkoord_rules::consent::{Basis, CONFIRM_DAYS, How, Standing, Status, day_of, fold};
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::intake::draft::Draft;
use crate::people::{self, NewSource};
use crate::problem::Code;
use crate::purposes::{self, NewPurpose, Wording};
use crate::requests;
use crate::trial::vault_in;
use crate::vault::Vault;

mod call;
mod leaving;
mod raw;

/// A vault of a Belgian business in a folder that goes with it.
struct Office {
    vault: Vault,
    _dir: tempfile::TempDir,
    now: DateTime<Utc>,
}

impl Office {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = "2026-03-02T09:00:00Z".parse().unwrap();
        let vault = vault_in(dir.path(), now);
        Self { vault, _dir: dir, now }
    }

    fn later(&mut self, days: u64) -> DateTime<Utc> {
        self.now = self.now + TimeDelta::seconds(1) + Days::new(days);
        self.now
    }

    fn person(&mut self, name: &str) -> String {
        let draft = Draft { given: name.to_owned(), ..Draft::default() };
        people::add(&mut self.vault, &draft, &[], &NewSource::default(), true, self.now).unwrap().output.to_string()
    }

    fn purpose(&mut self, key: &str, retention: Option<&str>) {
        let new = NewPurpose {
            key: key.to_owned(),
            title: key.to_owned(),
            basis: Basis::Consent,
            wordings: vec![Wording::new("nl", "Ja.".to_owned()).unwrap()],
            channels: ChannelSet::NONE,
            retention: retention.map(|span| span.parse().unwrap()),
            marketing: true,
            label: None,
            share: Vec::new(),
            soft_opt_in: None,
            special: false,
        };
        purposes::add(&mut self.vault, &new, self.now).unwrap();
    }

    fn answer(&self, key: &str, yes: bool, how: How, days_ago: u64) -> NewAnswer {
        let happened = self.now - Days::new(days_ago);
        NewAnswer::new(key, yes, how, self.vault.business().local(happened.timestamp_millis()))
    }

    fn status(&self, contact: &str, key: &str) -> Status {
        let who = people::resolve(self.vault.rows(), contact).unwrap();
        let consents = consents_of(&self.vault, who, self.now).unwrap();
        consents.iter().find(|consent| consent.purpose == key).map_or(Status::NotAsked, |consent| consent.status)
    }
}

/// One thing that somebody does.
#[derive(Debug, Clone)]
enum Step {
    Answer { who: usize, yes: bool, web: bool, ago: u64, until: Option<u64> },
    Withdraw { who: usize, ago: u64 },
    Confirm { who: usize },
    Ask { who: usize },
    Correct { who: usize, which: usize },
    Revise { material: bool },
    Merge,
    Unmerge,
}

fn any_step() -> impl Strategy<Value = (Step, u64)> {
    let who = 0..3_usize;
    let answer = (who.clone(), any::<bool>(), any::<bool>(), 0..40_u64, proptest::option::of(0..60_u64))
        .prop_map(|(who, yes, web, ago, until)| Step::Answer { who, yes, web, ago, until });
    let step = prop_oneof![
        5 => answer,
        1 => (who.clone(), 0..20_u64).prop_map(|(who, ago)| Step::Withdraw { who, ago }),
        2 => who.clone().prop_map(|who| Step::Confirm { who }),
        1 => who.clone().prop_map(|who| Step::Ask { who }),
        2 => (who, 0..6_usize).prop_map(|(who, which)| Step::Correct { who, which }),
        1 => any::<bool>().prop_map(|material| Step::Revise { material }),
        1 => Just(Step::Merge),
        1 => Just(Step::Unmerge),
    ];
    (step, 0..12_u64)
}

/// Does a step; a refusal by rule is as good as doing it.
fn take(office: &mut Office, people: &[String], key: &str, step: &Step, merged: &mut Vec<Uuid>) {
    let now = office.now;
    let done = match step {
        Step::Answer { who, yes, web, ago, until } => {
            let how = if *web { How::WebForm } else { How::Phone };
            let mut new = office.answer(key, *yes, how, *ago);
            new.until = until.filter(|_| *yes).map(|days| new.happened.date_naive() + Days::new(days));
            record(&mut office.vault, &people[*who], &new, now).map(drop)
        }
        Step::Withdraw { who, ago } => {
            let happened = office.answer(key, false, How::Phone, *ago).happened;
            withdraw(&mut office.vault, &people[*who], key, How::Phone, happened, now).map(drop)
        }
        Step::Confirm { who } => confirm(&mut office.vault, &people[*who], key, now).map(drop),
        Step::Ask { who } => ask(&mut office.vault, &people[*who..=*who], key, Channel::InPerson, now).map(drop),
        Step::Correct { who, which } => {
            let events = history(&office.vault, &people[*who]).unwrap();
            let event = events.iter().filter(|event| event.purpose == key).nth(*which);
            event.map_or(Ok(()), |event| correct(&mut office.vault, event.event, "mistake", now).map(drop))
        }
        Step::Revise { material } => {
            let wording = Wording::new("nl", format!("Ja, {now}.")).unwrap();
            purposes::revise(&mut office.vault, key, &[wording], *material, now).map(drop)
        }
        Step::Merge => {
            people::merge(&mut office.vault, &people[0], &people[1], now).map(|done| merged.push(done.output))
        }
        Step::Unmerge => merged.pop().map_or(Ok(()), |merge| people::unmerge(&mut office.vault, merge, now).map(drop)),
    };
    if let Err(problem) = done {
        let rule = [Code::NothingToConfirm, Code::AlreadyCorrected, Code::Invalid];
        assert!(rule.contains(&problem.code), "{step:?}: {problem:?}");
    }
}

/// Where everybody stands towards a purpose at the end of a day, by folding their events and nothing else.
fn folded(office: &Office, key: &str, on: NaiveDate) -> BTreeMap<Uuid, Standing> {
    let vault = &office.vault;
    let purpose = purposes::answerable(vault.rows(), vault.business(), key).unwrap();
    let everybody = people::list(vault, &people::Question { limit: 10_000, ..people::Question::default() }).unwrap();
    let standing = |contact: &people::Listed| {
        let who = people::resolve(vault.rows(), &contact.id.to_string()).unwrap();
        let events = event::history(vault.rows(), who.no, purpose.no).unwrap();
        (contact.id, fold(&events, &purpose.rules, on, vault.business().zone, CONFIRM_DAYS))
    };
    everybody.contacts.iter().filter(|contact| contact.kind == "person").map(standing).collect()
}

/// The dashboard and every list of a purpose on a day, asked at a moment: they say what the events say.
fn check_lists(office: &Office, key: &str, on: NaiveDate, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let (vault, events) = (&office.vault, folded(office, key, on));
    let counted = dashboard(vault, on, now).unwrap().into_iter().find(|purpose| purpose.key == key).unwrap().counts;
    let ask = |statuses: &[Status], narrow| PurposeQuestion {
        purpose: key.to_owned(),
        statuses: statuses.to_vec(),
        on: Some(on),
        narrow,
        limit: 10_000,
        ..PurposeQuestion::default()
    };
    for status in Status::ALL {
        let page = people(vault, &ask(&[*status], None), now).unwrap();
        let mut listed: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
        listed.sort_unstable();
        let so = events.iter().filter(|(_, standing)| standing.status == *status);
        let expected: Vec<Uuid> = so.map(|(id, _)| *id).collect();
        prop_assert_eq!(&listed, &expected, "{:?} on {}", status, on);
        prop_assert_eq!(counted.of(*status), i64::try_from(listed.len()).unwrap(), "{:?} on {}", status, on);
        prop_assert_eq!((page.total, page.everybody), (listed.len(), listed.len()));
        for one in page.narrows {
            let narrowed = people(vault, &ask(&[*status], Some(one.narrow)), now).unwrap();
            prop_assert_eq!((narrowed.total, narrowed.everybody), (one.people, page.total), "{:?}", one);
        }
    }
    let reworded: Vec<Uuid> = events
        .iter()
        .filter(|(_, standing)| standing.status == Status::Expired && standing.wording_changed())
        .map(|(id, _)| *id)
        .collect();
    let page = people(vault, &ask(&[], Some(Narrow::WordingChanged)), now).unwrap();
    let mut listed: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
    listed.sort_unstable();
    prop_assert_eq!(listed, reworded, "wording changed on {}", on);
    for row in people(vault, &ask(&[], None), now).unwrap().rows {
        let standing = &events[&row.id];
        let ended = standing.status == Status::Expired;
        let since = standing.since.map(|since| day_of(since, vault.business().zone));
        prop_assert_eq!(row.since, if ended { standing.expires } else { since }, "{:?} on {}", row, on);
        prop_assert_eq!((row.expires, row.version), (standing.expires, standing.version), "{:?} on {}", row, on);
    }
    Ok(())
}

/// When the first and the last event of each row of the projection happened stands there as the step of the schema says that
/// put it into older vaults.
fn check_known_since(office: &Office) -> Result<(), TestCaseError> {
    let conn = office.vault.rows();
    let read = || -> Vec<(i64, i64, i64, i64)> {
        let sql = "SELECT contact_no, purpose_no, first_at, last_at FROM consent_status ORDER BY 1, 2";
        let mut query = conn.prepare(sql).unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let step = include_str!("../vault/migrations/0015_known_since.sql");
    let update =
        step.split_inclusive(';').find(|sql| sql.trim_start().starts_with("UPDATE consent_status AS")).unwrap();
    let kept = read();
    conn.execute_batch(&format!("SAVEPOINT older; UPDATE consent_status SET first_at = 0, last_at = 0; {update}"))
        .unwrap();
    let anew = read();
    conn.execute_batch("ROLLBACK TO older; RELEASE older").unwrap();
    prop_assert_eq!(kept, anew);
    Ok(())
}

#[test]
fn the_projection_says_what_the_events_say() {
    let office = std::cell::RefCell::new((Office::new(), 0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::with_cases(40)
    });
    let histories = (proptest::collection::vec(any_step(), 1..14), proptest::option::of(Just("P1M")));
    runner
        .run(&histories, |(steps, retention)| {
            let (office, n) = &mut *office.borrow_mut();
            *n += 1;
            let key = format!("p{n}");
            office.purpose(&key, retention);
            let people: Vec<String> = ["An", "Jo", "Lies"].iter().map(|name| office.person(name)).collect();
            let mut merged = Vec::new();
            for (step, days) in &steps {
                office.later(*days);
                take(office, &people, &key, step, &mut merged);
                check_known_since(office)?;
                let today = office.vault.business().today(office.now);
                // Looked at from far ahead, every day is a past one.
                let far = office.now + Days::new(365 * 300);
                for (on, now) in [
                    (today - Days::new(30), office.now),
                    (today - Days::new(14), office.now),
                    (today - Days::new(5), office.now),
                    (today - Days::new(1), office.now),
                    (today, office.now),
                    (today, far),
                    (today + Days::new(10), office.now),
                    (today + Days::new(400), office.now),
                    (today + Days::new(400), far),
                ] {
                    check_lists(office, &key, on, now)?;
                }
            }
            prop_assert_eq!(office.vault.verify(None).unwrap().first_fault, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_yes_by_web_form_waits_and_lapses() {
    let mut office = Office::new();
    office.purpose("news", None);
    let (an, jo) = (office.person("An"), office.person("Jo"));
    let new = office.answer("news", true, How::WebForm, 0);
    for who in [&an, &jo] {
        let done = record(&mut office.vault, who, &new, office.now).unwrap().output;
        assert_eq!(done.status, Status::AwaitingConfirmation);
    }
    let now = office.later(13);
    assert_eq!(confirm(&mut office.vault, &an, "news", now).unwrap().output.status, Status::Given);
    let now = office.later(1);
    assert_eq!(office.status(&jo, "news"), Status::Expired);
    assert_eq!(confirm(&mut office.vault, &jo, "news", now).unwrap_err().code, Code::NothingToConfirm);
    assert_eq!(office.status(&an, "news"), Status::Given);
}

#[test]
fn a_material_change_ends_what_was_agreed_to_before() {
    let mut office = Office::new();
    office.purpose("news", None);
    let an = office.person("An");
    let new = office.answer("news", true, How::Phone, 3);
    record(&mut office.vault, &an, &new, office.now).unwrap();
    let wording = |text: &str| Wording::new("nl", text.to_owned()).unwrap();
    let now = office.later(1);
    let in_use = purposes::word(&mut office.vault, "news", &[wording("Anders.")], None, now).unwrap_err();
    assert_eq!(in_use.code, Code::WordingInUse);
    purposes::word(&mut office.vault, "news", &[wording("Ja.")], None, now).unwrap();
    purposes::revise(&mut office.vault, "news", &[wording("Ja, ook sms.")], false, now).unwrap();
    assert_eq!(office.status(&an, "news"), Status::Given);
    purposes::revise(&mut office.vault, "news", &[wording("Ja, en delen.")], true, now).unwrap();
    assert_eq!(office.status(&an, "news"), Status::Expired);
    let today = office.vault.business().today(now);
    let question = |on| Question { purpose: "news".to_owned(), target: Target::Channel(Channel::InPerson), on };
    let reason = |on| may(&office.vault, &an, &question(on)).unwrap().decision.reason().as_str();
    assert_eq!(reason(today), "wording_changed");
    assert_eq!(reason(today - Days::new(1)), "allowed_consent");
    let again = office.answer("news", true, How::Phone, 0);
    record(&mut office.vault, &an, &again, now).unwrap();
    assert_eq!(office.status(&an, "news"), Status::Given);
}

#[test]
fn an_answer_belongs_to_the_text_of_its_day() {
    let mut office = Office::new();
    office.purpose("news", None);
    let an = office.person("An");
    let now = office.later(10);
    purposes::revise(&mut office.vault, "news", &[Wording::new("nl", "Anders.".to_owned()).unwrap()], true, now)
        .unwrap();
    // A hundred days ago there was no text yet.
    for (ago, named, version, warned) in [
        (0, None, 2, false),
        (1, None, 1, false),
        (100, None, 1, false),
        (100, Some(1), 1, false),
        (1, Some(2), 2, true),
    ] {
        let new = NewAnswer { version: named, ..office.answer("news", true, How::Phone, ago) };
        let recorded = record(&mut office.vault, &an, &new, now).unwrap().output;
        let events = history(&office.vault, &an).unwrap();
        let event = events.iter().find(|event| event.event == recorded.event).unwrap();
        assert_eq!((event.version, event.text == "Anders."), (version, version == 2), "{ago} {named:?}");
        assert_eq!(recorded.warnings.contains(&Warning::LaterVersion), warned, "{ago} {named:?}");
    }
}

#[test]
fn a_reader_answers_of_one_moment_whatever_is_written_beside_it() {
    let mut office = Office::new();
    office.purpose("news", None);
    let an = office.person("An");
    let (yes, now) = (office.answer("news", true, How::Phone, 1), office.now);
    record(&mut office.vault, &an, &yes, now).unwrap();
    let today = office.vault.business().today(now);
    let question = Question { purpose: "news".to_owned(), target: Target::Channel(Channel::InPerson), on: today };
    let seen = |vault: &Vault| {
        let shown = people::show(vault, &an, now).unwrap();
        (
            may(vault, &an, &question).unwrap().decision,
            dashboard(vault, today, now).unwrap()[0].counts,
            (shown.name, shown.consents.len(), shown.objections.len(), shown.requests.len()),
            people::list(vault, &people::Question { query: String::new(), limit: 9, after: None }).unwrap().total,
            receipts(vault, &an, now).unwrap()[0]["dpv:hasConsentStatus"].clone(),
            requests::list(vault, requests::Filter::All, None, now).unwrap().requests.len(),
            vault.verify(None).unwrap().head,
        )
    };
    let reader = office.vault.beside().unwrap();
    let before = (seen(&reader), seen(&reader)).1;
    let happened = office.vault.business().local(now.timestamp_millis());
    withdraw(&mut office.vault, &an, "news", How::Phone, happened, now).unwrap();
    object(&mut office.vault, &an, &NewObjection { purpose: None, how: How::Phone, happened }, now).unwrap();
    office.person("Bea");
    assert_eq!(seen(&reader), before);
    let after = seen(&office.vault.beside().unwrap());
    assert_eq!(after, seen(&office.vault));
    assert_ne!((after.0, after.1, after.2, after.3, after.4), (before.0, before.1, before.2, before.3, before.4));
}

#[test]
fn instants_are_read_as_people_give_them() {
    let office = Office::new();
    let now: DateTime<Utc> = "2026-03-29T09:30:00Z".parse().unwrap();
    let read = |text| match happened(text, office.vault.business(), now) {
        Ok(instant) => instant.to_rfc3339(),
        Err(problem) => problem.code.as_str().to_owned(),
    };
    for (given, expected) in [
        (None, "2026-03-29T11:30:00+02:00"),
        (Some("2026-03-28"), "2026-03-28T12:00:00+01:00"),
        // Before noon, today is now.
        (Some("2026-03-29"), "2026-03-29T11:30:00+02:00"),
        (Some("2026-03-28T10:15"), "2026-03-28T10:15:00+01:00"),
        (Some("2026-03-28T10:15:30-05:00"), "2026-03-28T10:15:30-05:00"),
        (Some("2026-03-29T11:31"), "in_future"),
        (Some("2026-03-30"), "in_future"),
        (Some("2026-02-30"), "invalid"),
        (Some("gisteren"), "invalid"),
    ] {
        assert_eq!(read(given), expected, "{given:?}");
    }
}
