//! `cargo xtask mutants`: changes the rules in hundreds of small ways, one at a time; some test must notice each.

use crate::shell::{self, Outcome};

/// Passes `rest` on to cargo-mutants, such as `--file` or `--in-diff`. What it leaves out stands in `.cargo/mutants.toml`.
pub(crate) fn run(rest: &[&str]) -> Outcome {
    if shell::ask("cargo", &["mutants", "--version"]).is_none() {
        return Err("This needs cargo-mutants: `cargo install cargo-mutants --locked` brings it.".into());
    }
    shell::cargo(&[&["mutants", "--package", "akkoord-rules"], rest].concat())
}
