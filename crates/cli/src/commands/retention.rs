//! `akkoord-cli retention …`

use akkoord_office::clock;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::retention::{self, Leaving};
use akkoord_rules::retention::Why;
use chrono::NaiveDate;
use clap::Subcommand;

use super::erase::warned;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, date_in_words, short_day, table};

/// How many people are named on a terminal.
const NAMED: usize = 50;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// People whose every reason to be kept has ended, and when it did.
    #[command(after_help = "Example:\n  akkoord-cli retention list --on 2027-01-01")]
    List {
        /// As of this day, today if left out.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// Destroy people who may go.
    #[command(after_help = "Example:\n  akkoord-cli retention destroy an@example.be --yes")]
    Destroy {
        /// Their ids or e-mail addresses.
        #[arg(required = true, value_name = "CONTACT")]
        contacts: Vec<String>,
    },
}

pub(crate) fn run(command: &Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List { on } => {
            let vault = door.read()?;
            let on = on.unwrap_or_else(|| vault.business().today(clock::now()));
            let found = retention::list(&vault, on, if door.json() { usize::MAX } else { NAMED })?;
            let row = |one: &Leaving| {
                vec![one.name.clone(), short_day(one.on), why(one.why).to_owned(), one.contact.to_string()]
            };
            let rows: Vec<Vec<String>> = found.contacts.iter().map(row).collect();
            let text = match found.total {
                0 => format!("Nobody may go on {}: of everybody something is still needed.", date_in_words(on)),
                total => format!(
                    "{}{}. To destroy some: akkoord-cli retention destroy CONTACT…\n",
                    table(&["Name", "Since", "Why", "Id"], &rows),
                    counted(total, "contact may go", "contacts may go")
                ),
            };
            Ok(Outcome::new(found, text))
        }
        Command::Destroy { contacts } => {
            let question = format!("Destroy {} for good?", counted(contacts.len(), "contact", "contacts"));
            if !door.confirm(&question)? {
                return Err(Problem::new(Code::Cancelled));
            }
            let done = retention::destroy(&mut door.write()?, contacts, clock::now())?.output;
            let went = counted(done.certificates.len(), "contact", "contacts");
            let text = format!("{went} destroyed.\n{}", warned(&done.warnings));
            Ok(Outcome::new(done, text))
        }
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Withdrawn => "took the yes back",
        Why::Expired => "the yes ended",
        Why::Refused => "said no",
        Why::Unconfirmed => "never confirmed",
        Why::Objected => "objected",
        Why::RetentionOver => "kept long enough",
    }
}
