//! `akkoord-cli dossier …`

use std::path::{Path, PathBuf};

use akkoord_office::clock;
use akkoord_office::papers::{self, DossierAnswer, Written};
use akkoord_office::problem::Result;
use akkoord_press::Typst;
use clap::Subcommand;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{capital, counted, day_and_time, plain, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Put the proof of what a person agreed to into one signed ZIP, for an authority: records, texts, proof files, audit log.
    #[command(after_help = "Example:\n  akkoord-cli dossier create an@example.be --to an.zip")]
    Create {
        /// Its id or e-mail address.
        contact: String,
        /// The ZIP to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Verify a dossier: every file, the signature, the audit log in it. Needs no vault. Exit 3 when something does not hold.
    #[command(after_help = "Example:\n  akkoord-cli dossier verify an.zip --json")]
    Verify {
        /// The dossier.
        file: PathBuf,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Create { contact, to } => create(door, &contact, &to),
        Command::Verify { file } => verify(&file),
    }
}

fn create(door: &Door, contact: &str, to: &Path) -> Result<Outcome> {
    let made = papers::dossier(&mut door.write()?, contact, &Typst, to, clock::now())?.output;
    let line = |file: &Written| format!("  {:<40} {:>9} bytes\n", file.name, file.bytes);
    let lines: String = made.files.iter().map(line).collect();
    let text = format!(
        "Written to {}. It is signed, and not encrypted: hand it over by a safe way.\n\n{lines}\nFingerprint  {}\n\
         Whoever gets it verifies it with `akkoord-cli dossier verify`, and compares the fingerprint with your Emergency Kit.\n",
        plain(&to.display().to_string()),
        made.fingerprint
    );
    Ok(Outcome::new(made, text))
}

fn verify(file: &Path) -> Result<Outcome> {
    let verdict = papers::verify_dossier(file)?;
    let mut text = match &verdict.first_fault {
        None => "The dossier holds: every file is as it was signed, and the audit log in it adds up.\n".to_owned(),
        Some(flaw) => {
            let place = flaw.file.as_deref().map(|file| format!(" in {}", plain(file)));
            let place = place.or_else(|| flaw.seq.map(|seq| format!(" at entry {seq}"))).unwrap_or_default();
            format!("The dossier does not hold: {}{place}. Do not rely on it.\n", flaw.code.replace('_', " "))
        }
    };
    if let (Some(business), Some(made), Some(print)) = (&verdict.business, &verdict.made, &verdict.fingerprint) {
        text.push_str(&format!(
            "\nFrom         {}\nMade         {}, {} in its audit log\nFingerprint  {print}\n",
            plain(business),
            day_and_time(made),
            counted(verdict.entries.unwrap_or_default(), "entry", "entries"),
        ));
    }
    if verdict.ok {
        text.push_str("Compare the fingerprint with the Emergency Kit or a letter of the business.\n\n");
        let row = |event: &DossierAnswer| {
            vec![
                day_and_time(&event.happened),
                day_and_time(&event.recorded),
                plain(&event.purpose),
                capital(&event.answer),
            ]
        };
        let rows: Vec<Vec<String>> = verdict.events.iter().map(row).collect();
        text.push_str(&table(&["Happened", "Recorded", "Purpose", "Answer"], &rows));
    }
    let exit = if verdict.ok { 0 } else { 3 };
    Ok(Outcome::new(verdict, text).with_exit(exit))
}
