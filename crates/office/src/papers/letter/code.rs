//! Codes on paper: a random number that leads from a letter that comes back to its person and purpose, and says nothing itself.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::people::Who;
use crate::problem::{Code, Problem, Result};
use crate::vault::Rows;

/// What a code begins with, so that no other code is taken for one.
const MARK: &str = "AKKOORD:1:";
/// Letters and digits that nobody mixes up (Crockford's), all of them ones that a QR code holds in little room.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a code was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) contact_no: i64,
    pub(super) purpose_no: Option<i64>,
    pub(super) letter: String,
    pub(super) made_at: i64,
}

/// A new code, not kept yet: 128 random bits.
pub(super) fn drawn() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Problem::new(Code::System).because(error))?;
    let number = u128::from_be_bytes(bytes);
    let signs = (0..26).rev().map(|at| {
        let five = usize::try_from((number >> (5 * at)) & 31).unwrap_or_default();
        char::from(SIGNS.get(five).copied().unwrap_or(b'0'))
    });
    Ok(format!("{MARK}{}", signs.collect::<String>()))
}

/// Keeps a code, by its hash alone: who reads the vault cannot make the paper.
pub(super) fn keep(rows: &Rows<'_>, code: &str, who: Who, purpose_no: Option<i64>, letter: &str) -> Result<()> {
    rows.execute(
        "INSERT INTO paper_code (sha256, contact_no, purpose_no, letter, made_at) VALUES (?, ?, ?, ?, ?)",
        params![hash(code), who.no, purpose_no, letter, rows.at],
    )?;
    Ok(())
}

/// Keeps the code of a letter that is about no purpose.
pub(in crate::papers) fn keep_code(rows: &Rows<'_>, code: &str, who: Who, letter: super::Letter) -> Result<()> {
    keep(rows, code, who, None, letter.as_str())
}

/// What a code was made for; spaces and small letters do not matter.
pub(super) fn find(conn: &Connection, code: &str) -> Result<Option<Found>> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_uppercase();
    let code = if code.starts_with(MARK) { code } else { format!("{MARK}{code}") };
    let mut query =
        conn.prepare_cached("SELECT contact_no, purpose_no, letter, made_at FROM paper_code WHERE sha256 = ?")?;
    let found = query.query_row([hash(&code)], |row| {
        Ok(Found { contact_no: row.get(0)?, purpose_no: row.get(1)?, letter: row.get(2)?, made_at: row.get(3)? })
    });
    Ok(found.optional()?)
}

fn hash(code: &str) -> [u8; 32] {
    Sha256::digest(code.as_bytes()).into()
}
