//! Letters and mails that tell people that their data is held, where it did not come from themselves (Art. 14): a table with the
//! whole text for each, in their language, to be merged in a word processor or a mail program.

mod kept;
mod origin;
mod said;

use std::path::Path;

use akkoord_rules::consent::Basis;
use akkoord_rules::person::Channel;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use super::letter::authority;
use super::people::{Column, ListSaved, Texts, written};
use super::readme::{Language, fill, language, one_line};
use crate::consents::{self, has_label, label_key};
use crate::people::{Who, listed};
use crate::problem::{Code, Problem, Result};
use crate::purposes::{self, Stored};
use crate::settings::Reach;
use crate::vault::{Business, Done, Vault};

pub(crate) use self::origin::asked;
pub use self::origin::{FileOrigin, OriginAsked, Origins};
use self::said::kinds;
pub(super) use self::said::{Said, in_language};

/// What the letter says in one language beside its template.
struct Words {
    code: &'static str,
    text: &'static str,
    /// What is held, in the order of [`HELD`].
    data: [&'static str; 12],
    /// Why it may be used, in the order of [`Basis::ALL`].
    basis: [&'static str; 6],
    /// There is no purpose yet.
    no_use: &'static str,
    /// Nobody got it.
    nobody: &'static str,
    /// Behind who is not in the European Economic Area.
    outside: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        text: include_str!("letters/nl/inform.txt"),
        data: [
            "uw naam",
            "uw e-mailadres",
            "uw telefoonnummer",
            "uw adres",
            "uw organisatie",
            "uw functie",
            "uw website",
            "uw geboortedag",
            "uw taal",
            "notities over u",
            "de groepen waarin wij u indelen",
            "andere gegevens over u",
        ],
        basis: [
            "alleen als u daar ja op zegt",
            "voor een overeenkomst met u",
            "omdat de wet het vraagt",
            "om een leven te beschermen",
            "voor een taak van algemeen belang",
            "in ons gerechtvaardigd belang",
        ],
        no_use: "voorlopig nergens voor",
        nobody: "niemand",
        outside: " (buiten de Europese Economische Ruimte)",
    },
    Words {
        code: "fr",
        text: include_str!("letters/fr/inform.txt"),
        data: [
            "votre nom",
            "votre adresse e-mail",
            "votre numéro de téléphone",
            "votre adresse",
            "votre organisation",
            "votre fonction",
            "votre site web",
            "votre date de naissance",
            "votre langue",
            "des notes sur vous",
            "les groupes dans lesquels nous vous classons",
            "d'autres données sur vous",
        ],
        basis: [
            "seulement si vous dites oui",
            "pour un contrat avec vous",
            "parce que la loi le demande",
            "pour protéger une vie",
            "pour une mission d'intérêt public",
            "dans notre intérêt légitime",
        ],
        no_use: "à rien pour le moment",
        nobody: "personne",
        outside: " (hors de l'Espace économique européen)",
    },
    Words {
        code: "de",
        text: include_str!("letters/de/inform.txt"),
        data: [
            "Ihr Name",
            "Ihre E-Mail-Adresse",
            "Ihre Telefonnummer",
            "Ihre Anschrift",
            "Ihre Organisation",
            "Ihre Funktion",
            "Ihre Website",
            "Ihr Geburtstag",
            "Ihre Sprache",
            "Notizen über Sie",
            "die Gruppen, in die wir Sie einordnen",
            "andere Daten über Sie",
        ],
        basis: [
            "nur wenn Sie dazu Ja sagen",
            "für einen Vertrag mit Ihnen",
            "weil das Gesetz es verlangt",
            "um ein Leben zu schützen",
            "für eine Aufgabe im öffentlichen Interesse",
            "in unserem berechtigten Interesse",
        ],
        no_use: "vorerst für nichts",
        nobody: "niemand",
        outside: " (außerhalb des Europäischen Wirtschaftsraums)",
    },
    Words {
        code: "en",
        text: include_str!("letters/en/inform.txt"),
        data: [
            "your name",
            "your e-mail address",
            "your phone number",
            "your address",
            "your organisation",
            "your job",
            "your website",
            "your birthday",
            "your language",
            "notes about you",
            "the groups that we put you in",
            "other data about you",
        ],
        basis: [
            "only if you say yes to it",
            "for a contract with you",
            "because the law asks for it",
            "to protect a life",
            "for a task in the public interest",
            "in our legitimate interest",
        ],
        no_use: "nothing for the time being",
        nobody: "nobody",
        outside: " (outside the European Economic Area)",
    },
];

/// Whether a group has each kind of data, in the order in which the letter names them.
const HELD: &str = "WITH one (no) AS (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)
    SELECT max(given <> '' OR middle <> '' OR family <> '' OR nickname <> ''),
      EXISTS (SELECT 1 FROM contact_email WHERE contact_no IN one), EXISTS (SELECT 1 FROM contact_phone WHERE contact_no IN one),
      EXISTS (SELECT 1 FROM contact_address WHERE contact_no IN one), max(organisation <> ''), max(job_title <> ''),
      EXISTS (SELECT 1 FROM contact_website WHERE contact_no IN one), max(birthday <> ''), max(language <> ''), max(notes <> ''),
      EXISTS (SELECT 1 FROM contact_label WHERE contact_no IN one), EXISTS (SELECT 1 FROM custom_value WHERE contact_no IN one)
    FROM contact WHERE no IN one";

/// Writes a letter or mail for each of these people who may be told so, with where their data came from: as it was noted with the
/// person, else in the owner's words. Nobody counts as told yet.
///
/// # Errors
/// Those of finding each contact; [`crate::Code::Invalid`] for another way than mail and post, or where neither source nor words say
/// where somebody's data came from; [`crate::Code::NotAllowed`] when nobody of them may be told so; [`crate::Code::InProfile`],
/// [`crate::Code::Unwritable`], [`crate::Code::DiskFull`].
pub fn notices(
    vault: &mut Vault,
    contacts: &[Uuid],
    channel: Channel,
    from: &Origins,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<ListSaved>> {
    if !matches!(channel, Channel::Email | Channel::Post) {
        return Err(Problem::invalid("channel", "not_prepared").with("given", channel.as_str()));
    }
    let from = from.checked()?;
    let (goes, stays) = consents::informable_part(vault, contacts, channel, now)?;
    let uses = purposes::all(vault.rows(), vault.business())?;
    let reach = crate::settings::reach(vault)?;
    let letter = Letter { conn: vault.rows(), business: vault.business(), reach: &reach, uses: &uses, from: &from };
    let texts = goes.iter().map(|who| letter.to(*who, now)).collect::<Result<Vec<_>>>()?;
    let about = json!({ "purpose": "inform", "channel": channel.as_str(), "from": from.others });
    written(vault, &goes, Some(Texts { column: Column::Message, each: &texts }), channel, stays, &about, to, now)
}

/// The language and whole text of the letter or mail to one person, with where their data came from as it was noted with them, else in
/// the owner's words.
///
/// # Errors
/// [`crate::Code::Invalid`] where neither says where the data came from, or for too many words; faults of the database.
pub(crate) fn notice_to(vault: &Vault, who: Who, from: &str, now: DateTime<Utc>) -> Result<(String, String)> {
    let from = Origins::all(from).checked()?;
    let uses = purposes::all(vault.rows(), vault.business())?;
    let reach = crate::settings::reach(vault)?;
    Letter { conn: vault.rows(), business: vault.business(), reach: &reach, uses: &uses, from: &from }.to(who, now)
}

/// The language in which a letter to somebody is written: their own, where we write it, else the business's.
///
/// # Errors
/// Faults of the database.
pub(crate) fn spoken(vault: &Vault, who: Who) -> Result<&'static str> {
    Ok(language_of(vault.rows(), vault.business(), who)?.code)
}

fn language_of(conn: &Connection, business: &Business, who: Who) -> Result<&'static Language> {
    let mut query = conn.prepare_cached("SELECT language FROM contact WHERE no = ?")?;
    let own: String = query.query_row([who.no], |row| row.get(0))?;
    Ok(language(&[&own, &business.language]))
}

/// What all letters have in common.
struct Letter<'a> {
    conn: &'a Connection,
    business: &'a Business,
    reach: &'a Reach,
    uses: &'a [Stored],
    from: &'a Origins,
}

impl Letter<'_> {
    /// Its language and its whole text for one person.
    fn to(&self, who: Who, now: DateTime<Utc>) -> Result<(String, String)> {
        let language = language_of(self.conn, self.business, who)?;
        let words = WORDS.iter().find(|words| words.code == language.code).unwrap_or(&WORDS[3]);
        let name = self.name(who)?;
        let since = self.since(who, now)?;
        let concerning = self.concerning(who)?;
        let (data, uses) = (self.data(words, who)?, self.purposes(words, who, &concerning)?);
        let (shared, from) = (self.shared(words, who)?, self.from.of(self.conn, who)?);
        let kept = kept::kept(language.code, &concerning);
        let authority = authority(&self.business.country, language.code, self.business.today(now))?;
        let text = fill(words.text, |place| match place {
            "name" if name.is_empty() => String::new(),
            "name" => format!(" {name}"),
            "business" => one_line(&self.business.name),
            "reach" => self.reached(),
            "authority" => authority.clone(),
            "data" => data.clone(),
            "from" => from.clone(),
            "kept" => kept.clone(),
            "since" => language.date(since),
            "uses" => uses.clone(),
            "shared" => shared.clone(),
            _ => String::new(),
        });
        Ok((language.code.to_owned(), text.trim_end().to_owned()))
    }

    /// What they are called; nothing where no name is known: nobody is greeted by an address.
    fn name(&self, who: Who) -> Result<String> {
        let listed = listed(self.conn, who.no)?;
        let is_address = [&listed.email, &listed.phone].into_iter().flatten().any(|address| *address == listed.name);
        Ok(if is_address { String::new() } else { one_line(&listed.name) })
    }

    /// How the business is reached, behind its name (Art. 14(1)(a) and (b)).
    fn reached(&self) -> String {
        let lines = self.reach.lines().into_iter().chain([self.reach.officer.clone()]);
        lines.map(|line| one_line(&line)).filter(|line| !line.is_empty()).map(|line| format!(", {line}")).collect()
    }

    /// The day on which the first came that is not from themselves; today, where all is.
    fn since(&self, who: Who, now: DateTime<Utc>) -> Result<NaiveDate> {
        let sql = "SELECT min(at) FROM source WHERE origin <> 'self'
                   AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)";
        let first: Option<i64> = self.conn.prepare_cached(sql)?.query_row([who.no], |row| row.get(0))?;
        Ok(first.map_or(self.business.today(now), |at| self.business.local(at).date_naive()))
    }

    fn data(&self, words: &Words, who: Who) -> Result<String> {
        Ok(kinds(self.conn, words, who)?.join(", "))
    }

    /// Each purpose that may concern them.
    fn concerning(&self, who: Who) -> Result<Vec<&Stored>> {
        let mut uses = Vec::new();
        for purpose in self.uses {
            let label = purpose.rules.label.as_deref();
            if label.map_or(Ok(true), |label| has_label(self.conn, who.no, &label_key(label)))? {
                uses.push(purpose);
            }
        }
        Ok(uses)
    }

    /// These purposes, with why; of a legitimate interest which one it is, as its text says it (Art. 14(2)(b)).
    fn purposes(&self, words: &Words, who: Who, concerning: &[&Stored]) -> Result<String> {
        let mut uses = Vec::new();
        for purpose in concerning {
            let because = words.because(purpose.rules.basis);
            let version = purposes::latest(&purpose.rules);
            let is_interest = purpose.rules.basis == Basis::LegitimateInterests;
            let interest = if is_interest { self.worded(who, purpose, version)? } else { None };
            let because = interest.map_or_else(|| because.to_owned(), |text| format!("{because}: \"{text}\""));
            uses.push(format!("{} ({because})", one_line(&purpose.title)));
        }
        Ok(if uses.is_empty() { words.no_use.to_owned() } else { uses.join(", ") })
    }

    /// The text of a purpose in their language; nothing where there is none.
    fn worded(&self, who: Who, purpose: &Stored, version: u32) -> Result<Option<String>> {
        match consents::text(self.conn, self.business, who, purpose, version, None) {
            Ok((_, text)) => Ok(Some(one_line(&text))),
            Err(Problem { code: Code::NoWording, .. }) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Who has data of theirs from us.
    fn shared(&self, words: &Words, who: Who) -> Result<String> {
        let sql = "SELECT DISTINCT connection.title, connection.eea FROM disclosed
            JOIN disclosure ON disclosure.no = disclosure_no JOIN connection ON connection.no = connection_no
            WHERE contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1) ORDER BY connection.no";
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map([who.no], |row| {
            let (title, eea): (String, bool) = (row.get(0)?, row.get(1)?);
            Ok(format!("{}{}", one_line(&title), if eea { "" } else { words.outside }))
        })?;
        let shared = rows.collect::<Result<Vec<_>, _>>()?.join(", ");
        Ok(if shared.is_empty() { words.nobody.to_owned() } else { shared })
    }
}

#[cfg(test)]
mod tests;
