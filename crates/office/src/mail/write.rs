//! A mail to one person: written for them, looked at before, and laid into the outbox once the gate lets it.

use akkoord_rules::consent::{Basis, Builtin};
use akkoord_rules::request::Event;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::account::{Account, needed};
use super::letter::{Letter, Part, mailto};
use super::message::{self, Head};
use super::words::words;
use crate::consents::{self, Mailing};
use crate::papers::{self, Block, one_line};
use crate::people::{Who, listed, resolve};
use crate::problem::{Code, Problem, Result};
use crate::profile::incoming::Given;
use crate::purposes::{Stored, answerable, find, latest, wordings};
use crate::requests;
use crate::vault::{Act, Done, Rows, Vault, hex, mail};

/// The longest subject and text that an owner may write.
const SUBJECT_MAX: usize = 200;
const TEXT_MAX: usize = 100_000;

/// What a mail is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Template {
    /// It asks for consent to a purpose, with an answer to choose.
    Ask {
        /// The purpose's key.
        purpose: String,
    },
    /// It tells that data is held and where it came from (Art. 14).
    Inform {
        /// Where it came from, in the owner's words.
        from: String,
    },
    /// The owner's own words.
    Message {
        /// What it is for: the key of a purpose, also `rights` for an answer to a request.
        purpose: String,
        /// Its subject.
        subject: String,
        /// Its text; a greeting and the way to say "no more" are added.
        text: String,
    },
    /// A letter about a request goes along; the mail says so and nothing of what is in it.
    Letter {
        /// The letter's subject.
        subject: String,
        /// Whether a file that goes along opens with a password only.
        locked: bool,
    },
}

impl Template {
    /// The stable code.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "ask",
            Self::Inform { .. } => "inform",
            Self::Message { .. } => "message",
            Self::Letter { .. } => "letter",
        }
    }
}

/// A mail to be written.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// What it is.
    pub template: Template,
    /// Files that go along.
    pub attach: Vec<Given>,
    /// The request that it belongs to.
    pub request: Option<Uuid>,
}

/// A mail as the person would see it; nothing is written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MailPreview")]
pub struct Preview {
    /// The address.
    pub to: String,
    /// Its language.
    pub language: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A mail with all that it takes to go.
struct Draft {
    who: Who,
    account: Account,
    name: String,
    to: String,
    purpose: String,
    about: Option<Stored>,
    token: [u8; 16],
    unsubscribe: String,
    letter: Letter,
}

/// Shows what would go to somebody.
///
/// # Errors
/// As [`write`].
pub fn preview(vault: &Vault, contact: &str, new: &NewMail, now: DateTime<Utc>) -> Result<Preview> {
    let draft = draft(vault, contact, new, now)?;
    let text = draft.letter.text();
    Ok(Preview { to: draft.to, language: draft.letter.language, subject: draft.letter.subject, text })
}

/// Writes a mail to somebody and lays it into the outbox.
///
/// # Errors
/// [`Code::NoMailAccount`]; those of finding the contact, purpose and request; [`Code::NotAllowed`] where the gate says no;
/// [`Code::NoWording`]; [`Code::Invalid`] for a subject or text that is empty or too long; those of the files.
pub fn write(vault: &mut Vault, contact: &str, new: &NewMail, now: DateTime<Utc>) -> Result<Done<Uuid>> {
    write_with(vault, contact, new, None, |_, _| Ok(()), now)
}

/// As [`write`]; the step that the mail tells of is taken once a server has it, and `more` is recorded in the same act.
///
/// # Errors
/// As [`write`], and those of `more`.
pub(crate) fn write_with(
    vault: &mut Vault,
    contact: &str,
    new: &NewMail,
    step: Option<&Event>,
    more: impl FnOnce(&mut Rows<'_>, Who) -> Result<()>,
    now: DateTime<Utc>,
) -> Result<Done<Uuid>> {
    let draft = draft(vault, contact, new, now)?;
    let request_no =
        new.request.map(|request| requests::behind(vault.rows(), request)).transpose()?.map(|behind| behind.no);
    let id = Uuid::now_v7();
    let head = Head {
        id,
        name: &vault.business().name,
        from: &draft.account.address,
        to_name: &draft.name,
        to: &draft.to,
        at: now,
        unsubscribe: &draft.unsubscribe,
    };
    let written = message::write(&head, &draft.letter, message::enclose(&new.attach)?)?;
    let sha256: [u8; 32] = Sha256::digest(&written.bytes).into();
    let by = vault.by().to_owned();
    let step =
        step.map(serde_json::to_string).transpose().map_err(|error| Problem::new(Code::System).because(error))?;
    let step = step.unwrap_or_default();
    vault.record(Act::MailQueued, Some(id), now, |rows| {
        mail::insert(
            rows,
            &mail::New {
                id,
                contact_no: draft.who.no,
                request_no,
                purpose: &draft.purpose,
                about_no: draft.about.as_ref().map(|about| about.no),
                version: draft.about.as_ref().map_or(0, |about| latest(&about.rules)),
                template: new.template.as_str(),
                language: &draft.letter.language,
                address: &draft.to,
                subject: &draft.letter.subject,
                message_id: &written.message_id,
                token: draft.token,
                message: &written.bytes,
                sha256,
                step: &step,
                at: rows.at,
                by: &by,
            },
        )?;
        let facts = json!({
            "id": id, "purpose": draft.purpose, "template": new.template.as_str(), "address": draft.to,
            "subject": draft.letter.subject, "sha256": hex(&sha256), "request": new.request, "step": step,
        });
        rows.fact(Some(draft.who.id), &json!({ "mail": facts }))?;
        more(rows, draft.who)?;
        Ok(id)
    })
}

/// What the law itself orders goes past objections and locks, so the owner's own words must not take its name: a question and a
/// notice are written here, and an answer is to a request of that person.
fn lawful(vault: &Vault, who: Who, new: &NewMail) -> Result<()> {
    let conn = vault.rows();
    if let Some(request) = new.request
        && requests::behind(conn, request)?.is_of(conn, who)? != Some(true)
    {
        return Err(Problem::invalid("request", "of_somebody_else"));
    }
    let purpose = match &new.template {
        Template::Message { purpose, .. } => Builtin::parse(purpose),
        Template::Letter { .. } => Some(Builtin::Rights),
        Template::Ask { .. } | Template::Inform { .. } => None,
    };
    match purpose {
        Some(Builtin::Ask | Builtin::Inform) => Err(Problem::invalid("purpose", "own_template")),
        Some(Builtin::Rights) if new.request.is_none() => Err(Problem::invalid("request", "rights_of_whom")),
        Some(Builtin::Rights) | None => Ok(()),
    }
}

fn draft(vault: &Vault, contact: &str, new: &NewMail, now: DateTime<Utc>) -> Result<Draft> {
    let template = &new.template;
    let (conn, business) = (vault.rows(), vault.business());
    let account = needed(conn)?;
    let who = resolve(conn, contact)?;
    lawful(vault, who, new)?;
    let asked = match template {
        Template::Ask { purpose } => Some(answerable(conn, business, purpose)?),
        Template::Inform { .. } | Template::Message { .. } | Template::Letter { .. } => None,
    };
    let purpose = match template {
        Template::Ask { .. } => Builtin::Ask.as_str(),
        Template::Inform { .. } => Builtin::Inform.as_str(),
        Template::Letter { .. } => Builtin::Rights.as_str(),
        Template::Message { purpose, .. } => purpose.as_str(),
    };
    let mailing = asked.as_ref().map_or(Mailing::For(purpose), Mailing::Asks);
    if let Some(refused) = consents::may_not_mail(vault, who, mailing, business.today(now))? {
        let reasons: Vec<&str> = refused.reasons.iter().map(|reason| reason.as_str()).collect();
        return Err(Problem::new(Code::NotAllowed)
            .with("reasons", reasons.join(", "))
            .with("why", "mail")
            .with("text", refused.text));
    }
    let no_address = || Problem::new(Code::NotAllowed).with("reasons", "no_address").with("why", "mail");
    let to = mail::first_address(conn, who.no)?.ok_or_else(no_address)?;
    message::parsed(&to)?;
    let mut token = [0_u8; 16];
    getrandom::fill(&mut token).map_err(|error| Problem::new(Code::System).because(error))?;
    let writing = Writing { vault, who, account: &account, token: &token, now };
    let (letter, unsubscribe) = match template {
        Template::Ask { .. } => (writing.question(asked.as_ref())?, String::new()),
        Template::Inform { from } => (writing.notice(from)?, String::new()),
        Template::Message { purpose, subject, text } => writing.message(purpose, subject, text)?,
        Template::Letter { subject, locked } => (writing.cover(subject, *locked, new.request)?, String::new()),
    };
    let name = writing.name()?;
    Ok(Draft { who, name, to, purpose: purpose.to_owned(), about: asked, token, unsubscribe, letter, account })
}

/// What a mail that asks for consent holds for somebody, by its places, and the language in which they read it.
///
/// # Errors
/// Faults of the database.
pub(crate) fn asking(vault: &Vault, who: Who, purpose: &Stored) -> Result<(String, papers::Own)> {
    let (conn, business) = (vault.rows(), vault.business());
    let (language, text) = consents::text(conn, business, who, purpose, latest(&purpose.rules), None)?;
    let words = words(&language);
    let choices = Block::Choices(vec![words.yes.to_owned(), words.no.to_owned()]);
    let title = Block::Text(one_line(&purpose.title));
    Ok((language, vec![("wording", Block::texts(&text)), ("answers", vec![choices]), ("purpose", vec![title])]))
}

/// What the letters to one person have in common.
struct Writing<'a> {
    vault: &'a Vault,
    who: Who,
    account: &'a Account,
    token: &'a [u8; 16],
    now: DateTime<Utc>,
}

impl Writing<'_> {
    /// What the person is called: a human being by their name, an organisation not at all.
    fn name(&self) -> Result<String> {
        Ok(one_line(&listed(self.vault.rows(), self.who.no)?.name))
    }

    fn business(&self) -> String {
        one_line(&self.vault.business().name)
    }

    /// A link that begins an answer; the code in it leads back to this mail alone.
    fn answer(&self, says: &str) -> String {
        mailto(&self.account.address, &format!("{says} [{}]", hex(self.token)))
    }

    fn greeting(&self, greeting: &str) -> Result<Part> {
        let name = self.name()?;
        Ok(Part::Text(if name.is_empty() { format!("{greeting},") } else { format!("{greeting} {name},") }))
    }

    fn question(&self, purpose: Option<&Stored>) -> Result<Letter> {
        let (conn, business) = (self.vault.rows(), self.vault.business());
        let purpose = purpose.ok_or_else(|| Problem::new(Code::System))?;
        let version = latest(&purpose.rules);
        if wordings(conn, purpose.no, version)?.is_empty() {
            let problem = Problem::new(Code::NoWording).with("purpose", purpose.rules.key.as_str());
            return Err(problem.with("version", version).with("language", business.language.as_str()));
        }
        let (language, own) = asking(self.vault, self.who, purpose)?;
        self.worded(papers::Letter::MailAsk, language, own, None)
    }

    fn notice(&self, from: &str) -> Result<Letter> {
        let (language, text) = papers::notice_to(self.vault, self.who, from, self.now)?;
        self.worded(papers::Letter::MailInform, language, vec![("notice", Block::texts(&text))], None)
    }

    /// A mail whose text the owner may have changed; each answer in it becomes a link.
    fn worded(
        &self,
        which: papers::Letter,
        language: String,
        own: papers::Own,
        request: Option<Uuid>,
    ) -> Result<Letter> {
        let name = self.name()?;
        let (subject, blocks) = papers::mail_text(self.vault, which, (&language, &name), own, request, self.now)?;
        let parts = blocks.into_iter().flat_map(|block| {
            if let Block::Choices(labels) = &block {
                let choice = |label: &String| Part::Choice { label: label.clone(), to: self.answer(label) };
                labels.iter().map(choice).collect()
            } else {
                vec![Part::Text(block.lines().join("\n"))]
            }
        });
        Ok(Letter { language, subject: one_line(&subject), parts: parts.collect() })
    }

    /// What goes with a letter: that it is there, and nothing that is in it.
    fn cover(&self, subject: &str, locked: bool, request: Option<Uuid>) -> Result<Letter> {
        let language = papers::spoken(self.vault, self.who)?;
        let note = if locked { Block::texts(words(language).locked) } else { Vec::new() };
        let own = vec![("subject", Block::texts(&one_line(subject))), ("locked", note)];
        self.worded(papers::Letter::MailAnswer, language.to_owned(), own, request)
    }

    /// The owner's own words, and how to say "no more" where the person may.
    fn message(&self, purpose: &str, subject: &str, text: &str) -> Result<(Letter, String)> {
        let (conn, business) = (self.vault.rows(), self.vault.business());
        let subject = one_line(subject);
        for (field, given, max) in [("subject", subject.as_str(), SUBJECT_MAX), ("text", text.trim(), TEXT_MAX)] {
            if given.is_empty() {
                return Err(Problem::invalid(field, "empty"));
            }
            if given.chars().count() > max {
                return Err(Problem::invalid(field, "too_long").with("most", max));
            }
        }
        let language = papers::spoken(self.vault, self.who)?;
        let words = words(language);
        let stored = find(conn, business, purpose)?;
        let optional = |stored: &Stored| stored.rules.marketing || stored.rules.basis == Basis::Consent;
        let unsubscribe = match stored.as_ref().is_some_and(optional) {
            true => self.answer(words.stop),
            false => String::new(),
        };
        let mut parts = vec![self.greeting(words.greeting)?, Part::Text(text.to_owned()), Part::Text(self.business())];
        if !unsubscribe.is_empty() {
            parts.push(Part::Choice { label: words.stop.to_owned(), to: unsubscribe.clone() });
        }
        Ok((Letter { language: language.to_owned(), subject, parts }, unsubscribe))
    }
}
