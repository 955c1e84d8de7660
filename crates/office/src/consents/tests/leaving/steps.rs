//! What can happen between two looks at what would leave.

use akkoord_rules::consent::How;
use akkoord_rules::field::Sensitivity;
use akkoord_rules::person::{Channel, ChannelSet};
use chrono::{DateTime, Days, FixedOffset};
use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use super::{FIELDS, Shop, Someone};
use crate::connections::{ConnectionChange, set};
use crate::consents::{self, NewAnswer, NewObjection};
use crate::erasure::{self, Ground, NewHold};
use crate::intake::import::{Ask, OnDuplicate, Origin, import};
use crate::intake::reader::{Options, Progress};
use crate::intake::undo;
use crate::mail::{self, NewMail, Template};
use crate::normal::phone::Region;
use crate::people::{self, Change};
use crate::problem::{Code, Result};
use crate::purposes::{self, Wording};
use crate::settings;

/// What can happen.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Said(Said),
    Known(Known),
    Flow(Flow),
    Post(Post),
    /// A mail is written.
    Writes {
        who: Index,
        of: Index,
        which: usize,
    },
}

/// What people say, and what they are asked.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Answer { who: Index, of: Index, yes: bool, how: How, ago: u64, share: Vec<usize>, channels: ChannelSet },
    Withdraw { who: Index, of: Index },
    Confirm { who: Index, of: Index },
    Object { who: Index, of: Option<Index> },
    Revise { of: Index, material: bool },
}

/// Who is known, and what of them.
#[derive(Debug, Clone)]
pub(super) enum Known {
    Restrict { who: Index },
    Unrestrict { who: Index },
    Merge { who: Index, other: Index },
    Unmerge,
    Brings { who: Option<Index> },
    TakeBack,
    Gains { who: Index },
    Erase { who: Index, hold: Option<u64> },
    HoldsEnd,
    Returns { who: Index },
}

/// What the connections are for.
#[derive(Debug, Clone)]
pub(super) enum Flow {
    Sensitivity { field: Index, level: Sensitivity },
    Ceiling { level: Sensitivity },
    Serves { which: Vec<Index> },
    Reaches { channel: Option<Channel> },
}

/// Letters and mails to many.
#[derive(Debug, Clone)]
pub(super) enum Post {
    Prepare { of: Index, channel: Channel },
    Sent { which: Index },
}

pub(super) fn any_step() -> impl Strategy<Value = (Step, u64)> {
    let index = any::<Index>;
    let level = || proptest::sample::select(Sensitivity::ALL.to_vec());
    let how = proptest::sample::select(vec![How::Phone, How::WebForm, How::Email, How::Letter]);
    let channels = proptest::sample::subsequence(vec![Channel::Email, Channel::Phone, Channel::Post], 0..=3)
        .prop_map(|channels| channels.into_iter().collect());
    let share = proptest::sample::subsequence(vec![0, 1], 0..=2);
    let answer = (index(), index(), any::<bool>(), how, 0..30_u64, share, channels)
        .prop_map(|(who, of, yes, how, ago, share, channels)| Said::Answer { who, of, yes, how, ago, share, channels });
    let ways = proptest::sample::select(vec![Channel::Email, Channel::Post]);
    let consent = prop_oneof![
        8 => answer,
        1 => (index(), index()).prop_map(|(who, of)| Said::Withdraw { who, of }),
        2 => (index(), index()).prop_map(|(who, of)| Said::Confirm { who, of }),
        1 => (index(), proptest::option::of(index())).prop_map(|(who, of)| Said::Object { who, of }),
        2 => (index(), any::<bool>()).prop_map(|(of, material)| Said::Revise { of, material }),
    ];
    let person = prop_oneof![
        1 => index().prop_map(|who| Known::Restrict { who }),
        1 => index().prop_map(|who| Known::Unrestrict { who }),
        1 => (index(), index()).prop_map(|(who, other)| Known::Merge { who, other }),
        1 => Just(Known::Unmerge),
        1 => proptest::option::of(index()).prop_map(|who| Known::Brings { who }),
        1 => Just(Known::TakeBack),
        1 => index().prop_map(|who| Known::Gains { who }),
        1 => (index(), proptest::option::of(0..60_u64)).prop_map(|(who, hold)| Known::Erase { who, hold }),
        1 => Just(Known::HoldsEnd),
        1 => index().prop_map(|who| Known::Returns { who }),
    ];
    let flow = prop_oneof![
        1 => (index(), level()).prop_map(|(field, level)| Flow::Sensitivity { field, level }),
        1 => level().prop_map(|level| Flow::Ceiling { level }),
        1 => proptest::collection::vec(index(), 0..3).prop_map(|which| Flow::Serves { which }),
        1 => proptest::sample::select(vec![None, Some(Channel::Email), Some(Channel::Phone)])
            .prop_map(|channel| Flow::Reaches { channel }),
    ];
    let post = prop_oneof![
        2 => (index(), ways).prop_map(|(of, channel)| Post::Prepare { of, channel }),
        1 => index().prop_map(|which| Post::Sent { which }),
    ];
    let writes = (index(), index(), 0..3_usize).prop_map(|(who, of, which)| Step::Writes { who, of, which });
    let step = prop_oneof![
        14 => consent.prop_map(Step::Said),
        9 => person.prop_map(Step::Known),
        4 => flow.prop_map(Step::Flow),
        3 => post.prop_map(Step::Post),
        4 => writes,
    ];
    (step, prop_oneof![4 => 0..10_u64, 1 => 300..800_u64])
}

impl Shop {
    /// Does a step; a refusal by rule is as good as doing it.
    pub(super) fn take(&mut self, step: &Step) -> std::result::Result<(), TestCaseError> {
        self.steps += 1;
        let done = match step {
            Step::Writes { who, of, which } => return self.writes(*which, who, of),
            Step::Said(said) => self.hears(said),
            Step::Known(known) => self.knows(known),
            Step::Flow(flow) => self.flows(flow),
            Step::Post(post) => self.posts(post),
        };
        if let Err(problem) = done {
            let rule = [
                Code::NothingToConfirm,
                Code::Invalid,
                Code::Restricted,
                Code::AlreadyRestricted,
                Code::NotFound,
                Code::NotAllowed,
            ];
            prop_assert!(rule.contains(&problem.code), "{:?}: {:?}", step, problem);
        }
        if self.people.is_empty() {
            self.comes(chrono::NaiveDate::from_ymd_opt(1970, 1, 1));
        }
        Ok(())
    }

    fn someone(&self, who: &Index) -> String {
        who.get(&self.people).id.to_string()
    }

    fn purpose(&self, of: &Index) -> String {
        of.get(&self.purposes).clone()
    }

    fn local(&self) -> DateTime<FixedOffset> {
        self.trial.vault.business().local(self.trial.now.timestamp_millis())
    }

    fn hears(&mut self, said: &Said) -> Result<()> {
        let (now, local) = (self.trial.now, self.local());
        match said {
            Said::Answer { who, of, yes, how, ago, share, channels } => {
                let (who, purpose) = (self.someone(who), self.purpose(of));
                let mut new = NewAnswer::new(&purpose, *yes, *how, local - Days::new(*ago));
                new.share = share.iter().filter(|_| *yes).map(|at| self.keys[*at].clone()).collect();
                new.channels = Some(*channels).filter(|channels| *yes && *channels != ChannelSet::NONE);
                consents::record(&mut self.trial.vault, &who, &new, now).map(drop)
            }
            Said::Withdraw { who, of } => {
                let (who, purpose) = (self.someone(who), self.purpose(of));
                consents::withdraw(&mut self.trial.vault, &who, &purpose, How::Phone, local, now).map(drop)
            }
            Said::Confirm { who, of } => {
                let (who, purpose) = (self.someone(who), self.purpose(of));
                consents::confirm(&mut self.trial.vault, &who, &purpose, now).map(drop)
            }
            Said::Object { who, of } => {
                let (who, purpose) = (self.someone(who), of.as_ref().map(|of| self.purpose(of)));
                let new = NewObjection { purpose, how: How::Email, happened: local };
                consents::object(&mut self.trial.vault, &who, &new, now).map(drop)
            }
            Said::Revise { of, material } => {
                let wording = Wording::new("nl", format!("Ja, {now}.")).unwrap();
                let purpose = self.purpose(of);
                purposes::revise(&mut self.trial.vault, &purpose, &[wording], *material, now).map(drop)
            }
        }
    }

    fn knows(&mut self, known: &Known) -> Result<()> {
        let (now, today) = (self.trial.now, self.local().date_naive());
        match known {
            Known::Restrict { who } => {
                let who = self.someone(who);
                people::restrict(&mut self.trial.vault, &who, "Says it is wrong", now).map(drop)
            }
            Known::Unrestrict { who } => {
                let who = self.someone(who);
                people::unrestrict(&mut self.trial.vault, &who, "It was right", today, now).map(drop)
            }
            Known::Merge { who, other } => {
                let (who, other) = (self.someone(who), self.someone(other));
                let merged = people::merge(&mut self.trial.vault, &who, &other, now)?;
                self.merged.push(merged.output);
                Ok(())
            }
            Known::Unmerge => {
                let vault = &mut self.trial.vault;
                self.merged.pop().map_or(Ok(()), |merge| people::unmerge(vault, merge, now).map(drop))
            }
            Known::Brings { who } => self.brings(who.as_ref()),
            Known::TakeBack => self.take_back(),
            Known::Gains { who } => self.gains(who),
            Known::Erase { who, hold } => self.erase(who, *hold),
            Known::HoldsEnd => erasure::run(&mut self.trial.vault, None, now).map(|done| self.lost(&done.output.gone)),
            Known::Returns { who } => self.returns(who),
        }
    }

    fn flows(&mut self, flow: &Flow) -> Result<()> {
        let none = ConnectionChange::default();
        let change = match flow {
            Flow::Sensitivity { field, level } => {
                let field = FIELDS[field.index(FIELDS.len())];
                return settings::set_sensitivity(&mut self.trial.vault, field, *level, self.trial.now).map(drop);
            }
            Flow::Ceiling { level } => ConnectionChange { max_sensitivity: Some(*level), ..none },
            Flow::Serves { which } => {
                let purposes = Some(which.iter().map(|of| self.purpose(of)).collect());
                ConnectionChange { purposes, ..none }
            }
            Flow::Reaches { channel } => {
                let channel = Some(channel.map_or(String::new(), |channel| channel.as_str().to_owned()));
                ConnectionChange { channel, ..none }
            }
        };
        self.keys.iter().try_for_each(|key| set(&mut self.trial.vault, key, &change, self.trial.now).map(drop))
    }

    fn posts(&mut self, post: &Post) -> Result<()> {
        let (now, today) = (self.trial.now, self.local().date_naive());
        match post {
            Post::Prepare { of, channel } => {
                let (heads, purpose) = (self.heads(), self.purpose(of));
                consents::prepare(&mut self.trial.vault, &heads, &purpose, *channel, now).map(drop)
            }
            Post::Sent { which } => {
                let mut waiting = consents::askings(&self.trial.vault)?;
                waiting.retain(|one| self.purposes.contains(&one.purpose));
                if waiting.is_empty() {
                    return Ok(());
                }
                consents::sent(&mut self.trial.vault, which.get(&waiting).asking, today, now).map(drop)
            }
        }
    }

    /// Somebody whose address came from somebody else.
    pub(super) fn brought(&mut self) {
        let number = self.number();
        let (email, phone) = (format!("w{number}@example.be"), format!("+3247{number:07}"));
        self.imported(&format!("W{number}x,{email},{phone}\n"), true).unwrap();
        let id = people::resolve(self.trial.vault.rows(), &email).unwrap().id;
        let known = vec![("given", vec![format!("W{number}x")]), ("email", vec![email]), ("phone", vec![phone])];
        self.people.push(Someone { id, known });
    }

    fn imported(&mut self, row: &str, adds: bool) -> Result<()> {
        let file = self.trial.dir().join("brought.csv");
        std::fs::write(&file, format!("First Name,E-mail 1 - Value,Phone 1 - Value\n{row}")).unwrap();
        let ask = Ask {
            file: file.into(),
            options: Options::detect(Region::of("BE").unwrap()),
            origin: Origin::Other,
            on_duplicate: OnDuplicate::Merge,
            private: false,
            rejected_to: None,
            dry_run: false,
        };
        let report = import(&mut self.trial.vault, &ask, &Progress::default(), self.trial.now)?;
        assert_eq!(report.added == 1, adds, "{report:?}");
        self.imports.extend(report.import_id);
        Ok(())
    }

    /// A file brings somebody new, or another number of somebody who is known.
    fn brings(&mut self, who: Option<&Index>) -> Result<()> {
        let Some(at) = who.map(|who| who.index(self.people.len())) else {
            self.brought();
            return Ok(());
        };
        let number = self.number();
        let phone = format!("+3247{number:07}");
        let [given, email] = ["given", "email"].map(|field| self.people[at].value(field));
        self.imported(&format!("{given},{email},{phone}\n"), false)?;
        self.people[at].known.push(("phone", vec![phone]));
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        let Some(import) = self.imports.pop() else { return Ok(()) };
        undo(&mut self.trial.vault, import, &Progress::default(), self.trial.now)?;
        let conn = self.trial.vault.rows();
        self.people.retain(|one| people::resolve(conn, &one.id.to_string()).is_ok());
        Ok(())
    }

    /// Somebody has another address besides.
    fn gains(&mut self, who: &Index) -> Result<()> {
        let number = self.number();
        let email = format!("w{number}@example.be");
        let at = who.index(self.people.len());
        let change = Change { field: "email".to_owned(), how: people::How::Add, value: email.clone() };
        people::set(&mut self.trial.vault, &self.people[at].id.to_string(), &[change], self.trial.now)?;
        self.people[at].known.push(("email", vec![email]));
        Ok(())
    }

    fn erase(&mut self, who: &Index, hold: Option<u64>) -> Result<()> {
        let (now, who) = (self.trial.now, who.get(&self.people).id.to_string());
        let until = |days| self.trial.vault.business().today(now) + Days::new(days);
        let hold = hold.map(|days| NewHold { until: until(days), reason: "Invoices".to_owned() });
        let ground = Ground::Reason("Moved".to_owned());
        let done = erasure::erase(&mut self.trial.vault, &who, &ground, hold.as_ref(), now)?;
        self.lost(&done.output.gone);
        Ok(())
    }

    fn lost(&mut self, gone: &[Uuid]) {
        let (gone, stay) = self.people.drain(..).partition(|one| gone.contains(&one.id));
        self.people = stay;
        self.gone.extend::<Vec<_>>(gone);
    }

    /// A list brings somebody back who was erased.
    fn returns(&mut self, who: &Index) -> Result<()> {
        if self.gone.is_empty() {
            return Ok(());
        }
        let [given, email] = ["given", "email"].map(|field| who.get(&self.gone).value(field));
        let imports = self.imports.len();
        self.imported(&format!("{given},{email},\n"), false)?;
        self.imports.truncate(imports);
        Ok(())
    }

    /// A mail to somebody is written exactly where the gate lets it.
    fn writes(&mut self, which: usize, who: &Index, of: &Index) -> std::result::Result<(), TestCaseError> {
        let head = self.head(who.get(&self.people).id);
        let purpose = of.get(&self.purposes).clone();
        let (template, may) = self.mail(head, which, &purpose);
        let new = NewMail { template, attach: Vec::new(), request: None };
        let written = mail::write(&mut self.trial.vault, &head.to_string(), &new, self.trial.now);
        let code = written.as_ref().err().map(|problem| problem.code);
        prop_assert!(code.is_none_or(|code| code == Code::NotAllowed), "{:?}", written);
        prop_assert_eq!(code.is_none(), may, "a mail to {}: {:?}", head, new);
        Ok(())
    }

    /// A kind of mail, and whether the gate lets somebody have it.
    pub(super) fn mail(&self, who: Uuid, which: usize, purpose: &str) -> (Template, bool) {
        let purpose = purpose.to_owned();
        match which {
            0 => {
                let may = self.may_ask(who, &purpose, Channel::Email);
                (Template::Ask { purpose }, may)
            }
            1 => (Template::Inform { from: "a list".to_owned() }, self.may_by(who, "inform", Channel::Email)),
            _ => {
                let may = self.may_by(who, &purpose, Channel::Email);
                let [subject, text] = ["Nieuws", "Er is nieuws."].map(str::to_owned);
                (Template::Message { purpose, subject, text }, may)
            }
        }
    }
}

impl Someone {
    fn value(&self, field: &str) -> String {
        self.known.iter().find(|(known, _)| *known == field).map(|(_, forms)| forms[0].clone()).unwrap_or_default()
    }
}
