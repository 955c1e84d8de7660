//! Pictures of the real window, kept under `target/screenshots` for people to look at.

use std::path::Path;

use serde_json::json;

use crate::patience::until;
use crate::window::{Window, folder};
use crate::world::{SMALL, Size, USUAL};

/// Resolves when everything that was asked for is drawn: typefaces, pictures, the next frame.
const DRAWN: &str = "
const done = arguments[arguments.length - 1];
document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";

impl Window<'_> {
    /// Keeps pictures of this screen at both sizes, light and dark.
    pub(crate) fn pictures(&self, screen: &str) {
        for size in [USUAL, SMALL] {
            self.resize(size);
            for dark in [false, true] {
                self.theme(if dark { "dark" } else { "light" });
                self.picture(screen, size, dark);
            }
        }
        self.theme("");
        self.resize(self.look.size);
    }

    /// Keeps a picture of this screen as it is: `<screen>-<language>-<light|dark>-<size>.png`.
    pub(crate) fn picture(&self, screen: &str, size: Size, dark: bool) {
        let language = self.ask("return document.documentElement.lang");
        let language = language.as_str().unwrap_or_default();
        let look = if dark { "dark" } else { "light" };
        let path = folder("screenshots").join(format!("{screen}-{language}-{look}-{}x{}.png", size.0, size.1));
        self.driver.later(DRAWN, &[]).expect("the page is drawn");
        let mut before = None;
        until("a picture that stays the same", || {
            self.photograph(&path);
            let now = Some(seen(&path)?);
            if now == before { Ok(()) } else { Err(format!("It changes: {:?}.", std::mem::replace(&mut before, now))) }
        });
    }

    /// Forces the light or the dark look; an empty name leaves it to the desktop.
    fn theme(&self, name: &str) {
        let script = "const root = document.documentElement; if (arguments[0]) root.dataset.theme = arguments[0]; else delete root.dataset.theme;";
        self.driver.script(script, &[json!(name)]).expect("the page answers");
    }
}

/// Signature of a picture; refused while hardly anything was drawn.
fn seen(path: &Path) -> Result<String, String> {
    let asked = std::process::Command::new("identify").args(["-format", "%k %#"]).arg(path).output();
    let said = String::from_utf8_lossy(&asked.expect("identify starts").stdout).into_owned();
    let colours: u32 = said.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    if colours > 50 { Ok(said) } else { Err(format!("There are {colours} colours.")) }
}
