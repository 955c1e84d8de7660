//! Why data is used: purposes with their lawful basis, channels and versions of the wording that people see (SPEC §5).

mod add;
mod agreed;
mod check;
mod law;
mod set;
mod show;
mod stored;
mod wording;

pub use add::{Added, NewPurpose, Warning, add, share};
pub use agreed::{Agreements, VersionAgreed, agreed};
pub use law::{Law, law};
pub use set::{PurposeChange, PurposeSet, SHORT_MAX, set};
pub use show::{PurposeShown, VersionShown, WordingShown, list, show};
pub use wording::{WORDING_MAX, Wording, read_wording, revise, word};

pub(crate) use add::{codes, is_key};
pub(crate) use check::changed;
pub(crate) use stored::{Stored, all, answerable, by_no, channels_of, find, latest, wordings};
