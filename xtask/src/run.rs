//! `cargo xtask run`: the application as its owner meets it.

use std::env::var_os;

use crate::shell::{self, Outcome};
use crate::{setup, story};

pub(crate) fn run() -> Outcome {
    if has_display() { window() } else { terminal() }
}

/// X11 or Wayland; the other systems always have a screen to offer.
fn has_display() -> bool {
    let named = |name| var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

fn window() -> Outcome {
    println!("Preparing the window (the first time takes a few minutes)");
    setup::window()?;
    shell::run("npm", &["run", "--silent", "build"], "ui")?;
    shell::cargo(&["build", "--locked", "--package", "akkoord"])?;
    println!("Opening Akkoord; close its window to come back here");
    shell::run(&shell::built("akkoord", false).to_string_lossy(), &[], ".")
}

fn terminal() -> Outcome {
    println!("There is no display, so Akkoord does its main job here, on sample data.");
    println!("Preparing (the first time takes a few minutes)");
    setup::command_line()?;
    shell::cargo(&["build", "--locked", "--package", "akkoord-cli"])?;
    story::tell(&shell::built("akkoord-cli", false))
}
