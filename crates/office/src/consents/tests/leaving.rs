//! Whatever people do, nothing leaves that the gate denies on that day, by whichever way; and nobody stays whom it lets go.

mod shelf;
mod steps;
mod ways;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use akkoord_rules::consent::{Basis, Builtin};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::gate::{Decision, Reason};
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use self::shelf::Memory;
use self::steps::any_step;
use crate::connections::{NewConnection, add};
use crate::consents::may::Gate;
use crate::consents::{self, Question, Target};
use crate::intake::draft::{Address, Draft};
use crate::mail::{NewAccount, account_set};
use crate::people::{self};
use crate::purposes::{self, NewPurpose, Wording};
use crate::settings::{Reach, reach_set};
use crate::trial::Trial;
use crate::vault::{Act, Vault};

/// What the connections receive.
const FIELDS: [&str; 6] = ["given", "email", "phone", "address", "birthday", "notes"];

/// Somebody, with what of each field nobody else has, as it is written wherever it is.
#[derive(Debug, Clone)]
struct Someone {
    id: Uuid,
    known: Vec<(&'static str, Vec<String>)>,
}

/// Whom the gate lets go where: for this person and field.
type Lets<'a> = &'a dyn Fn(Uuid, &str) -> bool;

/// A shop, the people of a story, its purposes, a file and an address book.
struct Shop {
    trial: Trial,
    people: Vec<Someone>,
    /// What is known of those who were erased.
    gone: Vec<Someone>,
    purposes: Vec<String>,
    /// The file, and the address book.
    keys: [String; 2],
    book: Memory,
    merged: Vec<Uuid>,
    imports: Vec<Uuid>,
    stories: usize,
    steps: usize,
    newcomers: usize,
    /// How often somebody went, by way.
    went: BTreeMap<&'static str, usize>,
}

impl Shop {
    fn new() -> Self {
        let mut trial = Trial::new();
        // Nobody listens there, so that whatever may leave waits for its next time.
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let user = "an@example.be".to_owned();
        let account = NewAccount { smtp: closed.to_string(), user, ..NewAccount::default() };
        account_set(&mut trial.vault, &account, None, trial.now).unwrap();
        let [street, postal_code, city] = ["Kerkstraat 1", "9000", "Gent"].map(str::to_owned);
        let (email, phone) = ("info@claes.example".to_owned(), "09 223 45 67".to_owned());
        let reach = Reach { street, postal_code, city, email, phone, ..Reach::default() };
        reach_set(&mut trial.vault, &reach, trial.now).unwrap();
        Self {
            trial,
            people: Vec::new(),
            gone: Vec::new(),
            purposes: Vec::new(),
            keys: Default::default(),
            book: Memory::default(),
            merged: Vec::new(),
            imports: Vec::new(),
            stories: 0,
            steps: 0,
            newcomers: 0,
            went: BTreeMap::new(),
        }
    }

    /// Other people, purposes and connections than in the stories before.
    fn begin(&mut self) {
        self.stories += 1;
        let n = self.stories;
        (self.keys, self.newcomers, self.book) = ([format!("c{n}"), format!("b{n}")], 0, Memory::default());
        (self.people, self.gone, self.merged, self.imports) = Default::default();
        let of = |key: String, basis, marketing| NewPurpose {
            title: key.clone(),
            key,
            basis,
            wordings: vec![Wording::new("nl", "Ja.".to_owned()).unwrap()],
            channels: ChannelSet::NONE,
            retention: (basis == Basis::Consent).then(|| "P1Y".parse().unwrap()),
            marketing,
            label: None,
            share: Vec::new(),
            soft_opt_in: None,
            special: false,
        };
        let purposes = [
            of(format!("news{n}"), Basis::Consent, true),
            of(format!("care{n}"), Basis::Consent, false),
            of(format!("own{n}"), Basis::LegitimateInterests, true),
        ];
        for purpose in &purposes {
            purposes::add(&mut self.trial.vault, purpose, self.trial.now).unwrap();
        }
        self.purposes = purposes.into_iter().map(|purpose| purpose.key).collect();
        for (key, kind) in self.keys.clone().into_iter().zip([Kind::File, Kind::Carddav]) {
            let at = if kind == Kind::File { ["", ""] } else { ["https://localhost/an/book/", "an"] };
            let new = NewConnection {
                title: key.clone(),
                key,
                kind,
                fields: FIELDS.map(str::to_owned).to_vec(),
                // The third lets everybody go whom no objection stops: it joins by a step.
                purposes: self.purposes[..2].to_vec(),
                max_sensitivity: Sensitivity::Low,
                eea: true,
                channel: None,
                url: at[0].to_owned(),
                user: at[1].to_owned(),
            };
            add(&mut self.trial.vault, &new, self.trial.now).unwrap();
        }
        self.comes(NaiveDate::from_ymd_opt(1950, 1, 1));
        self.comes(NaiveDate::from_ymd_opt(2015, 1, 1));
        self.brought();
    }

    /// A number that nobody else has, of two digits for the person.
    fn number(&mut self) -> usize {
        self.newcomers += 1;
        self.stories * 100 + self.newcomers
    }

    /// Somebody whose data came from themselves.
    fn comes(&mut self, born: Option<NaiveDate>) {
        let number = self.number();
        let born = born.unwrap() + Days::new(number.try_into().unwrap());
        let draft = Draft {
            given: format!("W{number}x"),
            emails: vec![people::parse_email(&format!("w{number}@example.be")).unwrap()],
            phones: vec![people::parse_phone(&format!("+3247{number:07}"), self.trial.vault.business()).unwrap()],
            addresses: vec![Address {
                street: format!("Dorp {number}x"),
                postal_code: "9000".to_owned(),
                city: "Gent".to_owned(),
                ..Address::default()
            }],
            birthday: born.to_string(),
            notes: format!("note of {number}x"),
            ..Draft::default()
        };
        let id = self.trial.add(&draft).parse().unwrap();
        let forms = ["%Y-%m-%d", "%Y%m%d", "%-d/%-m/%Y", "%-m/%-d/%Y", "%d/%m/%Y", "%m/%d/%Y"];
        let known = vec![
            ("given", vec![draft.given]),
            ("email", vec![draft.emails[0].value.clone()]),
            ("phone", vec![draft.phones[0].e164.clone()]),
            ("address", vec![draft.addresses[0].street.clone()]),
            ("birthday", forms.map(|form| born.format(form).to_string()).to_vec()),
            ("notes", vec![draft.notes]),
        ];
        self.people.push(Someone { id, known });
    }

    fn decision(&self, who: Uuid, purpose: &str, target: Target) -> Decision {
        let on = self.trial.vault.business().today(self.trial.now);
        let question = Question { purpose: purpose.to_owned(), target, on };
        consents::may(&self.trial.vault, &who.to_string(), &question).unwrap().decision
    }

    fn may(&self, who: Uuid, purpose: &str, target: Target) -> bool {
        self.decision(who, purpose, target).allowed
    }

    fn may_by(&self, who: Uuid, purpose: &str, channel: Channel) -> bool {
        self.may(who, purpose, Target::Channel(channel))
    }

    /// Whether somebody may be asked for their consent, by what the gate says of asking and of what is asked about.
    fn may_ask(&self, who: Uuid, purpose: &str, channel: Channel) -> bool {
        let marketing = purpose != self.purposes[1];
        // What it says first of all of a purpose that stands open: an objection comes before any answer.
        let reason = self.decision(who, purpose, Target::Channel(Channel::InPerson)).reason();
        let declined = channel == Channel::Email && matches!(reason, Reason::Refused | Reason::Withdrawn);
        self.may_by(who, Builtin::Ask.as_str(), channel) && !(marketing && (reason == Reason::Objected || declined))
    }

    /// The contacts that stand for the people of the story.
    fn heads(&self) -> Vec<Uuid> {
        let heads: BTreeSet<Uuid> = self.people.iter().map(|one| self.head(one.id)).collect();
        heads.into_iter().collect()
    }

    fn head(&self, id: Uuid) -> Uuid {
        people::resolve(self.trial.vault.rows(), &id.to_string()).unwrap().id
    }
}

/// Whether all together are judged as each alone, about being asked and being reached.
fn alike(vault: &Vault, all: &[Uuid], purpose: &str, now: DateTime<Utc>) -> bool {
    let on = vault.business().today(now);
    let stored = purposes::answerable(vault.rows(), vault.business(), purpose).unwrap();
    let whom: Vec<_> = all.iter().map(|id| people::resolve(vault.rows(), &id.to_string()).unwrap()).collect();
    let asking = Gate::asking(vault, &stored, Channel::Post, on).unwrap();
    let reaching = Gate::reaching(vault.rows(), vault.business(), &stored, Channel::Post, on).unwrap();
    [asking, reaching].iter().all(|gate| {
        let together = gate.side_by_side(&whom, &stored, Gate::judge_each).unwrap();
        together == gate.judge_all(&whom, Gate::judge_each).unwrap()
    })
}

#[test]
fn addresses_from_somebody_else_are_seen_in_a_crowd_too() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let all: Vec<Uuid> = ["An", "Jo"].iter().map(|name| trial.person(name).parse().unwrap()).collect();
    let done = trial.vault.record(Act::ContactSet, None, trial.now, |rows| {
        let sql =
            "UPDATE source SET origin = 'other', kind = 'indirect' WHERE contact_no = (SELECT min(no) FROM contact)";
        Ok(rows.execute(sql, [])?)
    });
    assert_eq!(done.unwrap().output, 1);
    assert!(alike(&trial.vault, &all, "news", trial.now));
    let plan = consents::plan(&trial.vault, &all, "news", &consents::WAYS, trial.now).unwrap();
    assert_eq!(plan.ways[0].people, all[1..]);
}

#[test]
fn whose_yes_ended_is_asked_again() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1Y"));
    let an = trial.person("An");
    trial.yes(&an, "news");
    let all = [an.parse().unwrap()];
    let plan = |trial: &Trial| consents::plan(&trial.vault, &all, "news", &consents::WAYS, trial.now).unwrap();
    assert_eq!((plan(&trial).agreed, plan(&trial).ways[0].people.len()), (1, 0));
    trial.later(340);
    assert_eq!((plan(&trial).agreed, plan(&trial).ways[0].people.len()), (0, 1), "it ends soon");
    trial.later(60);
    assert_eq!((plan(&trial).agreed, plan(&trial).ways[0].people.len()), (0, 1), "it ended");
}

#[test]
fn no_sequence_of_acts_lets_anything_out_that_the_gate_denies() {
    let shop = RefCell::new(Shop::new());
    let config = ProptestConfig { failure_persistence: None, max_shrink_iters: 80, ..ProptestConfig::with_cases(24) };
    // Chance decides who goes by which way: more is drawn until enough went by each for the test to say something.
    let enough = || shop.borrow().went.len() == ways::ALL && shop.borrow().went.values().all(|went| *went > 20);
    for _ in 0..5 {
        proptest!(config.clone(), |(steps in proptest::collection::vec(any_step(), 2..14))| {
            let shop = &mut *shop.borrow_mut();
            shop.begin();
            for (step, days) in &steps {
                shop.trial.later(*days);
                shop.take(step)?;
                shop.check()?;
            }
            prop_assert_eq!(shop.trial.fault(), None);
        });
        if enough() {
            return;
        }
    }
    panic!("by some way hardly anybody ever went, so the test says nothing: {:?}", shop.borrow().went);
}
