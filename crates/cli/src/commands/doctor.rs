//! `akkoord-cli doctor`

use akkoord_office::clock;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::doctor::{self, Check, State};
use clap::Args;
use serde_json::json;

use crate::open::Door;
use crate::output::Outcome;
use crate::problems;

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
    let text = checks.iter().map(line).collect::<String>();
    let told: Vec<_> = checks
        .iter()
        .map(|check| {
            json!({ "area": check.area, "state": check.state, "code": check.code,
        "facts": check.facts, "text": advice(check) })
        })
        .collect();
    Ok(Outcome::new(json!({ "ok": !faulty, "checks": told }), text).with_exit(u8::from(faulty)))
}

fn line(check: &Check) -> String {
    let mark = match check.state {
        State::Ok => "ok     ",
        State::Warning => "look   ",
        State::Fault => "wrong  ",
    };
    format!("{mark} {:<8} {}\n", check.area, advice(check))
}

fn advice(check: &Check) -> String {
    match (check.area, check.code.as_str()) {
        ("folder", "ok") => "The folder is on this computer's own disk.".to_owned(),
        ("folder", _) => "The folder is on a network drive or synchronised by another program. That damages vaults: move it to this computer's own disk.".to_owned(),
        ("slots", "ok") => "The key slots are whole.".to_owned(),
        ("slots", "slots_from_copy") => "The key slots were damaged; their copy serves. Set the passphrase anew, the same one will do: that writes both.".to_owned(),
        ("slots", "twin_missing") => "The copy of the key slots (keyslots.bak) is missing or damaged. Set the passphrase anew, the same one will do: that writes both.".to_owned(),
        ("key", "ok") => "The keychain opens the vault.".to_owned(),
        ("vault", "ok") => "Every page of the vault is as it was written.".to_owned(),
        ("audit", "ok") => format!("The audit log holds: {} entries.", check.facts["entries"]),
        ("audit", _) if check.facts["seq"].is_null() => "The audit log cannot be read. Keep this file and restore the newest backup beside it.".to_owned(),
        ("audit", _) => format!("The audit log does not hold from entry {} on ({}). Keep this file and restore the newest backup beside it.", check.facts["seq"], check.code),
        ("anchor", "ok") => "The newest entry that was noted outside the vault is in it.".to_owned(),
        ("backups", _) => "There is no backup yet: copy the folder to another disk while the vault is not in use.".to_owned(),
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
