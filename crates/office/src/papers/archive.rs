//! The ZIP that a person gets: built in memory, checksummed, perhaps encrypted.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use crate::key::Passphrase;
use crate::problem::{Code, Problem, Result};
use crate::vault::hex;

/// A file in the ZIP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Written {
    /// Its name; never a person's.
    pub name: String,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: usize,
}

impl Written {
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), sha256: sum(bytes), bytes: bytes.len() }
    }
}

/// A file's name and content.
pub(super) type Entry = (Cow<'static, str>, Vec<u8>);

/// The file with the checksum of every other one, as `sha256sum -c` reads it.
pub(super) fn sums(entries: &[Entry]) -> Entry {
    let lines: String = entries.iter().map(|(name, bytes)| format!("{}  {name}\n", sum(bytes))).collect();
    ("SHA256SUMS".into(), lines.into_bytes())
}

/// What goes into the ZIP.
pub(super) fn written(entries: &[Entry]) -> Vec<Written> {
    entries.iter().map(|(name, bytes)| Written::of(name, bytes)).collect()
}

fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The bytes of the ZIP; with a password every file in it is encrypted (AES-256).
pub(super) fn packed(entries: &[Entry], password: Option<&Passphrase>, made: DateTime<FixedOffset>) -> Result<Vec<u8>> {
    pack(entries, password, made).map_err(|error| Problem::new(Code::System).because(error))
}

fn pack(
    entries: &[Entry],
    password: Option<&Passphrase>,
    made: DateTime<FixedOffset>,
) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600)
        .last_modified_time(stamp(made));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        match password.map(Passphrase::bytes) {
            Some(password) => zip.start_file(&**name, plain.with_aes_encryption_bytes(AesMode::Aes256, password))?,
            None => zip.start_file(&**name, plain)?,
        }
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The time as a ZIP holds it: local, from 1980, without a zone.
fn stamp(made: DateTime<FixedOffset>) -> zip::DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(made.year()).unwrap_or_default();
    let [month, day, hour] = [made.month(), made.day(), made.hour()].map(small);
    zip::DateTime::from_date_and_time(year, month, day, hour, small(made.minute()), small(made.second()))
        .unwrap_or_default()
}
