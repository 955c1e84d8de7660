//! The round of the post: what waits goes to the server, each mail once.
//!
//! Between "I have it all" and its answer a line can break, and nobody can know what the server did (RFC 5321, 4.5.4.2, would
//! send again). A person must not get a mail twice, so a mail is put down as being handed over before its first byte goes, and
//! whatever is found so later is in doubt: shown, and sent again only when the owner says so.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::MailState;
use super::account::{Account, needed, password};
use super::message::parsed;
use super::server::{Met, Session};
use crate::consents::{self, Mailing};
use crate::key::Passphrase;
use crate::people::{self, HowTold, Who};
use crate::problem::{Code, Problem, Result};
use crate::purposes::by_no;
use crate::requests;
use crate::vault::mail::{self, Fate, Mail};
use crate::vault::{Act, Done, Rows, Vault};

/// Minutes until the next attempt after so many; from the last on, a day.
const PAUSES: [i64; 6] = [2, 10, 30, 120, 360, 1440];

/// What a round did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MailRound")]
pub struct Round {
    /// Mails that the server took.
    pub sent: Vec<Uuid>,
    /// Those that will be tried again.
    pub later: Vec<Uuid>,
    /// Those that the server will not take.
    pub refused: Vec<Uuid>,
    /// Those that the gate does not let out any more.
    pub stopped: Vec<Uuid>,
    /// Those of which nobody knows whether the server took them.
    pub doubtful: Vec<Uuid>,
}

/// Who has the vault and lends it to the round for one act at a time: a server may take long, and nobody waits for it.
pub trait Lender {
    /// Lends the vault.
    ///
    /// # Errors
    /// [`Code::VaultLocked`] where it is not open any more; those of the act.
    fn lend<T>(&mut self, act: impl FnOnce(&mut Vault) -> Result<T>) -> Result<T>;

    /// Whether no further mail is to leave: the vault is about to be locked.
    fn stopped(&self) -> bool {
        false
    }

    /// A mail goes on the line, or what became of it is on record: between the two a lock had better wait a little.
    fn on_the_line(&mut self, _is: bool) {}
}

impl Lender for Vault {
    fn lend<T>(&mut self, act: impl FnOnce(&mut Vault) -> Result<T>) -> Result<T> {
        act(self)
    }
}

/// Whether there is an account, and anything waits whose time has come, or was left on its way.
///
/// # Errors
/// Faults of the database.
pub fn due(vault: &Vault, now: DateTime<Utc>) -> Result<bool> {
    Ok(super::account(vault)?.is_some() && mail::is_any_due(vault.rows(), now.timestamp_millis())?)
}

/// Sends what waits and is due. There is one round at a time.
///
/// # Errors
/// [`Code::NoMailAccount`]; [`Code::NoMailPassword`] and those of the keychain; those of a server that cannot be reached or does
/// not take the name and password, when all that is due waits for its next time; [`Code::VaultReadOnly`]; those of the lender.
pub fn run(lender: &mut impl Lender, given: Option<&Passphrase>, now: DateTime<Utc>) -> Result<Done<Round>> {
    let mut round = Round::default();
    let (account, leaving) = lender.lend(|vault| begin(vault, &mut round, now))?;
    if !leaving.is_empty() {
        let session = match given {
            Some(secret) => Session::open(&account, secret),
            None => password(&account).and_then(|kept| Session::open(&account, &kept)),
        };
        match session {
            Ok(session) => deliver(lender, session, &account, leaving, &mut round, now)?,
            Err(problem) => {
                leaving.iter().try_for_each(|mail| later(lender, mail, &problem, now))?;
                return Err(problem.with("waiting", leaving.len()));
            }
        }
    }
    Ok(Done { output: round, touched: Act::MailSent.touched() })
}

/// Settles what a round before was stopped in the middle of, and what the gate does not let out any more; the rest may leave.
fn begin(vault: &mut Vault, round: &mut Round, now: DateTime<Utc>) -> Result<(Account, Vec<Mail>)> {
    let account = needed(vault.rows())?;
    for left in mail::left_in_doubt(vault.rows())? {
        settle(vault, &left, MailState::Doubtful, &Fate { code: "stopped_midway", ..over(now) }, now)?;
        round.doubtful.push(left.id);
    }
    let mut leaving = Vec::new();
    for due in mail::due(vault.rows(), now.timestamp_millis())? {
        if goes(vault, &due, round, now)? {
            leaving.push(due);
        }
    }
    Ok((account, leaving))
}

/// A mail's bytes, if it still waits: the owner may have put it away, or the gate closed, while others went.
fn still_going(vault: &mut Vault, mail: &Mail, round: &mut Round, now: DateTime<Utc>) -> Result<Option<Vec<u8>>> {
    let Some(mail) = mail::find(vault.rows(), mail.id).ok().filter(|now| now.state == MailState::Waiting) else {
        return Ok(None);
    };
    if goes(vault, &mail, round, now)? { mail::bytes(vault.rows(), mail.no).map(Some) } else { Ok(None) }
}

/// Whether a mail may leave; one that may not is put down as stopped.
fn goes(vault: &mut Vault, mail: &Mail, round: &mut Round, now: DateTime<Utc>) -> Result<bool> {
    let Some(reason) = stopped(vault, mail, now)? else { return Ok(true) };
    settle(vault, mail, MailState::Stopped, &Fate { code: &reason, ..over(now) }, now)?;
    round.stopped.push(mail.id);
    Ok(false)
}

/// Hands one mail after the other over, for as long as the line holds.
fn deliver(
    lender: &mut impl Lender,
    mut session: Session,
    account: &Account,
    leaving: Vec<Mail>,
    round: &mut Round,
    now: DateTime<Utc>,
) -> Result<()> {
    let from = parsed(&account.address)?;
    let mut broken: Option<Problem> = None;
    for mail in leaving {
        if let Some(problem) = &broken {
            later(lender, &mail, problem, now)?;
            round.later.push(mail.id);
            continue;
        }
        if lender.stopped() {
            break;
        }
        let to = parsed(&mail.address)?;
        let Some(bytes) = lender.lend(|vault| still_going(vault, &mail, round, now))? else { continue };
        let met = session.hand_over(&from, &to, &bytes, || leaves(lender, &mail, now));
        let broke = match met {
            Ok(answer) => {
                lender.lend(|vault| taken(vault, &mail, &answer, now))?;
                round.sent.push(mail.id);
                lender.on_the_line(false);
                continue;
            }
            Err(Met::NotNow(problem)) => {
                later(lender, &mail, &problem, now)?;
                round.later.push(mail.id);
                None
            }
            Err(Met::Never(problem)) => {
                let fate = Fate { code: problem.code.as_str(), answer: answer_of(&problem), tried: true, ..over(now) };
                lender.lend(|vault| settle(vault, &mail, MailState::Refused, &fate, now))?;
                round.refused.push(mail.id);
                None
            }
            Err(Met::Doubtful(problem)) => {
                let fate = Fate { code: problem.code.as_str(), tried: true, ..over(now) };
                lender.lend(|vault| settle(vault, &mail, MailState::Doubtful, &fate, now))?;
                round.doubtful.push(mail.id);
                Some(problem)
            }
            // It was not tried: somebody locks the vault.
            Err(Met::Broken(problem)) if problem.code == Code::Cancelled => break,
            Err(Met::Broken(problem)) => {
                later(lender, &mail, &problem, now)?;
                round.later.push(mail.id);
                Some(problem)
            }
        };
        lender.on_the_line(false);
        let gone = || Problem::new(Code::ServerUnreachable).with("server", account.smtp_host.as_str());
        broken = broke.or_else(|| (!session.go_on()).then(gone));
    }
    session.close();
    Ok(())
}

/// Why a mail may not leave any more, if so: what was allowed when it was written need not be now.
fn stopped(vault: &Vault, mail: &Mail, now: DateTime<Utc>) -> Result<Option<String>> {
    let (conn, business) = (vault.rows(), vault.business());
    if people::matching(conn, &mail.address)?.iter().all(|who| who.no != mail.contact_no) {
        return Ok(Some("no_address".to_owned()));
    }
    let about = mail.about_no.map(|no| by_no(conn, business, no)).transpose()?;
    let mailing = about.as_ref().map_or(Mailing::For(&mail.purpose), Mailing::Asks);
    let who = Who { no: mail.contact_no, id: mail.contact };
    let refused = consents::may_not_mail(vault, who, mailing, business.today(now))?;
    let first = refused.and_then(|refused| refused.reasons.first().map(|reason| reason.as_str().to_owned()));
    Ok(first)
}

/// Puts it down that a mail is going, before it does; the last moment at which it can stay.
fn leaves(lender: &mut impl Lender, mail: &Mail, now: DateTime<Utc>) -> Result<()> {
    if lender.stopped() {
        return Err(Problem::new(Code::Cancelled));
    }
    lender.lend(|vault| handing_over(vault, mail, now))?;
    lender.on_the_line(true);
    Ok(())
}

/// Only what still waits: the owner may have put it away just now, or erased whoever it is for.
fn handing_over(vault: &mut Vault, mail: &Mail, now: DateTime<Utc>) -> Result<()> {
    match there(vault.rows(), mail)? {
        Some(mail) if mail.state == MailState::Waiting => {
            set_down(vault, &mail, MailState::HandingOver, &Fate::default(), now)
        }
        Some(_) | None => Err(Problem::new(Code::Cancelled)),
    }
}

/// The mail as it stands by now; none where whoever it was for was erased meanwhile, and it with them: nothing is said of it then.
fn there(conn: &Connection, mail: &Mail) -> Result<Option<Mail>> {
    match mail::find(conn, mail.id) {
        Err(problem) if problem.code == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// The server has it: that is recorded, and what it means for the person.
pub(super) fn taken(vault: &mut Vault, mail: &Mail, answer: &str, now: DateTime<Utc>) -> Result<()> {
    let Some(mail) = &there(vault.rows(), mail)? else { return Ok(()) };
    let (business, by) = (vault.business().clone(), vault.by().to_owned());
    let who = Who { no: mail.contact_no, id: mail.contact };
    let about = mail.about_no.map(|no| by_no(vault.rows(), &business, no)).transpose()?;
    vault.record(Act::MailSent, Some(mail.id), now, |rows| {
        put(rows, mail, MailState::Sent, &Fate { answer, tried: true, ..over(now) })?;
        if let Some(about) = &about {
            let when = (business.local(rows.at), by.as_str());
            consents::asked_by_mail(rows, &business, who, about, (mail.version, &mail.language), when, now)?;
        }
        if let Some(request) = mail.request.filter(|_| !mail.step.is_empty()) {
            requests::told(rows, request, &mail.step, business.today(now), &by)?;
        }
        if mail.template == "inform" {
            people::informed_by(rows, who, HowTold::Email, business.today(now), &by)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Lets a mail wait for its next time.
fn later(lender: &mut impl Lender, mail: &Mail, problem: &Problem, now: DateTime<Utc>) -> Result<()> {
    let next_at = Some((now + pause(mail.attempts)).timestamp_millis());
    let fate =
        Fate { code: problem.code.as_str(), answer: answer_of(problem), next_at, tried: true, ..Fate::default() };
    lender.lend(|vault| settle(vault, mail, MailState::Waiting, &fate, now))
}

fn answer_of(problem: &Problem) -> &str {
    problem.facts.get("answer").and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// How long to wait after so many attempts before this one.
fn pause(attempts: u32) -> TimeDelta {
    let minutes = PAUSES.get(attempts as usize).or(PAUSES.last()).copied().unwrap_or(1440);
    TimeDelta::minutes(minutes)
}

fn over(now: DateTime<Utc>) -> Fate<'static> {
    Fate { settled_at: Some(now.timestamp_millis()), ..Fate::default() }
}

fn settle(vault: &mut Vault, mail: &Mail, state: MailState, fate: &Fate<'_>, now: DateTime<Utc>) -> Result<()> {
    there(vault.rows(), mail)?.map_or(Ok(()), |mail| set_down(vault, &mail, state, fate, now))
}

/// The same of a mail that was just looked at.
fn set_down(vault: &mut Vault, mail: &Mail, state: MailState, fate: &Fate<'_>, now: DateTime<Utc>) -> Result<()> {
    vault.record(Act::MailMoved, Some(mail.id), now, |rows| put(rows, mail, state, fate))?;
    Ok(())
}

/// Writes down where a mail stands, with its contact.
pub(super) fn put(rows: &mut Rows<'_>, mail: &Mail, state: MailState, fate: &Fate<'_>) -> Result<()> {
    let conn: &Connection = rows;
    mail::settle(conn, mail.no, state, fate)?;
    let facts = json!({ "id": mail.id, "state": state, "code": fate.code, "answer": fate.answer });
    rows.fact(Some(mail.contact), &json!({ "mail": facts }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{NewAccount, NewMail, Template, account_set, shown, write};
    use crate::trial::Trial;

    /// Somebody with a mail that is about to leave.
    fn about_to_leave() -> (Trial, String, Vec<Mail>) {
        let mut trial = Trial::new();
        trial.purpose("news", None);
        let an = trial.person("An");
        trial.yes(&an, "news");
        let account =
            NewAccount { smtp: "localhost".to_owned(), user: "an@claes.example".to_owned(), ..NewAccount::default() };
        account_set(&mut trial.vault, &account, None, trial.now).unwrap();
        let [purpose, subject, text] = ["news", "Nieuws", "Er is nieuws."].map(str::to_owned);
        let new = NewMail { template: Template::Message { purpose, subject, text }, attach: Vec::new(), request: None };
        write(&mut trial.vault, &an, &new, trial.now).unwrap();
        let (_, leaving) = begin(&mut trial.vault, &mut Round::default(), trial.now).unwrap();
        (trial, an, leaving)
    }

    #[test]
    fn whoever_is_erased_while_a_mail_is_on_its_way_leaves_no_trace_by_it() {
        let reason = || crate::erasure::Ground::Reason("verhuisd".to_owned());
        for halfway in [false, true] {
            let (mut trial, an, leaving) = about_to_leave();
            if halfway {
                leaves(&mut trial.vault, &leaving[0], trial.now).unwrap();
            }
            crate::erasure::erase(&mut trial.vault, &an, &reason(), None, trial.now).unwrap();
            let entries = trial.vault.verify(None).unwrap().entries;
            assert_eq!(leaves(&mut trial.vault, &leaving[0], trial.now).unwrap_err().code, Code::Cancelled);
            taken(&mut trial.vault, &leaving[0], "250 an@example.be", trial.now).unwrap();
            let problem = Problem::new(Code::ServerRefused).with("answer", "550 an@example.be");
            later(&mut trial.vault, &leaving[0], &problem, trial.now).unwrap();
            assert_eq!(trial.vault.verify(None).unwrap().entries, entries);
            assert_eq!(trial.fault(), None);
        }
    }

    #[test]
    fn a_mail_that_was_put_away_just_now_does_not_leave() {
        let (mut trial, _, leaving) = about_to_leave();
        crate::mail::put_away(&mut trial.vault, leaving[0].id, trial.now).unwrap();
        assert_eq!(leaves(&mut trial.vault, &leaving[0], trial.now).unwrap_err().code, Code::Cancelled);
        assert_eq!(shown(&trial.vault, leaving[0].id).unwrap().state, MailState::PutAway);
    }

    #[test]
    fn a_mail_that_the_gate_closes_on_while_others_go_stays() {
        let (mut trial, an, leaving) = about_to_leave();
        let mut round = Round::default();
        let bytes = |trial: &mut Trial, round: &mut Round| {
            still_going(&mut trial.vault, &leaving[0], round, trial.now).unwrap().is_some()
        };
        assert!(bytes(&mut trial, &mut round) && round.stopped.is_empty());
        people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
        assert!(!bytes(&mut trial, &mut round));
        assert_eq!(round.stopped, [leaving[0].id]);
        assert_eq!(shown(&trial.vault, leaving[0].id).unwrap().state, MailState::Stopped);
    }

    #[test]
    fn the_pauses_grow_to_a_day() {
        let minutes: Vec<i64> = (0..9).map(|attempts| pause(attempts).num_minutes()).collect();
        assert_eq!(minutes, [2, 10, 30, 120, 360, 1440, 1440, 1440, 1440]);
    }
}
