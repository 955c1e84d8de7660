//! The one file that opens a connection to a mail server, and to no other host (RFC 5321, 3207, 8314). Nothing is said in clear but
//! the greeting; certificates are checked as the system does; every call ends in time.

use std::cell::Cell;
use std::error::Error as _;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use super::account::{Account, Security};
use crate::key::Passphrase;
use crate::problem::{Code, Problem, Result};

/// How long the server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much of a mail goes at a time.
const PIECE: usize = 16 << 10;

/// Why a mail is not at the server.
#[derive(Debug)]
pub(super) enum Met {
    /// The server does not take it now: it can be tried again.
    NotNow(Problem),
    /// The server will not take it.
    Never(Problem),
    /// The line broke where nobody knows whether the server took it.
    Doubtful(Problem),
    /// The line broke before, or nothing could be put on record: no mail after it can go either.
    Broken(Problem),
}

/// A server that took the name and password.
pub(super) struct Session {
    line: SmtpConnection,
    host: String,
}

impl Session {
    /// Calls the server and signs in.
    pub(super) fn open(account: &Account, password: &Passphrase) -> Result<Self> {
        let host = account.smtp_host.clone();
        let failed = |error| failed(&host, error);
        let tls = TlsParameters::new(host.clone()).map_err(failed)?;
        // The name of this computer is nobody's business.
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let wrapped = (account.security == Security::Tls).then_some(&tls);
        let server = (host.as_str(), account.smtp_port);
        let mut line = SmtpConnection::connect(server, Some(PATIENCE), &hello, wrapped, None).map_err(failed)?;
        if !line.is_encrypted() {
            if !line.can_starttls() {
                line.abort();
                return Err(Problem::new(Code::ServerAnswer).with("server", host).with("status", "no STARTTLS"));
            }
            line.starttls(&tls, &hello).map_err(failed)?;
        }
        let secret = String::from_utf8_lossy(password.bytes()).into_owned();
        let credentials = Credentials::new(account.user.clone(), secret);
        match line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials) {
            Ok(_) => Ok(Self { line, host }),
            Err(error) if error.is_permanent() => {
                Err(Problem::new(Code::ServerRefused).with("server", host).because(error))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Hands a mail over. `on_record` is called once the server is ready to take it, before its first byte goes; what comes
    /// after that leaves a doubt where the line breaks. Returns what the server said when it took it.
    pub(super) fn hand_over(
        &mut self,
        from: &Address,
        to: &Address,
        message: &[u8],
        on_record: impl FnOnce() -> Result<()>,
    ) -> Result<String, Met> {
        let utf8 = !to.to_string().is_ascii() || !from.to_string().is_ascii();
        if utf8 && !self.line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Met::Never(self.refused("no SMTPUTF8")));
        }
        let options = if utf8 { vec![MailParameter::SmtpUtfEight] } else { Vec::new() };
        self.line.command(Mail::new(Some(from.clone()), options)).map_err(|error| self.met(error))?;
        self.line.command(Rcpt::new(to.clone(), Vec::new())).map_err(|error| self.met(error))?;
        self.line.command(Data).map_err(|error| self.met(error))?;
        if let Err(problem) = on_record() {
            // Without its last line the server keeps nothing of it.
            self.line.abort();
            return Err(Met::Broken(problem));
        }
        let all_gone = Cell::new(false);
        let pieces = message.chunks(PIECE).chain(std::iter::once_with(|| {
            all_gone.set(true);
            &[][..]
        }));
        match self.line.message_iter(pieces) {
            Ok(response) => Ok(response.first_line().unwrap_or_default().to_owned()),
            Err(error) if error.is_transient() || error.is_permanent() => Err(self.met(error)),
            Err(error) if all_gone.get() => Err(Met::Doubtful(failed(&self.host, error))),
            Err(error) => Err(Met::NotNow(failed(&self.host, error))),
        }
    }

    /// Makes the line ready for another mail after one that did not go. False when there is no line any more.
    pub(super) fn go_on(&mut self) -> bool {
        !self.line.has_broken() && self.line.command(Rset).is_ok()
    }

    /// Takes leave.
    pub(super) fn close(mut self) {
        let _ = self.line.quit();
    }

    /// What a refused or broken command means for the mail.
    fn met(&self, error: Error) -> Met {
        let Some(status) = error.status() else { return Met::Broken(failed(&self.host, error)) };
        // The server's own words, without those of the library around them.
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        let refused = self.refused(format!("{status} {said}").trim_end());
        if error.is_permanent() { Met::Never(refused) } else { Met::NotNow(refused) }
    }

    fn refused(&self, answer: &str) -> Problem {
        let line: String = answer.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
        Problem::new(Code::MailRefused).with("server", self.host.as_str()).with("answer", line)
    }
}

/// What a line that failed means.
fn failed(host: &str, error: Error) -> Problem {
    let slow = causes(&error).any(|io| matches!(io.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock));
    let code = match (slow, is_certificate(&error)) {
        (true, _) => Code::ServerSlow,
        (false, true) => Code::ServerUntrusted,
        (false, false) => Code::ServerUnreachable,
    };
    Problem::new(code).with("server", host).because(error)
}

fn causes(error: &Error) -> impl Iterator<Item = &std::io::Error> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let this = next?;
        next = this.source();
        Some(this)
    })
    .filter_map(|cause| cause.downcast_ref())
}

/// Whether a line broke because the certificate does not hold.
fn is_certificate(error: &Error) -> bool {
    let bad = |cause: &rustls::Error| matches!(cause, rustls::Error::InvalidCertificate(_));
    let inside = |io: &std::io::Error| io.get_ref().and_then(|inner| inner.downcast_ref()).is_some_and(bad);
    causes(error).any(inside) || error.source().and_then(|cause| cause.downcast_ref()).is_some_and(bad)
}
