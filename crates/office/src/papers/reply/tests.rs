use akkoord_rules::consent::How;
use akkoord_rules::request::{Kind, State};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::*;
use crate::mail::{MailState, NewAccount};
use crate::problem::Code;
use crate::requests::{Asker, NewRequest};
use crate::trial::Trial;
use crate::vault::hex;

/// Prints the paper's text.
struct Plain;

impl Press for Plain {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
        Ok(paper.text().into_bytes())
    }
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
    let request = trial.asked(&an, Kind::Access);
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
    let twice =
        [0, 1].map(|_| reply_send(&mut trial.vault, &answer, pack, &Plain, Some(&password), trial.now).unwrap().output);
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
    let request = trial.asked(&an, Kind::Access);
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
    let request = trial.asked(&an, Kind::Restriction);
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

/// Counts how often something is printed.
struct Counting(std::cell::Cell<u32>);

impl Press for Counting {
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
        self.0.set(self.0.get() + 1);
        Plain.pdf(paper)
    }
}

fn entries(trial: &Trial) -> i64 {
    trial.vault.verify(None).unwrap().entries
}

#[test]
fn a_saved_answer_its_files_and_its_step_are_one_act_and_printed_once() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let request = trial.asked(&an, Kind::Access);
    let (to, zip) = (trial.dir().join("brief.pdf"), trial.dir().join("inkijken.zip"));
    let done = Step::Answered { on: None, attach: Vec::new() };
    let answer = Reply { request, letter: Letter::Access, step: Some(done), said: Vec::new() };
    let press = Counting(std::cell::Cell::new(0));
    let beside = Beside { right: For::Access(&press), to: &zip, password: None };
    let before = entries(&trial);
    let made = reply_save(&mut trial.vault, &answer, &press, &to, Some(beside), trial.now).unwrap().output;
    assert_eq!((press.0.get(), entries(&trial)), (1, before + 1));
    let letter = std::fs::read(&to).unwrap();
    assert_eq!((made.bytes, made.sha256.as_str()), (letter.len(), hex(&Sha256::digest(&letter)).as_str()));
    let mut inside = Vec::new();
    let mut packed = zip::ZipArchive::new(std::fs::File::open(&zip).unwrap()).unwrap();
    std::io::Read::read_to_end(&mut packed.by_name("brief.pdf").unwrap(), &mut inside).unwrap();
    assert!(inside == letter, "the letter beside the files is the one among them");
    let shown = requests::show(&trial.vault, request, trial.now).unwrap();
    let with: Vec<&str> = shown.attachments.iter().map(|file| file.with).collect();
    assert_eq!((shown.listed.state, with), (State::Answered, vec!["letter"]));
    assert_eq!(trial.fault(), None);
    trial.vault.rows().execute("UPDATE request SET state = 'open'", []).unwrap();
    assert_eq!(trial.fault(), Some("request_changed"));
}

#[test]
fn a_letter_that_cannot_be_saved_whole_leaves_nothing() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let request = trial.asked(&an, Kind::Access);
    let (to, zip) = (trial.dir().join("brief.pdf"), trial.dir().join("no/such/inkijken.zip"));
    let done = |on: Option<&str>| Step::Answered { on: on.map(|on| on.parse().unwrap()), attach: Vec::new() };
    let mut answer = Reply { request, letter: Letter::Access, step: Some(done(None)), said: Vec::new() };
    let before = entries(&trial);
    let beside = Beside { right: For::Access(&Plain), to: &zip, password: None };
    let refused = reply_save(&mut trial.vault, &answer, &Plain, &to, Some(beside), trial.now).unwrap_err();
    assert_eq!(refused.code, Code::Unwritable);
    answer.step = Some(done(Some("2026-03-09")));
    let beside = Beside { to: &trial.dir().join("inkijken.zip"), ..beside };
    let refused = reply_save(&mut trial.vault, &answer, &Plain, &to, Some(beside), trial.now).unwrap_err();
    assert_eq!(refused.code, Code::InFuture, "a step that may not be taken keeps its letter back");
    assert_eq!((state(&trial, request), entries(&trial)), (State::Open, before));
    let left: Vec<_> = std::fs::read_dir(trial.dir()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["profile"]);
    assert!(requests::show(&trial.vault, request, trial.now).unwrap().attachments.is_empty());
    assert_eq!(trial.fault(), None);
}
