//! What the machine tells the page unasked.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The vault was locked: by the person elsewhere, by time, or with the screen.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Locked;
