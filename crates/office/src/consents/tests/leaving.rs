//! Whatever people do, nothing leaves that the gate denies on that day; and nobody stays whom it lets go.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use akkoord_rules::consent::{Basis, How};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, Days, Utc};
use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use crate::connections::{ConnectionChange, Format, NewConnection, Shown, add, export, set, show};
use crate::consents::may::Gate;
use crate::consents::{self, NewAnswer, NewObjection, Question, Target};
use crate::intake::draft::Draft;
use crate::intake::import::{Ask, OnDuplicate, Origin, import};
use crate::intake::reader::{Options, Progress};
use crate::normal::phone::Region;
use crate::people::{self, NewSource};
use crate::problem::Code;
use crate::purposes::{self, NewPurpose, Wording};
use crate::settings;
use crate::trial::Trial;
use crate::vault::{Act, Vault};

/// What the connection receives, each with the line of a card that shows it.
const FIELDS: [(&str, &str); 5] =
    [("given", "\nFN"), ("email", "\nEMAIL"), ("phone", "\nTEL"), ("birthday", "\nBDAY"), ("notes", "\nNOTE")];

/// What can happen.
#[derive(Debug, Clone)]
enum Step {
    Answer { who: Index, of: Index, yes: bool, how: How, ago: u64, share: bool, channels: ChannelSet },
    Withdraw { who: Index, of: Index },
    Confirm { who: Index, of: Index },
    Object { who: Index, of: Option<Index> },
    Restrict { who: Index },
    Unrestrict { who: Index },
    Merge,
    Unmerge,
    Sensitivity { field: Index, level: Sensitivity },
    Ceiling { level: Sensitivity },
    Serves { which: Vec<Index> },
    Reaches { channel: Option<Channel> },
    Revise { of: Index },
}

fn any_step() -> impl Strategy<Value = (Step, u64)> {
    let index = any::<Index>;
    let level = || proptest::sample::select(Sensitivity::ALL.to_vec());
    let how = proptest::sample::select(vec![How::Phone, How::WebForm, How::Email, How::Letter]);
    let channels = proptest::sample::subsequence(vec![Channel::Email, Channel::Phone, Channel::Post], 0..=3)
        .prop_map(|channels| channels.into_iter().collect());
    let answer = (index(), index(), any::<bool>(), how, 0..30_u64, any::<bool>(), channels)
        .prop_map(|(who, of, yes, how, ago, share, channels)| Step::Answer { who, of, yes, how, ago, share, channels });
    let step = prop_oneof![
        8 => answer,
        1 => (index(), index()).prop_map(|(who, of)| Step::Withdraw { who, of }),
        2 => (index(), index()).prop_map(|(who, of)| Step::Confirm { who, of }),
        1 => (index(), proptest::option::of(index())).prop_map(|(who, of)| Step::Object { who, of }),
        1 => index().prop_map(|who| Step::Restrict { who }),
        1 => index().prop_map(|who| Step::Unrestrict { who }),
        1 => Just(Step::Merge),
        1 => Just(Step::Unmerge),
        1 => (index(), level()).prop_map(|(field, level)| Step::Sensitivity { field, level }),
        1 => level().prop_map(|level| Step::Ceiling { level }),
        1 => proptest::collection::vec(index(), 0..3).prop_map(|which| Step::Serves { which }),
        1 => proptest::sample::select(vec![None, Some(Channel::Email), Some(Channel::Phone)])
            .prop_map(|channel| Step::Reaches { channel }),
        1 => index().prop_map(|of| Step::Revise { of }),
    ];
    (step, prop_oneof![4 => 0..10_u64, 1 => 300..800_u64])
}

/// A shop, three people and a connection.
struct Shop {
    trial: Trial,
    people: Vec<String>,
    purposes: Vec<String>,
    key: String,
    merged: Vec<Uuid>,
    stories: usize,
    /// How often somebody went.
    went: usize,
}

impl Shop {
    fn new() -> Self {
        let (people, purposes, merged) = (Vec::new(), Vec::new(), Vec::new());
        Self { trial: Trial::new(), people, purposes, key: String::new(), merged, stories: 0, went: 0 }
    }

    /// Other people, purposes and connection than in the stories before.
    fn begin(&mut self) {
        self.stories += 1;
        let n = self.stories;
        self.key = format!("c{n}");
        self.merged.clear();
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
        let new = NewConnection {
            key: self.key.clone(),
            title: self.key.clone(),
            kind: Kind::File,
            fields: FIELDS.iter().map(|(key, _)| (*key).to_owned()).collect(),
            purposes: self.purposes.clone(),
            max_sensitivity: Sensitivity::Low,
            eea: true,
            channel: None,
            url: String::new(),
            user: String::new(),
        };
        add(&mut self.trial.vault, &new, self.trial.now).unwrap();
        self.people = vec![self.person(0, "1980-02-29"), self.person(1, "2015-06-01"), self.brought(2)];
    }

    /// Somebody whose address came from somebody else.
    fn brought(&mut self, at: usize) -> String {
        let n = self.stories;
        let file = self.trial.dir().join("brought.csv");
        let text = format!(
            "First Name,E-mail 1 - Value,Phone 1 - Value\nW{n}-{at},w{n}-{at}@example.be,+3247{:07}\n",
            n * 10 + at
        );
        std::fs::write(&file, text).unwrap();
        let ask = Ask {
            file: file.into(),
            options: Options::detect(Region::of("BE").unwrap()),
            origin: Origin::Other,
            on_duplicate: OnDuplicate::Merge,
            private: false,
            rejected_to: None,
            dry_run: false,
        };
        let report = import(&mut self.trial.vault, &ask, &Progress::default(), self.trial.now).unwrap();
        assert_eq!(report.added, 1, "{report:?}");
        self.head(&format!("w{n}-{at}@example.be")).to_string()
    }

    fn person(&mut self, at: usize, birthday: &str) -> String {
        let n = self.stories;
        let phone = format!("+3247{:07}", n * 10 + at);
        let draft = Draft {
            given: format!("W{n}-{at}"),
            emails: vec![people::parse_email(&format!("w{n}-{at}@example.be")).unwrap()],
            phones: vec![people::parse_phone(&phone, self.trial.vault.business()).unwrap()],
            birthday: birthday.to_owned(),
            notes: format!("note of {n}-{at}"),
            ..Draft::default()
        };
        people::add(&mut self.trial.vault, &draft, &[], &NewSource::default(), true, self.trial.now)
            .unwrap()
            .output
            .to_string()
    }

    /// Does a step; a refusal by rule is as good as doing it.
    fn take(&mut self, step: &Step) {
        let now = self.trial.now;
        let local = self.trial.vault.business().local(now.timestamp_millis());
        let (vault, key) = (&mut self.trial.vault, &self.key);
        let someone = |who: &Index| who.get(&self.people).as_str();
        let purpose = |of: &Index| of.get(&self.purposes).as_str();
        let change = |vault: &mut _, change: ConnectionChange| set(vault, key, &change, now).map(drop);
        let done = match step {
            Step::Answer { who, of, yes, how, ago, share, channels } => {
                let mut new = NewAnswer::new(purpose(of), *yes, *how, local - Days::new(*ago));
                new.share = share.then(|| key.clone()).filter(|_| *yes).into_iter().collect();
                new.channels = Some(*channels).filter(|channels| *yes && *channels != ChannelSet::NONE);
                consents::record(vault, someone(who), &new, now).map(drop)
            }
            Step::Withdraw { who, of } => {
                consents::withdraw(vault, someone(who), purpose(of), How::Phone, local, now).map(drop)
            }
            Step::Confirm { who, of } => consents::confirm(vault, someone(who), purpose(of), now).map(drop),
            Step::Object { who, of } => {
                let purpose = of.as_ref().map(|of| purpose(of).to_owned());
                let new = NewObjection { purpose, how: How::Email, happened: local };
                consents::object(vault, someone(who), &new, now).map(drop)
            }
            Step::Restrict { who } => people::restrict(vault, someone(who), "Says it is wrong", now).map(drop),
            Step::Unrestrict { who } => {
                people::unrestrict(vault, someone(who), "It was right", local.date_naive(), now).map(drop)
            }
            Step::Merge => {
                people::merge(vault, &self.people[0], &self.people[1], now).map(|done| self.merged.push(done.output))
            }
            Step::Unmerge => self.merged.pop().map_or(Ok(()), |merge| people::unmerge(vault, merge, now).map(drop)),
            Step::Sensitivity { field, level } => {
                settings::set_sensitivity(vault, field.get(&FIELDS).0, *level, now).map(drop)
            }
            Step::Ceiling { level } => {
                change(vault, ConnectionChange { max_sensitivity: Some(*level), ..ConnectionChange::default() })
            }
            Step::Serves { which } => {
                let keys: BTreeSet<&str> = which.iter().map(purpose).collect();
                let purposes = Some(keys.into_iter().map(str::to_owned).collect());
                change(vault, ConnectionChange { purposes, ..ConnectionChange::default() })
            }
            Step::Reaches { channel } => {
                let channel = Some(channel.map_or(String::new(), |channel| channel.as_str().to_owned()));
                change(vault, ConnectionChange { channel, ..ConnectionChange::default() })
            }
            Step::Revise { of } => {
                let wording = Wording::new("nl", format!("Ja, {now}.")).unwrap();
                purposes::revise(vault, purpose(of), &[wording], true, now).map(drop)
            }
        };
        if let Err(problem) = done {
            let rule =
                [Code::NothingToConfirm, Code::Invalid, Code::Restricted, Code::AlreadyRestricted, Code::NotFound];
            assert!(rule.contains(&problem.code), "{step:?}: {problem:?}");
        }
    }

    fn may(&self, who: &str, purpose: &str, target: Target) -> bool {
        let on = self.trial.vault.business().today(self.trial.now);
        consents::may(&self.trial.vault, who, &Question { purpose: purpose.to_owned(), target, on })
            .unwrap()
            .decision
            .allowed
    }

    /// The purposes for which somebody may go, as the gate says of that person alone.
    fn open(&self, who: &str, shown: &Shown) -> Vec<String> {
        let to = || Target::Connection { key: self.key.clone(), field: None };
        let reach =
            |purpose: &str| shown.channel.is_none_or(|channel| self.may(who, purpose, Target::Channel(channel)));
        shown.purposes.iter().filter(|purpose| self.may(who, purpose, to()) && reach(purpose)).cloned().collect()
    }

    /// Everybody's card as the file has it.
    fn cards(&mut self) -> BTreeMap<Uuid, String> {
        let to = self.trial.dir().join(format!("{}-{}.vcf", self.key, self.trial.now.timestamp_nanos_opt().unwrap()));
        export(&mut self.trial.vault, &self.key, Format::Vcard, &to, self.trial.now, |_, _| Ok(())).unwrap();
        let text = std::fs::read_to_string(&to).unwrap();
        std::fs::remove_file(to).unwrap();
        let card = |card: &str| {
            let id = card.split("urn:uuid:").nth(1)?.get(..36)?.parse().ok()?;
            Some((id, card.to_owned()))
        };
        text.split("BEGIN:VCARD").filter_map(card).collect()
    }

    /// Nobody and nothing is in a file, list or plan that the gate denies, and nobody whom it lets go is missing.
    fn check(&mut self) -> Result<(), TestCaseError> {
        let mut cards = self.cards();
        let shown = show(&self.trial.vault, &self.key).unwrap();
        let heads: BTreeSet<Uuid> = self.people.iter().map(|id| self.head(id)).collect();
        // The people of the stories before go where nobody needs to agree.
        cards.retain(|id, _| heads.contains(id));
        for who in &heads {
            let name = who.to_string();
            let open = self.open(&name, &shown);
            let passes = |field: &str| {
                let to = || Target::Connection { key: self.key.clone(), field: Some(field.to_owned()) };
                open.iter().any(|purpose| self.may(&name, purpose, to()))
            };
            let card = cards.get(who);
            prop_assert!(card.is_none() || !open.is_empty(), "{} went for no purpose", name);
            for (field, line) in FIELDS {
                // A card cannot be without a name.
                let there = card.is_some_and(|card| card.contains(line)) && field != "given";
                prop_assert!(!there || passes(field), "{} of {} went: {:?}", field, name, card);
                // Everybody has these.
                let missing = card.is_some() && !there && ["email", "phone"].contains(&field);
                prop_assert!(!missing || !passes(field), "{} of {} did not go: {:?}", field, name, card);
            }
            // Only some have a birthday: those whose card holds one.
            let has = |field: &str, line: &str| {
                ["email", "phone", "given"].contains(&field) || card.is_some_and(|card| card.contains(line))
            };
            let anything = FIELDS.iter().any(|(field, line)| has(field, line) && passes(field));
            prop_assert_eq!(card.is_some(), !open.is_empty() && anything, "{} {:?}", name, open);
        }
        self.went += cards.len();
        self.lists(&heads)
    }

    /// A list for a purpose and channel holds exactly those who may be reached; a plan to ask nobody who may not be.
    fn lists(&self, heads: &BTreeSet<Uuid>) -> Result<(), TestCaseError> {
        let (vault, now) = (&self.trial.vault, self.trial.now);
        let all: Vec<Uuid> = heads.iter().copied().collect();
        for purpose in &self.purposes {
            for channel in [Channel::Email, Channel::Post] {
                let going = consents::going(vault, &all, purpose, channel, now).unwrap().goes;
                let may =
                    all.iter().filter(|who| self.may(&who.to_string(), purpose, Target::Channel(channel))).count();
                prop_assert_eq!(going, may, "{} on {:?}", purpose, channel);
            }
        }
        let plan = consents::plan(vault, &all, &self.purposes[0], &consents::WAYS, now).unwrap();
        for who in plan.ways.iter().flat_map(|way| &way.people) {
            let person = people::show(vault, &who.to_string(), now).unwrap();
            prop_assert!(!person.restricted, "{} is on lock and would be asked", who);
            let marketing = person.objections.iter().any(|objection| objection.purpose.is_none());
            prop_assert!(!marketing, "{} objected and would be asked", who);
        }
        for purpose in &self.purposes {
            prop_assert!(alike(vault, &all, purpose, now), "{}: many are judged otherwise than one", purpose);
        }
        Ok(())
    }

    fn head(&self, id: &str) -> Uuid {
        people::resolve(self.trial.vault.rows(), id).unwrap().id
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
    proptest!(config, |(steps in proptest::collection::vec(any_step(), 2..14))| {
        let shop = &mut *shop.borrow_mut();
        shop.begin();
        for (step, days) in &steps {
            shop.trial.later(*days);
            shop.take(step);
            shop.check()?;
        }
        prop_assert_eq!(shop.trial.fault(), None);
    });
    assert!(shop.borrow().went > 20, "hardly anybody ever went, so the test says nothing: {}", shop.borrow().went);
}
