//! `akkoord-cli letter …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::mail;
use akkoord_office::papers::{self, Letter, Reply, Wanted};
use akkoord_office::problem::{Problem, Result};
use akkoord_office::requests::Step;
use akkoord_office::vault::Vault;
use akkoord_press::Typst;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::export::Right;
use crate::open::Door;
use crate::output::Outcome;
use crate::text::{plain, table};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show every letter, its languages, and which texts are your own.
    #[command(after_help = "Example:\n  akkoord-cli letter list")]
    List,
    /// Show the text of a letter and the places that it may have.
    #[command(after_help = "Example:\n  akkoord-cli letter show refusal --language nl")]
    Show {
        /// Which letter: `letter list` names them.
        letter: String,
        /// Its language.
        #[arg(long, value_parser = ["nl", "fr", "de", "en"])]
        language: String,
    },
    /// Put your own text in the place of a letter's.
    #[command(after_help = "Example:\n  akkoord-cli letter set refusal --language nl --text-file refusal.txt")]
    Set {
        /// Which letter: `letter list` names them.
        letter: String,
        /// Its language.
        #[arg(long, value_parser = ["nl", "fr", "de", "en"])]
        language: String,
        /// A file with the text, in UTF-8.
        #[arg(long, value_name = "FILE", required_unless_present = "default")]
        text_file: Option<PathBuf>,
        /// Put the text back that came with Akkoord.
        #[arg(long, conflicts_with = "text_file")]
        default: bool,
    },
    /// Show a letter to a real person as it would be made. Nothing is written.
    #[command(after_help = "Example:\n  akkoord-cli letter preview access an@example.be")]
    Preview(About),
    /// Make a letter as PDF.
    #[command(
        after_help = "Examples:\n  akkoord-cli letter make refusal --request 0198… --set reason=\"The invoices must be kept\" --to refusal.pdf --keep\n  akkoord-cli letter make answer --request 0198… --to answer.pdf --answers\n  akkoord-cli letter make consent an@example.be --purpose newsletter --to an.pdf"
    )]
    Make {
        #[command(flatten)]
        about: About,
        /// The PDF to write; one that is there already is replaced.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Keep a copy with the request.
        #[arg(long, requires = "request")]
        keep: bool,
        /// It answers the request, which is closed with it; a copy stays there.
        #[arg(long, requires = "request", conflicts_with = "purpose")]
        answers: bool,
    },
    /// Lay a letter about a request into the outbox, to go by mail. The mail says nothing of what is in it.
    #[command(
        after_help = "Example:\n  akkoord-cli letter send answer --request 0198… --with portability --lock-file password.txt --answers"
    )]
    Send {
        #[command(flatten)]
        about: About,
        /// The files of a right that go along, in one ZIP.
        #[arg(long, value_name = "RIGHT")]
        with: Option<Right>,
        /// A file with the password of that ZIP on its first line; give it by another way than the mail.
        #[arg(long, value_name = "FILE", requires = "with")]
        lock_file: Option<PathBuf>,
        /// It answers the request, which is closed once a server has the mail.
        #[arg(long)]
        answers: bool,
    },
    /// Say whose paper a code stands on, and what it asked.
    #[command(after_help = "Example:\n  akkoord-cli letter find AKKOORD:1:4JH7…")]
    Find {
        /// The code, as a scan gives it.
        code: String,
    },
}

/// Which letter, to whom, about what.
#[derive(Debug, Args)]
pub(crate) struct About {
    /// Which letter: `letter list` names them.
    letter: String,
    /// The contact's id or e-mail address; whoever made the request, where one is named.
    #[arg(required_unless_present = "request")]
    contact: Option<String>,
    /// The request that it is about.
    #[arg(long, value_name = "ID")]
    request: Option<Uuid>,
    /// The purpose that it asks about.
    #[arg(long, value_name = "KEY")]
    purpose: Option<String>,
    /// What fills a place of the text: PLACE=WORDS.
    #[arg(long, value_name = "PLACE=WORDS")]
    set: Vec<String>,
}

impl About {
    fn wanted(&self) -> Result<Wanted> {
        let said = self.set.iter().map(|pair| {
            let (place, words) = pair.split_once('=').ok_or_else(|| Problem::invalid(pair, "no_change"))?;
            Ok((place.trim().to_owned(), words.to_owned()))
        });
        Ok(Wanted {
            contact: self.contact.clone(),
            request: self.request,
            purpose: self.purpose.clone(),
            said: said.collect::<Result<_>>()?,
            ..Wanted::default()
        })
    }

    /// The letter as one about a request, which it may answer.
    fn reply(&self, answers: bool) -> Result<Reply> {
        let Wanted { request, said, .. } = self.wanted()?;
        let request = request.ok_or_else(|| Problem::invalid("request", "rights_of_whom"))?;
        let step = answers.then(|| Step::Answered { on: None, attach: Vec::new() });
        Ok(Reply { request, letter: Letter::named(&self.letter)?, step, said })
    }
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::List => list(&door.read()?),
        Command::Show { letter, language } => show(&door.read()?, Letter::named(&letter)?, &language),
        Command::Set { letter, language, text_file, default: _ } => {
            let letter = Letter::named(&letter)?;
            let text = text_file.as_deref().map(super::text_of).transpose()?;
            papers::letter_set(&mut door.write()?, letter, &language, text.as_deref(), clock::now())?;
            Ok(Outcome::new(
                json!({ "letter": letter.as_str(), "language": language, "own": text.is_some() }),
                "Saved.",
            ))
        }
        Command::Preview(about) => {
            let shown = papers::preview(&door.read()?, Letter::named(&about.letter)?, &about.wanted()?, clock::now())?;
            let text = shown.text.lines().map(|line| format!("{}\n", plain(line))).collect::<String>();
            Ok(Outcome::new(shown, text))
        }
        Command::Make { about, to, keep, answers } => {
            let mut vault = door.write()?;
            let made = if answers {
                papers::reply_save(&mut vault, &about.reply(answers)?, &Typst, &to, None, clock::now())?
            } else {
                let (letter, wanted) = (Letter::named(&about.letter)?, about.wanted()?);
                papers::make(&mut vault, letter, &wanted, &Typst, (&to, keep), clock::now())?
            };
            let made = made.output;
            let kept = if made.attachments.is_empty() { "" } else { " A copy is with the request." };
            let closed = if answers { " The request is answered." } else { "" };
            let text = format!("Written to {}.{kept}{closed}\n", plain(&to.display().to_string()));
            Ok(Outcome::new(made, text))
        }
        Command::Send { about, with, lock_file, answers } => {
            let lock = lock_file.as_deref().map(Passphrase::from_file).transpose()?;
            send(door, &about, with, lock.as_ref(), answers)
        }
        Command::Find { code } => {
            let told = papers::told_by(&door.read()?, &code)?;
            let about = told.purpose.as_deref().map(|key| format!(", about {}", plain(key))).unwrap_or_default();
            let used = if told.used { " It was answered already." } else { "" };
            let text = format!("A letter ({}) to {}{about}.{used}\n", told.letter, told.contact);
            Ok(Outcome::new(told, text))
        }
    }
}

fn send(door: &Door, about: &About, with: Option<Right>, lock: Option<&Passphrase>, answers: bool) -> Result<Outcome> {
    let reply = about.reply(answers)?;
    let mut vault = door.write()?;
    let mail = papers::reply_send(&mut vault, &reply, with.map(Into::into), &Typst, lock, clock::now())?.output;
    let text = "It is in the outbox: `akkoord-cli mail run` sends it.\n";
    Ok(Outcome::new(mail::shown(&vault, mail)?, text))
}

fn list(vault: &Vault) -> Result<Outcome> {
    let letters = papers::letters(vault)?;
    let rows: Vec<Vec<String>> = letters
        .iter()
        .map(|one| {
            let own = one.languages.iter().filter(|language| language.own).map(|language| language.language);
            let languages: Vec<&str> = one.languages.iter().map(|language| language.language).collect();
            vec![one.letter.to_owned(), languages.join(", "), own.collect::<Vec<_>>().join(", ")]
        })
        .collect();
    Ok(Outcome::new(json!({ "letters": letters }), table(&["Letter", "Languages", "Your own text"], &rows)))
}

fn show(vault: &Vault, letter: Letter, language: &str) -> Result<Outcome> {
    let shown = papers::letter(vault, letter, language)?;
    let text: String = shown.text.lines().map(|line| format!("{}\n", plain(line))).collect();
    let place = |place: &papers::PlaceShown| {
        let alone = if place.alone { ", alone on its line" } else { "" };
        let needed = if place.needed { ", needed" } else { "" };
        format!("  {{{{{}}}}}{alone}{needed}\n", place.name)
    };
    let places: String = shown.places.iter().map(place).collect();
    let whose = if shown.own { "Your own text." } else { "The text that came with Akkoord." };
    let text = format!("{text}\n{whose} Its places:\n{places}");
    Ok(Outcome::new(shown, text))
}
