//! The law and the owner's policy as pure functions: values in, values out.
//!
//! Nothing here asks the time, reads a disk, opens a socket or knows SQL; what a rule needs is a parameter.
#![warn(missing_docs)]

pub mod block;
pub mod breach;
pub mod chain;
mod codes;
pub mod consent;
pub mod deadline;
pub mod field;
pub mod gate;
pub mod law;
pub mod outflow;
pub mod person;
pub mod request;
pub mod retention;
pub mod span;
