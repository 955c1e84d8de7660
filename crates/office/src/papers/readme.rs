//! The page that explains a ZIP to the person, in plain words of their own language.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

/// What a business writes to people in one language.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) code: &'static str,
    /// The name of the page.
    pub(super) file: &'static str,
    text: &'static str,
    months: [&'static str; 12],
    /// What is said where everything that is held was provided by the person.
    nothing_left_out: &'static str,
    left_out: &'static str,
}

const LANGUAGES: [Language; 4] = [
    Language {
        code: "nl",
        file: "LEESMIJ.txt",
        text: include_str!("letters/nl/portability.txt"),
        months: [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        nothing_left_out: "  Niets: alle gegevens in uw fiche kwamen van uzelf.",
        left_out: "  Wat wij van anderen kregen of zelf over u afleidden. Dit recht gaat over\n  wat van uzelf kwam.",
    },
    Language {
        code: "fr",
        file: "LISEZMOI.txt",
        text: include_str!("letters/fr/portability.txt"),
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        nothing_left_out: "  Rien : toutes les données de votre fiche viennent de vous.",
        left_out: "  Ce que nous avons reçu d'autres personnes ou déduit nous-mêmes. Ce droit\n  porte sur ce qui vient de vous.",
    },
    Language {
        code: "de",
        file: "LIESMICH.txt",
        text: include_str!("letters/de/portability.txt"),
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        nothing_left_out: "  Nichts: Alle Daten in Ihrer Karteikarte kamen von Ihnen.",
        left_out: "  Was wir von anderen bekommen oder selbst über Sie abgeleitet haben. Dieses\n  Recht betrifft, was von Ihnen kam.",
    },
    Language {
        code: "en",
        file: "README.txt",
        text: include_str!("letters/en/portability.txt"),
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        nothing_left_out: "  Nothing: all the data on your card came from you.",
        left_out: "  What we got from others or worked out ourselves. This right is about what\n  came from you.",
    },
];

/// The first of these languages that we write in: `nl-BE` is Dutch. English if we write in none of them.
pub(super) fn language(wanted: &[&str]) -> &'static Language {
    let main = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().trim().to_lowercase();
    let spoken = |tag: &&str| LANGUAGES.iter().find(|language| language.code == main(tag));
    wanted.iter().find_map(spoken).unwrap_or(&LANGUAGES[3])
}

/// What the page says of this one ZIP.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// Whose vault it is.
    pub(super) business: &'a str,
    /// What people call the person; may be empty.
    pub(super) name: &'a str,
    /// The day on which it was made.
    pub(super) on: NaiveDate,
    /// Whether something is held that did not come from the person.
    pub(super) left_out: bool,
}

/// The page that explains the files with everything, and its name; in the language of the business.
pub(super) fn everything(wanted: &str, about: &About<'_>) -> (&'static str, Vec<u8>) {
    let language = language(&[wanted]);
    let text = match language.code {
        "nl" => include_str!("letters/nl/everything.txt"),
        "fr" => include_str!("letters/fr/everything.txt"),
        "de" => include_str!("letters/de/everything.txt"),
        _ => include_str!("letters/en/everything.txt"),
    };
    let text = fill(text, |place| match place {
        "business" => one_line(about.business),
        _ => language.date(about.on),
    });
    (language.file, typed(&text))
}

/// A text with the line ends and the mark by which every editor reads it right.
pub(super) fn typed(text: &str) -> Vec<u8> {
    format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
}

impl Language {
    /// The page, with the line ends and the mark by which every editor reads it right.
    pub(super) fn page(&self, about: About<'_>) -> Vec<u8> {
        let name = one_line(about.name);
        let greeting = if name.is_empty() { name } else { format!(" {name}") };
        let text = fill(self.text, |place| match place {
            "business" => one_line(about.business),
            "name" => greeting.clone(),
            "date" => self.date(about.on),
            "left_out" if about.left_out => self.left_out.to_owned(),
            "left_out" => self.nothing_left_out.to_owned(),
            _ => String::new(),
        });
        typed(&text)
    }

    /// A page that says the same to everybody, with the name of the business.
    pub(super) fn page_of(&self, text: &str, business: &str) -> Vec<u8> {
        let text = fill(text, |place| if place == "business" { one_line(business) } else { String::new() });
        format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
    }

    /// A day as people write it.
    pub(super) fn date(&self, on: NaiveDate) -> String {
        format!("{} {}", self.day(on), on.year())
    }

    /// A day of any year.
    fn day(&self, on: NaiveDate) -> String {
        let month = self.months.get(on.month0() as usize).copied().unwrap_or_default();
        let behind = match (self.code, on.day()) {
            ("de", _) => ".",
            ("fr", 1) => "er",
            (_, _) => "",
        };
        format!("{}{behind} {month}", on.day())
    }

    /// A birthday as it is held, in words; its year may be unknown (`--03-07`).
    pub(super) fn birthday(&self, held: &str) -> Option<String> {
        match held.strip_prefix("--") {
            // Any leap year: 29 February is a birthday, too.
            Some(day) => format!("2000-{day}").parse().ok().map(|day| self.day(day)),
            None => held.parse().ok().map(|day| self.date(day)),
        }
    }

    /// A day and a time of it, as people write them.
    pub(super) fn moment(&self, at: NaiveDateTime) -> String {
        let (date, time) = (self.date(at.date()), at.format("%H:%M"));
        match self.code {
            "nl" => format!("{date} om {} uur", at.format("%H.%M")),
            "fr" => format!("{date} à {}", at.format("%H\u{a0}h\u{a0}%M")),
            "de" => format!("{date}, {time}\u{a0}Uhr"),
            _ => format!("{date} at {time}"),
        }
    }

    /// Place and day at the top of a letter.
    pub(super) fn dated(&self, city: &str, on: NaiveDate) -> String {
        let day = self.date(on);
        match (self.code, city) {
            ("fr", "") => format!("Le {day}"),
            ("fr", city) => format!("{city}, le {day}"),
            (_, "") => day,
            (_, city) => format!("{city}, {day}"),
        }
    }

    /// A number with its thousands apart.
    pub(super) fn number(&self, number: i64) -> String {
        let apart = match self.code {
            "fr" => '\u{a0}',
            "en" => ',',
            _ => '.',
        };
        let digits = number.unsigned_abs().to_string();
        let mut said = if number < 0 { "-".to_owned() } else { String::new() };
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                said.push(apart);
            }
            said.push(digit);
        }
        said
    }
}

/// A template with its places filled. Values come last: what somebody is called must not be read as a place to fill.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let parts = template.split_inclusive('}').flat_map(|part| match part.rsplit_once('{') {
        Some((text, place)) => [text.to_owned(), value(place.trim_end_matches('}'))],
        None => [part.to_owned(), String::new()],
    });
    parts.collect()
}

/// A name as a page may hold it: without line breaks, and without what turns the writing direction.
pub(crate) fn one_line(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
