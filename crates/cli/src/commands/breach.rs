//! `akkoord-cli breach …`

use akkoord_office::clock;
use akkoord_office::problem::Result;
use akkoord_office::registers::{self, BreachShown, Duty, NewBreach, NewTold};
use akkoord_office::vault::Vault;
use akkoord_rules::breach::{Risk, Told};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use uuid::Uuid;

use super::deadline::reasons;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{day_and_time, labelled, plain, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Note a breach. The authority must hear of it within 72 hours of becoming aware, unless a risk is unlikely.
    #[command(
        after_help = "Example:\n  akkoord-cli breach open --aware 2026-03-27T10:00 --nature \"Laptop gestolen\" --people 120 --encrypted --risk some"
    )]
    Open(Open),
    /// The register of breaches: the open ones first, by what is due soonest.
    #[command(after_help = "Example:\n  akkoord-cli breach list --json")]
    List,
    /// Show a breach, with the text for the authority.
    #[command(after_help = "Example:\n  akkoord-cli breach show 0198f0c2-0000-7000-8000-000000000000")]
    Show {
        /// Its id.
        id: Uuid,
    },
    /// Note that the authority or the persons were told, or why they were not.
    #[command(
        after_help = "Examples:\n  akkoord-cli breach answer 0198f0c2-0000-7000-8000-000000000000 --to authority --on 2026-03-28T09:30\n  akkoord-cli breach answer 0198f0c2-0000-7000-8000-000000000000 --to persons --not --reason \"Alles was versleuteld\""
    )]
    Answer {
        /// Its id.
        id: Uuid,
        /// Who.
        #[arg(long)]
        to: Whom,
        /// They were not told; the reason says why.
        #[arg(long)]
        not: bool,
        /// When, now if left out: an instant, without an offset in the business's zone, or a day.
        #[arg(long, value_name = "INSTANT|DATE")]
        on: Option<String>,
        /// Why not, or why the authority was told only after 72 hours.
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// When you became aware of it: an instant, without an offset in the business's zone, or a day, whose beginning counts.
    #[arg(long, value_name = "INSTANT|DATE")]
    aware: String,
    /// What happened.
    #[arg(long, value_name = "TEXT")]
    nature: String,
    /// Which kinds of data.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    data: String,
    /// About how many people were affected.
    #[arg(long, value_name = "N")]
    people: Option<u32>,
    /// About how many records.
    #[arg(long, value_name = "N")]
    records: Option<u32>,
    /// A contact who was affected, by id or e-mail address; may repeat.
    #[arg(long, value_name = "CONTACT")]
    affected: Vec<String>,
    /// Nobody could read the data: it was encrypted.
    #[arg(long)]
    encrypted: bool,
    /// How likely it is that the people come to harm.
    #[arg(long)]
    risk: HowLikely,
    /// What may come of it.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    consequences: String,
    /// What was done about it, or will be.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    measures: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum HowLikely {
    Unlikely,
    Some,
    High,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Whom {
    Authority,
    Persons,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Open(open) => run_open(&mut door.write()?, open),
        Command::List => {
            let vault = door.read()?;
            let all = registers::breaches(&vault, clock::now())?;
            let rows: Vec<Vec<String>> = all.iter().map(row).collect();
            let text = match rows.is_empty() {
                true => "No breach is in the register.".to_owned(),
                false => table(&["Aware", "Authority before", "State", "What", "Id"], &rows),
            };
            Ok(Outcome::new(json!({ "breaches": all }), text))
        }
        Command::Show { id } => {
            let shown = registers::breach_show(&door.read()?, id, clock::now())?;
            let text = format!("{}\n{}", page(&shown), shown.text);
            Ok(Outcome::new(shown, text))
        }
        Command::Answer { id, to, not, on, reason } => {
            let whom = match to {
                Whom::Authority => Told::Authority,
                Whom::Persons => Told::Persons,
            };
            let new = NewTold { whom, told: !not, on, reason };
            let shown = registers::breach_answer(&mut door.write()?, id, &new, clock::now())?.output;
            let text = page(&shown);
            Ok(Outcome::new(shown, text))
        }
    }
}

fn run_open(vault: &mut Vault, open: Open) -> Result<Outcome> {
    let risk = match open.risk {
        HowLikely::Unlikely => Risk::Unlikely,
        HowLikely::Some => Risk::Some,
        HowLikely::High => Risk::High,
    };
    let new = NewBreach {
        aware: open.aware,
        nature: open.nature,
        data: open.data,
        people: open.people,
        records: open.records,
        affected: open.affected,
        encrypted: open.encrypted,
        risk,
        consequences: open.consequences,
        measures: open.measures,
    };
    let shown = registers::breach_open(vault, &new, clock::now())?.output;
    let text = format!("{}{}", page(&shown), reasons(&shown.deadline));
    Ok(Outcome::new(shown, text))
}

fn row(breach: &BreachShown) -> Vec<String> {
    vec![
        day_and_time(&breach.aware),
        day_and_time(&breach.due),
        breach.state.to_owned(),
        plain(&breach.nature),
        breach.breach.to_string(),
    ]
}

fn page(breach: &BreachShown) -> String {
    let line = |name: &str, value: String| (name.to_owned(), value);
    labelled(&[
        line("Breach", breach.breach.to_string()),
        line("What", plain(&breach.nature)),
        line("Aware", day_and_time(&breach.aware)),
        line("Authority", duty(&breach.authority, &format!("must be told before {}", day_and_time(&breach.due)))),
        line("Persons", duty(&breach.persons, "must be told without undue delay: the risk is high")),
    ])
}

fn duty(duty: &Duty, owed: &str) -> String {
    let on = duty.on.as_deref().map(day_and_time).unwrap_or_default();
    let reason = duty.reason.as_deref().map(|reason| format!(": {}", plain(reason))).unwrap_or_default();
    match (duty.told, duty.owed) {
        (Some(true), _) => format!("told {on}{reason}"),
        (Some(false), true) => format!("not told, though the law wants it{reason}"),
        (Some(false), false) => format!("not told{reason}"),
        (None, true) => owed.to_owned(),
        (None, false) => "need not be told; note why".to_owned(),
    }
}
