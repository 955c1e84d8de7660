//! `akkoord-cli`: the whole of Akkoord from a terminal, for scripts and other programs.
//!
//! Arguments in, one use case of the office, words or one JSON document out. No decisions are made here.
#![expect(clippy::print_stderr, reason = "a command line prints")]

mod args;
mod commands;
mod names;
mod open;
mod output;
mod problems;
mod sentences;
mod text;

use std::process::ExitCode;

fn main() -> ExitCode {
    akkoord_office::key::never_dumped();
    let args = match args::Args::from_terminal() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let json = args.json;
    match commands::run(args) {
        Ok(outcome) => outcome.print(json),
        Err(problem) => output::refuse(&problem, json),
    }
}

/// What clap says of the arguments: help is an answer, all else a mistake in usage.
fn usage(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|arg| arg == "--json");
    if json && error.use_stderr() {
        return output::refuse_usage(error);
    }
    // A closed terminal is no reason to fail.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}
