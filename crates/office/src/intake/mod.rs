//! Ways in: bytes of any format become [`draft::Draft`]s, one plan decides, one apply writes.

mod apply;
mod body;
mod card;
pub mod convert;
pub mod date;
pub mod dialect;
pub mod draft;
pub mod fault;
pub(crate) mod form;
mod gather;
pub mod generic;
pub mod google;
pub mod header;
pub mod import;
pub mod mapping;
mod matching;
pub mod outlook;
mod plan;
mod preview;
pub mod reader;
pub mod recognise;
mod rejects;
pub mod saved;
mod sheet;
pub mod table;
mod undo;

pub use preview::{ColumnShown, Duplicates, Example, Preview, RowShown, ValueShown, preview};
pub(crate) use rejects::guarded;
pub use rejects::save_rejected;
pub use undo::{Kept, Listed, Undone, imports, undo};
