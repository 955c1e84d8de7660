//! Who outside receives data: what goes to whom, what stays, and the record of it (SPEC §7). Everything that leaves passes the
//! gate; what it refuses cannot be sent.

mod again;
mod card;
mod carddav;
mod define;
mod export;
mod flow;
mod having;
mod layout;
mod list;
mod paper;
mod preview;
mod removed;
mod shared;
mod suppress;

pub use again::{Again, TriedShown, again, again_due};
pub use carddav::{Conflict, Ran, RunOptions, Why, keep_password, run};
#[cfg(test)]
pub(crate) use carddav::{Met, Shelf, go_over};
pub use define::{ConnectionChange, Ended, NewConnection, Put, Warning, add, add_with_password, end, set};
pub use export::{Sent, export};
pub use list::{FieldOf, Last, Shown, list, show};
pub use paper::Format;
pub use preview::{ReasonCount, Staying, StayingContact, Tally, Which, Word, preview, staying};
pub use removed::{Removed, removed};
pub use shared::{SharedWith, shared_with};

use rusqlite::Connection;

use crate::problem::Result;
use crate::vault::{Fault, connection, disclosure};

/// The first connection or disclosure that is not as it was sealed.
///
/// # Errors
/// Faults of the database.
pub(crate) fn changed(conn: &Connection) -> Result<Option<Fault>> {
    if let Some(seq) = connection::changed(conn)? {
        return Ok(Some(Fault { seq, code: "connection_changed" }));
    }
    Ok(disclosure::changed(conn)?.map(|seq| Fault { seq, code: "disclosure_changed" }))
}
