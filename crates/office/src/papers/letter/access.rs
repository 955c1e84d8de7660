//! What the access letter says beside its text (Art. 15(1)), and the copy of the data behind it (Art. 15(3)).

use akkoord_rules::consent::Status;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::template::{Filled, Filling};
use super::words::Words;
use crate::consents::{self, Consent, has_label, label_key};
use crate::papers::contact::{Held, card};
use crate::papers::notice::{Said, in_language};
use crate::papers::paper::Block;
use crate::papers::readme::{Language, one_line};
use crate::people::{self, Who};
use crate::problem::Result;
use crate::purposes;
use crate::requests::{self, Outcome, Recipient, RecipientTold};
use crate::vault::source::{self, SourceShown};
use crate::vault::value::Content;
use crate::vault::{DisclosureShown, Vault, disclosure};

/// Of whom, and in which language.
#[derive(Clone, Copy)]
pub(in crate::papers) struct Annex<'a> {
    pub(in crate::papers) vault: &'a Vault,
    pub(in crate::papers) who: Who,
    pub(in crate::papers) language: &'static Language,
    pub(in crate::papers) words: &'static Words,
    pub(in crate::papers) now: DateTime<Utc>,
}

/// Fills the places of the access letter.
pub(super) fn fill(filling: &mut Filling, annex: Annex<'_>) -> Result<()> {
    let said = in_language(annex.words.code);
    let kinds = said.kinds(annex.vault.rows(), annex.who)?;
    let kinds = if kinds.is_empty() { vec![said.no_use()] } else { kinds };
    let mut put = |name, blocks| filling.insert(name, Filled::Blocks(blocks));
    put("categories", vec![Block::List(kinds.into_iter().map(str::to_owned).collect())]);
    put("purposes", vec![annex.purposes(&said)?]);
    put("sources", vec![annex.sources()?]);
    let (recipients, outside) = annex.recipients(&said)?;
    let safeguards = outside.then(|| Block::Text(annex.words.safeguards.to_owned()));
    put("recipients", [Some(recipients), safeguards].into_iter().flatten().collect());
    put("data", annex.data()?);
    Ok(())
}

/// Who got data of somebody, for letters about that alone.
pub(super) fn recipients(filling: &mut Filling, annex: Annex<'_>) -> Result<()> {
    let (recipients, _) = annex.recipients(&in_language(annex.words.code))?;
    filling.insert("recipients", Filled::Blocks(vec![recipients]));
    Ok(())
}

/// Who got data of somebody, and whether each heard of what a request changed.
pub(super) fn told(filling: &mut Filling, annex: Annex<'_>, request: Option<Uuid>) -> Result<()> {
    let all = request.map(|request| requests::recipients(annex.vault, request)).transpose()?.unwrap_or_default();
    if all.is_empty() {
        return recipients(filling, annex);
    }
    let [head, ..] = annex.words.outcomes;
    let [who, what, _] = annex.words.recipients;
    let row = |one: &Recipient| {
        let fields: Vec<String> = one.fields.iter().map(|key| annex.words.field(key)).collect();
        vec![one_line(&one.title), fields.join(", "), annex.outcome(one.told.as_ref())]
    };
    let rows = all.iter().map(row).collect();
    let table = Block::Table { head: [who, what, head].map(str::to_owned).to_vec(), rows };
    filling.insert("recipients", Filled::Blocks(vec![table]));
    Ok(())
}

impl Annex<'_> {
    /// Whether a recipient heard of a change, in words.
    fn outcome(self, told: Option<&RecipientTold>) -> String {
        let [_, heard, impossible, disproportionate, pending] = self.words.outcomes;
        let Some(told) = told else { return pending.to_owned() };
        match told.outcome {
            Outcome::Impossible => impossible.replace("{}", &one_line(&told.reason)),
            Outcome::Disproportionate => disproportionate.replace("{}", &one_line(&told.reason)),
            Outcome::Told => heard.replace("{}", &self.language.date(told.on)),
        }
    }

    /// Each purpose that concerns them: why it may be, and how long.
    fn purposes(self, said: &Said) -> Result<Block> {
        let (conn, business) = (self.vault.rows(), self.vault.business());
        let answers = consents::consents_of(self.vault, self.who, self.now)?;
        let mut rows = Vec::new();
        for purpose in purposes::all(conn, business)? {
            let label = purpose.rules.label.as_deref();
            if !label.map_or(Ok(true), |label| has_label(conn, self.who.no, &label_key(label)))? {
                continue;
            }
            let answer = answers.iter().find(|answer| answer.purpose == purpose.rules.key);
            let because = said.basis(purpose.rules.basis);
            let because =
                answer.map_or_else(|| because.to_owned(), |answer| format!("{because}\n{}", self.stands(answer)));
            rows.push(vec![one_line(&purpose.title), because, self.words.period(&purpose.retention)]);
        }
        Ok(self.table(self.words.purposes, rows, said.no_use()))
    }

    /// Who got their data, each once, with what and when; and whether one of them is outside the European Economic Area.
    fn recipients(self, said: &Said) -> Result<(Block, bool)> {
        let all = disclosure::of_contact(self.vault.rows(), self.vault.business(), self.who.no)?;
        let mut by_connection: Vec<(&DisclosureShown, Vec<String>, Vec<String>)> = Vec::new();
        for one in &all {
            let day = self.day(&one.at);
            let fields = one.fields.iter().map(|key| self.words.field(key));
            match by_connection.iter_mut().find(|(known, ..)| known.connection == one.connection) {
                Some((_, known, days)) => {
                    known.extend(fields);
                    days.push(day);
                }
                None => by_connection.push((one, fields.collect(), vec![day])),
            }
        }
        let rows = by_connection.into_iter().map(|(one, fields, days)| {
            let who = format!("{}{}", one_line(&one.title), if one.eea { "" } else { said.outside() });
            vec![who, once(fields).join(", "), span(&once(days))]
        });
        let outside = all.iter().any(|one| !one.eea);
        Ok((self.table(self.words.recipients, rows.collect(), said.nobody()), outside))
    }

    /// Where their data came from: every source once.
    fn sources(self) -> Result<Block> {
        let group = people::group(self.vault.rows(), self.who.no)?;
        let mut lines = Vec::new();
        for no in group {
            let sources = source::of(self.vault.rows(), no, self.vault.business())?;
            lines.extend(sources.iter().map(|source| self.source(source)));
        }
        let lines = once(lines);
        Ok(if lines.is_empty() { Block::Text(self.words.no_source.to_owned()) } else { Block::List(lines) })
    }

    fn source(self, source: &SourceShown) -> String {
        let [own, other, unknown] = self.words.sources;
        let from = match source.origin.as_str() {
            "self" => own,
            "other" => other,
            _ => unknown,
        };
        let file = source.file.as_deref().map(|file| self.words.from_file.replace("{}", &one_line(file)));
        let edited = (source.text != "edited").then(|| one_line(&source.text)).filter(|text| !text.is_empty());
        let where_it_was = [&source.url, &source.place].map(|text| one_line(text));
        let parts = [Some(from.to_owned()), file, edited, Some(self.day(&source.at))].into_iter().flatten();
        parts.chain(where_it_was).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// All that is held, apart from the letter.
    fn data(self) -> Result<Vec<Block>> {
        let words = self.words;
        let mut blocks = vec![Block::Annex, Block::Heading(words.copy.to_owned()), Block::Pairs(self.values()?)];
        blocks.push(Block::Heading(words.copy_answers.to_owned()));
        let stored = purposes::all(self.vault.rows(), self.vault.business())?;
        let rows = consents::consents_of(self.vault, self.who, self.now)?.into_iter().map(|answer| {
            let title = stored.iter().find(|purpose| purpose.rules.key == answer.purpose);
            let title = title.map_or_else(|| answer.purpose.clone(), |purpose| one_line(&purpose.title));
            let since = answer.since.as_deref().map(|at| self.day(at)).unwrap_or_default();
            vec![title, self.status(answer.status).to_owned(), since]
        });
        blocks.push(self.table(words.consents, rows.collect(), words.no_consents));
        Ok(blocks)
    }

    /// Every value with what people call its field.
    pub(in crate::papers) fn values(self) -> Result<Vec<(String, String)>> {
        let group = people::group(self.vault.rows(), self.who.no)?;
        let held = group.into_iter().map(|no| Held::all(self.vault.rows(), no, self.vault.business()));
        let held = held.collect::<Result<Vec<_>>>()?;
        let draft = card(&held);
        let singles = draft.singles().into_iter().filter(|(_, value)| !value.is_empty());
        let mut pairs: Vec<(String, String)> =
            singles.map(|(key, value)| (self.words.field(key), self.words.value(self.language, key, value))).collect();
        let mut add = |key: &str, value: String, label: &str| {
            let label = if label.is_empty() { String::new() } else { format!(" ({})", one_line(label)) };
            pairs.push((self.words.field(key), format!("{value}{label}")));
        };
        draft.emails.iter().for_each(|email| add("email", email.value.clone(), &email.label));
        draft.phones.iter().for_each(|phone| add("phone", phone.value.clone(), &phone.label));
        for address in &draft.addresses {
            add("address", super::compose::address_lines(address, "").join("\n"), &address.label);
        }
        draft.websites.iter().for_each(|website| add("website", website.value.clone(), &website.label));
        draft.labels.iter().for_each(|label| add("labels", label.clone(), ""));
        let own = held.iter().flat_map(|held| &held.values).filter_map(|value| match &value.content {
            Content::Own { title, value } => Some((title.clone(), value.clone())),
            Content::Single(_)
            | Content::Email(_)
            | Content::Phone(_)
            | Content::Address(_)
            | Content::Website(_)
            | Content::Label(_) => None,
        });
        pairs.extend(own);
        Ok(pairs)
    }

    fn table(self, head: [&str; 3], rows: Vec<Vec<String>>, none: &str) -> Block {
        if rows.is_empty() {
            return Block::Text(capital(none));
        }
        Block::Table { head: head.map(str::to_owned).to_vec(), rows }
    }

    fn stands(self, answer: &Consent) -> String {
        let since = answer.since.as_deref().map(|at| self.words.since.replace("{}", &self.day(at)));
        let parts = [Some(self.status(answer.status).to_owned()), since];
        format!("({})", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    fn status(self, status: Status) -> &'static str {
        let at = Status::ALL.iter().position(|one| *one == status);
        at.and_then(|at| self.words.statuses.get(at)).copied().unwrap_or_default()
    }

    /// The day of an instant that is written down in the business's zone.
    fn day(self, at: &str) -> String {
        let day = DateTime::parse_from_rfc3339(at).map(|at| at.date_naive());
        day.map_or_else(|_| at.to_owned(), |day| self.language.date(day))
    }
}

/// Each once, in the order of its first.
fn once(all: Vec<String>) -> Vec<String> {
    all.into_iter().fold(Vec::new(), |mut known, one| {
        if !known.contains(&one) {
            known.push(one);
        }
        known
    })
}

/// The first and the last of these days.
fn span(days: &[String]) -> String {
    match days {
        [] => String::new(),
        [day] => day.clone(),
        [first, .., last] => format!("{first} – {last}"),
    }
}

/// A sentence of its own.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let sentence = format!("{first}{}", letters.as_str());
    if sentence.ends_with('.') { sentence } else { format!("{sentence}.") }
}
