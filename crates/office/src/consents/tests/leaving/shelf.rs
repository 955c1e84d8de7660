//! An address book in memory, which nobody but us changes.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::connections::{Met, Shelf};
use crate::problem::Result;

/// The cards, by name, with how often each was written.
#[derive(Debug, Default)]
pub(super) struct Memory(RefCell<BTreeMap<String, (u32, String)>>);

impl Memory {
    /// All that stands there.
    pub(super) fn text(&self) -> String {
        self.0.borrow().values().map(|(_, card)| card.as_str()).collect()
    }
}

impl Shelf for &Memory {
    fn list(&self) -> Result<Vec<(String, String)>> {
        Ok(self.0.borrow().iter().map(|(name, (version, _))| (name.clone(), version.to_string())).collect())
    }

    fn put(&self, name: &str, over: Option<&str>, card: String) -> Result<Met> {
        let mut cards = self.0.borrow_mut();
        let version = cards.get(name).map(|(version, _)| *version);
        if version.map(|version| version.to_string()).as_deref() != over {
            return Ok(Met::Changed);
        }
        let version = version.unwrap_or_default() + 1;
        cards.insert(name.to_owned(), (version, card));
        Ok(Met::Done(Some(version.to_string())))
    }

    fn delete(&self, name: &str, _version: &str) -> Result<Met> {
        self.0.borrow_mut().remove(name);
        Ok(Met::Done(None))
    }
}
