//! Looking for people, reading one, opening the vault.

use akkoord_office::clock;
use akkoord_office::people::{self, Listed, Question};
use akkoord_office::vault::Vault;

use crate::Outcome;
use crate::chance::Chance;
use crate::clocked::Times;
use crate::table::Table;

/// How many people a screen shows.
const PAGE: usize = 50;
const SEARCHES: usize = 2_000;
const READS: usize = 4_000;
const OPENINGS: usize = 200;
const FIRST: usize = 10;

/// Adds searching, reading and opening to the table.
pub(crate) fn measure(vault: &Vault, table: &mut Table) -> Outcome {
    let people = sample(vault)?;
    let searches = searching(vault, &people)?;
    table.row("search, median", &format!("{:.3} ms", searches.middle()), "", None);
    table.milliseconds("search, p99", searches.p99(), 10.0);
    let first = first(vault)?;
    table.row("search, the first after opening, median", &format!("{:.3} ms", first.middle()), "", None);
    let reads = reading(vault, &people)?;
    table.row("read one contact, median", &format!("{:.3} ms", reads.middle()), "", None);
    table.milliseconds("read one contact, p99", reads.p99(), 0.2);
    let openings = opening(vault)?;
    table.row("open with a raw key, median", &format!("{:.3} ms", openings.middle()), "", None);
    table.milliseconds("open with a raw key, p99", openings.p99(), 5.0);
    Ok(())
}

/// People from all over the list.
pub(crate) fn sample(vault: &Vault) -> Outcome<Vec<Listed>> {
    let mut sample = Vec::new();
    let mut after = None;
    loop {
        let question = Question { query: String::new(), limit: 1_000, after };
        let list = people::list(vault, &question)?;
        let every = (list.total / READS).max(1);
        sample.extend(list.contacts.into_iter().step_by(every));
        match list.next {
            Some(next) => after = Some(next),
            None => return Ok(sample),
        }
    }
}

/// Times searches such as people type.
pub(crate) fn searching(vault: &Vault, people: &[Listed]) -> Outcome<Times> {
    let mut chance = Chance::new(7);
    let queries: Vec<String> = (0..SEARCHES).filter_map(|_| query(people, &mut chance)).collect();
    Times::of(queries, |query| {
        people::list(vault, &Question { query, limit: PAGE, after: None })?;
        Ok(())
    })
}

/// Times the first list of an opened vault: the order of all names is read for it, as it is after every change, and nothing
/// of the file is in memory.
fn first(vault: &Vault) -> Outcome<Times> {
    let opened = (0..FIRST).map(|_| vault.beside()).collect::<Result<Vec<_>, _>>()?;
    Times::of(&opened, |vault| {
        people::list(vault, &Question { limit: PAGE, ..Question::default() })?;
        Ok(())
    })
}

/// Times reading whole contacts in no order.
pub(crate) fn reading(vault: &Vault, people: &[Listed]) -> Outcome<Times> {
    let mut chance = Chance::new(11);
    let ids: Vec<String> = (0..READS).filter_map(|_| chance.pick(people)).map(|person| person.id.to_string()).collect();
    let now = clock::now();
    Times::of(ids, |id| {
        people::show(vault, &id, now)?;
        Ok(())
    })
}

/// Times opening the same file again.
pub(crate) fn opening(vault: &Vault) -> Outcome<Times> {
    Times::of(0..OPENINGS, |_| {
        vault.beside()?;
        Ok(())
    })
}

/// One to eight letters from the start or from within a name, an organisation or an e-mail address, digits of a phone
/// number, or two such words.
fn query(people: &[Listed], chance: &mut Chance) -> Option<String> {
    let one = word(chance.pick(people)?, chance);
    if chance.happens(10) {
        let person = chance.pick(people)?;
        return Some(format!("{} {}", word(person, chance), word(person, chance)));
    }
    Some(one)
}

fn word(person: &Listed, chance: &mut Chance) -> String {
    let length = 1 + chance.index(8);
    let whole = match chance.below(10) {
        0..6 => person.name.as_str(),
        6 => person.organisation.as_str(),
        7 => person.email.as_deref().unwrap_or(&person.name),
        _ => person.phone.as_deref().unwrap_or(&person.name),
    };
    let words: Vec<&str> = whole.split(' ').collect();
    let word: Vec<char> = chance.one(&words).chars().collect();
    let from = if chance.happens(70) { 0 } else { chance.index(word.len().saturating_sub(length)) };
    word.into_iter().skip(from).take(length).collect()
}
