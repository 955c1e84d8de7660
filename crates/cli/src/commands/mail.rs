//! `akkoord-cli mail …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::key::Passphrase;
use akkoord_office::mail::{self, MailShown, MailState, NewAccount, NewMail, Round, Security, Template};
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::vault::Vault;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use uuid::Uuid;

use crate::open::Door;
use crate::output::{Outcome, warn};
use crate::text::{counted, plain, short_when};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The business's own mail account.
    #[command(subcommand)]
    Account(Account),
    /// Write a mail to one person. It is sent at once with whatever else is due, or waits in the outbox where that cannot be.
    #[command(
        after_help = "Examples:\n  akkoord-cli mail send an@example.be --template ask --purpose newsletter\n  akkoord-cli mail send an@example.be --template message --purpose rights --subject \"Your request\" --text-file answer.txt --attach data.zip"
    )]
    Send(Box<Send>),
    /// What waits, and what is stuck and why.
    #[command(after_help = "Example:\n  akkoord-cli mail outbox --all")]
    Outbox {
        /// Those that were sent or put away too.
        #[arg(long)]
        all: bool,
    },
    /// Send what waits and is due.
    #[command(after_help = "Example:\n  akkoord-cli mail run")]
    Run {
        /// A file with the password on its first line; without it, the one in this computer's keychain.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Let a mail be tried again with the next round.
    #[command(after_help = "Example:\n  akkoord-cli mail again 01920000-0000-7000-8000-000000000000")]
    Again {
        /// The mail's id.
        mail: Uuid,
    },
    /// Say that a mail in doubt did arrive.
    #[command(after_help = "Example:\n  akkoord-cli mail arrived 01920000-0000-7000-8000-000000000000")]
    Arrived {
        /// The mail's id.
        mail: Uuid,
    },
    /// Put a mail away: it is not sent.
    #[command(after_help = "Example:\n  akkoord-cli mail put-away 01920000-0000-7000-8000-000000000000")]
    PutAway {
        /// The mail's id.
        mail: Uuid,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Set the account.
    #[command(
        after_help = "Example:\n  akkoord-cli mail account set --smtp mail.example.be --user an@example.be --password-file password"
    )]
    Set(Box<SetAccount>),
    /// Show the account, without its password.
    #[command(after_help = "Example:\n  akkoord-cli mail account show")]
    Show,
}

#[derive(Debug, Args)]
pub(crate) struct SetAccount {
    /// The server for outgoing mail, with its port where that is not 587.
    #[arg(long, value_name = "SERVER")]
    smtp: String,
    /// The server for incoming mail, with its port where that is not 993.
    #[arg(long, value_name = "SERVER", default_value = "")]
    imap: String,
    /// How the line is encrypted; without it, as the port says: 465 is encrypted throughout.
    #[arg(long)]
    security: Option<Line>,
    /// Who signs in.
    #[arg(long)]
    user: String,
    /// The address that mails come from, where that is not the user.
    #[arg(long, default_value = "")]
    from: String,
    /// A file with the password on its first line, to be kept in this computer's keychain.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Line {
    Starttls,
    Tls,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// A question for consent, with an answer to choose.
    Ask,
    /// That you hold their data, and where it came from.
    Inform,
    /// Your own words.
    Message,
}

#[derive(Debug, Args)]
pub(crate) struct Send {
    /// An id or e-mail address.
    contact: String,
    /// What the mail is.
    #[arg(long)]
    template: Kind,
    /// The purpose that it asks about or is for; `rights` is an answer to a request.
    #[arg(long, value_name = "KEY", required_if_eq_any([("template", "ask"), ("template", "message")]))]
    purpose: Option<String>,
    /// Its subject.
    #[arg(long, required_if_eq("template", "message"))]
    subject: Option<String>,
    /// A file with its text.
    #[arg(long, value_name = "FILE", required_if_eq("template", "message"))]
    text_file: Option<PathBuf>,
    /// Where the data came from, as the mail says it.
    #[arg(long, required_if_eq("template", "inform"))]
    from: Option<String>,
    /// A file that goes along; may repeat.
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// The request that it belongs to.
    #[arg(long, value_name = "ID")]
    request: Option<Uuid>,
    /// Show what would be sent; nothing is written.
    #[arg(long)]
    dry_run: bool,
    /// Only lay it into the outbox.
    #[arg(long)]
    later: bool,
    /// A file with the password on its first line; without it, the one in this computer's keychain.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

pub(crate) fn run(command: Command, door: &Door) -> Result<Outcome> {
    match command {
        Command::Account(Account::Set(set)) => account_set(&set, door),
        Command::Account(Account::Show) => account(door),
        Command::Send(send) => self::send(*send, door),
        Command::Outbox { all } => outbox(&door.read()?, all),
        Command::Run { password_file } => {
            let password = password_file.as_deref().map(Passphrase::from_file).transpose()?;
            let round = mail::run(&mut door.write()?, password.as_ref(), clock::now())?.output;
            let text = in_words(&round);
            Ok(Outcome::new(round, text))
        }
        Command::Again { mail } => {
            let mut vault = door.write()?;
            mail::again(&mut vault, mail, clock::now())?;
            one(&vault, mail, "It goes with the next round: `akkoord-cli mail run`.")
        }
        Command::Arrived { mail } => {
            let mut vault = door.write()?;
            mail::arrived(&mut vault, mail, clock::now())?;
            one(&vault, mail, "Recorded: it arrived.")
        }
        Command::PutAway { mail } => {
            let mut vault = door.write()?;
            mail::put_away(&mut vault, mail, clock::now())?;
            one(&vault, mail, "Put away: it is not sent.")
        }
    }
}

fn account_set(set: &SetAccount, door: &Door) -> Result<Outcome> {
    let password = set.password_file.as_deref().map(Passphrase::from_file).transpose()?;
    let new = NewAccount {
        smtp: set.smtp.clone(),
        imap: set.imap.clone(),
        security: set.security.map(|line| match line {
            Line::Starttls => Security::Starttls,
            Line::Tls => Security::Tls,
        }),
        user: set.user.clone(),
        address: set.from.clone(),
    };
    let account = mail::account_set(&mut door.write()?, &new, password.as_ref(), clock::now())?.output;
    let text = format!("Mails go out through {}:{} as {}.", account.smtp_host, account.smtp_port, account.address);
    Ok(Outcome::new(account, text))
}

fn account(door: &Door) -> Result<Outcome> {
    let account = mail::account(&door.read()?)?.ok_or_else(|| Problem::new(Code::NoMailAccount))?;
    let text = format!(
        "Mails go out through {}:{} ({}) as {}, signed in as {}.",
        account.smtp_host,
        account.smtp_port,
        account.security.as_str(),
        account.address,
        plain(&account.user)
    );
    Ok(Outcome::new(account, text))
}

fn send(send: Send, door: &Door) -> Result<Outcome> {
    let password = send.password_file.as_deref().map(Passphrase::from_file).transpose()?;
    let purpose = send.purpose.unwrap_or_default();
    let template = match send.template {
        Kind::Ask => Template::Ask { purpose },
        Kind::Inform => Template::Inform { from: send.from.unwrap_or_default() },
        Kind::Message => Template::Message {
            purpose,
            subject: send.subject.unwrap_or_default(),
            text: send.text_file.as_deref().map(super::text_of).transpose()?.unwrap_or_default(),
        },
    };
    let new = NewMail { template, attach: send.attach.into_iter().map(Into::into).collect(), request: send.request };
    if send.dry_run {
        let preview = mail::preview(&door.read()?, &send.contact, &new, clock::now())?;
        let text = format!("To {}: {}\n\n{}", plain(&preview.to), plain(&preview.subject), preview.text);
        return Ok(Outcome::new(preview, text));
    }
    let mut vault = door.write()?;
    let id = mail::write(&mut vault, &send.contact, &new, clock::now())?.output;
    if !send.later
        && let Err(problem) = mail::run(&mut vault, password.as_ref(), clock::now())
    {
        // It lies in the outbox: that it could not go yet is no failure of what was asked.
        warn(&problem, door.json());
    }
    let shown = mail::shown(&vault, id)?;
    // What waits is in good hands; what the server refused or may have lost is not done.
    let exit = if matches!(shown.state, MailState::Refused | MailState::Doubtful) { 1 } else { 0 };
    let text = stands(&shown);
    Ok(Outcome::new(shown, text).with_exit(exit))
}

fn one(vault: &Vault, id: Uuid, said: &str) -> Result<Outcome> {
    Ok(Outcome::new(mail::shown(vault, id)?, said))
}

fn outbox(vault: &Vault, all: bool) -> Result<Outcome> {
    let mails = mail::outbox(vault, all)?;
    let told: Vec<String> = mails.iter().map(|mail| in_lines(mail, vault)).collect();
    let text = if told.is_empty() { "Nothing waits.".to_owned() } else { told.join("\n\n") };
    Ok(Outcome::new(json!({ "mails": mails }), text))
}

/// A mail as a list shows it; its id stands alone, to be copied.
fn in_lines(mail: &MailShown, vault: &Vault) -> String {
    let why = if mail.answer.is_empty() { mail.code.replace('_', " ") } else { plain(&mail.answer) };
    let next = mail.next.map(|at| format!("until {}", short_when(&at.to_rfc3339(), vault.business())));
    let stands = [Some(stands(mail).to_owned()), next, (!why.is_empty()).then_some(why)];
    let stands = stands.into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{}: {}\n  {stands}\n  {}", plain(&mail.to), plain(&mail.subject), mail.mail)
}

/// Where a mail stands, in words.
fn stands(mail: &MailShown) -> &'static str {
    match mail.state {
        MailState::Waiting => "Waits",
        MailState::HandingOver => "On the line",
        MailState::Doubtful => "Perhaps sent: ask, or look in your mailbox",
        MailState::Sent => "Sent",
        MailState::Refused => "Not taken by the server",
        MailState::Stopped => "May not go any more",
        MailState::PutAway => "Put away",
    }
}

fn in_words(round: &Round) -> String {
    let told = [
        (&round.sent, "sent"),
        (&round.later, "tried again later"),
        (&round.refused, "not taken by the server"),
        (&round.stopped, "may not go any more"),
        (&round.doubtful, "perhaps sent: see `akkoord-cli mail outbox`"),
    ];
    let lines: Vec<String> = told
        .iter()
        .filter(|(mails, _)| !mails.is_empty())
        .map(|(mails, what)| format!("{}: {what}", counted(mails.len() as u64, "mail", "mails")))
        .collect();
    if lines.is_empty() { "Nothing was due.".to_owned() } else { lines.join("\n") }
}
