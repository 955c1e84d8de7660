//! The recovery code: 170 random bits on paper, with a checksum that finds every typing error people make.
//!
//! Forty symbols of Crockford's base 32 (no I, L, O, U) in eight groups of five. The last six are the BCH checksum of Bech32m
//! (BIP 350) over the other 34: at this length it finds any mistake in up to four symbols, hence every wrong character and
//! every swap of neighbours. The length is fixed, so the insertions that Bech32 misses cannot occur.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::secret::{first_line, hmac, random, redacted};
use crate::problem::{Code, Problem, Result};

/// Crockford's digits: what a person could take for another one is missing.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols that carry random bits, five each.
const PAYLOAD: usize = 34;
/// Symbols of the checksum.
const CHECK: usize = 6;
const LENGTH: usize = PAYLOAD + CHECK;
const GROUP: usize = 5;
/// Generator coefficients of Bech32 (BIP 173).
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
/// Stands before the symbols when the checksum is made, so that a code of another program or version does not pass.
const PREFIX: &[u8] = b"akkoord1";
/// The constant of Bech32m.
const FINAL: u32 = 0x2bc8_30a3;

/// A well-formed recovery code: its checksum is right. Whether it is this vault's, the slot tells.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; LENGTH]);

redacted!(RecoveryCode);

impl RecoveryCode {
    /// A new random code.
    ///
    /// # Errors
    /// `System` if the operating system gives no random bytes.
    pub fn generate() -> Result<Self> {
        let mut symbols = Zeroizing::new(random::<PAYLOAD>()?);
        symbols.iter_mut().for_each(|symbol| *symbol &= 31);
        Ok(Self::seal(&symbols))
    }

    /// Reads a code as a person types it: any case, with or without spaces and hyphens, O for 0, I or L for 1.
    ///
    /// # Errors
    /// `RecoveryCodeMistyped` with the fact `why`: `length` (and `given`, `expected` in characters), `character` (and
    /// `position`, counted from 1 without separators) or `checksum`.
    pub fn parse(typed: &str) -> Result<Self> {
        let mistyped = |why: &str| Problem::new(Code::RecoveryCodeMistyped).with("why", why);
        let mut code = Self([0; LENGTH]);
        let mut given = 0;
        for typed in typed.chars().filter(|c| !is_separator(*c)) {
            let symbol = digit(typed).ok_or_else(|| mistyped("character").with("position", given + 1))?;
            if let Some(place) = code.0.get_mut(given) {
                *place = symbol;
            }
            given += 1;
        }
        if given != LENGTH {
            return Err(mistyped("length").with("given", given).with("expected", LENGTH));
        }
        if polymod(&code.0) != FINAL {
            return Err(mistyped("checksum"));
        }
        Ok(code)
    }

    /// The code on the first line of a file.
    ///
    /// # Errors
    /// `Unreadable` for the file, else as [`RecoveryCode::parse`].
    pub fn from_file(path: &std::path::Path) -> Result<Self> {
        Self::parse(&first_line(path)?)
    }

    /// The code for paper and screen: eight groups of five with hyphens. Wiped when dropped.
    #[must_use]
    pub fn grouped(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for group in self.0.chunks(GROUP) {
            if !text.is_empty() {
                text.push('-');
            }
            text.extend(group.iter().map(|symbol| char::from(DIGITS[usize::from(*symbol & 31)])));
        }
        text
    }

    /// Whether this was typed from the group at that place, counted from 0; read as [`RecoveryCode::parse`] reads.
    #[must_use]
    pub fn group_is(&self, at: usize, typed: &str) -> bool {
        let typed: Zeroizing<Vec<Option<u8>>> =
            Zeroizing::new(typed.chars().filter(|c| !is_separator(*c)).map(digit).collect());
        let group = self.0.chunks(GROUP).nth(at);
        group.is_some_and(|group| group.iter().copied().map(Some).eq(typed.iter().copied()))
    }

    /// The key that this code gives with this salt. The code is random enough to need no slow derivation.
    pub(super) fn derive(&self, salt: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hmac(&self.0, &[b"akkoord recovery 1\0", salt]))
    }

    /// The code with this payload.
    fn seal(payload: &[u8; PAYLOAD]) -> Self {
        let mut code = Self([0; LENGTH]);
        for (place, symbol) in code.0.iter_mut().zip(payload) {
            *place = *symbol;
        }
        let check = polymod(&code.0) ^ FINAL;
        for (i, place) in code.0.iter_mut().skip(PAYLOAD).enumerate() {
            *place = ((check >> (5 * (CHECK - 1 - i))) & 31) as u8;
        }
        code
    }
}

/// Whether a person or an editor may have put this between the groups.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}' | '\u{200b}')
}

/// The value of a typed character.
fn digit(typed: char) -> Option<u8> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    DIGITS.iter().position(|digit| char::from(*digit) == upper).and_then(|at| u8::try_from(at).ok())
}

/// The remainder of prefix and symbols by the generator of Bech32.
fn polymod(symbols: &[u8; LENGTH]) -> u32 {
    let high = PREFIX.iter().map(|byte| byte >> 5);
    let low = PREFIX.iter().map(|byte| byte & 31);
    high.chain([0]).chain(low).chain(symbols.iter().copied()).fold(1, |sum, symbol| {
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ u32::from(symbol);
        GENERATOR.iter().enumerate().filter(|(i, _)| (sum >> (25 + i)) & 1 == 1).fold(shifted, |sum, (_, g)| sum ^ g)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<[u8; LENGTH], String> {
        RecoveryCode::parse(text)
            .map(|code| code.0)
            .map_err(|problem| problem.facts["why"].as_str().unwrap().to_owned())
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", RecoveryCode::generate().unwrap()), "<redacted>");
    }

    #[test]
    fn looks_like_this() {
        let mut payload = [0; PAYLOAD];
        payload.iter_mut().enumerate().for_each(|(i, symbol)| *symbol = u8::try_from(i % 32).unwrap());
        let code = RecoveryCode::seal(&payload);
        expect_test::expect!["01234-56789-ABCDE-FGHJK-MNPQR-STVWX-YZ01A-AY9S2"].assert_eq(&code.grouped());
        assert_eq!(code.grouped().capacity(), LENGTH + LENGTH / GROUP);
    }

    /// BIP 350: the generator and constant are Bech32m's own. `abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx`.
    #[test]
    fn generator_is_the_proven_one() {
        let charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        let symbols = "l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx".chars().map(|c| charset.find(c).unwrap() as u8);
        let prefix = b"abcdef";
        let all = prefix.iter().map(|b| b >> 5).chain([0]).chain(prefix.iter().map(|b| b & 31)).chain(symbols);
        let sum = all.fold(1_u32, |sum, symbol| {
            let shifted = ((sum & 0x01ff_ffff) << 5) ^ u32::from(symbol);
            (0..5).filter(|i| (sum >> (25 + i)) & 1 == 1).fold(shifted, |sum, i| sum ^ GENERATOR[i])
        });
        assert_eq!(sum, FINAL);
    }

    #[test]
    fn reads_what_people_type() {
        let code = RecoveryCode::generate().unwrap();
        let text = code.grouped();
        let lower = text.to_lowercase();
        for typed in [
            text.to_string(),
            lower.clone(),
            text.replace('-', ""),
            text.replace('-', " "),
            text.replace('-', " \u{2013} "),
            format!("\u{feff}  {lower}\r\n"),
            text.replace('0', "O").replace('1', "I"),
            text.replace('0', "o").replace('1', "l"),
            lower.replace('1', "L").replace('0', "o"),
        ] {
            assert_eq!(parse(&typed), Ok(code.0), "{typed}");
        }
        assert_eq!(parse(""), Err("length".to_owned()));
        assert_eq!(parse(text.split_at(1).1), Err("length".to_owned()));
        assert_eq!(parse(&format!("{}0", *text)), Err("length".to_owned()));
        assert_eq!(parse(&text.replacen('-', "U", 1)), Err("character".to_owned()));
        assert_eq!(parse(&"\u{1f511}".repeat(40)), Err("character".to_owned()));
    }

    #[test]
    fn one_group_is_read_as_the_whole_code_is() {
        let code = RecoveryCode::parse("01234-56789-ABCDE-FGHJK-MNPQR-STVWX-YZ01A-AY9S2").unwrap();
        for (at, typed, right) in [
            (0, "01234", true),
            (0, " oI2-34 ", true),
            (2, "abcde", true),
            (1, "01234", false),
            (0, "0123", false),
            (0, "012345", false),
            (0, "", false),
            (0, "0123u", false),
            (8, "", false),
        ] {
            assert_eq!(code.group_is(at, typed), right, "{typed}");
        }
    }

    #[test]
    fn finds_every_wrong_character() {
        for _ in 0..20 {
            let code = RecoveryCode::generate().unwrap();
            for at in 0..LENGTH {
                for wrong in (0..32).filter(|wrong| *wrong != code.0[at]) {
                    let mut typed = RecoveryCode(code.0);
                    typed.0[at] = wrong;
                    assert_eq!(parse(&typed.grouped()), Err("checksum".to_owned()));
                }
            }
        }
    }

    #[test]
    fn finds_every_swap() {
        for _ in 0..20 {
            let code = RecoveryCode::generate().unwrap();
            for (one, other) in (0..LENGTH).flat_map(|one| (0..one).map(move |other| (one, other))) {
                let mut typed = RecoveryCode(code.0);
                typed.0.swap(one, other);
                assert_eq!(parse(&typed.grouped()).is_ok(), code.0[one] == code.0[other]);
            }
        }
    }

    /// Every character of the keyboard in every place: either it reads as the same symbol or it is refused.
    #[test]
    fn finds_every_wrong_key() {
        let code = RecoveryCode::generate().unwrap();
        let text = code.grouped();
        for (at, right) in text.char_indices().filter(|(_, c)| *c != '-') {
            for wrong in ' '..='~' {
                let typed: String = text.char_indices().map(|(i, c)| if i == at { wrong } else { c }).collect();
                assert_eq!(parse(&typed).is_ok(), digit(wrong) == digit(right), "{typed}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed(text in "\\PC{0,60}") {
            proptest::prop_assert!(RecoveryCode::parse(&text).is_err());
        }
    }
}
