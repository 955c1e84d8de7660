//! One file for each thing that commands are about.

mod asked;
mod asking;
pub(crate) mod audit;
pub(crate) mod backup;
mod batch;
pub(crate) mod blocked;
pub(crate) mod breach;
mod business;
pub(crate) mod connection;
pub(crate) mod consent;
pub(crate) mod contact;
pub(crate) mod deadline;
pub(crate) mod doctor;
pub(crate) mod dossier;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod field;
pub(crate) mod import;
mod imported;
pub(crate) mod letter;
mod look;
pub(crate) mod mail;
mod mapping;
pub(crate) mod may;
pub(crate) mod objection;
mod outflow;
mod page;
pub(crate) mod proof;
pub(crate) mod purpose;
pub(crate) mod queue;
mod recipients;
pub(crate) mod rectify;
pub(crate) mod register;
pub(crate) mod request;
pub(crate) mod restrict;
pub(crate) mod retention;
pub(crate) mod vault;

use akkoord_office::problem::{Code, Problem, Result};
use std::path::Path;

use clap::CommandFactory;

use crate::args::{Args, Command};
use crate::open::Door;
use crate::output::Outcome;

/// Runs what was typed.
pub(crate) fn run(args: Args) -> Result<Outcome> {
    let door = Door::of(&args)?;
    match args.command {
        Command::Vault(command) => vault::run(command, &door),
        Command::Import(command) => import::run(*command, &door),
        Command::Contact(command) => contact::run(command, &door),
        Command::InformationQueue(command) => queue::run(command, &door),
        Command::Field(command) => field::run(command, &door),
        Command::Request(command) => request::run(command, &door),
        Command::Export(command) => export::run(command, &door),
        Command::Letter(command) => letter::run(command, &door),
        Command::Rectify(command) => rectify::run(command, &door),
        Command::Register(command) => register::run(command, &door),
        Command::Deadline(command) => deadline::run(&command),
        Command::Purpose(command) => purpose::run(command, &door),
        Command::Connection(command) => connection::run(command, &door),
        Command::Consent(command) => consent::run(command, &door),
        Command::Mail(command) => mail::run(command, &door),
        Command::Proof(command) => proof::run(command, &door),
        Command::Objection(command) => objection::run(command, &door),
        Command::Restrict(command) => restrict::restrict(&command, &door),
        Command::Unrestrict(command) => restrict::unrestrict(&command, &door),
        Command::Erase(command) => erase::erase(command, &door),
        Command::Erasure(command) => erase::run(&command, &door),
        Command::Blocked(command) => blocked::run(&command, &door),
        Command::Retention(command) => retention::run(&command, &door),
        Command::May(command) => may::run(&command, &door),
        Command::Audit(command) => audit::run(command, &door),
        Command::Backup(command) => backup::run(command, &door),
        Command::Dossier(command) => dossier::run(command, &door),
        Command::Breach(command) => breach::run(command, &door),
        Command::Doctor(command) => doctor::run(&command, &door),
        Command::Completions { shell } => Ok(completions(shell)),
        Command::Man { folder } => manual(folder.as_deref()),
    }
}

/// The text of a file that an argument names.
fn text_of(path: &Path) -> Result<String> {
    let unreadable = || Problem::new(Code::Unreadable).with("file", path.display().to_string());
    std::fs::read_to_string(path).map_err(|error| unreadable().because(error))
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "akkoord-cli", &mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Outcome::file(serde_json::json!({ "completions": text }), text)
}

fn manual(folder: Option<&Path>) -> Result<Outcome> {
    let mut bytes = Vec::new();
    folder.map_or(Ok(()), |folder| {
        let unwritable = || Problem::new(Code::Unwritable).with("file", folder.display().to_string());
        clap_mangen::generate_to(Args::command(), folder).map_err(|error| unwritable().because(error))
    })?;
    clap_mangen::Man::new(Args::command())
        .render(&mut bytes)
        .map_err(|error| Problem::new(Code::System).because(error))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Outcome::file(serde_json::json!({ "man": text }), text))
}
