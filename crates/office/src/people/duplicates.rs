//! Contacts that are probably one: who has the same address, or the same name and something else in common. Nobody is merged by
//! this; the owner looks at each pair.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::distinct::dismissed;
use super::find::{Listed, listed};
use crate::normal::text::name_key;
use crate::problem::Result;
use crate::vault::Vault;

/// A value that more contacts share than this is nobody's own: a switchboard, an info address.
const SHARED: i64 = 12;

/// Pairs that are probably one, the likeliest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactDuplicates")]
pub struct Duplicates {
    /// How many pairs there are.
    pub total: usize,
    /// The first of them.
    pub pairs: Vec<Pair>,
}

/// Two contacts that are probably one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ContactPair")]
pub struct Pair {
    /// The one that is there longer.
    pub one: Listed,
    /// The other.
    pub other: Listed,
    /// How likely, from 1 to 100.
    pub score: u8,
    /// What they have in common: `email`, `phone`, `name`, `near_name`, `birthday`, `postal_code`, `organisation`.
    pub same: Vec<&'static str>,
    /// What speaks against it: `given`, `family`, `birthday`.
    pub differs: Vec<&'static str>,
}

/// What is compared of a contact.
#[derive(Debug, Default)]
struct Traits {
    given: String,
    family: String,
    organisation: String,
    birthday: String,
}

/// Somebody as numbers: equal ones come from equal texts, 0 from none.
#[derive(Debug)]
struct Known {
    no: i64,
    /// The first and family name, or the organisation where there is neither.
    name: u64,
    organisation: u64,
    birthday: u64,
}

/// What is compared of everybody, in little memory. In one pass each: a question for each of thousands takes far longer.
#[derive(Debug, Default)]
struct Everybody {
    /// Those who stand for themselves, by row.
    known: Vec<Known>,
    /// The contact that stands for a group, beside each postal code of all of it; sorted.
    postal_codes: Vec<(i64, u64)>,
    /// By contacts that were merged into another, the one that stands for them.
    merged: HashMap<i64, i64>,
}

/// What a pair has in common by address.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    email: bool,
    phone: bool,
}

/// Pairs of contacts that are probably one, without those of whom somebody said that they are two.
///
/// # Errors
/// Faults of the database.
pub fn duplicates(vault: &Vault, limit: usize) -> Result<Duplicates> {
    let conn = vault.rows();
    let (two, everybody) = (dismissed(conn)?, Everybody::read(conn)?);
    let mut pairs = candidates(conn, &everybody)?;
    pairs.retain(|pair, _| !two.contains(pair));
    let traits = in_full(conn, &pairs.keys().flat_map(|(one, other)| [*one, *other]).collect())?;
    let mut found = Vec::new();
    for (pair, shared) in pairs {
        let (Some(one), Some(other)) = (traits.get(&pair.0), traits.get(&pair.1)) else { continue };
        let weighed = Weighed::of(one, other, shared, everybody.is_near(pair));
        if weighed.counts(shared) {
            found.push((pair, weighed));
        }
    }
    found.sort_by_key(|(pair, weighed)| (std::cmp::Reverse(weighed.score), *pair));
    let total = found.len();
    let pairs = found.into_iter().take(limit).map(|((one, other), weighed)| {
        let (one, other) = (listed(conn, one)?, listed(conn, other)?);
        let Weighed { score, same, differs } = weighed;
        Ok(Pair { one, other, score: u8::try_from(score.clamp(1, 100)).unwrap_or(1), same, differs })
    });
    Ok(Duplicates { total, pairs: pairs.collect::<Result<_>>()? })
}

/// The lower row first, as pairs are kept.
pub(super) fn ordered(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

/// Every pair with an address or a name in common, groups of merged contacts as one.
fn candidates(conn: &Connection, everybody: &Everybody) -> Result<BTreeMap<(i64, i64), Shared>> {
    let mut pairs: BTreeMap<(i64, i64), Shared> = BTreeMap::new();
    let emails = "SELECT contact_no, normalised FROM contact_email WHERE normalised IN
        (SELECT normalised FROM contact_email GROUP BY normalised HAVING count(*) BETWEEN 2 AND ?1) ORDER BY normalised";
    each_pair(conn, everybody, emails, |pair| pairs.entry(pair).or_default().email = true)?;
    let phones = "SELECT contact_no, e164 FROM contact_phone WHERE e164 IN
        (SELECT e164 FROM contact_phone GROUP BY e164 HAVING count(*) BETWEEN 2 AND ?1) ORDER BY e164";
    each_pair(conn, everybody, phones, |pair| pairs.entry(pair).or_default().phone = true)?;
    everybody.each_namesake(|pair| {
        // Most of those who have a name in common have nothing else.
        if everybody.has_more(pair) {
            pairs.entry(pair).or_default();
        }
    });
    Ok(pairs)
}

/// What is compared of these contacts.
fn in_full(conn: &Connection, wanted: &HashSet<i64>) -> Result<HashMap<i64, Traits>> {
    let mut traits = HashMap::with_capacity(wanted.len());
    let mut query = conn.prepare("SELECT no, given, family, organisation, birthday FROM contact")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let no = row.get(0)?;
        if wanted.contains(&no) {
            let key = |at: usize| row.get_ref(at).and_then(|text| Ok(name_key(text.as_str()?)));
            let [given, family, organisation] = [key(1)?, key(2)?, key(3)?];
            traits.insert(no, Traits { given, family, organisation, birthday: row.get(4)? });
        }
    }
    Ok(traits)
}

/// A text as a number.
fn number(text: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

/// Calls for each two contacts whose rows have the same value; rows come sorted by it.
fn each_pair(conn: &Connection, everybody: &Everybody, sql: &str, mut take: impl FnMut((i64, i64))) -> Result<()> {
    let mut query = conn.prepare(sql)?;
    let mut rows = query.query([SHARED])?;
    let (mut value, mut holders): (String, Vec<i64>) = (String::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (no, next): (i64, String) = (row.get(0)?, row.get(1)?);
        if next != value {
            (value, holders) = (next, Vec::new());
        }
        let no = everybody.merged.get(&no).copied().unwrap_or(no);
        if !holders.contains(&no) {
            holders.iter().for_each(|other| take(ordered(*other, no)));
            holders.push(no);
        }
    }
    Ok(())
}

impl Known {
    /// What the columns after the first two say.
    fn read(no: i64, row: &Row<'_>) -> rusqlite::Result<Self> {
        let key = |at: usize| row.get_ref(at).and_then(|text| Ok(name_key(text.as_str()?)));
        let [given, family, organisation] = [key(2)?, key(3)?, key(4)?];
        let some = |text: &str| if text.is_empty() { 0 } else { number(text) };
        let name = match (given.as_str(), family.as_str()) {
            ("", "") => some(&organisation),
            ("", _) | (_, "") => 0,
            whole => number(&whole),
        };
        Ok(Self { no, name, organisation: some(&organisation), birthday: some(row.get_ref(5)?.as_str()?) })
    }
}

impl Everybody {
    fn read(conn: &Connection) -> Result<Self> {
        let mut everybody = Self::default();
        let sql = "SELECT no, merged_into, given, family, organisation, birthday FROM contact ORDER BY no";
        let mut query = conn.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let no = row.get(0)?;
            match row.get(1)? {
                Some(head) => drop(everybody.merged.insert(no, head)),
                None => everybody.known.push(Known::read(no, row)?),
            }
        }
        let mut query = conn.prepare("SELECT contact_no, postal_code FROM contact_address WHERE postal_code <> ''")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (no, code): (i64, String) = (row.get(0)?, row.get(1)?);
            let head = everybody.merged.get(&no).copied().unwrap_or(no);
            everybody.postal_codes.push((head, number(&name_key(&code).replace(' ', ""))));
        }
        everybody.postal_codes.sort_unstable();
        Ok(everybody)
    }

    /// Calls for each two who have the same first and family name, or the same organisation where there is neither.
    fn each_namesake(&self, mut take: impl FnMut((i64, i64))) {
        let mut names: Vec<(u64, i64)> = self.known.iter().map(|known| (known.name, known.no)).collect();
        names.retain(|(name, _)| *name != 0);
        names.sort_unstable();
        let shared = names.chunk_by(|one, other| one.0 == other.0);
        for holders in shared.filter(|holders| holders.len() as i64 <= SHARED) {
            for (at, (_, one)) in holders.iter().enumerate() {
                holders.iter().skip(at + 1).for_each(|(_, other)| take(ordered(*one, *other)));
            }
        }
    }

    /// Whether two have something in common beside a name or an address.
    fn has_more(&self, pair: (i64, i64)) -> bool {
        let (Some(one), Some(other)) = (self.known(pair.0), self.known(pair.1)) else { return false };
        let same = |one: u64, other: u64| one != 0 && one == other;
        same(one.birthday, other.birthday) || same(one.organisation, other.organisation) || self.is_near(pair)
    }

    fn known(&self, no: i64) -> Option<&Known> {
        self.known.get(self.known.binary_search_by_key(&no, |known| known.no).ok()?)
    }

    /// Whether two have a postal code in common.
    fn is_near(&self, pair: (i64, i64)) -> bool {
        let codes = |no: i64| {
            let from = self.postal_codes.partition_point(|(of, _)| *of < no);
            self.postal_codes.iter().skip(from).take_while(move |(of, _)| *of == no).map(|(_, code)| *code)
        };
        codes(pair.0).any(|code| codes(pair.1).any(|other| other == code))
    }
}

impl Traits {
    fn nobody(&self) -> bool {
        self.given.is_empty() && self.family.is_empty()
    }
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one == other
}

/// What speaks for a pair being one, and against it.
struct Weighed {
    score: i32,
    same: Vec<&'static str>,
    differs: Vec<&'static str>,
}

impl Weighed {
    fn of(one: &Traits, other: &Traits, shared: Shared, near_by: bool) -> Self {
        let mut weighed = Self { score: 0, same: Vec::new(), differs: Vec::new() };
        let other_than = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        let named = !one.nobody() || !other.nobody();
        let whole = (&one.given, &one.family) == (&other.given, &other.family) && !one.nobody();
        let organisation = same(&one.organisation, &other.organisation);
        weighed.add("email", 50, shared.email);
        weighed.add("phone", 40, shared.phone);
        weighed.add("name", 40, whole || (!named && organisation));
        let near = !whole && named && near(one, other);
        weighed.add("near_name", 30, near);
        weighed.add("birthday", 25, same(&one.birthday, &other.birthday));
        weighed.add("postal_code", 20, near_by);
        weighed.add("organisation", 15, named && organisation);
        weighed.against("given", 25, !near && other_than(&one.given, &other.given));
        weighed.against("family", 25, !near && other_than(&one.family, &other.family));
        weighed.against("birthday", 40, other_than(&one.birthday, &other.birthday));
        weighed
    }

    fn add(&mut self, what: &'static str, weight: i32, holds: bool) {
        if holds {
            self.score += weight;
            self.same.push(what);
        }
    }

    fn against(&mut self, what: &'static str, weight: i32, holds: bool) {
        if holds {
            self.score -= weight;
            self.differs.push(what);
        }
    }

    /// Whether it is worth a look: an address in common, or a name and one thing more. Who shares a phone number and no part of
    /// a name works or lives there too.
    fn counts(&self, shared: Shared) -> bool {
        let strangers = self.differs.contains(&"given") && self.differs.contains(&"family");
        match (shared.email, shared.phone) {
            (true, _) => true,
            (false, true) => !strangers,
            (false, false) => self.score >= 55,
        }
    }
}

/// Names that one person may have given twice: a letter off, an initial, the two parts swapped, or a part missing.
fn near(one: &Traits, other: &Traits) -> bool {
    let swapped = (&one.given, &one.family) == (&other.family, &other.given);
    let part = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b || a_letter_off(a, b);
    let initial =
        |a: &str, b: &str| (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b));
    let given = part(&one.given, &other.given) || initial(&one.given, &other.given);
    let in_common = |a: &str, b: &str| !a.is_empty() && !b.is_empty();
    let something = in_common(&one.given, &other.given) || in_common(&one.family, &other.family);
    swapped || (something && given && part(&one.family, &other.family))
}

/// Whether one letter was left out, put in, mistaken, or swapped with its neighbour, in a word long enough for that to be a slip.
fn a_letter_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let back = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let back = back.min(short.len() - front);
    let middle = (short.get(front..short.len() - back), long.get(front..long.len() - back));
    match middle {
        (Some([]), _) | (Some([_]), Some([_])) => true,
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
