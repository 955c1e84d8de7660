//! `akkoord-cli vault business …`

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::settings::{self, Reach};
use akkoord_office::vault::Vault;
use clap::Subcommand;
use serde_json::json;

use crate::open::Door;
use crate::output::Outcome;
use crate::text::labelled;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show its name and how it is reached.
    #[command(after_help = "Example:\n  akkoord-cli vault business show")]
    Show,
    /// Set how it is reached: it stands at the top of letters, and the law wants people to be told (Art. 13, 14).
    #[command(
        after_help = "Example:\n  akkoord-cli vault business set --street \"Kerkstraat 1\" --postal-code 9000 --city Gent --email info@jans.example --phone \"09 123 45 67\""
    )]
    Set {
        /// Its name.
        #[arg(long)]
        name: Option<String>,
        /// Street and number.
        #[arg(long)]
        street: Option<String>,
        /// Postcode.
        #[arg(long)]
        postal_code: Option<String>,
        /// Town; letters are dated there.
        #[arg(long)]
        city: Option<String>,
        /// E-mail address.
        #[arg(long)]
        email: Option<String>,
        /// Phone number.
        #[arg(long)]
        phone: Option<String>,
        /// The data protection officer and how they are reached, if there is one.
        #[arg(long)]
        officer: Option<String>,
    },
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    let Command::Set { name, street, postal_code, city, email, phone, officer } = command else {
        return show(&door.read()?);
    };
    let mut vault = door.write()?;
    if let Some(name) = name {
        let language = vault.business().language.clone();
        settings::business_set(&mut vault, &name, &language, clock::now())?;
    }
    let was = settings::reach(&vault)?;
    let reach = Reach {
        street: street.unwrap_or_else(|| was.street.clone()),
        postal_code: postal_code.unwrap_or_else(|| was.postal_code.clone()),
        city: city.unwrap_or_else(|| was.city.clone()),
        email: email.unwrap_or_else(|| was.email.clone()),
        phone: phone.unwrap_or_else(|| was.phone.clone()),
        officer: officer.unwrap_or_else(|| was.officer.clone()),
    };
    if reach != was {
        settings::reach_set(&mut vault, &reach, clock::now())?;
    }
    show(&vault)
}

fn show(vault: &Vault) -> Result<Outcome> {
    let (business, reach) = (vault.business(), settings::reach(vault)?);
    let lines = [
        ("Name", &business.name),
        ("Country", &business.country),
        ("Language", &business.language),
        ("Street", &reach.street),
        ("Postcode", &reach.postal_code),
        ("Town", &reach.city),
        ("E-mail", &reach.email),
        ("Phone", &reach.phone),
        ("Officer", &reach.officer),
    ];
    let lines: Vec<(String, String)> = lines
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let shown = json!({
        "name": business.name, "country": business.country, "language": business.language, "street": reach.street,
        "postal_code": reach.postal_code, "city": reach.city, "email": reach.email, "phone": reach.phone,
        "officer": reach.officer,
    });
    Ok(Outcome::new(shown, labelled(&lines)))
}
