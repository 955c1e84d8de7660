//! Words of the notice that other letters say too.

use akkoord_rules::consent::Basis;
use rusqlite::Connection;

use super::{HELD, WORDS, Words};
use crate::people::Who;
use crate::problem::Result;

/// Words of the letter that others need too.
pub(in crate::papers) struct Said(&'static Words);

/// The words in one of the languages that letters are written in.
pub(in crate::papers) fn in_language(code: &str) -> Said {
    Said(WORDS.iter().find(|words| words.code == code).unwrap_or(&WORDS[3]))
}

impl Said {
    /// The kinds of data that are held of somebody.
    pub(in crate::papers) fn kinds(&self, conn: &Connection, who: Who) -> Result<Vec<&'static str>> {
        kinds(conn, self.0, who)
    }

    /// Why data may be used.
    pub(in crate::papers) fn basis(&self, basis: Basis) -> &'static str {
        self.0.because(basis)
    }

    /// There is no purpose.
    pub(in crate::papers) fn no_use(&self) -> &'static str {
        self.0.no_use
    }

    /// Nobody got it.
    pub(in crate::papers) fn nobody(&self) -> &'static str {
        self.0.nobody
    }

    /// Behind who is not in the European Economic Area.
    pub(in crate::papers) fn outside(&self) -> &'static str {
        self.0.outside
    }
}

impl Words {
    pub(super) fn because(&self, basis: Basis) -> &'static str {
        let at = Basis::ALL.iter().position(|one| *one == basis);
        at.and_then(|at| self.basis.get(at)).copied().unwrap_or_default()
    }
}

/// The kinds of data that are held of somebody, as that language names them.
pub(super) fn kinds(conn: &Connection, words: &Words, who: Who) -> Result<Vec<&'static str>> {
    let held: [bool; 12] = conn.prepare_cached(HELD)?.query_row([who.no], |row| {
        let mut held = [false; 12];
        for (at, one) in held.iter_mut().enumerate() {
            *one = row.get(at)?;
        }
        Ok(held)
    })?;
    Ok(words.data.iter().zip(held).filter(|(_, held)| *held).map(|(word, _)| *word).collect())
}
