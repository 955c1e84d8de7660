//! Phone numbers: is it one, and how is it compared?
//!
//! The numbering plans are libphonenumber's (the `phonenumber` crate's tables); the reading is our own: the crate's parser
//! compiles its patterns again and again behind one lock, and unwraps. Here each country's pattern is compiled once.
//! A number that fits the plan is taken. One that does not is still taken when its length is possible in that country
//! (plans grow, tables age) and it has at least six digits; everything else is no number.

use std::collections::HashMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use phonenumber::metadata::DATABASE;
use regex::{Regex, RegexBuilder};

/// Longer input is no number whatever it holds; keeps hostile cells cheap.
const INPUT_MAX: usize = 64;
/// E.164: fifteen digits, country code included.
const E164_MAX: usize = 15;
const SHORTEST_UNKNOWN: usize = 6;
/// What people write before an extension.
const EXTENSION: [&str; 9] = [";ext=", "ext", "toestel", "tst", "poste", "durchwahl", "dw", "#", "x"];

/// One number in its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// E.164 with the leading `+`.
    pub e164: String,
    /// The national number with its trunk prefix, digits only ("0475123456"): what people type when they search.
    pub national: String,
}

/// A country with a numbering plan, by its ISO 3166-1 code.
#[derive(Clone, Copy)]
pub struct Region(&'static Plan);

struct Plan {
    id: String,
    code: String,
    trunk: Option<String>,
    lengths: Vec<usize>,
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
}

struct Plans {
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, Vec<usize>>,
    all: Vec<Plan>,
}

static PLANS: LazyLock<Plans> = LazyLock::new(Plans::load);

impl Region {
    /// The region of an ISO 3166-1 alpha-2 code, in any case; `None` when it has no numbering plan.
    #[must_use]
    pub fn of(iso: &str) -> Option<Self> {
        let plans: &'static Plans = &PLANS;
        let at = plans.by_id.get(&iso.trim().to_ascii_uppercase())?;
        plans.all.get(*at).map(Self)
    }

    /// The country as addresses name it: an ISO code, or the name of a country where our users' customers live.
    #[must_use]
    pub fn named(country: &str) -> Option<Self> {
        let name = super::text::fold(country);
        let iso = match name.as_str() {
            "belgium" | "belgie" | "belgique" | "belgien" => "BE",
            "netherlands" | "the netherlands" | "nederland" | "pays-bas" | "niederlande" | "holland" => "NL",
            "france" | "frankrijk" | "frankreich" => "FR",
            "germany" | "duitsland" | "allemagne" | "deutschland" => "DE",
            "luxembourg" | "luxemburg" => "LU",
            "austria" | "oostenrijk" | "autriche" | "osterreich" => "AT",
            "ireland" | "ierland" | "irlande" | "irland" => "IE",
            "spain" | "spanje" | "espagne" | "spanien" | "espana" => "ES",
            "italy" | "italie" | "italien" | "italia" => "IT",
            "united kingdom" | "verenigd koninkrijk" | "royaume-uni" | "vereinigtes konigreich" => "GB",
            "switzerland" | "zwitserland" | "suisse" | "schweiz" => "CH",
            other if other.len() == 2 => other,
            _ => return None,
        };
        Self::of(iso)
    }

    /// The ISO 3166-1 code, upper case.
    #[must_use]
    pub fn iso(self) -> &'static str {
        &self.0.id
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Region").field(&self.0.id).finish()
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Region {}

/// Reads one number; `None` when it is none. Without a country code it is one of `home` (the business's country); when it
/// does not fit the plan there, one of `elsewhere` (say, the country of the person's postal address).
#[must_use]
pub fn normalise(input: &str, home: Region, elsewhere: Option<Region>) -> Option<Normal> {
    if input.len() > INPUT_MAX {
        return None;
    }
    let written = Written::read(input)?;
    if written.international {
        return international(&written.digits);
    }
    let regions = || std::iter::once(home).chain(elsewhere);
    let fits = regions().find_map(|r| r.0.national(&written.digits, Plan::fits));
    fits.or_else(|| with_bare_code(&written.digits, home))
        .or_else(|| regions().find_map(|r| r.0.national(&written.digits, Plan::possible)))
}

/// What stands in the cell: digits, and whether a country code leads.
struct Written {
    digits: String,
    international: bool,
}

impl Written {
    fn read(input: &str) -> Option<Self> {
        let lower = super::text::trim(input).to_lowercase();
        let body = without_extension(lower.strip_prefix("tel:").unwrap_or(&lower))?;
        // "+32 (0)475": the zero is for those who dial nationally.
        let body =
            if body.contains("(0)") && !body.starts_with("(0)") { body.replace("(0)", "") } else { body.to_owned() };
        let mut digits = String::with_capacity(body.len());
        let mut plus = false;
        for c in body.chars() {
            match digit(c) {
                Some(d) => digits.push(d),
                None if matches!(c, '+' | '＋') && digits.is_empty() && !plus => plus = true,
                None if is_punctuation(c) => {}
                None => return None,
            }
        }
        let abroad = if plus { Some(digits.trim_start_matches('0')) } else { digits.strip_prefix("00") };
        Some(match abroad {
            Some(rest) => Self { digits: rest.to_owned(), international: true },
            None => Self { digits, international: false },
        })
    }
}

/// Cuts an extension off ("ext. 12", "x12", "toestel 12"); `None` when what follows the word is no short number.
fn without_extension(text: &str) -> Option<&str> {
    let Some((at, word)) = EXTENSION.iter().find_map(|word| text.find(word).map(|at| (at, word))) else {
        return Some(text);
    };
    let (number, rest) = text.split_at_checked(at)?;
    let extension: String = rest.strip_prefix(word)?.chars().filter(|c| !matches!(c, ' ' | '.' | ':' | '-')).collect();
    let short = (1..=7).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    short.then(|| number.trim_end_matches([' ', ',', ';', '(']))
}

/// Decimal digits of the scripts in which phones write them: ASCII, full width, Arabic-Indic.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

fn is_punctuation(c: char) -> bool {
    c.is_whitespace()
        || super::text::is_invisible(c)
        || matches!(c, '(' | ')' | '[' | ']' | '.' | '-' | '/' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn international(digits: &str) -> Option<Normal> {
    let plans: &'static Plans = &PLANS;
    let (code, rest) =
        (1..=3).filter_map(|n| digits.split_at_checked(n)).find(|(c, _)| plans.by_code.contains_key(*c))?;
    let regions: Vec<&Plan> = plans.by_code.get(code)?.iter().filter_map(|at| plans.all.get(*at)).collect();
    let fits = regions.iter().find_map(|plan| plan.national(rest, Plan::fits));
    fits.or_else(|| regions.iter().find_map(|plan| plan.national(rest, Plan::possible)))
}

/// "32475123456": a country code without its plus sign, as spreadsheets leave it.
fn with_bare_code(digits: &str, home: Region) -> Option<Normal> {
    digits.strip_prefix(home.0.code.as_str()).and_then(|rest| home.0.national(rest, Plan::fits))
}

impl Plan {
    /// The forms of a national number, when `accept` takes it with or without its trunk prefix.
    fn national(&self, digits: &str, accept: fn(&Self, &str) -> bool) -> Option<Normal> {
        let stripped = self.trunk.as_deref().and_then(|trunk| digits.strip_prefix(trunk)).filter(|s| accept(self, s));
        let significant = stripped.or_else(|| Some(digits).filter(|d| accept(self, d)))?;
        let e164 = format!("+{}{significant}", self.code);
        // In North America the 1 is dialled between areas, but nobody writes it as part of the number.
        let trunk = self.trunk.as_deref().filter(|_| self.code != "1").unwrap_or_default();
        (e164.len() <= E164_MAX + 1).then(|| Normal { e164, national: format!("{trunk}{significant}") })
    }

    fn fits(&self, significant: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| {
            let anchored = format!("^(?:{})$", self.pattern);
            RegexBuilder::new(&anchored).ignore_whitespace(true).unicode(false).build().ok()
        });
        compiled.as_ref().is_some_and(|regex| regex.is_match(significant))
    }

    fn possible(&self, significant: &str) -> bool {
        let trunk_again = self.trunk.as_deref().is_some_and(|trunk| significant.starts_with(trunk));
        significant.len() >= SHORTEST_UNKNOWN && !trunk_again && self.lengths.contains(&significant.len())
    }
}

impl Plans {
    fn load() -> Self {
        let mut plans = Self { by_id: HashMap::new(), by_code: HashMap::new(), all: Vec::new() };
        let mut tables: Vec<_> = DATABASE.iter().collect();
        tables.sort_by_key(|t| (!t.is_main_country_for_code(), t.id().to_owned()));
        for table in tables {
            let at = plans.all.len();
            let code = table.country_code().to_string();
            let general = table.descriptors().general();
            plans.by_id.insert(table.id().to_owned(), at);
            plans.by_code.entry(code.clone()).or_default().push(at);
            plans.all.push(Plan {
                id: table.id().to_owned(),
                code,
                trunk: table.national_prefix().map(str::to_owned),
                lengths: general.possible_length().iter().map(|n| usize::from(*n)).collect(),
                pattern: general.national_number().as_str().to_owned(),
                compiled: OnceLock::new(),
            });
        }
        plans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(input: &str, home: &str, elsewhere: Option<&str>) -> Option<(String, String)> {
        let home = Region::of(home).unwrap();
        normalise(input, home, elsewhere.and_then(Region::named)).map(|n| (n.e164, n.national))
    }

    #[test]
    fn numbers() {
        for (typed, home, e164, national) in [
            ("0475 12 34 56", "BE", "+32475123456", "0475123456"),
            ("0475/12.34.56", "BE", "+32475123456", "0475123456"),
            ("+32 (0)475 12 34 56", "BE", "+32475123456", "0475123456"),
            ("+32 0475 12 34 56", "NL", "+32475123456", "0475123456"),
            ("0032475123456", "NL", "+32475123456", "0475123456"),
            ("(0475) 12-34-56", "BE", "+32475123456", "0475123456"),
            ("(+32) 475 12 34 56", "DE", "+32475123456", "0475123456"),
            ("475123456", "BE", "+32475123456", "0475123456"),
            ("32475123456", "BE", "+32475123456", "0475123456"),
            ("tel:+32-475-12-34-56", "BE", "+32475123456", "0475123456"),
            ("02 123 45 67 ext. 12", "BE", "+3221234567", "021234567"),
            ("+32 2 123 45 67 x12", "BE", "+3221234567", "021234567"),
            ("02 123 45 67 toestel 3", "BE", "+3221234567", "021234567"),
            ("\u{202a}+32 475 12 34 56\u{202c}", "BE", "+32475123456", "0475123456"),
            ("06-12345678", "NL", "+31612345678", "0612345678"),
            ("020 123 4567", "NL", "+31201234567", "0201234567"),
            ("01 42 68 53 00", "FR", "+33142685300", "0142685300"),
            ("0151 23456789", "DE", "+4915123456789", "015123456789"),
            ("(030) 1234567", "DE", "+49301234567", "0301234567"),
            ("06 6982", "IT", "+39066982", "066982"),
            ("+39 06 6982", "BE", "+39066982", "066982"),
            ("+352 27 12 34 56", "BE", "+35227123456", "27123456"),
            ("+1 650 253 0000", "BE", "+16502530000", "6502530000"),
            ("０４７５１２３４５６", "BE", "+32475123456", "0475123456"),
        ] {
            assert_eq!(forms(typed, home, None), Some((e164.to_owned(), national.to_owned())), "{typed} in {home}");
        }
    }

    #[test]
    fn a_number_that_does_not_fit_at_home_is_read_where_the_person_lives() {
        assert_eq!(forms("06-12345678", "BE", Some("Nederland")).unwrap().0, "+31612345678");
        assert_eq!(forms("0475 12 34 56", "BE", Some("NL")).unwrap().0, "+32475123456");
        assert_eq!(forms("0151 23456789", "BE", Some("Deutschland")).unwrap().0, "+4915123456789");
    }

    #[test]
    fn not_numbers() {
        let long = "1".repeat(65);
        for typed in [
            "",
            "+",
            "0",
            "12",
            "12345",
            "000000000",
            "0475",
            "onbekend",
            "0475 12 34 5a",
            "jan@example.be",
            "+999 123456",
            "0475 12 34 56 / 02 123 45 67",
            "Mobile",
            "+32",
            "++32475123456",
            "1234567890123456",
            "x12",
            "32+475123456",
            "2024-01-01T10:00",
            &long,
        ] {
            assert_eq!(forms(typed, "BE", None), None, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,70}", home in "(BE|NL|DE|FR|US|IT|BR|AR)") {
            drop(forms(&text, &home, Some("MX")));
        }

        #[test]
        fn what_is_a_number_reads_the_same_again(text in "[+0]{0,2}[0-9 ()./-]{4,20}", home in "(BE|NL|DE|FR|US|IT|BR|AR|HU)") {
            if let Some((e164, _)) = forms(&text, &home, None) {
                proptest::prop_assert_eq!(forms(&e164, "BE", None).map(|n| n.0), Some(e164));
            }
        }
    }
}
