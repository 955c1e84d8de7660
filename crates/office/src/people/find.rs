//! Finding people: any part of a name, organisation, e-mail, label, or a phone number in any notation.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use super::order::{self, Marks};
use crate::normal::text;
use crate::problem::{Problem, Result};
use crate::vault::Vault;

/// A list is sorted with the best first up to this many hits; a longer one is in alphabetical order. Each costs reading a name.
pub(super) const RANKED: usize = 300;

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Words to look for, all of which must be found; empty lists everybody.
    pub query: String,
    /// At most this many.
    pub limit: usize,
    /// Where the page before ended: its `next`.
    pub after: Option<Uuid>,
}

/// One page of contacts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactList")]
pub struct List {
    /// How many there are in all.
    pub total: usize,
    /// This page.
    pub contacts: Vec<Listed>,
    /// Give this as `after` for the next page; absent on the last one.
    pub next: Option<Uuid>,
}

/// A contact as a list shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactListed")]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// `person` or `organisation`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Its first e-mail address, as typed.
    pub email: Option<String>,
    /// Its first phone number, as typed.
    pub phone: Option<String>,
    /// The organisation it belongs to or is.
    pub organisation: String,
    /// Whether it is on lock.
    pub restricted: bool,
}

/// Lists contacts, alphabetically by family name; with words to look for, those that begin with them first.
///
/// # Errors
/// [`crate::Code::NotFound`] when `after` is no contact; faults of the database.
pub fn list(vault: &Vault, question: &Question) -> Result<List> {
    let conn = vault.rows();
    let terms = Terms::of(&question.query);
    let after = question.after.map(|id| cursor(conn, id)).transpose()?;
    let limit = question.limit.max(1);
    let order = order::of(vault)?;
    let (total, page) = if terms.is_empty() && !question.query.trim().is_empty() {
        // Signs alone name nobody.
        (0, Vec::new())
    } else if terms.is_empty() {
        (order.len(), order.page(|_| true, after.as_ref().map(|cursor| cursor.no), limit + 1))
    } else {
        let hits = order.heads(terms.hits(conn)?);
        let page = if hits.len() <= RANKED {
            rank(conn, &terms, &hits, after.as_ref(), limit + 1)?
        } else {
            let marks = Marks::of(&hits);
            order.page(|no| marks.has(no), after.as_ref().map(|cursor| cursor.no), limit + 1)
        };
        (hits.len(), page)
    };
    let mut contacts = page.into_iter().map(|no| listed(conn, no)).collect::<Result<Vec<_>>>()?;
    let more = contacts.len() > limit;
    contacts.truncate(limit);
    let next = contacts.last().filter(|_| more).map(|last| last.id);
    Ok(List { total, contacts, next })
}

/// Rows of all whom these words find, each group once.
///
/// # Errors
/// Faults of the database.
pub(crate) fn found(vault: &Vault, query: &str) -> Result<HashSet<i64>> {
    let terms = Terms::of(query);
    // Signs alone name nobody.
    let hits = if terms.is_empty() { Vec::new() } else { terms.hits(vault.rows())? };
    Ok(order::of(vault)?.heads(hits).into_iter().collect())
}

pub(super) struct Cursor {
    no: i64,
    sort_key: String,
}

fn cursor(conn: &Connection, id: Uuid) -> Result<Cursor> {
    conn.prepare_cached("SELECT no, sort_key FROM contact WHERE id = ?")?
        .query_row([id], |row| Ok(Cursor { no: row.get(0)?, sort_key: row.get(1)? }))
        .optional()?
        .ok_or_else(|| Problem::not_found("contact", &id.to_string()))
}

/// Sorts a short list: names that begin with the words first.
pub(super) fn rank(
    conn: &Connection,
    terms: &Terms,
    hits: &[i64],
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT sort_key FROM contact WHERE no = ?")?;
    let mut ranked = Vec::with_capacity(hits.len());
    for &no in hits {
        let key: String = query.query_row([no], |row| row.get(0))?;
        ranked.push((!terms.begin(&key), key, no));
    }
    ranked.sort_unstable();
    // By its place in the order, so that a page follows even on somebody who is no longer found.
    let last = after.map(|cursor| (!terms.begin(&cursor.sort_key), cursor.sort_key.clone(), cursor.no));
    let from = last.map_or(0, |last| ranked.partition_point(|hit| *hit <= last));
    Ok(ranked.into_iter().skip(from).take(limit).map(|hit| hit.2).collect())
}

/// A contact as a list shows it, by its row.
pub(crate) fn listed(conn: &Connection, no: i64) -> Result<Listed> {
    Ok(conn
        .prepare_cached(
            "SELECT id, kind, prefix, given, middle, family, suffix, nickname, organisation,
               (SELECT value FROM contact_email WHERE contact_no = contact.no ORDER BY no LIMIT 1),
               (SELECT value FROM contact_phone WHERE contact_no = contact.no ORDER BY no LIMIT 1),
               EXISTS (SELECT 1 FROM restriction WHERE lifted_at IS NULL AND contact_no IN (
                 SELECT contact.no UNION ALL SELECT m.no FROM contact m WHERE m.merged_into = contact.no))
             FROM contact WHERE no = ?",
        )?
        .query_row([no], |row| {
            let parts: [String; 5] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
            let (nickname, organisation): (String, String) = (row.get(7)?, row.get(8)?);
            let (email, phone): (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
            let name = display_name(&parts, &nickname, &organisation, email.as_deref().or(phone.as_deref()));
            let restricted = row.get(11)?;
            Ok(Listed { id: row.get(0)?, kind: row.get(1)?, name, email, phone, organisation, restricted })
        })?)
}

/// What people call a contact: its names, else its nickname, its organisation, an address.
pub(crate) fn display_name(parts: &[String; 5], nickname: &str, organisation: &str, address: Option<&str>) -> String {
    let name = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    [name.as_str(), nickname, organisation, address.unwrap_or_default()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// A query taken apart: words of three letters or more are looked for anywhere, shorter ones at the start of a word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    parts: Vec<Vec<String>>,
    starts: Vec<String>,
    /// Short words in letters that the indexes take apart in their own way: looked for in the text itself.
    odd: Vec<String>,
}

impl Terms {
    pub(super) fn of(query: &str) -> Self {
        let clean = text::searchable(query);
        let mut terms = Self::default();
        let mut phone: Vec<&str> = Vec::new();
        for word in clean.split_whitespace() {
            if is_phone_like(word) {
                phone.push(word);
            } else {
                terms.add_phone(&std::mem::take(&mut phone));
                terms.add(word);
            }
        }
        terms.add_phone(&phone);
        terms
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.starts.is_empty() && self.odd.is_empty()
    }

    fn add(&mut self, word: &str) {
        match letters(word) {
            0 => {}
            1 | 2 if !word.chars().all(is_common) => self.odd.push(word.to_owned()),
            1 | 2 => self.starts.extend(
                word.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
                    .filter(|start| letters(start) > 0)
                    .map(str::to_owned),
            ),
            _ => self.parts.push(vec![word.to_owned()]),
        }
    }

    /// Words that look like pieces of one phone number are one: `0475/12 34 56`, `+32 (0)475…`.
    fn add_phone(&mut self, words: &[&str]) {
        let joined = words.concat().replace("(0)", "");
        let digits: String = joined.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("00").unwrap_or(&digits).to_owned();
        // A name may have such words in it, too: "Garage 24 7".
        let typed = words.join(" ");
        match digits.len() {
            0..=2 => words.iter().for_each(|word| self.add(word)),
            _ if typed != digits => self.parts.push(vec![digits, typed]),
            _ => self.parts.push(vec![digits]),
        }
    }

    /// Rows of the contacts in which every term is found.
    pub(super) fn hits(&self, conn: &Connection) -> Result<Vec<i64>> {
        let quoted = |term: &String| format!("\"{}\"", term.replace('"', "\"\""));
        let part = self
            .parts
            .iter()
            .map(|either| format!("({})", either.iter().map(quoted).collect::<Vec<_>>().join(" OR ")))
            .collect::<Vec<_>>()
            .join(" AND ");
        let start = self.starts.iter().map(|term| format!("{} *", quoted(term))).collect::<Vec<_>>().join(" AND ");
        let rows = |table: &str, matching: &str| -> Result<Vec<i64>> {
            let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?");
            let mut query = conn.prepare_cached(&sql)?;
            Ok(query.query_map([matching], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let mut found = match (part.is_empty(), start.is_empty()) {
            (false, true) => rows("contact_part", &part)?,
            (true, false) => rows("contact_start", &start)?,
            (true, true) => all(conn)?,
            (false, false) => {
                let starts: HashSet<i64> = rows("contact_start", &start)?.into_iter().collect();
                rows("contact_part", &part)?.into_iter().filter(|no| starts.contains(no)).collect()
            }
        };
        for term in &self.odd {
            found = holding(conn, &found, term)?;
        }
        Ok(found)
    }

    /// Whether each term begins a word of the name.
    fn begin(&self, sort_key: &str) -> bool {
        let words: Vec<&str> = sort_key.split(|c: char| !c.is_alphanumeric()).collect();
        let begins = |term: &String| {
            let folded = text::fold(term);
            words.iter().any(|word| word.starts_with(folded.as_str()))
        };
        self.parts.iter().all(|either| either.iter().any(begins)) && self.starts.iter().all(begins)
    }
}

fn all(conn: &Connection) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT no FROM contact_text")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Those of the contacts in whose text the term stands.
fn holding(conn: &Connection, found: &[i64], term: &str) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT 1 FROM contact_text WHERE no = ? AND instr(words, ?) > 0")?;
    let mut holding = Vec::new();
    for no in found {
        if query.exists(params![no, term])? {
            holding.push(*no);
        }
    }
    Ok(holding)
}

/// Letters of which the index of word starts thinks as we do: its tables of Unicode are older, and what it takes for no
/// letter parts a word in two.
fn is_common(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{a0}'..='\u{525}' if !is_combining_mark(c))
        || matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{621}'..='\u{64a}')
        || matches!(c, '\u{1e00}'..='\u{1fff}' | '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fcc}' | '\u{ac00}'..='\u{d7a3}')
}

/// Letters as the index counts them: a mark above a letter is none.
fn letters(word: &str) -> usize {
    word.chars().filter(|c| !is_combining_mark(*c)).count()
}

fn is_phone_like(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || "+/.-()".contains(c))
}

#[cfg(test)]
mod tests;
