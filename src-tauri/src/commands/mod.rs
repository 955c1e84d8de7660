//! What the page may ask for. Each command takes its arguments, makes one call and hands on the answer.

pub(crate) mod backups;
pub(crate) mod call;
pub(crate) mod connections;
pub(crate) mod consent;
pub(crate) mod drafts;
pub(crate) mod erasure;
pub(crate) mod files;
pub(crate) mod imports;
pub(crate) mod keys;
pub(crate) mod mails;
pub(crate) mod people;
pub(crate) mod registers;
pub(crate) mod replies;
pub(crate) mod requests;
pub(crate) mod settings;
pub(crate) mod signed;
pub(crate) mod texts;
pub(crate) mod vault;
