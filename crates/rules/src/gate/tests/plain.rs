//! The words of the truth table as a lawyer reads them.

use super::decide;
use crate::gate::{Decision, Instead, Reminder};
use crate::person::Channel;

/// One case as a line of a Markdown table.
pub(super) fn row(line: &str) -> String {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    let [name, said, how, besides, ..] = columns[..] else { panic!("six columns: {line}") };
    format!(
        "| {} | {} | {} | {} | {} |\n",
        purpose(name),
        standing(said),
        target(how),
        listed(besides.split_whitespace().map(besides_word)),
        answer(&decide(name, said, how, besides)),
    )
}

/// The columns of what the gate answers.
pub(super) fn answer(decision: &Decision) -> String {
    let ways = decision.instead.iter().map(|one| match one {
        Instead::Channel(channel) => way(*channel).to_owned(),
        Instead::AskAgain => "ask for consent".to_owned(),
        Instead::Nothing => "nothing".to_owned(),
    });
    let remind = match decision.remind {
        Some(Reminder::CallRegister) => ", after looking in the do-not-call register",
        None => "",
    };
    format!(
        "**{}**{remind} | {} | {}",
        if decision.allowed { "yes" } else { "no" },
        decision.reason().as_str().replace('_', " "),
        listed(ways),
    )
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

pub(super) fn purpose(name: &str) -> &str {
    match name {
        "rights" => "answering a request",
        "inform" => "informing",
        "ask" => "asking for consent",
        "ask_offer" => "asking for consent to marketing",
        "nonsense" => "no such purpose",
        own => own,
    }
}

const fn way(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Phone => "phone",
        Channel::Sms => "text message",
        Channel::Post => "post",
        Channel::Messaging => "messages",
        Channel::InPerson => "in person",
    }
}

pub(super) fn target(how: &str) -> String {
    match how.split_once(':') {
        Some((_, field)) => match field.strip_suffix("-unasked") {
            Some(sensitivity) => {
                format!("to the mailer, a field of {sensitivity} sensitivity that it does not receive")
            }
            None => format!("to the mailer, a field of {field} sensitivity"),
        },
        None if how == "mailer" => "to the mailer".to_owned(),
        None => Channel::parse(how).map_or_else(|| how.to_owned(), |channel| way(channel).to_owned()),
    }
}

/// What somebody answered, in the past tense.
fn standing(said: &str) -> String {
    let mut words = Vec::new();
    let all: Vec<&str> = said.split_whitespace().collect();
    for word in &all {
        words.push(match *word {
            "not_asked" => "was not asked".to_owned(),
            "asked" if all.contains(&"after") => "was asked again".to_owned(),
            "asked" => "was asked and did not answer".to_owned(),
            "awaiting_confirmation" => "said yes and has to confirm it".to_owned(),
            "given" => "said yes".to_owned(),
            "refused" => "said no".to_owned(),
            "withdrawn" => "took the yes back".to_owned(),
            "expired" if all.contains(&"wording") => "said yes, before the wording changed".to_owned(),
            "expired" if all.contains(&"unconfirmed") => "said yes and never confirmed it".to_owned(),
            "expired" => "said yes, and that time is over".to_owned(),
            "wording" if all.contains(&"after") => "after the wording changed".to_owned(),
            "after" | "wording" | "unconfirmed" => continue,
            "none" => "for no way".to_owned(),
            "guardian" => "with a parent or guardian".to_owned(),
            "expressly" => "expressly".to_owned(),
            "share" => "also to sharing".to_owned(),
            other => match other.strip_prefix("prefer=") {
                Some(channel) => format!("prefers {}", target(channel)),
                None => format!("for {}", listed(other.split('+').map(target))),
            },
        });
    }
    words.join(", ")
}

fn besides_word(word: &str) -> String {
    match word {
        "restricted" => "on lock",
        "objects_marketing" => "objects to marketing",
        "objects_purpose" => "objects to this purpose",
        "no_label" => "without the label",
        "no_email" => "no e-mail address",
        "no_phone" => "no phone number",
        "no_post" => "no postal address",
        "others_email" => "e-mail address from somebody else",
        "others_phone" => "phone number from somebody else",
        "others_post" => "postal address from somebody else",
        "minor" => "a child",
        "erased" => "erased",
        "unknown" => "unknown",
        "calls=consent" => "country wants a yes before marketing calls",
        "calls=register" => "country keeps a do-not-call register",
        "calls=opt_out" => "country lets people object to calls",
        "contract_excepted" => "a running contract excepted",
        "customers_excepted" => "own customers excepted",
        other => panic!("the table has a word that nobody put plainly: {other}"),
    }
    .to_owned()
}
