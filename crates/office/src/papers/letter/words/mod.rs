//! The words of letters that no template holds: names of fields, heads of tables, how long, where from.

mod de;
mod en;
mod fr;
mod nl;

use akkoord_rules::consent::Basis;
use akkoord_rules::person::Channel;
use akkoord_rules::request::Kind;
use akkoord_rules::span::Span;

use super::LANGUAGES;
use crate::papers::readme::Language;

/// One language's words. Arrays follow the order of the enum or list that they are for.
#[derive(Debug)]
pub(in crate::papers) struct Words {
    pub(in crate::papers) code: &'static str,
    pub(in crate::papers) numbered: &'static str,
    /// To somebody by name; `{}` is the name.
    pub(in crate::papers) dear: &'static str,
    pub(in crate::papers) dear_anybody: &'static str,
    /// How the business is reached where it gave no address, number or e-mail.
    pub(in crate::papers) by_answering: &'static str,
    pub(in crate::papers) by_email: &'static str,
    pub(in crate::papers) by_phone: &'static str,
    pub(in crate::papers) by_letter: &'static str,
    pub(in crate::papers) or: &'static str,
    /// Titles by the key of the field.
    pub(in crate::papers) fields: &'static [(&'static str, &'static str)],
    /// The languages that letters are written in, in their order.
    pub(in crate::papers) spoken: [&'static str; 4],
    pub(in crate::papers) purposes: [&'static str; 3],
    pub(in crate::papers) recipients: [&'static str; 3],
    /// Whether they heard of a change: the column, told, impossible, out of proportion, not yet.
    pub(in crate::papers) outcomes: [&'static str; 5],
    pub(in crate::papers) consents: [&'static str; 3],
    pub(in crate::papers) no_consents: &'static str,
    /// Until when, where nothing was set.
    pub(in crate::papers) as_needed: &'static str,
    /// Day, week, month, year, each alone and many.
    pub(in crate::papers) units: [[&'static str; 2]; 4],
    /// Statuses of consent: not asked, asked, awaiting confirmation, given, refused, withdrawn, expired.
    pub(in crate::papers) statuses: [&'static str; 7],
    pub(in crate::papers) since: &'static str,
    /// Where data came from: themselves, another, unknown, a file.
    pub(in crate::papers) sources: [&'static str; 3],
    pub(in crate::papers) from_file: &'static str,
    pub(in crate::papers) no_source: &'static str,
    /// Before the copy of the data.
    pub(in crate::papers) copy: &'static str,
    pub(in crate::papers) copy_answers: &'static str,
    pub(in crate::papers) enclosed: [&'static str; 2],
    /// In the order of `rules::request::Kind`.
    pub(in crate::papers) kinds: [&'static str; 8],
    /// In the order of `rules::person::Channel`.
    pub(in crate::papers) channels: [&'static str; 6],
    pub(in crate::papers) yes: &'static str,
    pub(in crate::papers) no: &'static str,
    pub(in crate::papers) by_channel: &'static str,
    pub(in crate::papers) sign: [&'static str; 2],
    pub(in crate::papers) scan: &'static str,
    pub(in crate::papers) form_head: [&'static str; 3],
    pub(in crate::papers) form_scan: &'static str,
    /// Of the record of processing.
    pub(in crate::papers) controller: [&'static str; 4],
    pub(in crate::papers) activity: [&'static str; 8],
    /// In the order of `rules::consent::Basis`, as a register names them.
    pub(in crate::papers) bases: [&'static str; 6],
    pub(in crate::papers) everybody: &'static str,
    /// Of the column "outside the EEA": no, and yes.
    pub(in crate::papers) in_eea: &'static str,
    pub(in crate::papers) out_of_eea: &'static str,
    /// Behind those who got data, where one of them is outside (Art. 15(2)).
    pub(in crate::papers) safeguards: &'static str,
    pub(in crate::papers) kit: [&'static str; 2],
    /// The names of the letter and of the form in their ZIPs, and the pages that explain those.
    pub(in crate::papers) letter_file: &'static str,
    /// The ZIP with somebody's data, as a mail brings it.
    pub(in crate::papers) pack_file: &'static str,
    pub(in crate::papers) form_pdf: &'static str,
    pub(in crate::papers) access_readme: &'static str,
    pub(in crate::papers) form_readme: &'static str,
}

/// The words of a language that [`super::super::readme::language`] knows.
pub(in crate::papers) fn words(code: &str) -> &'static Words {
    match code {
        "nl" => &nl::WORDS,
        "fr" => &fr::WORDS,
        "de" => &de::WORDS,
        _ => &en::WORDS,
    }
}

impl Words {
    /// What people call a field; an own field is called by its key's words.
    pub(in crate::papers) fn field(&self, key: &str) -> String {
        let known = self.fields.iter().find(|(field, _)| *field == key);
        known.map_or_else(|| key.replace('_', " "), |(_, title)| (*title).to_owned())
    }

    /// A value as the person reads it: a birthday and a language in words, else as it is held.
    pub(in crate::papers) fn value(&self, language: &Language, key: &str, value: &str) -> String {
        let known = match key {
            "birthday" => language.birthday(value),
            "language" => LANGUAGES
                .iter()
                .position(|code| *code == value)
                .and_then(|at| self.spoken.get(at))
                .map(|name| (*name).to_owned()),
            _ => None,
        };
        known.unwrap_or_else(|| value.to_owned())
    }

    /// How long: `P24M` in words; what is empty is as long as needed.
    pub(in crate::papers) fn period(&self, retention: &str) -> String {
        if retention.parse::<Span>().is_err() {
            return self.as_needed.to_owned();
        }
        let parts = retention.trim_start_matches('P').split_inclusive(char::is_alphabetic).filter_map(|part| {
            let [one, many] = match part.chars().last()? {
                'D' => self.units[0],
                'W' => self.units[1],
                'M' => self.units[2],
                _ => self.units[3],
            };
            let count: u32 = part.trim_end_matches(char::is_alphabetic).parse().ok()?;
            Some(format!("{count} {}", if count == 1 { one } else { many }))
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    pub(in crate::papers) fn basis(&self, basis: Basis) -> &'static str {
        let at = Basis::ALL.iter().position(|one| *one == basis);
        at.and_then(|at| self.bases.get(at)).copied().unwrap_or_default()
    }

    pub(in crate::papers) fn channel(&self, channel: Channel) -> &'static str {
        let at = Channel::ALL.iter().position(|one| *one == channel);
        at.and_then(|at| self.channels.get(at)).copied().unwrap_or_default()
    }

    pub(in crate::papers) fn kind(&self, kind: Kind) -> &'static str {
        let at = Kind::ALL.iter().position(|one| *one == kind);
        at.and_then(|at| self.kinds.get(at)).copied().unwrap_or_default()
    }
}
