//! Ways in: bytes of any format become [`draft::Draft`]s, one plan decides, one apply writes.

pub mod convert;
pub mod date;
pub mod dialect;
pub mod draft;
pub mod fault;
mod gather;
pub mod generic;
pub mod google;
pub mod header;
pub mod mapping;
pub mod outlook;
pub mod reader;
pub mod recognise;
pub mod table;
