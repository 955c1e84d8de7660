//! `cargo xtask pictures`: every screen in every look, in `target/screenshots`, and of these the README's and the manual's
//! beside their texts.

use std::path::Path;

use crate::setup;
use crate::shell::{self, Outcome};

/// The stories that show screens, by a part of their name; those of `pictures::` are told for that alone.
const STORIES: &[&str] = &[
    "tour::every_screen_in",
    "manual::",
    "pictures::",
    "english::",
    "first_start::three_steps",
    "imports::",
    "books::",
    "meanings::",
    "ugly::",
];

/// What the README and the manual show.
const SHOWN: &[&str] = &["kit", "import", "today", "contact", "call", "request", "erase", "registers"];

/// The stories that are told for their pictures alone; they are no tests.
pub(crate) const ALONE: &str = "pictures::";

/// Takes them all, and renews those that are shown.
pub(crate) fn run() -> Outcome {
    setup::tests()?;
    shell::run("npm", &["run", "--silent", "build"], "ui")?;
    shell::cargo(&["build", "--locked", "--workspace", "--bins"])?;
    let line = ["test", "--locked", "--workspace", "--test", "window", "--", "--ignored", "--test-threads=2"];
    shell::cargo(&[&line[..], STORIES].concat())?;
    show()
}

/// Renews the pictures beside the texts from those that the manual's stories took last.
fn show() -> Outcome {
    for name in SHOWN {
        for language in ["nl", "en"] {
            let taken = shell::target().join(format!("screenshots/manual-{name}-{language}-light-1280x800.png"));
            let shown = shell::root().join(format!("docs/pictures/{name}-{language}.png"));
            smaller(&taken, &shown)?;
        }
    }
    Ok(())
}

/// The same picture with a table of its colours: a screen has few, and nobody sees which are one.
fn smaller(taken: &Path, shown: &Path) -> Outcome {
    let (from, to) = (taken.to_string_lossy(), format!("PNG8:{}", shown.display()));
    let few = ["-strip", "-dither", "None", "-colors", "256", "-define", "png:compression-level=9", &to];
    shell::run("convert", &[&[from.as_ref()][..], &few].concat(), ".")
}
