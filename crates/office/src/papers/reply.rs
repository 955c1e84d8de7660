//! A letter about a request, looked at and sent: by mail it goes through the outbox, and the step that it tells of is taken once a
//! server has it.

use akkoord_rules::request::Event;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::letter::{Composed, Letter, Shell, Wanted, composed};
use super::pack::{For, Packed, packed};
use super::paper::{Paper, Press};
use crate::key::Passphrase;
use crate::mail;
use crate::people::Who;
use crate::problem::{Problem, Result};
use crate::profile::incoming::Given;
use crate::requests::{self, Step};
use crate::vault::{Done, Rows, Vault, hex};

/// A letter about a request.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The request.
    pub request: Uuid,
    /// The letter.
    pub letter: Letter,
    /// The step that it tells of: it is taken once the letter is out.
    pub step: Option<Step>,
    /// What fills places by the owner's own hand: a place and its words.
    pub said: Vec<(String, String)>,
}

/// A letter about a request before it goes, and how it can.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplyShown {
    /// Its name for programs.
    pub letter: &'static str,
    /// All that it says.
    pub paper: Paper,
    /// The address that a mail would go to, where there is one.
    pub to: Option<String>,
    /// Whether the business has a mail account.
    pub account: bool,
}

impl Reply {
    fn event(&self, vault: &Vault, now: DateTime<Utc>) -> Option<Event> {
        self.step.clone().map(|step| step.event(vault.business().today(now)).0)
    }

    /// What the letter is made from.
    #[must_use]
    pub fn wanted(&self, vault: &Vault, now: DateTime<Utc>) -> Wanted {
        let step = self.event(vault, now);
        Wanted { request: Some(self.request), said: self.said.clone(), step, ..Wanted::default() }
    }
}

/// Shows a letter about a request as it would go; nothing is written.
///
/// # Errors
/// [`crate::Code::NotFound`]; [`crate::Code::MissingField`] for a place that nothing fills; [`crate::Code::Invalid`] for a place that
/// the letter does not have; a code for the rule that stands against its step.
pub fn reply(vault: &Vault, reply: &Reply, now: DateTime<Utc>) -> Result<ReplyShown> {
    let Composed { paper, who, .. } = composed(vault, reply.letter, &reply.wanted(vault, now), now)?;
    let to = who.map(|who| crate::vault::mail::first_address(vault.rows(), who.no)).transpose()?.flatten();
    Ok(ReplyShown { letter: reply.letter.as_str(), paper, to, account: mail::account(vault)?.is_some() })
}

/// Lays a letter about a request into the outbox, with the files of a right where they are wanted; those open with the password
/// only, where there is one. A copy of the letter stays with the request. The mail itself says nothing of what is in it.
///
/// # Errors
/// As [`reply`]; those of [`mail::write`]; [`crate::Code::Invalid`] where nobody known asked; [`crate::Code::WeakPassphrase`].
pub fn reply_send(
    vault: &mut Vault,
    reply: &Reply,
    right: Option<For<'_>>,
    press: &dyn Press,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let Composed { paper, who, code } = composed(vault, reply.letter, &reply.wanted(vault, now), now)?;
    let who = who.ok_or_else(|| Problem::invalid("contact", "nobody_named"))?;
    let mut pack = right.map(|right| packed(vault, who, right, password, now)).transpose()?;
    let words = Shell::of(vault, paper.language, now)?.words;
    let mut attach = Vec::new();
    // The letter of a right goes with its files; any other goes beside them.
    let within = pack.as_mut().and_then(|pack| pack.letter.take()).filter(|(which, _)| *which == reply.letter);
    let (letter, code) = match within {
        Some((_, printed)) => (printed, None),
        None => {
            let printed = press.pdf(&paper)?;
            attach.push(Given::Made { name: words.letter_file.to_owned(), bytes: printed.clone().into() });
            (printed, code)
        }
    };
    if let Some(pack) = &mut pack {
        let bytes = std::mem::take(&mut pack.bytes);
        attach.push(Given::Made { name: words.pack_file.to_owned(), bytes: bytes.into() });
    }
    let template =
        mail::Template::Letter { subject: paper.title.clone(), locked: pack.is_some() && password.is_some() };
    let new = mail::NewMail { template, attach, request: Some(reply.request) };
    let kept = Kept { reply, language: paper.language, letter, code, pack };
    let step = reply.event(vault, now);
    mail::write_with(vault, &who.id.to_string(), &new, step.as_ref(), |rows, who| kept.seal(rows, who), now)
}

/// What is recorded of a letter that goes by mail.
struct Kept<'a> {
    reply: &'a Reply,
    language: &'static str,
    letter: Vec<u8>,
    code: Option<(String, Option<i64>)>,
    pack: Option<Packed>,
}

impl Kept<'_> {
    fn seal(&self, rows: &mut Rows<'_>, who: Who) -> Result<()> {
        let name = self.reply.letter.as_str();
        let copy = Given::Made { name: format!("{name}.pdf"), bytes: self.letter.clone().into() };
        let files: Vec<Uuid> =
            requests::keep_letter(rows, self.reply.request, &copy)?.into_iter().map(|file| file.id).collect();
        let sha256 = hex(&Sha256::digest(&self.letter));
        let about = json!({ "name": name, "language": self.language, "request": self.reply.request, "sha256": sha256 });
        rows.fact(Some(who.id), &json!({ "letter": about, "files": files }))?;
        if let Some((code, _)) = &self.code {
            super::letter::keep_code(rows, code, who, self.reply.letter)?;
        }
        self.pack.as_ref().map_or(Ok(()), |pack| pack.seal(rows))
    }
}

#[cfg(test)]
mod tests {
    use akkoord_rules::consent::How;
    use akkoord_rules::request::{Kind, State};

    use super::*;
    use crate::mail::{MailState, NewAccount};
    use crate::problem::Code;
    use crate::requests::{Asker, NewRequest};
    use crate::trial::Trial;
    use crate::vault::Act;

    /// Prints the paper's text.
    struct Plain;

    impl Press for Plain {
        fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
            Ok(paper.text().into_bytes())
        }
    }

    fn asked(trial: &mut Trial, contact: &str, kind: Kind) -> Uuid {
        let new = NewRequest {
            asker: Asker::Contact(contact.to_owned()),
            kind,
            received: "2026-03-01".to_owned(),
            how: How::Letter,
            words: String::new(),
            attach: Vec::new(),
        };
        requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request
    }

    fn account(trial: &mut Trial) {
        let new = NewAccount {
            smtp: "mail.invalid".to_owned(),
            imap: String::new(),
            security: None,
            user: "info@claes.example".to_owned(),
            address: String::new(),
        };
        mail::account_set(&mut trial.vault, &new, None, trial.now).unwrap();
    }

    /// The mail is out, as far as the owner can tell.
    fn out(trial: &mut Trial, mail: Uuid) {
        trial.vault.record(Act::MailMoved, Some(mail), trial.now, mail::doubt_all).unwrap();
        mail::arrived(&mut trial.vault, mail, trial.now).unwrap();
    }

    fn state(trial: &Trial, request: Uuid) -> State {
        requests::show(&trial.vault, request, trial.now).unwrap().listed.state
    }

    #[test]
    fn a_letter_by_mail_takes_its_step_once_it_is_out() {
        let mut trial = Trial::new();
        let an = trial.person("An");
        let request = asked(&mut trial, &an, Kind::Access);
        let more = Step::Extended { months: 2, reason: "Veel werk.".to_owned(), told: "2026-03-02".parse().unwrap() };
        let said = Reply { request, letter: Letter::Extension, step: Some(more), said: Vec::new() };
        let shown = reply(&trial.vault, &said, trial.now).unwrap();
        assert!(shown.paper.text().contains("1 juni 2026"), "the letter promises the new day: {}", shown.paper.text());
        assert_eq!((shown.to.as_deref(), shown.account), (Some("an@example.be"), false));
        assert_eq!(
            reply_send(&mut trial.vault, &said, None, &Plain, None, trial.now).unwrap_err().code,
            Code::NoMailAccount
        );
        account(&mut trial);
        let mail = reply_send(&mut trial.vault, &said, None, &Plain, None, trial.now).unwrap().output;
        assert_eq!(state(&trial, request), State::Open, "what waits is not told");
        trial.later(2);
        out(&mut trial, mail);
        let shown = requests::show(&trial.vault, request, trial.now).unwrap();
        assert_eq!((shown.listed.state, shown.listed.due.to_string().as_str()), (State::Extended, "2026-06-01"));
        assert_eq!(shown.events.last().unwrap().happened.to_string(), "2026-03-04", "it counts from the day it went");
        assert_eq!(shown.attachments.len(), 1);
        assert_eq!(trial.fault(), None);

        let done = Step::Answered { on: None, attach: Vec::new() };
        let answer = Reply { request, letter: Letter::Access, step: Some(done), said: Vec::new() };
        let password = Passphrase::new("een lang wachtwoord".to_owned());
        let pack = Some(For::Access(&Plain));
        let twice = [0, 1]
            .map(|_| reply_send(&mut trial.vault, &answer, pack, &Plain, Some(&password), trial.now).unwrap().output);
        let text = String::from_utf8(mail::message(&trial.vault, twice[0]).unwrap()).unwrap();
        assert!(text.contains("gegevens.zip") && !text.contains("brief.pdf"), "{text}");
        assert!(!text.contains("Wij bewaren gegevens over u"), "the mail says nothing of what is in the letter");
        out(&mut trial, twice[0]);
        assert_eq!(state(&trial, request), State::Answered);
        out(&mut trial, twice[1]);
        let shown = requests::show(&trial.vault, request, trial.now).unwrap();
        assert_eq!(shown.events.len(), 3, "a request is answered once");
        let states = mail::about(&trial.vault, request).unwrap().into_iter().map(|mail| mail.state);
        assert!(states.into_iter().all(|state| state == MailState::Sent));
        assert_eq!(trial.fault(), None);
        trial.vault.rows().execute("UPDATE mail SET step = '' WHERE no = 1", []).unwrap();
        assert_eq!(trial.fault(), Some("mail_changed"));
    }

    #[test]
    fn a_letter_with_files_of_a_right_that_has_its_own_goes_beside_them() {
        let mut trial = Trial::new();
        account(&mut trial);
        let an = trial.person("An");
        let request = asked(&mut trial, &an, Kind::Access);
        let said = vec![("reason".to_owned(), "Zie het bestand.".to_owned())];
        let answer = Reply { request, letter: Letter::Answer, step: None, said };
        let mail = reply_send(&mut trial.vault, &answer, Some(For::Access(&Plain)), &Plain, None, trial.now).unwrap();
        let text = String::from_utf8(mail::message(&trial.vault, mail.output).unwrap()).unwrap();
        assert!(text.contains("gegevens.zip") && text.contains("brief.pdf"), "{text}");
        let kept = requests::show(&trial.vault, request, trial.now).unwrap().attachments.remove(0);
        let to = trial.dir().join("kept.pdf");
        crate::consents::export(&mut trial.vault, kept.proof.id, &to, trial.now).unwrap();
        assert!(std::fs::read_to_string(to).unwrap().contains("Zie het bestand."), "the copy is the letter that went");
        assert_eq!(trial.fault(), None);
    }

    #[test]
    fn a_letter_goes_to_whoever_asked_and_says_what_it_lacks() {
        let mut trial = Trial::new();
        account(&mut trial);
        let an = trial.person("An");
        let request = asked(&mut trial, &an, Kind::Restriction);
        let lock = Reply { request, letter: Letter::Restriction, step: None, said: Vec::new() };
        let lacks = reply(&trial.vault, &lock, trial.now).unwrap_err();
        assert_eq!((lacks.code, &lacks.facts["field"]), (Code::MissingField, &json!("since")));
        crate::people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
        assert!(reply(&trial.vault, &lock, trial.now).unwrap().paper.text().contains("Sinds 2 maart 2026"));
        reply_send(&mut trial.vault, &lock, None, &Plain, None, trial.now).unwrap();
        let new = NewRequest {
            asker: Asker::Unknown("Jan".to_owned()),
            kind: Kind::Access,
            received: "2026-03-01".to_owned(),
            how: How::Phone,
            words: String::new(),
            attach: Vec::new(),
        };
        let unknown = requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request;
        let nothing = Reply { request: unknown, letter: Letter::Nothing, step: None, said: Vec::new() };
        assert!(reply(&trial.vault, &nothing, trial.now).unwrap().paper.text().contains("vonden niets"));
        let refused = reply_send(&mut trial.vault, &nothing, None, &Plain, None, trial.now).unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "to whom nobody knows no mail goes");
        assert_eq!(trial.fault(), None);
    }
}
