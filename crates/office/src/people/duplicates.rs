//! Contacts that are probably one: who has the same address, or the same name and something else in common. Nobody is merged by
//! this; the owner looks at each pair, and says once that two people are two.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::json;

use super::find::{Listed, listed};
use super::who::resolve;
use crate::normal::text::name_key;
use crate::problem::{Problem, Result};
use crate::vault::{Act, Done, Vault};

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
    postal_codes: HashSet<String>,
}

/// What a pair has in common by address.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    email: bool,
    phone: bool,
}

/// Pairs of contacts that are probably one; those of whom somebody said that they are two are left out.
///
/// # Errors
/// Faults of the database.
pub fn duplicates(vault: &Vault, limit: usize) -> Result<Duplicates> {
    let conn = vault.rows();
    let mut known: HashMap<i64, Traits> = HashMap::new();
    let two = dismissed(conn)?;
    let mut found = Vec::new();
    for (pair, shared) in candidates(conn)?.into_iter().filter(|(pair, _)| !two.contains(pair)) {
        for no in [pair.0, pair.1] {
            if let std::collections::hash_map::Entry::Vacant(free) = known.entry(no) {
                free.insert(Traits::read(conn, no)?);
            }
        }
        if let (Some(one), Some(other)) = (known.get(&pair.0), known.get(&pair.1)) {
            let weighed = Weighed::of(one, other, shared);
            if weighed.counts(shared) {
                found.push((pair, weighed));
            }
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

/// Says that two contacts are two people, so that they are not shown as one again.
///
/// # Errors
/// [`crate::Code::NotFound`], [`crate::Code::Ambiguous`]; [`crate::Code::Invalid`] when both are one already.
pub fn distinct(vault: &mut Vault, one: &str, other: &str, now: DateTime<Utc>) -> Result<Done<()>> {
    let (one, other) = (resolve(vault.rows(), one)?, resolve(vault.rows(), other)?);
    if one.no == other.no {
        return Err(Problem::invalid("other", "same_contact"));
    }
    let by = vault.by().to_owned();
    vault.record(Act::ContactsDistinct, None, now, |rows| {
        rows.prepare_cached("INSERT OR IGNORE INTO distinct_pair (one_no, other_no, at, by) VALUES (?, ?, ?, ?)")?
            .execute(params![one.no.min(other.no), one.no.max(other.no), rows.at, by])?;
        for (contact, than) in [(one.id, other.id), (other.id, one.id)] {
            rows.fact(Some(contact), &json!({ "distinct_from": than }))?;
        }
        Ok(())
    })
}

fn dismissed(conn: &Connection) -> Result<HashSet<(i64, i64)>> {
    let sql = "SELECT coalesce(a.merged_into, a.no), coalesce(b.merged_into, b.no) FROM distinct_pair
               JOIN contact a ON a.no = one_no JOIN contact b ON b.no = other_no";
    let mut query = conn.prepare_cached(sql)?;
    let pairs = query.query_map([], |row| Ok(ordered(row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<Result<_, _>>()?)
}

fn ordered(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

/// Every pair with an address or a name in common, groups of merged contacts as one.
fn candidates(conn: &Connection) -> Result<BTreeMap<(i64, i64), Shared>> {
    let mut pairs: BTreeMap<(i64, i64), Shared> = BTreeMap::new();
    let emails = "SELECT contact_no, normalised FROM contact_email WHERE normalised IN
        (SELECT normalised FROM contact_email GROUP BY normalised HAVING count(*) BETWEEN 2 AND ?1) ORDER BY normalised";
    each_pair(conn, emails, |pair| pairs.entry(pair).or_default().email = true)?;
    let phones = "SELECT contact_no, e164 FROM contact_phone WHERE e164 IN
        (SELECT e164 FROM contact_phone GROUP BY e164 HAVING count(*) BETWEEN 2 AND ?1) ORDER BY e164";
    each_pair(conn, phones, |pair| pairs.entry(pair).or_default().phone = true)?;
    for holders in by_name(conn)?.into_values().filter(|holders| holders.len() as i64 <= SHARED) {
        for (at, one) in holders.iter().enumerate() {
            for other in holders.iter().skip(at + 1) {
                pairs.entry(ordered(*one, *other)).or_default();
            }
        }
    }
    Ok(pairs)
}

/// Who stands for themselves, by first and family name, or by organisation where there is neither.
fn by_name(conn: &Connection) -> Result<HashMap<String, Vec<i64>>> {
    let mut names: HashMap<String, Vec<i64>> = HashMap::new();
    let mut query = conn.prepare("SELECT no, given, family, organisation FROM contact WHERE merged_into IS NULL")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let [given, family, organisation]: [String; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        let key = match (given.is_empty(), family.is_empty()) {
            (false, false) => format!("p {}\u{1f}{}", name_key(&given), name_key(&family)),
            (true, true) if !organisation.is_empty() => format!("o {}", name_key(&organisation)),
            _ => continue,
        };
        names.entry(key).or_default().push(row.get(0)?);
    }
    names.retain(|_, holders| holders.len() > 1);
    Ok(names)
}

/// Calls for each two contacts whose rows have the same value; rows come sorted by it.
fn each_pair(conn: &Connection, sql: &str, mut take: impl FnMut((i64, i64))) -> Result<()> {
    let mut heads = conn.prepare_cached("SELECT merged_into FROM contact WHERE no = ? AND merged_into IS NOT NULL")?;
    let mut query = conn.prepare(sql)?;
    let mut rows = query.query([SHARED])?;
    let (mut value, mut holders): (String, Vec<i64>) = (String::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (no, next): (i64, String) = (row.get(0)?, row.get(1)?);
        if next != value {
            (value, holders) = (next, Vec::new());
        }
        let no = heads.query_map([no], |row| row.get::<_, i64>(0))?.next().transpose()?.unwrap_or(no);
        if !holders.contains(&no) {
            holders.iter().for_each(|other| take(ordered(*other, no)));
            holders.push(no);
        }
    }
    Ok(())
}

impl Traits {
    fn read(conn: &Connection, no: i64) -> Result<Self> {
        let sql = "SELECT given, family, organisation, birthday FROM contact WHERE no = ?";
        let mut traits = conn.prepare_cached(sql)?.query_row([no], |row| {
            let key = |at: usize| row.get::<_, String>(at).map(|text| name_key(&text));
            Ok(Self {
                given: key(0)?,
                family: key(1)?,
                organisation: key(2)?,
                birthday: row.get(3)?,
                postal_codes: HashSet::new(),
            })
        })?;
        let mut codes = conn.prepare_cached(
            "SELECT postal_code FROM contact_address WHERE postal_code <> ''
             AND contact_no IN (SELECT ?1 UNION ALL SELECT no FROM contact WHERE merged_into = ?1)",
        )?;
        for code in codes.query_map([no], |row| row.get::<_, String>(0))? {
            traits.postal_codes.insert(name_key(&code?).replace(' ', ""));
        }
        Ok(traits)
    }

    fn nobody(&self) -> bool {
        self.given.is_empty() && self.family.is_empty()
    }
}

/// What speaks for a pair being one, and against it.
struct Weighed {
    score: i32,
    same: Vec<&'static str>,
    differs: Vec<&'static str>,
}

impl Weighed {
    fn of(one: &Traits, other: &Traits, shared: Shared) -> Self {
        let mut weighed = Self { score: 0, same: Vec::new(), differs: Vec::new() };
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
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
        weighed.add("postal_code", 20, !one.postal_codes.is_disjoint(&other.postal_codes));
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
