//! `akkoord-cli blocked …`

use akkoord_office::clock;
use akkoord_office::erasure::{self, BlockedEntry};
use akkoord_office::problem::Result;
use akkoord_office::vault::Business;
use akkoord_rules::block::Kind;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::{counted, short_when, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Whose data must not come in again: keyed hashes, from which nobody can be read.
    #[command(after_help = "Example:\n  akkoord-cli blocked list")]
    List,
    /// Is this address or number on the list? Exit 3 when it is.
    #[command(after_help = "Example:\n  akkoord-cli blocked check --email an@example.be")]
    Check(Address),
    /// Let an address or number come in again: the person came back by their own wish.
    #[command(
        after_help = "Example:\n  akkoord-cli blocked allow --email an@example.be --reason \"Asked for the newsletter at the counter\""
    )]
    Allow {
        #[command(flatten)]
        address: Address,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Address {
    /// An e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// A phone number, in any notation.
    #[arg(long)]
    phone: Option<String>,
}

pub(crate) fn run(command: &Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List => {
            let vault = door.read()?;
            let list = erasure::blocked(&vault)?;
            let text = match list.total {
                0 => "The blocked list is empty: nobody was erased.".to_owned(),
                total => format!(
                    "{}{}, as hashes from which nobody can be read.\n",
                    entries(&list.blocked, vault.business()),
                    counted(total, "entry", "entries")
                ),
            };
            Ok(Outcome::new(list, text))
        }
        Command::Check(Address { email, phone }) => {
            let vault = door.read()?;
            let found = erasure::look_up(&vault, email.as_deref(), phone.as_deref())?;
            let (exit, text) = match found.is_empty() {
                true => (0, "Not on the blocked list.".to_owned()),
                false => (3, format!("On the blocked list.\n{}", entries(&found, vault.business()))),
            };
            Ok(Outcome::new(json!({ "blocked": !found.is_empty(), "entries": found }), text).with_exit(exit))
        }
        Command::Allow { address: Address { email, phone }, reason } => {
            let (email, phone) = (email.as_deref(), phone.as_deref());
            let done = erasure::allow(&mut door.write()?, email, phone, reason, clock::now())?.output;
            Ok(Outcome::new(done, "Taken off the blocked list: they may come in again."))
        }
    }
}

fn entries(all: &[BlockedEntry], business: &Business) -> String {
    let row = |one: &BlockedEntry| {
        let kind = match one.kind {
            Kind::Email => "E-mail address",
            Kind::Phone => "Phone number",
            Kind::NameBirthday => "Name and birthday (warns only)",
            Kind::NamePostcode => "Name and postcode (warns only)",
        };
        vec![kind.to_owned(), short_when(&one.since, business), one.erasure.to_string()]
    };
    table(&["What", "Since", "Id"], &all.iter().map(row).collect::<Vec<_>>())
}
