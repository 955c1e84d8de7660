//! What the machine tells the page unasked.

use akkoord_office::vault::Area;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The vault was locked: by the person elsewhere, by time, or with the screen.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Locked;

/// Something changed that nobody asked for just now: a backup was made, a mail went.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Touched {
    /// What went stale.
    pub(crate) areas: Vec<Area>,
}
