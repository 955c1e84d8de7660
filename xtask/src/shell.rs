//! Running other programs from the project's root, with a sentence when one fails.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Done, or the sentence that says what went wrong and what to do.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The project's folder, wherever the command was started.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A program that will start in `folder` below the root.
pub(crate) fn program(name: &str, arguments: &[&str], folder: &str) -> Command {
    // npm is a script on Windows, and only this name is found there.
    let name = if cfg!(windows) && name == "npm" { "npm.cmd" } else { name };
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root().join(folder));
    command
}

/// Runs with its output shown; anything but exit code 0 is a failure.
pub(crate) fn run(name: &str, arguments: &[&str], folder: &str) -> Outcome {
    started(name, arguments, &mut program(name, arguments, folder))
}

/// Runs cargo, the one that runs us.
pub(crate) fn cargo(arguments: &[&str]) -> Outcome {
    started("cargo", arguments, &mut program(&own_cargo(), arguments, "."))
}

/// The cargo that runs us.
pub(crate) fn own_cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// Runs a program whose command was prepared, as `run` does.
pub(crate) fn started(name: &str, arguments: &[&str], command: &mut Command) -> Outcome {
    let line = format!("{name} {}", arguments.join(" "));
    println!("  $ {line}");
    let status =
        command.status().map_err(|error| format!("`{name}` could not be started ({error}). Is it installed?"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` failed ({status}). What it said stands above.")) }
}

/// What the program prints, or `None` when it is not there or fails. Nothing of it is shown.
pub(crate) fn ask(name: &str, arguments: &[&str]) -> Option<String> {
    let output = program(name, arguments, ".").stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The folder into which cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The built program of that name; release when asked, else debug.
pub(crate) fn built(name: &str, release: bool) -> PathBuf {
    let kind = if release { "release" } else { "debug" };
    target().join(kind).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// An empty folder of that name under `target/`, whatever stood there before.
pub(crate) fn fresh_folder(name: &str) -> Outcome<PathBuf> {
    let folder = root().join("target").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{} cannot be cleared: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    Ok(folder)
}

/// What stands in a folder, by name; nothing where it cannot be read.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<PathBuf> = found.map(|entry| entry.path()).collect();
    entries.sort();
    entries
}
