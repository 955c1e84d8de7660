//! The keyboard alone: where Tab leads, and whether people see where they are.

use serde_json::Value;

use crate::window::Window;

/// More stops than any screen has.
const ENOUGH: usize = 250;

impl Window<'_> {
    /// Goes through everything that Tab reaches, once around; each stop as it is read out.
    /// Fails when a stop looks the same with and without the focus.
    #[track_caller]
    pub(crate) fn tab_through(&self) -> Vec<String> {
        self.ask("document.activeElement?.blur(); delete window.__first");
        let mut stops = Vec::new();
        let mut unseen = Vec::new();
        for _ in 0..ENOUGH {
            self.keys(&["Tab"]);
            let stop = self.ask(include_str!("stop.js"));
            match stop["state"].as_str() {
                Some("around") if !stops.is_empty() => break,
                Some("stop") => {}
                _ => continue,
            }
            let name = stop["name"].as_str().unwrap_or_default().to_owned();
            if stop["seen"] == Value::Bool(false) {
                unseen.push(name.clone());
            }
            stops.push(name);
        }
        assert!(stops.len() < ENOUGH, "Tab never comes around: {stops:?}");
        assert!(unseen.is_empty(), "nobody sees when these have the focus: {unseen:?}");
        stops
    }

    /// Presses Tab until this has the focus.
    #[track_caller]
    pub(crate) fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        while !self.focus().contains(name) {
            assert!(passed.len() < ENOUGH, "Tab does not lead to “{name}”, but to {passed:?}");
            self.keys(&["Tab"]);
            passed.push(self.focus());
        }
    }
}
