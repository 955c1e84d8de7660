//! What the machine tells the page unasked.

use akkoord_office::vault::Area;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The vault was locked: by the person elsewhere, by time, or with the screen.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Locked;

/// Something changed that the page did not ask for.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct Touched(pub(crate) Vec<Area>);
