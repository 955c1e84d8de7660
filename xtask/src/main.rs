//! The project's own commands. `cargo xtask` alone lists them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through its output")]

mod bench;
mod corpora;
mod installed;
mod licences;
mod mutants;
mod notices;
mod package;
mod pictures;
mod release;
mod run;
mod setup;
mod shell;
mod story;
mod test;

use std::path::Path;
use std::process::ExitCode;

use shell::Outcome;

const USAGE: &str = "\
cargo xtask run              sets up, then opens the window; without a display, the main job on sample data in the terminal
cargo xtask test             sets up, then runs every check and test
cargo xtask test --only NAME one step of it; --list names them
cargo xtask package          what people install, in target/packages
cargo xtask installed-test   installs it and does the main job with it
cargo xtask bench            release figures; with `window` or `soak` those of the window, or of a long day in it
cargo xtask pictures         every screen in target/screenshots, and those of README and manual beside their texts
cargo xtask corpora DIR      reads every file below DIR with the import's dry run: no panic, no hang
cargo xtask mutants          changes the rules one small way at a time: a test must notice each (arguments for cargo-mutants may follow)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n✗ {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    match words {
        ["run"] => run::run(),
        ["test"] => test::all(),
        ["test", "--list"] => test::list(),
        ["test", "--only", name] => test::only(name),
        ["package"] => package::run(),
        ["installed-test"] => installed::run(),
        ["bench", rest @ ..] => bench::run(rest),
        ["pictures"] => pictures::run(),
        ["corpora", folder] => corpora::run(Path::new(folder)),
        ["mutants", rest @ ..] => mutants::run(rest),
        _ => Err(format!("This is what there is:\n{USAGE}")),
    }
}
