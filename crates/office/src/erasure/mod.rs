//! Erasure (Art. 17): destroying all that says something of a person, at once or when a duty to keep it ends, and keeping them
//! from coming in again unasked.
//!
//! What remains is a certificate without personal data, keyed hashes on the blocked list, and a line in the journal beside the
//! backups, by which an older backup that is put back is brought to the same state.

mod account;
mod carry;
mod check;
mod foresee;
pub mod journal;
mod known;
mod order;
mod run;

pub use account::Certificate;
pub(crate) use account::recipients_of;
pub(crate) use carry::carry_each;
pub(crate) use check::changed;
pub use foresee::{Asked, Foreseen, Recipient, Waiting, foresee, waiting};
pub use journal::{Replayed, replay};
pub(crate) use known::{Admission, admit, or_nobody, refuse, refused_entry, was_erased};
pub use known::{Allowed, BlockedEntry, BlockedList, allow, blocked, look_up, resembles};
pub use order::{Erased, Ground, HoldSet, NewHold, Outcome, RequestAfter, Warning, erase, expect, hold_instead};
pub(crate) use order::{forbids_merge, unlock};
pub use run::{Ran, StillHeld, certificates, run, would_run};

#[cfg(test)]
mod tests;
