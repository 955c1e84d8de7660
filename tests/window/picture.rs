//! Pictures of the real window, kept under `target/screenshots` for people to look at.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::patience::until;
use crate::window::{Window, folder};
use crate::world::Size;

/// Resolves when everything that was asked for is drawn: typefaces, pictures, the next frame.
const DRAWN: &str = "
const done = arguments[arguments.length - 1];
document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";

impl Window<'_> {
    /// Keeps a picture of this screen as it is: `<screen>-<language>-<light|dark>-<size>.png`.
    pub(crate) fn picture(&self, screen: &str, size: Size, dark: bool) {
        let language = self.ask("return document.documentElement.lang.slice(0, 2)");
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
    pub(crate) fn theme(&self, name: &str) {
        let script = "const root = document.documentElement; if (arguments[0]) root.dataset.theme = arguments[0]; else delete root.dataset.theme;";
        self.driver.script(script, &[json!(name)]).expect("the page answers");
    }
}

/// Signature of a picture; refused while hardly anything was drawn.
fn seen(path: &Path) -> Result<String, String> {
    let asked = Command::new("identify").args(["-format", "%k %#"]).arg(path).output();
    let said = String::from_utf8_lossy(&asked.expect("identify starts").stdout).into_owned();
    let colours: u32 = said.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    if colours > 50 { Ok(said) } else { Err(format!("There are {colours} colours.")) }
}

/// What is on a paper, as text; the paper itself is kept beside the pictures.
pub(crate) fn paper(name: &str, printed: &Path) -> String {
    let path = folder("screenshots").join(format!("{name}.pdf"));
    std::fs::copy(printed, &path).expect("a file");
    let text = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().expect("pdftotext starts");
    String::from_utf8_lossy(&text.stdout).into_owned()
}
