//! `cargo xtask installed-test`: installs this system's package without a question, and does the main job with what it
//! installed.

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome};
use crate::{package, setup, story};

/// Installs, then tells the story with the installed command line and opens the installed window.
pub(crate) fn run() -> Outcome {
    let programs = install()?;
    let command_line = programs.join(format!("akkoord-cli{}", std::env::consts::EXE_SUFFIX));
    println!("  Installed: {}", command_line.display());
    story::tell(&command_line)?;
    window(&programs)
}

/// Installs the package; the folder in which its programs are then.
#[cfg(target_os = "linux")]
fn install() -> Outcome<PathBuf> {
    let package = package::made("deb")?.display().to_string();
    setup::debian(&["install", "-q", "-y", "--reinstall", "--no-install-recommends", &package])?;
    Ok(PathBuf::from("/usr/bin"))
}

#[cfg(target_os = "windows")]
fn install() -> Outcome<PathBuf> {
    let package = package::made("exe")?.display().to_string();
    shell::run(&package, &["/S"], ".")?;
    let folder = std::env::var_os("LOCALAPPDATA").ok_or("Windows names no folder for programs.")?;
    Ok(Path::new(&folder).join("Akkoord"))
}

#[cfg(target_os = "macos")]
fn install() -> Outcome<PathBuf> {
    let package = package::made("dmg")?.display().to_string();
    shell::run("hdiutil", &["attach", "-nobrowse", "-mountpoint", "/tmp/akkoord-dmg", &package], ".")?;
    shell::run("ditto", &["/tmp/akkoord-dmg/Akkoord.app", "/Applications/Akkoord.app"], ".")?;
    shell::run("hdiutil", &["detach", "/tmp/akkoord-dmg"], ".")?;
    Ok(PathBuf::from("/Applications/Akkoord.app/Contents/MacOS"))
}

/// What the installed window must be able to do, by the names of its stories: the first start up to the printed paper, and
/// the main job.
const STORIES: &[&str] = &["the_paper_from_the_printer", "installed::"];

/// A release forgets everything when it closes and lets nobody drive it; so it is used by keyboard, and told by what it
/// shows to a screen reader.
fn window(programs: &Path) -> Outcome {
    if !cfg!(target_os = "linux") {
        println!("  The window is left to a person here: this system has no driver for it.");
        return Ok(());
    }
    setup::tests()?;
    let line = ["test", "--locked", "--workspace", "--test", "window", "--", "--ignored", "--test-threads=1"];
    let line = [&line, STORIES].concat();
    let mut stories = shell::program(&shell::own_cargo(), &line, ".");
    shell::started("cargo", &line, stories.env("AKKOORD_PROGRAMS", programs))
}
