//! The gate's answer as one English sentence, for the command line. The window has its own table per language.

use chrono::NaiveDate;

use super::{Decision, Instead, Reason, Reminder};
use crate::consent::Builtin;
use crate::person::Channel;

/// The names and dates that the sentence mentions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// The purpose's title, or what was asked for where there is none.
    pub purpose: &'a str,
    /// The channel in question.
    pub channel: Option<Channel>,
    /// Which of the law's own purposes it is.
    pub law: Option<Builtin>,
    /// The connection's title.
    pub connection: &'a str,
    /// The country's do-not-call register, where it has one.
    pub register: Option<&'a str>,
    /// The day since which the person stands as they do.
    pub since: Option<NaiveDate>,
    /// The first day on which the yes no longer holds, or held.
    pub expires: Option<NaiveDate>,
}

/// One sentence why, and what to keep in mind or, for a refusal, what would be allowed.
#[must_use]
pub fn sentence(decision: &Decision, told: &Told<'_>) -> String {
    let why = why(decision.reason(), told);
    if !decision.allowed {
        return format!("No: {why}. {}.", instead(&decision.instead));
    }
    match decision.remind {
        Some(Reminder::CallRegister) => {
            let register = told.register.unwrap_or("the do-not-call register");
            format!("Yes: {why}. Look the number up in {register} first.")
        }
        None => format!("Yes: {why}."),
    }
}

fn why(reason: Reason, told: &Told<'_>) -> String {
    let purpose = told.purpose;
    let since = told.since.map_or_else(String::new, |day| format!(" on {}", written(day)));
    match reason {
        Reason::AllowedConsent => {
            let until = told.expires.and_then(|day| day.pred_opt());
            let until = until.map_or_else(String::new, |day| format!(", up to and including {}", written(day)));
            format!("consent to “{purpose}” was given{since}{until}")
        }
        Reason::AllowedBasis => match told.law {
            Some(Builtin::Rights) => "the law asks for an answer to a person's own request".to_owned(),
            Some(Builtin::Inform) => "the law asks to tell people that their data is held".to_owned(),
            Some(Builtin::Ask) => "asking for consent is allowed".to_owned(),
            None => format!("“{purpose}” needs no consent"),
        },
        Reason::NotAsked => format!("no answer about “{purpose}” has come yet"),
        Reason::AwaitingConfirmation => format!("the consent to “{purpose}” given{since} waits for confirmation"),
        Reason::Refused => format!("“{purpose}” was refused{since}"),
        Reason::Withdrawn => format!("consent to “{purpose}” was withdrawn{since}"),
        Reason::Expired => {
            let end =
                told.expires.map_or_else(String::new, |day| format!(" and does not hold from {} on", written(day)));
            format!("the consent to “{purpose}” has ended{end}")
        }
        Reason::WordingChanged => format!("the wording of “{purpose}” has changed and needs a new answer"),
        Reason::Objected => format!("there is an objection to “{purpose}” or to all marketing"),
        Reason::Restricted => "the contact is restricted: their data is stored and nothing else".to_owned(),
        Reason::Erased => "the contact was erased and must not be reached".to_owned(),
        Reason::WrongChannel => format!("{} was not agreed on or preferred for “{purpose}”", channel(told.channel)),
        Reason::NoAddress => format!("there is no address for {}", channel(told.channel)),
        Reason::GuardianNeeded => "a parent or guardian has to agree for this child".to_owned(),
        Reason::BasisMissing if told.law == Some(Builtin::Ask) => {
            format!(
                "the address for {} is not known to come from the person, so it must not be used to ask",
                channel(told.channel)
            )
        }
        Reason::BasisMissing => format!("“{purpose}” does not apply to this contact"),
        Reason::NoSharingPermission => format!("there is no permission to share with “{}”", told.connection),
        Reason::FieldWithheld => format!("this field is too sensitive for “{}” and is held back", told.connection),
        Reason::UnknownPurpose => format!("there is no purpose “{purpose}”"),
        Reason::UnknownContact => "nobody with that address is known".to_owned(),
    }
}

fn instead(instead: &[Instead]) -> String {
    let channels: Vec<&str> = instead
        .iter()
        .filter_map(|one| match one {
            Instead::Channel(one) => Some(channel(Some(*one))),
            Instead::AskAgain | Instead::Nothing => None,
        })
        .collect();
    if !channels.is_empty() {
        return format!("Allowed instead: {}", channels.join(", "));
    }
    if instead.contains(&Instead::AskAgain) { "Asking for consent is allowed" } else { "Nothing is allowed instead" }
        .to_owned()
}

const fn channel(channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Email) => "e-mail",
        Some(Channel::Phone) => "phone",
        Some(Channel::Sms) => "text message",
        Some(Channel::Post) => "post",
        Some(Channel::Messaging) => "messaging",
        Some(Channel::InPerson) => "in person",
        None => "this way",
    }
}

/// "3 March 2026".
fn written(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
