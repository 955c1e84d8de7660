//! Where the cards of an address book stand, whoever keeps it.

use super::multistatus::Card;
use crate::problem::Result;

/// What a change met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Met {
    /// Done; the card's version now, where the shelf tells.
    Done(Option<String>),
    /// Somebody changed the card there meanwhile.
    Changed,
}

/// The cards of an address book, each by its name and of a version.
pub(crate) trait Shelf {
    /// The cards that are there.
    ///
    /// # Errors
    /// Those of the server.
    fn list(&self) -> Result<Vec<Card>>;

    /// Writes a card: over this version of it, or as a new one.
    ///
    /// # Errors
    /// Those of the server.
    fn put(&self, name: &str, over: Option<&str>, card: String) -> Result<Met>;

    /// Takes this version of a card away.
    ///
    /// # Errors
    /// Those of the server.
    fn delete(&self, name: &str, version: &str) -> Result<Met>;
}
