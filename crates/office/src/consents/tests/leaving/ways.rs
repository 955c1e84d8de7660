//! The ways out: what goes by each is held against what the gate says of each person and field, asked for them alone.

use std::collections::BTreeSet;
use std::path::PathBuf;

use akkoord_rules::person::Channel;
use proptest::prelude::*;
use uuid::Uuid;

use super::{FIELDS, Lets, Shop, alike};
use crate::connections::{Format, Shown, export, go_over, show};
use crate::consents::{self, Target};
use crate::key::Passphrase;
use crate::mail::{self, MailState, NewMail};
use crate::papers::{self, Letter, Origins, Wanted};
use crate::people;
use crate::problem::{Code, Result};
use crate::vault::Done;
use crate::vault::connection::live;

type Checked = std::result::Result<(), TestCaseError>;

/// How many ways out there are.
pub(super) const ALL: usize = 8;

/// What stands in a table of a channel besides the name.
const COLUMNS: [(Channel, &str); 3] =
    [(Channel::Email, "email"), (Channel::Phone, "phone"), (Channel::Post, "address")];

impl Shop {
    /// By no way anybody or anything goes that the gate denies, and nobody whom it lets go is missing.
    pub(super) fn check(&mut self) -> Checked {
        self.file()?;
        self.book()?;
        self.list()?;
        self.asked()?;
        self.told()?;
        self.letter()?;
        self.previews()?;
        self.round()?;
        self.plans()
    }

    /// Nothing of anybody is in a text but what is let go, and all of those is in it whom `whole` names.
    fn holds(&mut self, way: &'static str, text: &str, lets: Lets<'_>, whole: &[(Uuid, &'static str)]) -> Checked {
        let mut seen = BTreeSet::new();
        for one in &self.people {
            let head = self.head(one.id);
            for (field, forms) in &one.known {
                if forms.iter().any(|form| stands(text, form)) {
                    prop_assert!(lets(head, field), "{}: {} of {} went: {}", way, field, head, text);
                    seen.insert((head, *field));
                }
            }
        }
        for (field, forms) in self.gone.iter().flat_map(|one| &one.known) {
            let there = forms.iter().any(|form| stands(text, form));
            prop_assert!(!there, "{}: {} {:?} of somebody who was erased: {}", way, field, forms, text);
        }
        for one in whole {
            prop_assert!(seen.contains(one), "{}: {:?} did not go: {}", way, one, text);
        }
        *self.went.entry(way).or_default() += seen.iter().map(|(head, _)| head).collect::<BTreeSet<_>>().len();
        Ok(())
    }

    /// What a connection may have of each person: nothing, or these fields.
    fn shared(&self, key: &str, shown: &Shown) -> BTreeSet<(Uuid, &'static str)> {
        let to = |field: Option<&str>| Target::Connection { key: key.to_owned(), field: field.map(str::to_owned) };
        let open = |who, purpose: &&String| {
            let reach = |channel| self.may_by(who, purpose, channel);
            self.may(who, purpose, to(None)) && shown.channel.is_none_or(reach)
        };
        let mut shared = BTreeSet::new();
        for who in self.heads() {
            let open: Vec<&String> = shown.purposes.iter().filter(|purpose| open(who, purpose)).collect();
            let passes = |field: &&str| open.iter().any(|purpose| self.may(who, purpose, to(Some(field))));
            shared.extend(FIELDS.into_iter().filter(passes).map(|field| (who, field)));
        }
        shared
    }

    /// Whatever is known of somebody and shared must be there.
    fn whole(&self, shared: &BTreeSet<(Uuid, &'static str)>) -> Vec<(Uuid, &'static str)> {
        let known = self.people.iter().map(|one| (self.head(one.id), one.id, &one.known));
        // Of somebody whom a merge made one with another, the name of that one is left out.
        let fields = known.flat_map(|(head, id, known)| known.iter().map(move |(field, _)| (head, id, *field)));
        let own = fields.filter(|(head, id, field)| head == id || ["email", "phone"].contains(field));
        own.map(|(head, _, field)| (head, field)).filter(|one| shared.contains(one)).collect()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.trial.dir().join(format!("{name}-{}", self.steps))
    }

    /// What a file says, or nothing where nobody may be in it.
    fn read<T>(to: &PathBuf, written: Result<Done<T>>) -> std::result::Result<Option<(String, T)>, TestCaseError> {
        match written {
            Ok(done) => {
                let text = std::fs::read_to_string(to).unwrap();
                std::fs::remove_file(to).unwrap();
                Ok(Some((text, done.output)))
            }
            Err(problem) => {
                prop_assert_eq!(problem.code, Code::NotAllowed, "{:?}", problem);
                Ok(None)
            }
        }
    }

    /// The file for a connection, in one format after the other.
    fn file(&mut self) -> Checked {
        let key = self.keys[0].clone();
        let shared = self.shared(&key, &show(&self.trial.vault, &key).unwrap());
        let whole = self.whole(&shared);
        let formats = [Format::Vcard, Format::Google, Format::Vcard, Format::Csv, Format::Vcard, Format::Outlook];
        let format = formats[self.steps % formats.len()];
        let to = self.at(&key);
        let written = export(&mut self.trial.vault, &key, format, &to, self.trial.now, |_, _| Ok(()));
        let (text, _) = Self::read(&to, written)?.unwrap();
        // Lines of a card are folded.
        let text = text.replace("\r\n ", "");
        // An own layout of a date, or none at all, is the format's business.
        let whole: Vec<_> =
            whole.into_iter().filter(|(_, field)| format == Format::Vcard || *field == "email").collect();
        self.holds("a file", &text, &|who, field| shared.contains(&(who, known(field))), &whole)
    }

    /// The address book, after a run.
    fn book(&mut self) -> Checked {
        let key = self.keys[1].clone();
        let shared = self.shared(&key, &show(&self.trial.vault, &key).unwrap());
        let whole = self.whole(&shared);
        let stored = live(self.trial.vault.rows(), &key).unwrap();
        let book = std::mem::take(&mut self.book);
        let ran = go_over(&mut self.trial.vault, &stored, &book, Vec::new(), &|| false, self.trial.now).unwrap().output;
        prop_assert!(ran.conflicts.is_empty(), "{:?}", ran);
        let text = book.text().replace("\r\n ", "");
        self.book = book;
        self.holds("an address book", &text, &|who, field| shared.contains(&(who, known(field))), &whole)
    }

    /// The table of people to be reached, for one purpose and channel after the other.
    fn list(&mut self) -> Checked {
        let purpose = self.purposes[self.steps % 3].clone();
        let (channel, column) = COLUMNS[self.steps / 3 % 3];
        let (heads, to) = (self.heads(), self.at("list"));
        let written = papers::list(&mut self.trial.vault, &heads, &purpose, channel, &to, self.trial.now);
        let may: Vec<Uuid> = heads.into_iter().filter(|who| self.may_by(*who, &purpose, channel)).collect();
        let people = self.table("a list", channel, column, Self::read(&to, written)?, &may)?;
        prop_assert_eq!(people, may.len(), "a list for {} by {:?}", purpose, channel);
        Ok(())
    }

    /// A table holds names and the addresses of one channel, of these people.
    fn table(
        &mut self,
        way: &'static str,
        channel: Channel,
        column: &str,
        read: Option<(String, papers::ListSaved)>,
        may: &[Uuid],
    ) -> std::result::Result<usize, TestCaseError> {
        let Some((text, saved)) = read else { return Ok(0) };
        prop_assert!(saved.people <= may.len(), "{} by {:?}: {}", way, channel, text);
        self.holds(way, &text, &|who, field| may.contains(&who) && [column, "given"].contains(&field), &[])?;
        Ok(saved.people)
    }

    /// The letters and mails that were prepared to ask for consent, as they would be merged now.
    fn asked(&mut self) -> Checked {
        for asking in consents::askings(&self.trial.vault).unwrap() {
            if !self.purposes.contains(&asking.purpose) {
                continue;
            }
            let to = self.at("ask");
            let written = papers::merge_file(&mut self.trial.vault, asking.asking, &to, self.trial.now);
            let heads = self.heads();
            let may: Vec<Uuid> =
                heads.into_iter().filter(|who| self.may_ask(*who, &asking.purpose, asking.channel)).collect();
            let column = if asking.channel == Channel::Email { "email" } else { "address" };
            self.table("a question", asking.channel, column, Self::read(&to, written)?, &may)?;
        }
        Ok(())
    }

    /// The letters and mails that tell people that their data is held.
    fn told(&mut self) -> Checked {
        let (channel, column) = [COLUMNS[0], COLUMNS[2]][self.steps % 2];
        let (heads, to, from) = (self.heads(), self.at("notice"), Origins::all("a list"));
        let written = papers::notices(&mut self.trial.vault, &heads, channel, &from, &to, self.trial.now);
        let may: Vec<Uuid> = heads.into_iter().filter(|who| self.may_by(*who, "inform", channel)).collect();
        let people = self.table("a notice", channel, column, Self::read(&to, written)?, &may)?;
        prop_assert_eq!(people, may.len());
        Ok(())
    }

    /// The letter with which somebody is asked on paper.
    fn letter(&mut self) -> Checked {
        let purpose = self.purposes[self.steps % 3].clone();
        for who in self.heads() {
            let wanted = Wanted { contact: Some(who.to_string()), purpose: Some(purpose.clone()), ..Wanted::default() };
            let made = papers::preview(&self.trial.vault, Letter::Consent, &wanted, self.trial.now);
            let may = [Channel::Post, Channel::InPerson].iter().any(|by| self.may_ask(who, &purpose, *by));
            prop_assert_eq!(made.is_ok(), may, "a letter to {}: {:?}", who, made);
            let Ok(made) = made else { continue };
            let text = format!("{}{}", made.title, made.text);
            self.holds("a letter", &text, &|whose, field| whose == who && ["given", "address"].contains(&field), &[])?;
        }
        Ok(())
    }

    /// A mail as it would be written now.
    fn previews(&mut self) -> Checked {
        let purpose = self.purposes[self.steps % 3].clone();
        for who in self.heads() {
            let (template, may) = self.mail(who, self.steps / 3 % 3, &purpose);
            let new = NewMail { template, attach: Vec::new(), request: None };
            let shown = mail::preview(&self.trial.vault, &who.to_string(), &new, self.trial.now);
            prop_assert_eq!(shown.is_ok(), may, "a mail to {}: {:?} {:?}", who, new, shown);
            let Ok(shown) = shown else { continue };
            let text = format!("{} {} {}", shown.to, shown.subject, shown.text);
            self.holds("a mail", &text, &|whose, field| whose == who && ["given", "email"].contains(&field), &[])?;
        }
        Ok(())
    }

    /// The round of the post: what waits leaves if the gate lets it still, and never else.
    fn round(&mut self) -> Checked {
        let (now, all) = (self.trial.now, mail::outbox(&self.trial.vault, false).unwrap());
        let due: Vec<_> = all.into_iter().filter(|one| one.next.is_some_and(|next| next <= now)).collect();
        let secret = Passphrase::new("geheim".to_owned());
        let ran = mail::run(&mut self.trial.vault, Some(&secret), now);
        let tried = ran.as_ref().err().map(|problem| problem.code);
        prop_assert!(tried.is_none_or(|code| code == Code::ServerUnreachable), "{:?}", ran);
        let mut leaves = 0;
        for mail in due {
            let after = mail::shown(&self.trial.vault, mail.mail).unwrap();
            let ours = self.people.iter().any(|one| self.head(one.id) == mail.contact);
            let may = match mail.template.as_str() {
                // The purpose that it asks about is one of the story's: whoever may be asked about none may not be asked.
                "ask" => self.purposes.iter().any(|of| self.may_ask(mail.contact, of, Channel::Email)),
                _ => self.may_by(mail.contact, &mail.purpose, Channel::Email),
            };
            let left = after.attempts > mail.attempts;
            prop_assert!(!left || may || !ours, "a mail left: {:?}", after);
            prop_assert!(left || after.state == MailState::Stopped, "a mail is stuck: {:?}", after);
            leaves += usize::from(left);
        }
        prop_assert_eq!(leaves > 0, tried.is_some());
        *self.went.entry("the round").or_default() += leaves;
        Ok(())
    }

    /// A plan to ask gives nobody a way that the gate denies, and many are judged as one is.
    fn plans(&self) -> Checked {
        let (vault, now, heads) = (&self.trial.vault, self.trial.now, self.heads());
        for purpose in &self.purposes {
            let plan = consents::plan(vault, &heads, purpose, &consents::WAYS, now).unwrap();
            for way in plan.ways {
                for who in way.people {
                    prop_assert!(
                        self.may_ask(who, purpose, way.channel),
                        "{} would be asked by {:?}",
                        who,
                        way.channel
                    );
                    prop_assert!(!people::show(vault, &who.to_string(), now).unwrap().restricted);
                }
            }
            prop_assert!(alike(vault, &heads, purpose, now), "{}: many are judged otherwise than one", purpose);
        }
        Ok(())
    }
}

/// The name of a field as [`FIELDS`] has it.
fn known(field: &str) -> &'static str {
    FIELDS.into_iter().find(|known| *known == field).unwrap_or_default()
}

/// Whether something stands in a text, and is not the end of a longer number.
fn stands(text: &str, form: &str) -> bool {
    text.match_indices(form)
        .any(|(at, _)| !text.get(..at).is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit())))
}
