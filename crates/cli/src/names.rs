//! What people call what the office keeps by its code: fields, ways, channels, answers, acts.

use std::collections::HashMap;

use akkoord_office::problem::Result;
use akkoord_office::vault::Vault;
use akkoord_office::{purposes, settings};
use akkoord_rules::person::Channel;

use crate::text::{capital, counted};

/// The name of a field that every contact has; `None` for one that the owner defined.
pub(crate) fn field(key: &str) -> Option<&'static str> {
    Some(match key {
        "prefix" => "Title",
        "given" => "First name",
        "middle" => "Middle name",
        "family" => "Last name",
        "suffix" => "Suffix",
        "nickname" => "Nickname",
        "organisation" => "Organisation",
        "job_title" => "Job title",
        "email" | "emails" => "E-mail",
        "phone" | "phones" => "Phone",
        "address" | "addresses" => "Address",
        "website" | "websites" => "Website",
        "birthday" => "Birthday",
        "language" => "Language",
        "notes" => "Notes",
        "labels" => "Labels",
        _ => return None,
    })
}

/// The names of all fields by their keys, with those of the owner's own.
#[derive(Debug)]
pub(crate) struct Fields(HashMap<String, String>);

impl Fields {
    /// Those of this vault.
    pub(crate) fn of(vault: &Vault) -> Result<Self> {
        let own = settings::fields(vault)?.into_iter().filter(|field| field.own);
        Ok(Self(own.map(|field| (field.key, field.title)).collect()))
    }

    /// What people call the field.
    pub(crate) fn name(&self, key: &str) -> String {
        match (field(key), self.0.get(key)) {
            (Some(name), _) => name.to_owned(),
            (None, Some(title)) => title.clone(),
            (None, None) => key.to_owned(),
        }
    }
}

/// The titles of all purposes by their keys.
#[derive(Debug)]
pub(crate) struct Purposes(HashMap<String, String>);

impl Purposes {
    /// Those of this vault.
    pub(crate) fn of(vault: &Vault) -> Result<Self> {
        let all = purposes::list(vault)?.into_iter();
        Ok(Self(all.map(|purpose| (purpose.key, purpose.title)).collect()))
    }

    /// What people call the purpose.
    pub(crate) fn title<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}

/// A language by its code.
pub(crate) fn language(code: &str) -> &str {
    match code {
        "nl" => "Dutch",
        "fr" => "French",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "it" => "Italian",
        other => other,
    }
}

/// A channel in the middle of a sentence.
pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Phone => "phone",
        Channel::Sms => "text message",
        Channel::Post => "post",
        Channel::Messaging => "messenger",
        Channel::InPerson => "in person",
    }
}

/// The way in which something came in: `by phone`, `in person`. Empty for none.
pub(crate) fn way(code: &str) -> String {
    match code {
        "" => String::new(),
        "in_person" => "in person".to_owned(),
        "email" => "by e-mail".to_owned(),
        "web_form" => "by web form".to_owned(),
        "kiosk" => "at the kiosk".to_owned(),
        other => format!("by {}", other.replace('_', " ")),
    }
}

/// What somebody answered, or what happened to the answer.
pub(crate) fn answer(code: &str) -> &str {
    match code {
        "asked" => "was asked",
        "given" => "said yes",
        "refused" => "said no",
        "confirmed" => "confirmed the yes",
        "withdrawn" => "took the yes back",
        "corrected" => "an entry was corrected",
        other => other,
    }
}

/// What a slot holds that opens the vault.
pub(crate) fn opener(slot: &str) -> String {
    match slot {
        "keychain" => "this computer's keychain".to_owned(),
        "recovery" => "the recovery code".to_owned(),
        other => format!("the {}", other.replace('_', " ")),
    }
}

/// A period of ISO 8601 in one unit, as purposes have it: `P24M` is `24 months`.
pub(crate) fn period(code: &str) -> String {
    let units = [('D', "day"), ('W', "week"), ('M', "month"), ('Y', "year")];
    let told = units.iter().find_map(|(letter, unit)| {
        let count: u32 = code.strip_prefix('P')?.strip_suffix(*letter)?.parse().ok()?;
        Some(counted(count, unit, &format!("{unit}s")))
    });
    told.unwrap_or_else(|| code.to_owned())
}

/// An act of the audit log, as a list shows it.
pub(crate) fn act(code: &str) -> String {
    let known = match code {
        "contact_set" => "contact changed",
        "contact_merged" => "two contacts made one",
        "contact_unmerged" => "merge taken back",
        "contact_restricted" => "contact put on lock",
        "contact_unrestricted" => "lock lifted",
        "contacts_labelled" => "label given or taken",
        "erasure_ordered" => "erasure ordered, on lock until then",
        "hold_set" => "duty to keep put right",
        "erased" => "contact erased",
        "unblocked" => "taken off the blocked list",
        "reentry_refused" => "data of somebody erased refused",
        "contacts_distinct" => "two contacts kept apart",
        "contacts_alike" => "two contacts no longer kept apart",
        "people_informed" => "people told of their data",
        "people_uninformed" => "not told of their data after all",
        "contact_exported" => "data put into a file",
        "breach_opened" => "breach noted",
        "breach_answered" => "told of a breach, or why not",
        "everything_exported" => "everything put into files",
        "dossier_made" => "proof dossier made",
        "list_exported" => "list put into a file",
        "asking_prepared" => "letters or mails prepared",
        "letter_set" => "text of a letter set",
        "letter_made" => "letter made",
        "register_written" => "register put into a file",
        "asking_put_away" => "letters or mails put away",
        "mail_account_set" => "mail account set",
        "mail_queued" => "mail written",
        "mail_moved" => "mail moved on",
        "mail_sent" => "mail sent",
        "imported" => "file imported",
        "import_undone" => "import taken back",
        "call_undone" => "conversation taken back",
        "field_set" => "field set or added",
        "keys_changed" => "ways in changed",
        "purpose_set" => "purpose changed",
        "purpose_worded" => "purpose given a text",
        "connection_fed" => "data went to a connection",
        "connection_set" => "connection changed",
        "connection_tried" => "run of an address book failed, or works again",
        "connection_cleared" => "people taken out at a connection",
        "suppression_written" => "list of whom to leave alone written",
        "request_opened" => "request noted",
        "request_moved" => "request moved on",
        "recipient_told" => "recipient told of a change, or why not",
        "proof_exported" => "proof saved outside",
        "backup_restored" => "restored from a backup",
        "rollback_accepted" => "older file put back",
        other => return capital(&other.replace('_', " ")),
    };
    capital(known)
}
