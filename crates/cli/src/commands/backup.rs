//! `akkoord-cli backup …`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use akkoord_office::clock;
use akkoord_office::erasure::journal;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::Profile;
use akkoord_office::settings;
use akkoord_office::vault::backup::{self, Backup, Flaw, Made};
use clap::Subcommand;
use serde_json::json;

use crate::open::{Door, desk};
use crate::output::Outcome;
use crate::text::{counted, day_and_time, plain, size};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a backup: one encrypted file that opens with the passphrase and the recovery code of today. The vault may be in
    /// use meanwhile. In the vault's folder the last 7 days and 4 weeks are kept.
    #[command(
        after_help = "Examples:\n  akkoord-cli backup create\n  akkoord-cli backup create --to /media/usb/akkoord.zip"
    )]
    Create {
        /// The file to write instead of one in the vault's folder; one that is there is replaced with --yes only.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Look a backup over: its bytes, every page, the audit log, every proof. Exit 3 when something is wrong.
    #[command(after_help = "Example:\n  akkoord-cli backup verify akkoord-2026-03-05.zip --json")]
    Verify {
        /// The backup.
        file: PathBuf,
        /// A file with the recovery code of its day on the first line.
        #[arg(long, value_name = "FILE")]
        recovery_code_file: Option<PathBuf>,
    },
    /// Make a vault of a backup, in a folder that holds none. It opens with the passphrase or the recovery code of its day.
    #[command(
        after_help = "Example:\n  akkoord-cli backup restore akkoord-2026-03-05.zip --profile-to restored --recovery-code-file code.txt"
    )]
    Restore {
        /// The backup.
        file: PathBuf,
        /// The folder for the vault; made if need be.
        #[arg(long, value_name = "DIR")]
        profile_to: PathBuf,
        /// A file with the recovery code of its day on the first line.
        #[arg(long, value_name = "FILE")]
        recovery_code_file: Option<PathBuf>,
    },
    /// The backups in the vault's folder, the newest first.
    #[command(after_help = "Example:\n  akkoord-cli backup list")]
    List,
    /// Show or choose a second folder, on another disk, that backups go to as well.
    #[command(
        after_help = "Examples:\n  akkoord-cli backup folder /media/usb/backups\n  akkoord-cli backup folder --none"
    )]
    Folder {
        /// The folder, from the root on; made if need be.
        dir: Option<PathBuf>,
        /// No second folder any more.
        #[arg(long, conflicts_with = "dir")]
        none: bool,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Create { to } => create(door, to.as_deref()),
        Command::Verify { file, recovery_code_file } => verify(door, &file, recovery_code_file.as_deref()),
        Command::Restore { file, profile_to, recovery_code_file } => {
            restore(door, &file, &profile_to, recovery_code_file.as_deref())
        }
        Command::List => {
            let kept = backup::kept(&door.read()?);
            let line = |kept: &backup::Kept| {
                format!("{}  {:>9}  {}\n", day_and_time(&kept.made), size(kept.bytes), plain(&kept.file))
            };
            let lines: String = kept.iter().map(line).collect();
            let text =
                if lines.is_empty() { "There is no backup in the vault's folder yet.".to_owned() } else { lines };
            Ok(Outcome::new(json!({ "backups": kept }), text))
        }
        Command::Folder { dir, none } => folder(door, dir.as_deref(), none),
    }
}

fn create(door: &Door, to: Option<&Path>) -> Result<Outcome> {
    let vault = door.read()?;
    let now = clock::now();
    let made = match to {
        None => backup::create(&vault, &Arc::default(), now)?,
        Some(to) => match backup::create_at(&vault, to, door.yes, now) {
            Err(problem) if problem.code == Code::NotConfirmed => {
                let question = format!("Replace {}?", plain(&to.display().to_string()));
                match door.asked(&question)? {
                    Some(true) => backup::create_at(&vault, to, true, now)?,
                    Some(false) => return Err(Problem::new(Code::Cancelled)),
                    None => return Err(problem),
                }
            }
            made => made?,
        },
    };
    let text = told(&made);
    Ok(Outcome::new(made, text))
}

fn told(made: &Made) -> String {
    let file = plain(&made.file);
    let mut text = match made.skipped {
        true => format!("Nothing changed since the backup of {}: it serves.\n  {file}\n", day_and_time(&made.made)),
        false => format!("The backup is made and was looked over ({}).\n  {file}\n", size(made.bytes)),
    };
    match (&made.second, &made.second_problem) {
        (Some(second), _) => text.push_str(&format!("  {}\n", plain(second))),
        (None, Some(_)) => text.push_str(
            "The second folder could not be written: is its disk there? The backup in the vault's folder is whole.\n",
        ),
        (None, None) => {}
    }
    text.push_str("It opens with the passphrase and the recovery code of today, also after you change them.\n");
    text
}

fn verify(door: &Door, file: &Path, code: Option<&Path>) -> Result<Outcome> {
    let backup = match Backup::open(file) {
        Err(problem) if problem.code == Code::BackupDamaged => {
            let fault = problem.facts.get("fault").cloned().unwrap_or_default();
            let first_fault = json!({ "code": fault, "file": null, "seq": null });
            let json = json!({ "ok": false, "file": file.display().to_string(), "vault_id": null, "instance": null,
                "schema": null, "made": null, "entries": null, "head": null, "bytes": null, "first_fault": first_fault });
            let text = match fault == "no_backup" {
                true => "This file is no backup of Akkoord.\n",
                false => {
                    "This backup is not as it was made: it was cut short or changed. Nothing can be restored from it.\n"
                }
            };
            return Ok(Outcome::new(json, text).with_exit(3));
        }
        opened => opened?,
    };
    let flaw = backup.check(&door.key_of(backup.slots(), code)?, &Arc::default())?;
    let manifest = backup.manifest();
    let json = json!({ "ok": flaw.is_none(), "file": file.display().to_string(), "vault_id": manifest.vault,
        "instance": manifest.instance, "schema": manifest.schema, "made": manifest.made, "entries": manifest.entries,
        "head": manifest.head, "bytes": backup.bytes(), "first_fault": flaw });
    let text = match &flaw {
        None => format!(
            "The backup is whole: made {}, {} in its audit log.\nVault  {}\nHead   {}\n",
            day_and_time(&manifest.made),
            counted(manifest.entries, "entry", "entries"),
            manifest.vault,
            manifest.head
        ),
        Some(Flaw { code, seq, .. }) => {
            let place = seq.map(|seq| format!(" at entry {seq}")).unwrap_or_default();
            format!(
                "The vault in this backup does not hold what it should ({code}{place}). Keep it and look at an older one.\n"
            )
        }
    };
    let exit = if flaw.is_none() { 0 } else { 3 };
    Ok(Outcome::new(json, text).with_exit(exit))
}

fn restore(door: &Door, file: &Path, to: &Path, code: Option<&Path>) -> Result<Outcome> {
    let to = Profile::at(std::path::absolute(to).map_err(|error| Problem::new(Code::System).because(error))?);
    // Before anybody is asked for a passphrase.
    to.vacant()?;
    let backup = Backup::open(file)?;
    let key = door.key_of(backup.slots(), code)?;
    let journals = journal::journals_of(file, &door.profile);
    let restored = backup::restore(&backup, key, &to, &journals, desk(), clock::now())?;
    let mut text = format!(
        "The vault of {} stands in {}: {}.\nIt opens with the passphrase and the recovery code of that day. What was recorded after it is not in it.\n",
        day_and_time(&restored.made),
        plain(&restored.profile),
        counted(restored.contacts, "contact", "contacts"),
    );
    if restored.replayed.contacts > 0 {
        let people = counted(restored.replayed.contacts as u64, "contact", "contacts");
        text.push_str(&format!("Erased again, as they were erased since the backup: {people}.\n"));
    }
    if !journals.iter().any(|journal| journal.exists()) {
        text.push_str("Mind: no journal of erasures (erased.log) lies beside the backup. Whoever was erased since it was made stands in the vault again.\n");
    }
    if !restored.replayed.faults.is_empty() {
        text.push_str("Mind: the journal of erasures beside the backups has lines that cannot be trusted. Nothing was done by them.\n");
    }
    Ok(Outcome::new(restored, text))
}

fn folder(door: &Door, dir: Option<&Path>, none: bool) -> Result<Outcome> {
    let chosen = if none || dir.is_some() {
        let mut vault = door.write()?;
        settings::backup_folder_set(&mut vault, dir)?;
        settings::backup_folder(&vault)
    } else {
        settings::backup_folder(&door.read()?)
    };
    let shown = chosen.map(|dir| dir.display().to_string());
    let text = match &shown {
        Some(dir) => format!("Backups go to {} as well.", plain(dir)),
        None => "Backups stay in the vault's folder. Choose a second one on another disk.".to_owned(),
    };
    Ok(Outcome::new(json!({ "folder": shown }), text))
}
