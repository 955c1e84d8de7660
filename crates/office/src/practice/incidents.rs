//! What nobody looks forward to: somebody who wants to be forgotten and is, and a mail that went to the wrong person.

use akkoord_rules::breach::{Risk, Told};
use akkoord_rules::consent::How;
use akkoord_rules::request::Kind;
use chrono::{DateTime, Utc};

use super::words::{self, text};
use crate::consents::{self, NewAnswer};
use crate::erasure::{self, Ground};
use crate::people::{self, NewSource, typed};
use crate::problem::{Code, Problem, Result};
use crate::registers::{self, NewBreach, NewTold};
use crate::requests::{self, Asker, Filter, NewRequest, Step};
use crate::vault::Vault;

/// Whoever is not there any more, while they were.
const GONE: ([&str; 2], &str, &str) = (["Lieve", "Segers"], "lieve.segers@example.be", "0499 00 06 12");

/// Somebody is typed in, and says yes at the counter.
pub(super) fn comes(vault: &mut Vault, at: DateTime<Utc>) -> Result<()> {
    let (name, email, phone) = GONE;
    let draft = typed(name, &[email], &[phone], vault.business())?;
    let contact = people::add(vault, &draft, &[], &NewSource::default(), false, at)?.output.to_string();
    let local = vault.business().local(at.timestamp_millis());
    let answer = NewAnswer::new("newsletter", true, How::InPerson, local);
    consents::record(vault, &contact, &answer, at).map(drop)
}

/// They want to be forgotten.
pub(super) fn asks_to_go(vault: &mut Vault, at: DateTime<Utc>) -> Result<()> {
    let new = NewRequest {
        asker: Asker::Contact(GONE.1.to_owned()),
        kind: Kind::Erasure,
        received: vault.business().today(at).to_string(),
        how: How::Email,
        words: said(vault, words::ERASURE),
        attach: Vec::new(),
    };
    requests::open(vault, &new, at).map(drop)
}

/// They are, once it is sure that it was they who asked: what is left is the certificate and what they are known again by.
pub(super) fn goes(vault: &mut Vault, at: DateTime<Utc>) -> Result<()> {
    let open = requests::list(vault, Filter::Open, None, at)?.requests;
    let request = open.iter().find(|request| request.kind == Kind::Erasure).map(|request| request.id);
    let request = request.ok_or_else(|| Problem::new(Code::System))?;
    let sure = Step::IdentityConfirmed { how: said(vault, words::KNOWN), on: None };
    requests::step(vault, request, sure, at)?;
    erasure::erase(vault, GONE.1, &Ground::Request(request), None, at).map(drop)
}

/// A list went to somebody whom it did not concern; these people are in it.
pub(super) fn leaks(vault: &mut Vault, affected: Vec<String>, at: DateTime<Utc>) -> Result<()> {
    let [nature, data, consequences, measures] = words::BREACH.map(|texts| said(vault, texts));
    let new = NewBreach {
        aware: vault.business().said(at.timestamp_millis()),
        nature,
        data,
        people: u32::try_from(affected.len()).ok(),
        records: u32::try_from(affected.len()).ok(),
        affected,
        encrypted: false,
        risk: Risk::High,
        consequences,
        measures,
    };
    registers::breach_open(vault, &new, at).map(drop)
}

/// The authority hears of it in time; the people still have to.
pub(super) fn reports(vault: &mut Vault, at: DateTime<Utc>) -> Result<()> {
    let breach = registers::breaches(vault, at)?.first().map(|breach| breach.breach);
    let breach = breach.ok_or_else(|| Problem::new(Code::System))?;
    let told = NewTold { whom: Told::Authority, told: true, on: None, reason: String::new() };
    registers::breach_answer(vault, breach, &told, at).map(drop)
}

fn said(vault: &Vault, texts: [&'static str; 4]) -> String {
    text(texts, &vault.business().language).to_owned()
}
