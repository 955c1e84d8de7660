//! Ways out: what a person gets to keep, in files that other programs read.

mod archive;
mod contact;
mod name;
mod notice;
mod people;
mod portability;
mod readme;
mod table;
pub(crate) mod vcard;

pub use archive::Written;
pub use name::free;
pub use notice::notices;
pub(crate) use notice::{notice_to, spoken};
pub use people::{ListSaved, list, merge_file};
pub use portability::{Exported, For, export};
pub(crate) use readme::one_line;
