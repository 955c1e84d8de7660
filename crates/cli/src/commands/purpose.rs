//! `akkoord-cli purpose …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::problem::{Problem, Result};
use akkoord_office::purposes::{self, NewPurpose, PurposeChange, PurposeShown};
use akkoord_office::vault::Vault;
use akkoord_rules::consent::Basis;
use akkoord_rules::person::Channel;
use akkoord_rules::span::Span;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::names;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{date_in_words, plain, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Define why data is used.
    #[command(
        after_help = "Example:\n  akkoord-cli purpose add --key newsletter --title Nieuwsbrief --basis consent --marketing \
            --channels email,post --retention P24M --wording-file nieuwsbrief.nl.md --language nl"
    )]
    Add(Box<Add>),
    /// Give a version its text in one more language, or mend a text that nobody has seen.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  akkoord-cli purpose wording newsletter --language fr --wording-file lettre.fr.md"
    )]
    Wording {
        /// The purpose's key.
        key: String,
        /// The language of the text: nl, fr, de, en, …
        #[arg(long)]
        language: String,
        /// A file with the text, plain or Markdown, in UTF-8.
        #[arg(long, value_name = "FILE")]
        wording_file: PathBuf,
        /// The version; the newest unless given.
        #[arg(long, value_name = "N")]
        version: Option<u32>,
    },
    /// Start a new version of the text, from today on.
    #[command(
        after_help = "Example:\n  akkoord-cli purpose revise newsletter --language nl --wording-file nieuw.nl.md --material"
    )]
    Revise {
        /// The purpose's key.
        key: String,
        /// A file with the text, plain or Markdown, in UTF-8.
        #[arg(long, value_name = "FILE")]
        wording_file: PathBuf,
        /// The language of the text.
        #[arg(long)]
        language: String,
        /// People who agreed to an older version have to be asked again.
        #[arg(long)]
        material: bool,
    },
    /// Change a purpose: what it is called, its channels, how long it lasts, whom it applies to.
    #[command(
        after_help = "Example:\n  akkoord-cli purpose set newsletter --title \"Nieuwsbrief per post\" --channels post"
    )]
    Set(Box<Set>),
    /// Share a purpose's data with a connection.
    #[command(after_help = "Example:\n  akkoord-cli purpose share newsletter mailer")]
    Share {
        /// The purpose's key.
        key: String,
        /// The connection's key.
        connection: String,
    },
    /// List all purposes.
    #[command(after_help = "Example:\n  akkoord-cli purpose list")]
    List,
    /// One purpose with every text that people saw.
    #[command(after_help = "Example:\n  akkoord-cli purpose show newsletter")]
    Show {
        /// The purpose's key.
        key: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Its name for programs: small letters, digits, _ and -.
    #[arg(long)]
    key: String,
    /// Its name for people.
    #[arg(long)]
    title: String,
    /// The lawful basis (GDPR Art. 6).
    #[arg(long, value_parser = codes(Basis::ALL.iter().map(|basis| basis.as_str())))]
    basis: String,
    /// A file with the text that people agree to, plain or Markdown, in UTF-8.
    #[arg(long, value_name = "FILE", requires = "language")]
    wording_file: Option<PathBuf>,
    /// The language of that text.
    #[arg(long, requires = "wording_file")]
    language: Option<String>,
    /// The channels it may use, parted by commas; all six unless given.
    #[arg(long, value_delimiter = ',', value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    channels: Vec<String>,
    /// How long data is kept for it (P24M, P7Y); where the basis is consent, how long a yes lasts.
    #[arg(long, value_name = "SPAN")]
    retention: Option<Span>,
    /// It is direct marketing: an objection stops it at once.
    #[arg(long)]
    marketing: bool,
    /// On another basis than consent: the label of those it applies to; everybody unless given.
    #[arg(long)]
    label: Option<String>,
    /// A connection that its data may be shared with; may repeat.
    #[arg(long, value_name = "CONNECTION")]
    share: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The purpose's key.
    key: String,
    /// Its name for people.
    #[arg(long)]
    title: Option<String>,
    /// Its name above a column, of at most 11 letters; an empty one follows from the title.
    #[arg(long)]
    short: Option<String>,
    /// The channels it may use, parted by commas. A channel that is added counts for answers from then on.
    #[arg(long, value_delimiter = ',', value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    channels: Option<Vec<String>>,
    /// How long data is kept for it, or a yes lasts (P24M, P7Y); only shorter once somebody said yes.
    #[arg(long, value_name = "SPAN")]
    retention: Option<Span>,
    /// On another basis than consent: the label of those it applies to.
    #[arg(long, conflicts_with = "everybody")]
    label: Option<String>,
    /// On another basis than consent: it applies to everybody.
    #[arg(long)]
    everybody: bool,
    /// Marketing on legitimate interests: whether messages go to existing customers about similar products without a yes (BE, NL).
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    soft_opt_in: Option<String>,
    /// Whether it is about special categories of data, so that only an express yes counts.
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    special: Option<String>,
}

/// Accepts stable codes and lists them in the help.
pub(super) fn codes(codes: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(codes.collect::<Vec<_>>())
}

/// A code that clap let through.
pub(super) fn coded<T>(field: &str, code: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
    parse(code).ok_or_else(|| Problem::invalid(field, "no_code"))
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Add(add) => {
            let new = new(&add)?;
            run_add(&mut door.write()?, &new)
        }
        Command::Wording { key, language, wording_file, version } => {
            let wording = purposes::read_wording(&wording_file, &language)?;
            let version =
                purposes::word(&mut door.write()?, &key, std::slice::from_ref(&wording), version, clock::now())?.output;
            let json = json!({ "purpose": key, "version": version, "language": wording.language });
            Ok(Outcome::new(
                json,
                format!("Version {version} of {key} has its text in {} now.", names::language(&wording.language)),
            ))
        }
        Command::Revise { key, wording_file, language, material } => {
            let wording = purposes::read_wording(&wording_file, &language)?;
            let version =
                purposes::revise(&mut door.write()?, &key, std::slice::from_ref(&wording), material, clock::now())?
                    .output;
            let json =
                json!({ "purpose": key, "version": version, "language": wording.language, "material": material });
            let then = match material {
                true => "Whoever agreed to an older version has to be asked again.",
                false => "Who agreed to an older version still agrees.",
            };
            Ok(Outcome::new(json, format!("Version {version} of {key} holds from today. {then}")))
        }
        Command::Set(set) => run_set(&mut door.write()?, &set),
        Command::Share { key, connection } => {
            purposes::share(&mut door.write()?, &key, &connection, clock::now())?;
            Ok(Outcome::new(
                json!({ "purpose": key, "connection": connection }),
                format!("Data for {key} may be shared with {connection} from now on."),
            ))
        }
        Command::List => list(&door.read()?),
        Command::Show { key } => show(&door.read()?, &key),
    }
}

fn new(add: &Add) -> Result<NewPurpose> {
    let wording = add.wording_file.as_deref().zip(add.language.as_deref());
    let channels = add.channels.iter().map(|code| coded("channels", code, Channel::parse));
    Ok(NewPurpose {
        key: add.key.clone(),
        title: add.title.clone(),
        basis: coded("basis", &add.basis, Basis::parse)?,
        wordings: wording
            .map(|(file, language)| purposes::read_wording(file, language))
            .into_iter()
            .collect::<Result<_>>()?,
        channels: channels.collect::<Result<_>>()?,
        retention: add.retention,
        marketing: add.marketing,
        label: add.label.clone(),
        share: add.share.clone(),
        soft_opt_in: None,
        special: false,
    })
}

fn run_add(vault: &mut Vault, new: &NewPurpose) -> Result<Outcome> {
    let added = purposes::add(vault, new, clock::now())?.output;
    let mut text = format!("Added the purpose {}.\n", added.purpose);
    for warning in &added.warnings {
        text.push_str(match warning {
            purposes::Warning::AppliesToEverybody => {
                "Mind: without consent and without a label it applies to everybody in the vault.\n"
            }
            purposes::Warning::NoWording => {
                "Nobody can agree yet: give it a text with `akkoord-cli purpose wording`.\n"
            }
            purposes::Warning::CountsAsSoftOptIn => {
                "Mind: messages go to existing customers about similar products, who could object when they gave their \
                 address and can in each message. Is that not so, then `akkoord-cli purpose set --soft-opt-in no`.\n"
            }
            purposes::Warning::MessagesNeedConsent => {
                "Mind: in this country marketing by e-mail or text message needs a yes, whatever else it rests on.\n"
            }
        });
    }
    Ok(Outcome::new(added, text))
}

fn run_set(vault: &mut Vault, set: &Set) -> Result<Outcome> {
    let channels = set.channels.as_ref().map(|codes| {
        let channels = codes.iter().map(|code| coded("channels", code, Channel::parse));
        channels.collect::<Result<_>>()
    });
    let change = PurposeChange {
        title: set.title.clone(),
        short: set.short.clone(),
        channels: channels.transpose()?,
        retention: set.retention.map(|span| span.to_string()),
        label: if set.everybody { Some(String::new()) } else { set.label.clone() },
        soft_opt_in: set.soft_opt_in.as_deref().map(|word| word == "yes"),
        special: set.special.as_deref().map(|word| word == "yes"),
    };
    let done = purposes::set(vault, &set.key, &change, clock::now())?.output;
    let mut text = "Saved.\n".to_owned();
    if done.warnings.contains(&purposes::Warning::AppliesToEverybody) {
        text.push_str("Mind: without consent and without a label it applies to everybody in the vault.\n");
    }
    Ok(Outcome::new(done, text))
}

fn list(vault: &Vault) -> Result<Outcome> {
    let purposes = purposes::list(vault)?;
    let rows: Vec<Vec<String>> = purposes
        .iter()
        .map(|purpose| {
            let languages: Vec<&str> = purpose.versions.last().map_or(Vec::new(), |version| {
                version.wordings.iter().map(|wording| wording.language.as_str()).collect()
            });
            let version = purpose.versions.last().map_or(String::new(), |version| version.version.to_string());
            vec![
                purpose.key.clone(),
                purpose.title.clone(),
                purpose.basis.as_str().replace('_', " "),
                version,
                languages.join(", "),
                if purpose.builtin { "by law".to_owned() } else { names::period(&purpose.retention) },
            ]
        })
        .collect();
    let text = table(&["Key", "Title", "Basis", "Version", "Languages", "Kept"], &rows);
    Ok(Outcome::new(json!({ "purposes": purposes }), text))
}

fn show(vault: &Vault, key: &str) -> Result<Outcome> {
    let purpose = purposes::show(vault, key)?;
    Ok(Outcome::new(&purpose, in_words(&purpose)))
}

fn in_words(purpose: &PurposeShown) -> String {
    let channels: Vec<&str> = purpose.channels.iter().map(|channel| names::channel(*channel)).collect();
    let mut text = format!("{} ({})\n", plain(&purpose.title), purpose.key);
    let mut line = |name: &str, value: &str| text.push_str(&format!("  {name:<10} {}\n", plain(value)));
    line("Basis", &purpose.basis.as_str().replace('_', " "));
    line("Channels", &channels.join(", "));
    if purpose.marketing {
        line("Marketing", "yes: an objection stops it at once");
    }
    if purpose.soft_opt_in {
        line("Messages", "to existing customers about similar products, without a yes");
    }
    if purpose.special {
        line("Special", "only an express yes counts");
    }
    if !purpose.label.is_empty() {
        line("Label", &purpose.label);
    }
    if !purpose.retention.is_empty() {
        line("Kept", &names::period(&purpose.retention));
    }
    for version in &purpose.versions {
        let material = if version.material { ", older answers ended" } else { "" };
        text.push_str(&format!("\nVersion {}, since {}{material}\n", version.version, date_in_words(version.since)));
        for wording in &version.wordings {
            text.push_str(&format!("[{}] SHA-256 {}\n", names::language(&wording.language), wording.sha256));
            wording.text.lines().for_each(|line| text.push_str(&format!("  {}\n", plain(line))));
        }
    }
    text
}
