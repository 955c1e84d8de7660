//! The business's own mail account: where its mails go out, and who signs in there. The password is never in the vault.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::key::{Passphrase, keychain};
use crate::normal::email;
use crate::problem::{Code, Problem, Result};
use crate::vault::{Act, Done, Vault, mail};

/// The port on which servers take mail from their own people (RFC 6409), and the one where all is encrypted from the first byte
/// on (RFC 8314).
const SUBMISSION: u16 = 587;
const SUBMISSIONS: u16 = 465;
const IMAPS: u16 = 993;

/// How the line is encrypted. There is no third way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", rename = "MailSecurity")]
pub enum Security {
    /// After a greeting in clear (RFC 3207).
    Starttls,
    /// From the first byte on.
    Tls,
}

impl Security {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Starttls, Self::Tls];

    /// The stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Starttls => "starttls",
            Self::Tls => "tls",
        }
    }

    /// The way of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == code)
    }
}

/// The account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MailAccount")]
pub struct Account {
    /// Names it in the keychain; a new one where the server or who signs in changed.
    #[serde(skip)]
    pub(super) id: Uuid,
    /// The server that takes outgoing mail.
    pub smtp_host: String,
    /// Its port.
    pub smtp_port: u16,
    /// How the line to it is encrypted.
    pub security: Security,
    /// The server that keeps incoming mail; empty where none was said.
    pub imap_host: String,
    /// Its port.
    pub imap_port: u16,
    /// Who signs in.
    pub user: String,
    /// The address that mails come from.
    pub address: String,
}

/// An account as the owner says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "NewMailAccount")]
pub struct NewAccount {
    /// `host` or `host:port` of the server for outgoing mail.
    pub smtp: String,
    /// The same for incoming mail; may be empty.
    pub imap: String,
    /// How the line is encrypted; absent is as the port says: 465 is encrypted throughout.
    pub security: Option<Security>,
    /// Who signs in.
    pub user: String,
    /// The address that mails come from; empty is the user, where that is one.
    pub address: String,
}

/// The account, if the owner set one.
///
/// # Errors
/// Faults of the database.
pub fn account(vault: &Vault) -> Result<Option<Account>> {
    stored(vault.rows())
}

pub(super) fn stored(conn: &Connection) -> Result<Option<Account>> {
    let mut query = conn.prepare_cached(
        "SELECT id, smtp_host, smtp_port, security, imap_host, imap_port, user, address FROM mail_account",
    )?;
    let row = query.query_row([], |row| {
        let security: String = row.get(3)?;
        Ok(Account {
            id: row.get(0)?,
            smtp_host: row.get(1)?,
            smtp_port: row.get(2)?,
            security: Security::parse(&security).unwrap_or(Security::Tls),
            imap_host: row.get(4)?,
            imap_port: row.get(5)?,
            user: row.get(6)?,
            address: row.get(7)?,
        })
    });
    Ok(row.optional()?)
}

/// The account.
///
/// # Errors
/// [`Code::NoMailAccount`] where the owner set none.
pub(super) fn needed(conn: &Connection) -> Result<Account> {
    stored(conn)?.ok_or_else(|| Problem::new(Code::NoMailAccount))
}

/// Sets the account, and keeps its password in this computer's keychain where one is given.
///
/// # Errors
/// [`Code::Invalid`] for a server, user or address that is none; those of the keychain: nothing was changed then.
pub fn account_set(
    vault: &mut Vault,
    new: &NewAccount,
    password: Option<&Passphrase>,
    now: DateTime<Utc>,
) -> Result<Done<Account>> {
    let account = checked(new, stored(vault.rows())?)?;
    if let Some(password) = password {
        keychain::password_set(account.id, password)?;
    }
    vault.record(Act::MailAccountSet, Some(account.id), now, |rows| {
        rows.prepare_cached(
            "INSERT OR REPLACE INTO mail_account
               (one, id, smtp_host, smtp_port, security, imap_host, imap_port, user, address) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            account.id,
            account.smtp_host,
            account.smtp_port,
            account.security.as_str(),
            account.imap_host,
            account.imap_port,
            account.user,
            account.address,
        ])?;
        // Whatever kept them back may be mended by it.
        mail::hurry(rows, rows.at)?;
        rows.fact(None, &json!({ "account": account }))?;
        Ok(account)
    })
}

fn checked(new: &NewAccount, before: Option<Account>) -> Result<Account> {
    let usual = if new.security == Some(Security::Tls) { SUBMISSIONS } else { SUBMISSION };
    let (smtp_host, smtp_port) = server("smtp", &new.smtp, usual)?;
    let (imap_host, imap_port) = match new.imap.trim() {
        "" => (String::new(), IMAPS),
        given => server("imap", given, IMAPS)?,
    };
    let user = new.user.trim().to_owned();
    if user.is_empty() || user.chars().any(char::is_control) {
        return Err(Problem::invalid("user", "empty"));
    }
    let given = if new.address.trim().is_empty() { user.as_str() } else { new.address.as_str() };
    let address = email::normalise(given).ok_or_else(|| Problem::invalid("address", "no_email"))?.bare;
    let from_port = if smtp_port == SUBMISSIONS { Security::Tls } else { Security::Starttls };
    let same = before.filter(|before| before.smtp_host == smtp_host && before.user == user);
    Ok(Account {
        id: same.map_or_else(Uuid::now_v7, |before| before.id),
        smtp_host,
        smtp_port,
        security: new.security.unwrap_or(from_port),
        imap_host,
        imap_port,
        user,
        address,
    })
}

/// A server's name and port: `mail.example.be`, `mail.example.be:587`.
fn server(field: &str, given: &str, usual: u16) -> Result<(String, u16)> {
    let invalid = || Problem::invalid(field, "no_server").with("given", given.trim());
    let (host, port) = match given.trim().rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0).ok_or_else(invalid)?),
        None => (given.trim(), usual),
    };
    let host = idna::domain_to_ascii(host).map_err(|_| invalid())?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    if host.is_empty() || host.len() > 253 || !plain || host.starts_with(['-', '.']) {
        return Err(invalid());
    }
    Ok((host, port))
}

/// The password that was kept for the account.
///
/// # Errors
/// [`Code::NoPassword`]; those of the keychain.
pub(super) fn password(account: &Account) -> Result<Passphrase> {
    let none = || Problem::new(Code::NoMailPassword).with("user", account.user.as_str());
    match keychain::password_get(account.id) {
        Ok(password) => password.ok_or_else(none),
        // Where there is no keychain there is no password in it.
        Err(problem) if problem.code == Code::NoKeychain => Err(none().because(problem)),
        Err(problem) => Err(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_name_and_perhaps_a_port() {
        for (given, expected) in [
            ("mail.example.be", Some(("mail.example.be", 587))),
            (" Mail.Example.BE:465 ", Some(("mail.example.be", 465))),
            ("bücher.de", Some(("xn--bcher-kva.de", 587))),
            ("localhost:2525", Some(("localhost", 2525))),
            ("", None),
            ("mail.example.be:0", None),
            ("mail.example.be:mail", None),
            ("mail example.be", None),
            ("mail.example.be\r\nQUIT", None),
            ("-mail.example.be", None),
        ] {
            let read = server("smtp", given, SUBMISSION).ok();
            assert_eq!(read.as_ref().map(|(host, port)| (host.as_str(), *port)), expected, "{given:?}");
        }
    }

    #[test]
    fn the_port_says_how_the_line_is_encrypted_unless_the_owner_does() {
        let of = |smtp: &str, security| {
            let new =
                NewAccount { smtp: smtp.to_owned(), user: "an@example.be".to_owned(), security, ..Default::default() };
            let account = checked(&new, None).unwrap();
            (account.smtp_port, account.security)
        };
        assert_eq!(of("mail.example.be", None), (587, Security::Starttls));
        assert_eq!(of("mail.example.be:465", None), (465, Security::Tls));
        assert_eq!(of("mail.example.be", Some(Security::Tls)), (465, Security::Tls));
        assert_eq!(of("mail.example.be:2525", Some(Security::Tls)), (2525, Security::Tls));
    }
}
