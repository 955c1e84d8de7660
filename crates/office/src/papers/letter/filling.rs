//! What fills the places that every letter has, and those about a request.

use akkoord_rules::request::Event;
use chrono::{DateTime, NaiveDate, Utc};

use super::Letter;
use super::template::{Filled, Filling};
use super::words::Words;
use crate::papers::readme::{Language, one_line};
use crate::problem::Result;
use crate::requests;
use crate::settings::Reach;
use crate::vault::Business;

/// The way to court, as it stands in a sentence.
const COURT: [(&str, &str); 4] =
    [("nl", "naar de rechter stappen"), ("fr", "saisir le juge"), ("de", "vor Gericht gehen"), ("en", "go to court")];

/// Puts a text in.
pub(super) fn put(filling: &mut Filling, name: &'static str, text: impl Into<String>) {
    filling.insert(name, Filled::Text(text.into()));
}

/// Whose letter it is, to whom, on which day.
#[derive(Debug)]
pub(super) struct About<'a> {
    pub(super) business: &'a Business,
    pub(super) reach: &'a Reach,
    pub(super) language: &'static Language,
    pub(super) words: &'static Words,
    pub(super) name: &'a str,
    pub(super) on: NaiveDate,
    /// Whether the law wants the business's contact details in it (Art. 13(1)(a), 14(1)(a)): else it may say "answer this".
    pub(super) reach_needed: bool,
}

/// Fills what every letter has.
pub(super) fn common(filling: &mut Filling, about: &About<'_>) -> Result<()> {
    let name = one_line(about.name);
    put(filling, "business", one_line(&about.business.name));
    put(filling, "date", about.language.date(about.on));
    put(
        filling,
        "salutation",
        match name.is_empty() {
            true => about.words.dear_anybody.to_owned(),
            false => about.words.dear.replace("{}", &name),
        },
    );
    put(filling, "name", name);
    put(filling, "contact", contact(about));
    put(filling, "authority", authority(&about.business.country, about.words.code, about.on)?);
    let court = COURT.iter().find(|(code, _)| *code == about.words.code).map_or("", |(_, court)| court);
    put(filling, "court", court);
    Ok(())
}

/// How the business is reached, to stand behind "let us know".
pub(super) fn contact(about: &About<'_>) -> String {
    let (reach, words) = (about.reach, about.words);
    let ways = [(&reach.email, words.by_email), (&reach.phone, words.by_phone)];
    let mut ways: Vec<String> = ways
        .into_iter()
        .filter(|(value, _)| !value.is_empty())
        .map(|(value, way)| way.replace("{}", &whole(value)))
        .collect();
    if ways.is_empty() && !reach.address().is_empty() {
        ways.push(words.by_letter.to_owned());
    }
    if ways.is_empty() && !about.reach_needed {
        ways.push(words.by_answering.to_owned());
    }
    ways.join(words.or)
}

/// A number or address that no end of a line takes apart.
fn whole(value: &str) -> String {
    one_line(value).replace(' ', "\u{a0}")
}

/// Where to complain in the business's country.
///
/// # Errors
/// [`crate::Code::Invalid`] for a country whose law is not known here.
pub(in crate::papers) fn authority(country: &str, language: &str, on: NaiveDate) -> Result<String> {
    let authority = requests::country(country)?.authority(on);
    let name = authority.name(language);
    let rest: Vec<&str> = authority.reached(language).into_iter().filter(|part| !part.is_empty()).collect();
    Ok(format!("{name} ({})", rest.join(", ")))
}

/// Fills what is about a request: what was asked, when, by when it is answered, and the reason of the step that the letter tells of.
pub(super) fn request(filling: &mut Filling, about: &About<'_>, shown: &requests::Shown, letter: Letter) {
    put(filling, "right", about.words.kind(shown.listed.kind));
    let received = shown.events.first().map_or(about.on, |first| first.happened);
    put(filling, "received", about.language.date(received));
    let reason = shown.events.iter().rev().find_map(|event| match (&event.event, letter) {
        (Event::IdentityAsked { reason, .. }, Letter::Identity)
        | (Event::Extended { reason, .. }, Letter::Extension)
        | (Event::Refused { reason, .. }, Letter::Refusal)
        | (Event::Weighed { reason, .. }, Letter::Objection) => Some(reason.clone()),
        (
            Event::Opened { .. }
            | Event::IdentityAsked { .. }
            | Event::Extended { .. }
            | Event::Refused { .. }
            | Event::IdentityConfirmed { .. }
            | Event::IdentityFailed { .. }
            | Event::Weighed { .. }
            | Event::Answered { .. },
            _,
        ) => None,
    });
    // Before the extension is taken down the day is the old one, and no letter may promise that.
    if letter != Letter::Extension || reason.is_some() {
        put(filling, "due", about.language.date(shown.listed.due));
    }
    if let Some(reason) = reason {
        put(filling, "reason", reason);
    }
}

/// A day as the person reads it.
pub(super) fn day(about: &About<'_>, at: DateTime<Utc>) -> String {
    about.language.date(at.with_timezone(&about.business.zone).date_naive())
}
