//! Any other CSV: columns known by the names that people and programs (Thunderbird, web shops, tills) commonly give them.
//! The names are in `generic.csv` beside this file; where they do not suffice, the owner gives a mapping.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::header::{Meaning, Target};
use crate::normal::text::fold;

static NAMES: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut table = csv::Reader::from_reader(include_str!("generic.csv").as_bytes());
    let mut names = HashMap::new();
    for row in table.records().flatten() {
        let cell = |at| row.get(at).unwrap_or_default();
        if let Some(meaning) = Meaning::from_table(cell(0), cell(1), cell(2), cell(3)) {
            names.entry(fold(cell(4))).or_insert(meaning);
        }
    }
    names
});

/// What a column of that name commonly means.
#[must_use]
pub fn meaning(header: &str) -> Option<Meaning> {
    let folded = fold(header).replace('_', " ");
    NAMES.get(&folded).or_else(|| NAMES.get(folded.trim_end_matches(':'))).cloned()
}

/// Whether these columns are enough to know who somebody is: a name, an organisation, an e-mail or a phone.
#[must_use]
pub fn suffices<'a>(meanings: impl IntoIterator<Item = &'a Meaning>) -> bool {
    meanings.into_iter().any(|meaning| {
        let wanted = [Target::Given, Target::Family, Target::Name, Target::Organisation, Target::Email, Target::Phone];
        meaning.why.is_none() && wanted.contains(&meaning.target)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        let mut table = csv::Reader::from_reader(include_str!("generic.csv").as_bytes());
        for row in table.records() {
            let row = row.unwrap();
            assert!(Meaning::from_table(&row[0], &row[1], &row[2], &row[3]).is_some(), "{row:?}");
        }
    }
}
