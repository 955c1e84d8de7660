//! A letter as it goes over the line (RFC 5322, 2045): text and page, files, and how to say "no more" (RFC 2369).

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use uuid::Uuid;

use super::letter::Letter;
use crate::normal::email;
use crate::papers::one_line;
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;

/// How much may be attached: mail servers take 25 MB, and what is attached grows by a third.
pub const FILES_MAX: u64 = 18 << 20;

/// A mail before it is written out.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub(super) id: Uuid,
    /// What the business is called.
    pub(super) name: &'a str,
    /// Its address.
    pub(super) from: &'a str,
    /// What the person is called.
    pub(super) to_name: &'a str,
    /// Their address.
    pub(super) to: &'a str,
    pub(super) at: DateTime<Utc>,
    /// Where to say that no more mails are wanted; empty where that is no question.
    pub(super) unsubscribe: &'a str,
}

/// A mail as it goes.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) message_id: String,
    pub(super) bytes: Vec<u8>,
}

/// A file that goes along, under its own name.
#[derive(Debug)]
pub(super) struct Enclosed {
    name: String,
    bytes: Vec<u8>,
}

/// Reads the files that go along.
///
/// # Errors
/// [`Code::Unreadable`]; [`Code::TooLarge`] for all of them together.
pub(super) fn enclose(files: &[Given]) -> Result<Vec<Enclosed>> {
    let mut left = FILES_MAX;
    let mut enclosed = Vec::with_capacity(files.len());
    for given in files {
        let bytes = read(given, left)?;
        left -= bytes.len() as u64;
        enclosed.push(Enclosed { name: one_line(&given.name()), bytes });
    }
    Ok(enclosed)
}

fn read(given: &Given, left: u64) -> Result<Vec<u8>> {
    let shown = given.path().map_or_else(|| given.name(), |path| path.display().to_string());
    let unreadable = |error| Problem::new(Code::Unreadable).with("file", shown.as_str()).because(error);
    if let Some(path) = given.path()
        && !fs::metadata(path).map_err(unreadable)?.is_file()
    {
        return Err(Problem::new(Code::Unreadable).with("file", shown.as_str()).with("why", "no_plain_file"));
    }
    let mut bytes = Vec::new();
    given.open().map_err(unreadable)?.take(left + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > left {
        return Err(Problem::new(Code::TooLarge).with("file", shown).with("max", format!("{} MB", FILES_MAX >> 20)));
    }
    Ok(bytes)
}

/// Writes a mail out, once: what waits to be sent is these bytes.
///
/// # Errors
/// [`Code::Invalid`] for an address that no mail can go to.
pub(super) fn write(head: &Head<'_>, letter: &Letter, files: Vec<Enclosed>) -> Result<Written> {
    let domain = head.from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id =
        format!("<{}@{}>", head.id, idna::domain_to_ascii(domain).unwrap_or_else(|_| "localhost".to_owned()));
    let mut builder = Message::builder()
        .from(mailbox(head.name, head.from)?)
        .to(mailbox(head.to_name, head.to)?)
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(head.at))
        .message_id(Some(message_id.clone()));
    if !head.unsubscribe.is_empty() {
        let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
        builder = builder.raw_header(HeaderValue::new(name, format!("<{}>", head.unsubscribe)));
    }
    let both = MultiPart::alternative_plain_html(letter.text(), letter.page());
    let body = match files.is_empty() {
        true => both,
        false => files.into_iter().fold(MultiPart::mixed().multipart(both), |parts, file| parts.singlepart(part(file))),
    };
    let message = builder.multipart(body).map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(Written { message_id, bytes: message.formatted() })
}

fn part(file: Enclosed) -> SinglePart {
    let kind = match Path::new(&file.name).extension().and_then(|end| end.to_str()) {
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    Attachment::new(file.name).body(file.bytes, ContentType::parse(kind).unwrap_or(ContentType::TEXT_PLAIN))
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox> {
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), parsed(address)?))
}

/// An address as a server takes it: as typed before the `@`, in ASCII behind it.
///
/// # Errors
/// [`Code::Invalid`] for what is none, by our own measure and the library's, which takes `jan@x` for one.
pub(super) fn parsed(address: &str) -> Result<Address> {
    let invalid = || Problem::invalid("email", "no_email").with("given", address);
    let normal = email::normalise(address).ok_or_else(invalid)?;
    let local = normal.bare.rsplit_once('@').map_or("", |(local, _)| local);
    let domain = normal.normalised.rsplit_once('@').map_or("", |(_, domain)| domain);
    Address::new(local, domain).map_err(|error| invalid().because(error))
}

#[cfg(test)]
mod tests {
    use super::super::letter::Part;
    use super::*;

    fn written(name: &str, subject: &str, text: &str) -> String {
        let letter =
            Letter { language: "nl".to_owned(), subject: subject.to_owned(), parts: vec![Part::Text(text.to_owned())] };
        let head = Head {
            id: Uuid::nil(),
            name: "Bakkerij Jans",
            from: "jans@example.be",
            to_name: name,
            to: "an@example.be",
            at: DateTime::UNIX_EPOCH,
            unsubscribe: "mailto:jans@example.be?subject=stop",
        };
        String::from_utf8(write(&head, &letter, Vec::new()).unwrap().bytes).unwrap()
    }

    #[test]
    fn a_name_with_line_breaks_adds_no_line_to_the_head() {
        for name in ["An\r\nBcc: piet@example.be", "An\nSubject: x", "An\u{2028}b", "\"An\"\r\n\r\nbody", ""] {
            let mail = written(name, &format!("Dag {name}"), "Dag");
            let head = mail.split("\r\n\r\n").next().unwrap();
            let names: Vec<&str> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap())
                .collect();
            assert_eq!(
                names,
                ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "MIME-Version", "Content-Type"],
                "{mail}"
            );
        }
    }

    #[test]
    fn what_is_no_address_gets_no_mail() {
        for address in ["jan@x", "jan", "jan@example.be\r\nDATA", "\"jan p\"@example.be", ""] {
            assert!(parsed(address).is_err(), "{address:?}");
        }
        assert_eq!(parsed("Jan@Bücher.de").unwrap().to_string(), "Jan@xn--bcher-kva.de");
        assert_eq!(parsed("rené@example.fr").unwrap().to_string(), "rené@example.fr");
    }

    proptest::proptest! {
        #[test]
        fn any_name_and_text_become_one_mail(name in ".{0,40}", subject in ".{0,80}", text in "(?s).{0,200}") {
            let mail = written(&name, &subject, &text);
            proptest::prop_assert_eq!(mail.matches("\r\nSubject:").count(), 1);
            proptest::prop_assert!(mail.is_ascii());
        }
    }
}
