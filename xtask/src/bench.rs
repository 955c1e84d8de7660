//! `cargo xtask bench`: figures from a release build.

use crate::setup;
use crate::shell::{self, Outcome};

/// Passes `rest` on to the bench program.
pub(crate) fn run(rest: &[&str]) -> Outcome {
    if !shell::root().join("crates/bench/Cargo.toml").exists() {
        return Err("There is no bench program in this version.".into());
    }
    setup::tests()?;
    let mut arguments = vec!["run", "--release", "--locked", "--package", "akkoord-bench", "--"];
    arguments.extend(rest);
    shell::cargo(&arguments)
}
