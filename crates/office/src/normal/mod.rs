//! Matching forms: what two ways of writing the same name, address or number have in common.

pub mod email;
pub mod net;
pub mod phone;
pub mod text;
