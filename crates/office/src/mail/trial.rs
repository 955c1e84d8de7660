//! A mail to oneself: whether an account works, before anything of anybody goes out through it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::account::{Account, password};
use super::letter::{Letter, Part};
use super::message::{self, Head, parsed};
use super::server::{Met, Session};
use super::words::words;
use crate::papers::one_line;
use crate::problem::Result;
use crate::vault::Business;

/// What came of a mail to oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MailTried")]
pub struct Tried {
    /// Where it went.
    pub to: String,
    /// What the server said when it took it.
    pub answer: String,
}

/// Sends the owner a mail through their account. It is about nobody, so it waits in no outbox and is on no record.
///
/// # Errors
/// [`crate::Code::NoMailPassword`] and those of the keychain; those of the server; [`crate::Code::MailRefused`].
pub fn try_account(account: &Account, business: &Business, now: DateTime<Utc>) -> Result<Tried> {
    let words = words(&business.language);
    let name = one_line(&business.name);
    let letter = Letter {
        language: words.code.to_owned(),
        subject: words.trial.replace("{business}", &name),
        parts: vec![Part::Text(words.tried.to_owned()), Part::Text(name.clone())],
    };
    let head = Head {
        id: Uuid::now_v7(),
        name: &name,
        from: &account.address,
        to_name: &name,
        to: &account.address,
        at: now,
        unsubscribe: "",
    };
    let written = message::write(&head, &letter, Vec::new())?;
    let own = parsed(&account.address)?;
    let mut session = Session::open(account, &password(account)?)?;
    let answer = session.hand_over(&own, &own, &written.bytes, || Ok(())).map_err(|met| match met {
        Met::NotNow(problem) | Met::Never(problem) | Met::Doubtful(problem) | Met::Broken(problem) => problem,
    })?;
    session.close();
    Ok(Tried { to: account.address.clone(), answer })
}
