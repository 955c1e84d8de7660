//! Akkoord without a window: the vault, the use cases, the ways in and the ways out.
//!
//! Data flows one way: window or command line → use case → rules → vault. Nothing here prints or reads the environment.
#![warn(missing_docs)]

pub mod clock;
pub mod connections;
pub mod consents;
pub mod drafts;
pub mod erasure;
pub mod intake;
pub mod key;
pub mod mail;
pub mod normal;
pub mod papers;
pub mod people;
pub mod practice;
pub mod problem;
pub mod profile;
pub mod purposes;
pub mod registers;
pub mod requests;
pub mod retention;
mod sealed;
pub mod settings;
pub mod today;
pub mod vault;

#[cfg(test)]
mod trial;

pub use problem::{Code, Problem, Result};
