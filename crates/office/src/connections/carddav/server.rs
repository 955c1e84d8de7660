//! The one file that opens a connection to another computer: an address book's server, and no other host.
//!
//! Certificates are checked as the system does; nothing is followed elsewhere; every call ends in time.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ureq::http::{Method, Request, Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error};
use zeroize::Zeroizing;

use super::multistatus::{Card, cards};
use super::shelf::{Met, Shelf};
use crate::key::Passphrase;
use crate::problem::{Code, Problem, Result};

/// How long a call may take, to the last byte of its answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The largest list that is read.
const LIST_MAX: u64 = 64 << 20;

const LIST: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
    <propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>";

/// An address book on a server.
pub(super) struct Server {
    agent: Agent,
    base: String,
    sign_in: Zeroizing<String>,
}

impl Server {
    /// The address book at this address, for this user.
    pub(super) fn of(url: &str, user: &str, password: &Passphrase) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .https_only(true)
            .max_redirects(0)
            .proxy(None)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE))
            .user_agent("Akkoord")
            .build();
        let mut pair = Zeroizing::new(format!("{user}:").into_bytes());
        pair.extend_from_slice(password.bytes());
        let sign_in = Zeroizing::new(format!("Basic {}", STANDARD.encode(&*pair)));
        let base = format!("{}/", url.trim_end_matches('/'));
        Self { agent: config.into(), base, sign_in }
    }

    fn change(&self, request: Result<Request<String>, ureq::http::Error>) -> Result<Met> {
        let answer = self.send(request)?;
        let version = answer.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        match answer.status() {
            status if status.is_success() => Ok(Met::Done(version)),
            StatusCode::PRECONDITION_FAILED => Ok(Met::Changed),
            status => Err(self.unexpected(status)),
        }
    }

    fn request(&self, method: Method, name: &str) -> ureq::http::request::Builder {
        let uri = format!("{}{name}", self.base);
        Request::builder().method(method).uri(uri).header(header::AUTHORIZATION, self.sign_in.as_str())
    }

    fn send(&self, request: Result<Request<String>, ureq::http::Error>) -> Result<Response<Body>> {
        let request = request.map_err(|error| Problem::invalid("url", "no_https").because(error))?;
        self.agent.run(request).map_err(|error| self.failed(error))
    }

    fn unexpected(&self, status: StatusCode) -> Problem {
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => self.problem(Code::ServerRefused),
            other => self.problem(Code::ServerAnswer).with("status", other.as_u16()),
        }
    }

    /// What a call that failed means.
    fn failed(&self, error: Error) -> Problem {
        let slow = matches!(&error, Error::Timeout(_))
            || matches!(&error, Error::Io(io) if io.kind() == std::io::ErrorKind::TimedOut);
        let untrusted =
            matches!(&error, Error::Rustls(_) | Error::Tls(_)) || matches!(&error, Error::Io(io) if is_certificate(io));
        let code = match (slow, untrusted) {
            (true, _) => Code::ServerSlow,
            (false, true) => Code::ServerUntrusted,
            (false, false) => Code::ServerUnreachable,
        };
        self.problem(code).because(error)
    }

    fn problem(&self, code: Code) -> Problem {
        let host = self.base.split('/').nth(2).unwrap_or(&self.base);
        Problem::new(code).with("server", host)
    }
}

impl Shelf for Server {
    fn list(&self) -> Result<Vec<Card>> {
        let method = Method::from_bytes(b"PROPFIND").map_err(|error| Problem::new(Code::System).because(error))?;
        let request = self.request(method, "").header("depth", "1").header(header::CONTENT_TYPE, "application/xml");
        let mut answer = self.send(request.body(LIST.to_owned()))?;
        if answer.status() != StatusCode::MULTI_STATUS {
            return Err(self.unexpected(answer.status()));
        }
        let xml = answer.body_mut().with_config().limit(LIST_MAX).read_to_string();
        let xml = xml.map_err(|error| self.failed(error))?;
        cards(&xml).ok_or_else(|| self.problem(Code::ServerAnswer).with("status", "no address book"))
    }

    fn put(&self, name: &str, over: Option<&str>, card: String) -> Result<Met> {
        let request = self.request(Method::PUT, name).header(header::CONTENT_TYPE, "text/vcard; charset=utf-8");
        let request = match over {
            Some(version) => request.header(header::IF_MATCH, version),
            None => request.header(header::IF_NONE_MATCH, "*"),
        };
        self.change(request.body(card))
    }

    fn delete(&self, name: &str, version: &str) -> Result<Met> {
        let request = self.request(Method::DELETE, name).header(header::IF_MATCH, version);
        match self.change(request.body(String::new())) {
            // Gone already.
            Err(problem) if problem.facts.get("status") == Some(&404.into()) => Ok(Met::Done(None)),
            met => met,
        }
    }
}

/// Whether a line broke because the certificate does not hold.
fn is_certificate(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}
