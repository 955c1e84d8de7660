//! Everything that is asked of every screen.

use crate::window::Window;
use crate::world::{SMALL, USUAL};

/// By how much the page is wider than the window, and by how much the frame makes it taller.
const BEYOND: &str = "
const root = document.documentElement;
return [root.scrollWidth - root.clientWidth, document.querySelector('.frame') ? root.scrollHeight - root.clientHeight : 0];";

impl Window<'_> {
    /// Waits for a screen, lets every judge look at it in both sizes, light and dark, and keeps the pictures.
    #[track_caller]
    pub(crate) fn examine(&self, screen: &str) {
        for size in [USUAL, SMALL] {
            self.resize(size);
            for dark in [false, true] {
                self.theme(if dark { "dark" } else { "light" });
                self.picture(screen, size, dark);
                // Colours are the same in every size, and the arrangement in every light.
                if dark == (size == SMALL) {
                    self.is_accessible();
                }
            }
            self.is_whole();
            self.is_legible();
        }
        self.theme("");
        self.resize(self.look.size);
        self.has_names();
    }

    /// Fails where the page scrolls sideways, or downwards although its parts do so themselves.
    #[track_caller]
    pub(crate) fn is_whole(&self) {
        let beyond = self.ask(BEYOND);
        assert_eq!(beyond, serde_json::json!([0, 0]), "the page is larger than its window");
    }

    /// Fails where text lies over other text.
    #[track_caller]
    pub(crate) fn is_legible(&self) {
        let found = self.ask(include_str!("overlaps.js"));
        assert_eq!(found, serde_json::json!([]), "text lies over text");
    }
}
