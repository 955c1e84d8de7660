//! What happened in the invented business, in the order in which it did.

use std::collections::BTreeMap;

use akkoord_rules::consent::{Basis, How};
use akkoord_rules::deadline::Rule;
use akkoord_rules::person::Channel;
use akkoord_rules::request::Kind;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::BEGAN;
use super::incidents;
use super::people::{From, Person, Said, What, everybody, file};
use super::receivers::{self, RECEIVERS, Receiver, shared};
use super::words::{self, AIMS, Aim, LANGUAGES, text};
use crate::consents::{self, Call, CallAnswer, Caller, NewAnswer, NewObjection, NewPerson};
use crate::intake::import::{Ask, OnDuplicate, Origin, import};
use crate::intake::reader::{Options, Progress};
use crate::normal::phone::Region;
use crate::people::{self, NewSource, Question};
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::{Given, IMPORT_MAX, Spool};
use crate::purposes::{self, NewPurpose, PurposeChange, Wording};
use crate::requests::{self, Asker, NewRequest, Step};
use crate::vault::Vault;

/// Something that happened.
enum Event<'a> {
    /// The first wordings.
    Began,
    /// A better wording of the newsletter.
    Reworded,
    /// A file came in.
    Imported(From),
    /// Somebody answered, on the phone.
    Called(&'a Person, Vec<CallAnswer>),
    /// Somebody filled in the form on the website.
    Filled(&'a Person, &'static Aim),
    /// Data went to somebody outside.
    Fed(&'static Receiver),
    /// Somebody was asked.
    Asked(&'a Person, &'static Aim),
    /// Somebody took a yes back.
    Withdrew(&'a Person, &'static Aim),
    /// Somebody wants no advertising at all.
    Objected(&'a Person),
    /// Somebody asked for their rights.
    Requests(&'a Person, Kind, [&'static str; 4], NaiveDate),
    /// The oldest request was answered.
    Answered,
    /// Somebody was put on lock.
    Locked(&'a Person),
    /// What became of somebody who is not there any more, or of what went wrong.
    Happened(fn(&mut Vault, DateTime<Utc>) -> Result<()>),
    /// A list went to somebody whom it did not concern, with these people in it.
    Leaked([&'a Person; 3]),
}

/// Whose request is to be answered in so many days from today, and what it is about.
const DUE: [(&str, Kind, [&str; 4], i64); 4] = [
    ("D’Hondt-Vanhaverbeke", Kind::Erasure, words::ERASURE, -1),
    ("Van den Bossche", Kind::Portability, words::PORTABILITY, 2),
    ("Vandenbroucke-De Schepper", Kind::Access, words::ACCESS, 6),
    ("El Khattabi", Kind::Rectification, words::RECTIFICATION, 20),
];

/// Lives through everything up to now.
pub(super) fn live(vault: &mut Vault, now: DateTime<Utc>) -> Result<()> {
    let mut everybody = everybody()?;
    everybody.iter_mut().for_each(|person| person.label(&vault.business().language));
    let mut events = events(vault, &everybody, now)?;
    events.sort_by_key(|(at, _)| *at);
    let mut past = Past { spool: Spool::at(vault.profile()), vault, everybody: &everybody };
    events.iter().try_for_each(|(at, event)| past.happens(event, *at))
}

/// What happened, with its moment; in no order.
fn events<'a>(vault: &Vault, everybody: &'a [Person], now: DateTime<Utc>) -> Result<Vec<(DateTime<Utc>, Event<'a>)>> {
    let ago = |days: u64| now - Days::new(days);
    let mut events = vec![
        (now - BEGAN, Event::Began),
        (ago(850), Event::Imported(From::Outlook)),
        (ago(420), Event::Reworded),
        (ago(22), Event::Imported(From::Fair)),
    ];
    let fed = RECEIVERS.iter().flat_map(|receiver| receiver.fed.iter().map(move |days| (*days, receiver)));
    events.extend(fed.map(|(days, receiver)| (ago(days), Event::Fed(receiver))));
    for (n, person) in everybody.iter().enumerate() {
        // Nobody calls in the same minute.
        let minutes = TimeDelta::minutes(i64::try_from(n).unwrap_or_default());
        events.extend(of(person).into_iter().map(|(days, event)| (ago(days) - minutes, event)));
    }
    for (family, kind, words, due) in DUE {
        let person = named(everybody, family)?;
        let received = received(vault, now, due)?;
        let days = (vault.business().today(now) - received).num_days();
        let at = now - TimeDelta::days(days);
        events.push((at, Event::Requests(person, kind, words, received)));
        if kind == Kind::Erasure {
            events.push((at + TimeDelta::hours(1), Event::Locked(person)));
        }
    }
    let (asked, answered) = (ago(90), ago(70));
    let person = named(everybody, "Maertens")?;
    events.push((asked, Event::Requests(person, Kind::Access, words::ACCESS, vault.business().today(asked))));
    events.push((answered, Event::Answered));
    events.push((ago(100), Event::Objected(named(everybody, "Hoste")?)));
    let leaked = [named(everybody, "Maertens")?, named(everybody, "Hoste")?, named(everybody, "Claeys")?];
    events.extend([
        (ago(300), Event::Happened(incidents::comes)),
        (ago(50), Event::Happened(incidents::asks_to_go)),
        (ago(46), Event::Happened(incidents::goes)),
        (ago(2), Event::Leaked(leaked)),
        (ago(1), Event::Happened(incidents::reports)),
    ]);
    Ok(events)
}

/// What somebody did, by how long ago it was. Answers of one day were one conversation.
fn of(person: &Person) -> Vec<(u64, Event<'_>)> {
    let mut events = Vec::new();
    let mut calls: BTreeMap<u64, Vec<CallAnswer>> = BTreeMap::new();
    let said = AIMS.iter().zip(&person.said).filter_map(|(aim, said)| said.map(|said| (aim, said)));
    for (aim, Said { what, ago, withdrawn }) in said {
        match what {
            What::Yes | What::No => {
                let yes = what == What::Yes;
                let share = if yes { shared(&person.family, aim.key) } else { Vec::new() };
                let answer = CallAnswer { purpose: aim.key.to_owned(), yes, share, ..CallAnswer::default() };
                calls.entry(ago).or_default().push(answer);
            }
            What::Form => events.push((ago, Event::Filled(person, aim))),
            What::Asked => events.push((ago, Event::Asked(person, aim))),
        }
        events.extend(withdrawn.map(|ago| (ago, Event::Withdrew(person, aim))));
    }
    events.extend(calls.into_iter().map(|(ago, answers)| (ago, Event::Called(person, answers))));
    events
}

/// The day on which something came in that must be answered in so many days from today, or as near to that as the calendar
/// allows; what is late is late, and what is not is not.
fn received(vault: &Vault, now: DateTime<Utc>, due: i64) -> Result<NaiveDate> {
    let business = vault.business();
    let today = business.today(now);
    let mut best: Option<(i64, NaiveDate)> = None;
    for back in 0..50 {
        let received = today - Days::new(back);
        let end = requests::deadline(&business.country, &received.to_string(), Rule::OneMonth)?.due;
        let left = (end.date() - today).num_days();
        let off = (left - due).abs();
        if (left < 0) == (due < 0) && best.is_none_or(|(known, _)| off < known) {
            best = Some((off, received));
        }
    }
    best.map(|(_, received)| received).ok_or_else(|| Problem::new(Code::System))
}

fn named<'a>(everybody: &'a [Person], family: &str) -> Result<&'a Person> {
    everybody.iter().find(|person| person.family == family).ok_or_else(|| Problem::not_found("contact", family))
}

/// The business while it lives.
struct Past<'v> {
    vault: &'v mut Vault,
    spool: Spool,
    everybody: &'v [Person],
}

impl Past<'_> {
    fn happens(&mut self, event: &Event<'_>, at: DateTime<Utc>) -> Result<()> {
        let local = self.vault.business().local(at.timestamp_millis());
        match event {
            Event::Began => {
                AIMS.iter().try_for_each(|aim| self.aim(aim, at))?;
                RECEIVERS.iter().try_for_each(|receiver| receivers::add(self.vault, receiver, at))
            }
            Event::Fed(receiver) => receivers::feed(self.vault, receiver, at),
            Event::Reworded => self.reword(at),
            Event::Imported(from) => self.import(*from, at),
            Event::Called(person, answers) => self.call(person, answers, at),
            Event::Filled(person, aim) => {
                let form = NewAnswer {
                    language: Some(person.language.clone()),
                    url: "https://kettingenco.example.be/".to_owned(),
                    ..NewAnswer::new(aim.key, true, How::WebForm, local)
                };
                consents::record(self.vault, &self.contact(person)?, &form, at).map(drop)
            }
            Event::Asked(person, aim) => {
                let channel = if person.email.is_empty() { Channel::Post } else { Channel::Email };
                consents::ask(self.vault, &[self.contact(person)?], aim.key, channel, at).map(drop)
            }
            Event::Withdrew(person, aim) => {
                consents::withdraw(self.vault, &self.contact(person)?, aim.key, How::Email, local, at).map(drop)
            }
            Event::Objected(person) => {
                let objection = NewObjection { purpose: None, how: How::Letter, happened: local };
                consents::object(self.vault, &self.contact(person)?, &objection, at).map(drop)
            }
            Event::Requests(person, kind, words, received) => {
                let new = NewRequest {
                    asker: Asker::Contact(self.contact(person)?),
                    kind: *kind,
                    received: received.to_string(),
                    how: How::Email,
                    words: self.text(*words).to_owned(),
                    attach: Vec::new(),
                };
                requests::open(self.vault, &new, at).map(drop)
            }
            Event::Answered => self.answer(at),
            Event::Happened(act) => act(self.vault, at),
            Event::Leaked(people) => {
                let affected = people.iter().map(|person| self.contact(person)).collect::<Result<_>>()?;
                incidents::leaks(self.vault, affected, at)
            }
            Event::Locked(person) => {
                people::restrict(self.vault, &self.contact(person)?, self.text(words::LOCKED), at).map(drop)
            }
        }
    }

    /// A text in the language of the business.
    fn text(&self, texts: [&'static str; 4]) -> &'static str {
        text(texts, &self.vault.business().language)
    }

    /// Whom the vault has under that phone number.
    fn contact(&self, person: &Person) -> Result<String> {
        let found = people::list(self.vault, &Question { query: person.phone.clone(), limit: 1, after: None })?;
        let first = found.contacts.first().map(|contact| contact.id.to_string());
        first.ok_or_else(|| Problem::not_found("contact", &person.phone))
    }

    fn aim(&mut self, aim: &Aim, at: DateTime<Utc>) -> Result<()> {
        let new = NewPurpose {
            key: aim.key.to_owned(),
            title: self.text(aim.title).to_owned(),
            basis: Basis::Consent,
            wordings: wordings(aim.wording)?,
            channels: aim.channels.iter().copied().collect(),
            retention: aim.lasts.parse().ok(),
            marketing: aim.marketing,
            label: None,
            share: Vec::new(),
            soft_opt_in: None,
            special: false,
        };
        purposes::add(self.vault, &new, at)?;
        let short = PurposeChange { short: Some(self.text(aim.short).to_owned()), ..PurposeChange::default() };
        purposes::set(self.vault, aim.key, &short, at).map(drop)
    }

    fn reword(&mut self, at: DateTime<Utc>) -> Result<()> {
        purposes::revise(self.vault, "newsletter", &wordings(words::MONTHLY)?, false, at).map(drop)
    }

    fn import(&mut self, from: From, at: DateTime<Utc>) -> Result<()> {
        let (name, origin) =
            if from == From::Fair { ("fietsbeurs.csv", Origin::Other) } else { ("klanten-outlook.csv", Origin::Own) };
        let ask = Ask {
            file: self.given(name, file(self.everybody, from).as_bytes())?,
            options: Options::detect(Region::of("BE").ok_or_else(|| Problem::new(Code::System))?),
            origin,
            on_duplicate: OnDuplicate::Merge,
            private: false,
            rejected_to: None,
            dry_run: false,
        };
        import(self.vault, &ask, &Progress::default(), at).map(drop)
    }

    /// A file as the window sends one: nothing of it lies on the disk in the clear.
    fn given(&self, name: &str, bytes: &[u8]) -> Result<Given> {
        let id = self.spool.begin(name, bytes.len() as u64, IMPORT_MAX)?;
        self.spool.add(id, bytes)?;
        self.spool.done(id).map(Given::Incoming)
    }

    fn call(&mut self, person: &Person, answers: &[CallAnswer], at: DateTime<Utc>) -> Result<()> {
        let new = person.from == From::Call && self.contact(person).is_err();
        let caller = if new {
            let draft = person.draft(self.vault.business())?;
            Caller::New(Box::new(NewPerson { draft, ..NewPerson::default() }))
        } else {
            Caller::Known(self.contact(person)?)
        };
        // One of them rang herself, and somebody wrote down what she said.
        let rang = person.family == "Van Cauwenberghe-Lambrecht";
        let note = if rang { self.text(words::NOTE) } else { "" };
        let attach = if rang { vec![self.given("gesprek.txt", note.as_bytes())?] } else { Vec::new() };
        let call = Call {
            caller,
            how: How::Phone,
            happened: self.vault.business().local(at.timestamp_millis()),
            language: Some(person.language.clone()),
            answers: answers.to_vec(),
            note: note.to_owned(),
            attach,
            from: NewSource::default(),
        };
        consents::record_call(self.vault, &call, at).map(drop)
    }

    /// Answers the request that is there.
    fn answer(&mut self, at: DateTime<Utc>) -> Result<()> {
        let open = requests::list(self.vault, requests::Filter::Open, None, at)?;
        let request: Option<Uuid> = open.requests.first().map(|request| request.id);
        let request = request.ok_or_else(|| Problem::new(Code::System))?;
        requests::step(self.vault, request, Step::Answered { on: None, attach: Vec::new() }, at).map(drop)
    }
}

/// The texts of a wording, in every language.
fn wordings(texts: [&str; 4]) -> Result<Vec<Wording>> {
    LANGUAGES.iter().zip(texts).map(|(language, text)| Wording::new(language, text.to_owned())).collect()
}
