//! Builds for people and for figures: one set of features, so that nothing is compiled twice, and no path of this machine in
//! what comes out.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Outcome};

/// Every program that is made for people or measured. Named together, each is built with the same features.
const PACKAGES: &[&str] = &["--package", "akkoord", "--package", "akkoord-cli", "--package", "akkoord-bench"];

/// What stands between two flags in cargo's variable for them.
const BETWEEN: &str = "\u{1f}";

/// Builds these targets of the release, named as cargo wants them.
pub(crate) fn build(targets: &[&str]) -> Outcome {
    build_as("release", targets)
}

/// Builds these targets by another profile.
pub(crate) fn build_as(profile: &str, targets: &[&str]) -> Outcome {
    let line = [&["build", "--profile", profile, "--locked"], PACKAGES, targets].concat();
    shell::started("cargo", &line, nameless(&mut shell::program(&shell::own_cargo(), &line, ".")))
}

/// What the bundler passes on to cargo, so that it builds what was built before.
pub(crate) fn passed_on() -> Vec<&'static str> {
    [&["--locked"], PACKAGES].concat()
}

/// Lets the compiler call the folders of this machine by other names.
pub(crate) fn nameless(command: &mut Command) -> &mut Command {
    let given = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
    for (folder, name) in [(shell::root(), "/akkoord"), (cargo_home(), "/cargo")] {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join(BETWEEN))
}

/// Where cargo keeps what it fetched.
pub(crate) fn cargo_home() -> PathBuf {
    let told = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    told.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_else(|| Path::new("/cargo").into())
}
