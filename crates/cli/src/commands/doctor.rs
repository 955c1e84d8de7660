//! `akkoord-cli doctor`

use akkoord_office::clock;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::doctor::{self, Check, State};
use clap::Args;
use serde_json::json;

use crate::open::Door;
use crate::output::Outcome;
use crate::problems;
use crate::text::{counted, day_and_time, labelled};

#[derive(Debug, Args)]
pub(crate) struct Doctor {}

pub(crate) fn run(_: &Doctor, door: &Door) -> Result<Outcome> {
    if door.profile.vacant().is_ok() {
        return Err(Problem::new(Code::NoVault));
    }
    let mut checks = doctor::outside(&door.profile);
    checks.extend(doctor::keychain(&door.profile));
    match door.read() {
        Ok(vault) => checks.extend(doctor::inside(&vault, clock::now())?),
        Err(problem) => checks.push(doctor::unopened(&problem)),
    }
    let faulty = checks.iter().any(|check| check.state == State::Fault);
    let text = told(&checks);
    let documents: Vec<_> = checks
        .iter()
        .map(|check| {
            json!({ "area": check.area, "state": check.state, "code": check.code,
        "facts": check.facts, "text": advice(check) })
        })
        .collect();
    Ok(Outcome::new(json!({ "ok": !faulty, "checks": documents }), text).with_exit(u8::from(faulty)))
}

fn told(checks: &[Check]) -> String {
    let lines: Vec<(String, String)> = checks.iter().map(line).collect();
    let count = |state: State| checks.iter().filter(|check| check.state == state).count();
    let end = match (count(State::Fault), count(State::Warning)) {
        (0, 0) => "All is well.".to_owned(),
        (0, look) => format!("Nothing is wrong; {} to look at.", counted(look, "thing", "things")),
        (wrong, _) => format!("{} wrong: see above what to do.", counted(wrong, "thing is", "things are")),
    };
    format!("{}\n{end}\n", labelled(&lines))
}

fn line(check: &Check) -> (String, String) {
    let mark = match check.state {
        State::Ok => "ok",
        State::Warning => "look",
        State::Fault => "WRONG",
    };
    let area = match check.area {
        "folder" => "Folder",
        "slots" => "Ways in",
        "key" => "Keychain",
        "vault" => "Vault",
        "audit" => "Audit log",
        "anchor" => "Last change",
        "backups" => "Backups",
        "clock" => "Clock",
        other => other,
    };
    (format!("{mark:<6} {area}"), advice(check))
}

fn advice(check: &Check) -> String {
    match (check.area, check.code.as_str()) {
        ("folder", "ok") => "The folder is on this computer's own disk.".to_owned(),
        ("folder", _) => "The folder is on a network drive or is synchronised by another program, which damages vaults. Close Akkoord and move the folder to this computer's own disk.".to_owned(),
        ("slots", "ok") => "The files that hold the ways to open the vault (passphrase, keychain, recovery code) are whole.".to_owned(),
        ("slots", "slots_from_copy") => "The file with the ways to open the vault (keyslots.json) is damaged or gone; its copy serves. Set the passphrase anew, the same one will do: `akkoord-cli vault passphrase set`. That writes both.".to_owned(),
        ("slots", "twin_missing") => "The copy of the ways to open the vault (keyslots.bak) is missing or damaged; the vault still opens. Set the passphrase anew, the same one will do: `akkoord-cli vault passphrase set`. That writes both.".to_owned(),
        ("key", "ok") => "The keychain opens the vault.".to_owned(),
        ("vault", "ok") => "Every page of the file is as it was written.".to_owned(),
        ("audit", "ok") => format!("Nobody changed what was recorded ({}).", counted(check.facts["entries"].as_u64().unwrap_or_default(), "entry", "entries")),
        ("audit", _) if check.facts["seq"].is_null() => "The audit log cannot be read. Keep this file and restore the newest backup beside it.".to_owned(),
        ("audit", _) => format!("The audit log does not hold from entry {} on ({}). Keep this file and restore the newest backup beside it.", check.facts["seq"], check.code),
        ("anchor", "ok") => "The newest change is in the vault: it was not put back to an older state.".to_owned(),
        ("backups", "ok") => format!("The last backup was made {}.", day_and_time(check.facts["last"].as_str().unwrap_or_default())),
        ("backups", "backup_old") => format!("The last backup was made {}, and things changed since. Make one: `akkoord-cli backup create`.", day_and_time(check.facts["last"].as_str().unwrap_or_default())),
        ("backups", "no_backups_yet") => "There is no backup yet. Make one: `akkoord-cli backup create`, best with --to on another disk.".to_owned(),
        ("clock", "ok") => "The clock is right as far as can be told.".to_owned(),
        ("clock", _) => format!("The clock stands earlier than the last entry ({}). Set it right: deadlines hang on it.", check.facts["last"].as_str().unwrap_or_default()),
        _ => match Code::parse(&check.code) {
            Some(code) => {
                let mut problem = Problem::new(code);
                if let Some(facts) = check.facts.as_object() {
                    problem.facts = facts.clone();
                }
                let words = problems::words(&problem);
                format!("{} {}", words.message, words.hint)
            }
            None => check.code.clone(),
        },
    }
}
