//! Ways out: what a person gets to keep, in files that other programs read.

mod archive;
mod breach;
mod contact;
mod dossier;
mod everything;
mod name;
mod notice;
mod people;
mod portability;
mod readme;
mod table;
pub(crate) mod vcard;

pub use archive::Written;
pub(crate) use breach::text as breach_text;
pub use dossier::{Answered as DossierAnswer, Dossier, DossierFlaw, Verdict, dossier, verify_dossier};
pub use everything::{Left, TableLeft, export_all};
pub use name::free;
pub use notice::{FileOrigin, OriginAsked, Origins, notices};
pub(crate) use notice::{asked, notice_to, spoken};
pub use people::{ListSaved, list, merge_file};
pub use portability::{Exported, For, export};
pub(crate) use readme::one_line;
