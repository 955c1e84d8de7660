//! Secrets as types: wiped when dropped, and never shown.

use std::fmt;
use std::io::Read;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::hex;
use crate::problem::{Code, Problem, Result};
use crate::profile::Vacant;

/// Longest secret that is read from a file, in bytes. A line beyond it is no passphrase but a wrong file.
const MAX_SECRET_FILE: u64 = 64 * 1024;

/// What Debug shows of every secret.
macro_rules! redacted {
    ($($name:ty),+) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("<redacted>")
            }
        })+
    };
}
pub(super) use redacted;

/// The random 256-bit key of the database. In one place on the heap, so that handing it on leaves no copies behind.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DataKey(Box<[u8]>);

/// A key for one purpose, derived from the data key. Who has it learns nothing about the data key or its siblings.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Subkey([u8; 32]);

/// What a person types to open the vault, in Unicode form NFC: the same passphrase typed on another system gives other bytes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Passphrase(String);

redacted!(DataKey, Subkey, Passphrase);

impl DataKey {
    /// A new random key for a new vault. The token proves that there is no vault that a new key would lock out.
    ///
    /// # Errors
    /// `System` if the operating system gives no random bytes.
    pub fn generate(_: &Vacant) -> Result<Self> {
        Self::passing()
    }

    /// A new random key for a file that nobody opens again: it is kept nowhere.
    ///
    /// # Errors
    /// `System` if the operating system gives no random bytes.
    pub(crate) fn passing() -> Result<Self> {
        let mut key = Self(Box::new([0; 32]));
        getrandom::fill(&mut key.0).map_err(|error| Problem::new(Code::System).because(error))?;
        Ok(key)
    }

    /// The value of `PRAGMA key` as SQLCipher takes a raw key: `x'…'` around 64 hexadecimal digits. Wiped when dropped.
    #[must_use]
    pub fn pragma(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * self.0.len() + 3));
        text.push_str("x'");
        hex::push(&mut text, &self.0);
        text.push('\'');
        text
    }

    /// The key for one purpose: HMAC-SHA256 of its label under the data key. A label never changes once data depends on it.
    #[must_use]
    pub fn subkey(&self, label: &str) -> Subkey {
        Subkey(hmac(&self.0, &[b"akkoord subkey 1\0", label.as_bytes()]))
    }

    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut key = Self(Box::new([0; 32]));
        key.0.copy_from_slice(bytes);
        key
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same key in a second place on the heap, wiped like the first.
    pub(crate) fn again(&self) -> Self {
        Self(self.0.clone())
    }
}

impl Subkey {
    /// The 32 bytes of the key.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256 of `message` under this key.
    #[must_use]
    pub fn mac(&self, message: &[u8]) -> [u8; 32] {
        hmac(&self.0, &[message])
    }
}

impl Passphrase {
    /// Takes a passphrase as typed. The given text is wiped.
    #[must_use]
    pub fn new(typed: String) -> Self {
        let typed = Zeroizing::new(typed);
        // NFC gives at most three times the bytes, so the text never moves while it grows.
        let mut text = String::with_capacity(3 * typed.len());
        text.extend(typed.nfc());
        Self(text)
    }

    /// The passphrase on the first line of a file.
    ///
    /// # Errors
    /// As [`first_line`].
    pub fn from_file(path: &Path) -> Result<Self> {
        first_line(path).map(|mut line| Self::new(std::mem::take(&mut line)))
    }

    /// How many characters it has.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The first line of a file that holds a secret, without its line end and without a byte order mark.
///
/// # Errors
/// `Unreadable` (fact `file`) if it cannot be read, is no text or goes on for more than 64 KiB.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>> {
    let unreadable = || Problem::new(Code::Unreadable).with("file", path.display().to_string());
    let mut file = std::fs::File::open(path).map_err(|error| unreadable().because(error))?;
    let mut bytes =
        Zeroizing::new(vec![0; usize::try_from(MAX_SECRET_FILE).map_err(|error| unreadable().because(error))?]);
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest).map_err(|error| unreadable().because(error))? {
            0 => break,
            n => filled += n,
        }
    }
    let text = std::str::from_utf8(bytes.get(..filled).unwrap_or_default()).map_err(|_| unreadable())?;
    if filled == bytes.len() && !text.contains('\n') {
        return Err(unreadable());
    }
    let line = text.trim_start_matches('\u{feff}').split(['\r', '\n']).next().unwrap_or_default();
    Ok(Zeroizing::new(line.to_owned()))
}

/// Random bytes from the operating system.
pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Problem::new(Code::System).because(error))?;
    Ok(bytes)
}

/// HMAC-SHA256 over the parts one after the other.
pub(super) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let key = DataKey::from_bytes(&[0xab; 32]);
        let subkey = key.subkey("blocked-list");
        let shown = format!("{key:?} {subkey:?} {:?}", Passphrase::new("geheim".to_owned()));
        assert_eq!(shown, "<redacted> <redacted> <redacted>");
    }

    #[test]
    fn pragma_is_a_raw_key() {
        let key = DataKey::from_bytes(&[0xa0; 32]);
        assert_eq!(*key.pragma(), format!("x'{}'", "a0".repeat(32)));
        assert_eq!(key.pragma().capacity(), 67);
    }

    #[test]
    fn subkeys_differ_by_label_and_by_key() {
        let key = DataKey::from_bytes(&[1; 32]);
        assert_eq!(key.subkey("a").bytes(), key.subkey("a").bytes());
        assert_ne!(key.subkey("a").bytes(), key.subkey("b").bytes());
        assert_ne!(key.subkey("a").bytes(), DataKey::from_bytes(&[2; 32]).subkey("a").bytes());
        assert_ne!(key.subkey("a").bytes(), key.bytes());
    }

    /// RFC 4231, test case 2.
    #[test]
    fn hmac_is_the_standard_one() {
        let mac = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(hex::parse(b"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"), Some(mac));
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_passphrase() {
        assert_eq!(
            Passphrase::new("caf\u{e9} au lait".to_owned()).bytes(),
            Passphrase::new("cafe\u{301} au lait".to_owned()).bytes()
        );
        assert_eq!(Passphrase::new("e\u{301}e\u{301}".to_owned()).chars(), 2);
    }

    #[test]
    fn first_line_of_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            first_line(&path).map(|line| line.to_string()).map_err(|problem| problem.code)
        };
        assert_eq!(read(b"een twee\r\ndrie\n"), Ok("een twee".to_owned()));
        assert_eq!(read(b"no end "), Ok("no end ".to_owned()));
        assert_eq!(read("\u{feff}b\u{e9}\n".as_bytes()), Ok("b\u{e9}".to_owned()));
        assert_eq!(read(b""), Ok(String::new()));
        assert_eq!(read(b"\xff\n"), Err(Code::Unreadable));
        assert_eq!(read(&vec![b'a'; 70_000]), Err(Code::Unreadable));
        assert_eq!(first_line(&dir.path().join("none")).unwrap_err().code, Code::Unreadable);
    }
}
