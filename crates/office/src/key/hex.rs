//! Bytes as lower-case hexadecimal text, in the key slot file and in the database's key pragma.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A fixed number of bytes that are written as hexadecimal text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Hex<const N: usize>(pub(super) [u8; N]);

/// Appends `bytes` to `out` as two digits each. `out` does not grow if it was made large enough, so that no copy of a secret
/// stays behind in freed memory.
pub(super) fn push(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
}

/// The bytes that `text` spells, or nothing if it is not exactly `N` bytes of hexadecimal digits.
pub(crate) fn parse<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        for digit in pair {
            *byte = (*byte << 4) | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
        }
    }
    Some(bytes)
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(2 * N);
        push(&mut text, &self.0);
        serializer.serialize_str(&text)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(text.as_bytes())
            .map(Self)
            .ok_or_else(|| de::Error::custom("not the expected number of hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes_and_nothing_else() {
        let mut text = String::new();
        push(&mut text, &[0x00, 0x7f, 0xff]);
        assert_eq!(text, "007fff");
        assert_eq!(parse::<3>(b"007FfF"), Some([0x00, 0x7f, 0xff]));
        assert_eq!(parse::<3>(b"007ff"), None);
        assert_eq!(parse::<3>(b"007ffg"), None);
        assert_eq!(parse::<3>("00\u{e9}f00".as_bytes()), None);
    }
}
