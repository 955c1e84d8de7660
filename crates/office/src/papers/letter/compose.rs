//! A letter for one person: which, in which language, with everything that fills it.

use akkoord_rules::law::Country;
use akkoord_rules::request::Event;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::access::{self, Annex};
use super::filling::{self, About};
use super::template::Filling;
use super::words::{Words, words};
use super::{Letter, ask, form, stored};
use crate::intake::draft::{Address, Draft};
use crate::papers::contact::{Held, card};
use crate::papers::paper::{Block, Letterhead, Paper, Window};
use crate::papers::readme::{Language, language, one_line};
use crate::people::{self, Who, resolve};
use crate::problem::{Problem, Result};
use crate::requests;
use crate::settings::{Reach, reach};
use crate::vault::{Vault, restriction};

/// Which letter, to whom, about what.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// To which contact, by id or e-mail address; whoever made the request, where one is named.
    pub contact: Option<String>,
    /// About which request.
    pub request: Option<Uuid>,
    /// About which purpose, by its key.
    pub purpose: Option<String>,
    /// What fills places by the owner's own hand: a place and its words.
    pub said: Vec<(String, String)>,
    /// A step of the request that is not taken yet: the letter tells of it as if it were.
    pub step: Option<Event>,
}

/// A letter before it is made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "LetterPreviewed")]
pub struct Previewed {
    /// Its name for programs.
    pub letter: &'static str,
    /// The language that it is in.
    pub language: &'static str,
    /// Its subject.
    pub title: String,
    /// All that it says, as plain text.
    pub text: String,
}

/// A composed letter and whom and what it is about.
#[derive(Debug)]
pub(in crate::papers) struct Composed {
    pub(in crate::papers) paper: Paper,
    pub(in crate::papers) who: Option<Who>,
    /// A code on it that leads back to its person, to be kept once the letter is made, with the purpose's row.
    pub(in crate::papers) code: Option<(String, Option<i64>)>,
}

/// Shows a letter as it would be made.
///
/// # Errors
/// As [`super::make`], but for those of the disk.
pub fn preview(vault: &Vault, letter: Letter, wanted: &Wanted, now: DateTime<Utc>) -> Result<Previewed> {
    let paper = composed(vault, letter, wanted, now)?.paper;
    Ok(Previewed { letter: letter.as_str(), language: paper.language, title: paper.title.clone(), text: paper.text() })
}

/// Composes a letter.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; [`crate::Code::MissingField`] for a place that nothing fills;
/// [`crate::Code::Invalid`] for a place that the letter does not have; faults of the database.
pub(in crate::papers) fn composed(
    vault: &Vault,
    letter: Letter,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<Composed> {
    let request = wanted.request.map(|id| requests::show_after(vault, id, wanted.step.as_ref(), now)).transpose()?;
    let given = wanted.contact.clone().or_else(|| request.as_ref()?.listed.contact.map(|id| id.to_string()));
    let who = given.map(|given| resolve(vault.rows(), &given)).transpose()?;
    if let (Some(who), Some(request)) = (who, &request) {
        let behind = requests::behind(vault.rows(), request.listed.id)?;
        if behind.is_of(vault.rows(), who)? != Some(true) {
            return Err(Problem::invalid("request", "of_somebody_else"));
        }
    }
    if who.is_none() && request.is_none() {
        return Err(Problem::invalid("contact", "nobody_named"));
    }
    let draft = who.map_or_else(|| Ok(Draft::default()), |who| data(vault, who))?;
    let shell = Shell::of(vault, &draft.language, now)?;
    let name = match (&who, &request) {
        (None, Some(request)) => one_line(&request.listed.name),
        _ => called(&draft),
    };
    let mut filled = Filling::new();
    let about = shell.about(vault, &name, letter == Letter::Consent);
    filling::common(&mut filled, &about)?;
    if let Some(request) = &request {
        filling::request(&mut filled, &about, request, letter);
    }
    let mut code = None;
    if let Some(who) = who {
        let annex = Annex { vault, who, language: shell.language, words: shell.words, now };
        code = fill_own(&mut filled, letter, wanted, annex, &about)?;
    }
    said(&mut filled, letter, &wanted.said)?;
    let (title, body) =
        stored::template(vault.rows(), letter, shell.language.code)?.filled(&letter.places(), &filled)?;
    let to = addressee(&draft, &name, vault);
    Ok(Composed { paper: shell.paper(vault, title, to, body), who, code })
}

/// Fills what one letter alone has. Returns a code that is on it.
pub(super) fn fill_own(
    filled: &mut Filling,
    letter: Letter,
    wanted: &Wanted,
    annex: Annex<'_>,
    about: &About<'_>,
) -> Result<Option<(String, Option<i64>)>> {
    match letter {
        Letter::Access => access::fill(filled, annex)?,
        Letter::Rectification => return form::fill(filled, annex).map(Some),
        Letter::Erased => {
            access::recipients(filled, annex)?;
            filling::put(filled, "erased_on", about.language.date(about.on));
        }
        Letter::RecipientsTold => access::told(filled, annex, wanted.request)?,
        Letter::Restriction | Letter::RestrictionLifted => {
            let lock = restriction::standing(annex.vault.rows(), annex.who.no)?.into_iter().next();
            let since = lock.and_then(|lock| DateTime::from_timestamp_millis(lock.since));
            if let Some(since) = since {
                filling::put(filled, "since", filling::day(about, since));
            }
        }
        Letter::Consent => return ask::fill(filled, annex, wanted.purpose.as_deref()).map(Some),
        Letter::Answer
        | Letter::Refusal
        | Letter::Extension
        | Letter::Identity
        | Letter::Objection
        | Letter::Withdrawal
        | Letter::Nothing
        | Letter::Kit
        | Letter::Processing
        | Letter::MailAsk
        | Letter::MailInform
        | Letter::MailAnswer => {}
    }
    Ok(None)
}

/// Puts in what the owner said by hand; it goes before what was found.
fn said(filled: &mut Filling, letter: Letter, said: &[(String, String)]) -> Result<()> {
    for (name, words) in said {
        let place = letter.places().into_iter().find(|place| place.name == name && !place.alone);
        let place = place.ok_or_else(|| Problem::invalid("set", "unknown_place").with("given", name.as_str()))?;
        filling::put(filled, place.name, words.trim());
    }
    Ok(())
}

/// What papers of the business have in common: its language on this one, how it is reached, today.
#[derive(Debug)]
pub(in crate::papers) struct Shell {
    pub(in crate::papers) language: &'static Language,
    pub(in crate::papers) words: &'static Words,
    reach: Reach,
    now: DateTime<Utc>,
}

impl Shell {
    /// In somebody's own language where we write it, else in the business's.
    pub(in crate::papers) fn of(vault: &Vault, own: &str, now: DateTime<Utc>) -> Result<Self> {
        let language = language(&[own, &vault.business().language]);
        Ok(Self { language, words: words(language.code), reach: reach(vault)?, now })
    }

    /// How the business is reached.
    pub(in crate::papers) fn reach(&self) -> &Reach {
        &self.reach
    }

    pub(super) fn about<'a>(&'a self, vault: &'a Vault, name: &'a str, reach_needed: bool) -> About<'a> {
        let on = vault.business().today(self.now);
        let (language, words) = (self.language, self.words);
        About { business: vault.business(), reach: &self.reach, language, words, name, on, reach_needed }
    }

    /// How somebody reaches the business, within a sentence.
    pub(in crate::papers) fn contact(&self, vault: &Vault) -> String {
        filling::contact(&self.about(vault, "", false))
    }

    /// A paper with this subject and these parts.
    pub(in crate::papers) fn paper(&self, vault: &Vault, title: String, to: Vec<String>, body: Vec<Block>) -> Paper {
        let business = vault.business();
        let made = business.local(self.now.timestamp_millis());
        let city = one_line(&self.reach.city);
        Paper {
            language: self.language.code,
            title,
            head: Letterhead { name: one_line(&business.name), lines: self.reach.lines() },
            to,
            window: match business.country.parse::<Country>() {
                Ok(Country::Be | Country::Fr | Country::Lu | Country::It | Country::Es) => Window::Right,
                Ok(Country::At | Country::De | Country::Ie | Country::Nl) | Err(_) => Window::Left,
            },
            dated: self.language.dated(&city, made.date_naive()),
            body,
            numbered: self.words.numbered,
            made,
            enclosed: Vec::new(),
        }
    }
}

/// A paper of the business's own, in that language where we write it, else in the business's: a certificate, the page of a dossier.
///
/// # Errors
/// Faults of the database.
pub fn paper(vault: &Vault, language: &str, title: String, body: Vec<Block>, now: DateTime<Utc>) -> Result<Paper> {
    Ok(Shell::of(vault, language, now)?.paper(vault, title, Vec::new(), body))
}

/// All that is held of somebody, as one card.
pub(super) fn data(vault: &Vault, who: Who) -> Result<Draft> {
    let group = people::group(vault.rows(), who.no)?;
    let held = group.into_iter().map(|no| Held::all(vault.rows(), no, vault.business()));
    Ok(card(&held.collect::<Result<Vec<_>>>()?))
}

/// What somebody is called in a letter; an organisation by its name.
pub(super) fn called(draft: &Draft) -> String {
    let names = [draft.full_name(), draft.nickname.clone(), draft.organisation.clone()];
    names.into_iter().map(|name| one_line(&name)).find(|name| !name.is_empty()).unwrap_or_default()
}

/// The lines for the window of an envelope: name, organisation, postal address.
pub(super) fn addressee(draft: &Draft, name: &str, vault: &Vault) -> Vec<String> {
    let organisation = one_line(&draft.organisation);
    let mut lines = vec![name.to_owned()];
    if organisation != name {
        lines.push(organisation);
    }
    if let Some(address) = draft.addresses.first() {
        lines.extend(address_lines(address, &vault.business().country));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// An address as it is written on an envelope; the country is left out where it is `home`.
pub(super) fn address_lines(address: &Address, home: &str) -> Vec<String> {
    let town = format!("{} {}", address.postal_code, address.city);
    let country = if address.country.eq_ignore_ascii_case(home) { "" } else { &address.country };
    let lines = [&address.street, &address.extended, &address.po_box, town.trim(), &address.region, country];
    // A street may have lines of its own.
    lines.into_iter().flat_map(str::lines).map(one_line).filter(|line| !line.is_empty()).collect()
}
