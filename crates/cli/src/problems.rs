//! The one table that turns a problem's code into a sentence, a hint and an exit code.

use akkoord_office::problem::{Code, Problem};
use serde_json::Value;

use crate::names;
use crate::sentences::sentence;
use crate::text::{date_in_words, plain};

/// How a problem looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// What happened, and what was not lost.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: String,
    /// The exit code of CLI.md.
    pub(crate) exit: u8,
}

const FAILED: u8 = 1;
const USAGE: u8 = 2;
const LOCKED: u8 = 4;
const NOT_FOUND: u8 = 5;
const REFUSED: u8 = 6;

/// A problem in words.
pub(crate) fn words(problem: &Problem) -> Words {
    let (exit, message, hint) = row(problem.code);
    let (message, hint) = special(problem).unwrap_or((message, hint));
    Words { message: fill(message, problem), hint: fill(hint, problem), exit }
}

/// Puts facts in the places that name them: `{by}`; `{field:name}` is what people call the field. Each place is looked at once, so that what somebody typed is never taken
/// for a place itself.
fn fill(template: &str, problem: &Problem) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').and_then(|(name, after)| {
            let fact = name.strip_suffix(":name").unwrap_or(name);
            Some((name, problem.facts.get(fact)?, after))
        });
        rest = match place {
            Some((name, value, after)) => {
                text.push_str(&shown(name, value));
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text.push_str(rest);
    text
}

fn shown(name: &str, value: &Value) -> String {
    match value.as_str() {
        Some("") if name == "by" => "another program".to_owned(),
        Some(key) if name == "field:name" => {
            names::field(key).map_or_else(|| plain(&key.replace('_', " ")), str::to_lowercase)
        }
        Some(date) if matches!(name, "on" | "earliest" | "last" | "since") => {
            date.parse().map_or_else(|_| plain(date), date_in_words)
        }
        Some(text) => plain(text),
        None => value.to_string(),
    }
}

const RESTORE: &str = "Restore the newest backup into a new folder: `akkoord-cli backup restore`. The folder `backups` beside the vault holds them.";
const OTHER_WAY: &str =
    "Use the passphrase with --passphrase-file, or the recovery code with `akkoord-cli vault recover`.";

#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table")]
fn row(code: Code) -> (u8, &'static str, &'static str) {
    match code {
        Code::NoVault => (LOCKED, "There is no vault in this profile.", "Make one with `akkoord-cli vault init`, or name another folder with --profile."),
        Code::VaultExists => (REFUSED, "There is a vault in this profile already, or what is left of one. It was not touched.", "Choose another folder with --profile."),
        Code::VaultMissing => (LOCKED, "The files that hold this vault's locked keys are here, but the vault file is gone. No new vault was made in its place.", RESTORE),
        Code::VaultTruncated => (LOCKED, "The vault file is empty or cut short. It was not touched.", RESTORE),
        Code::VaultDamaged => (LOCKED, "The vault file is damaged: some of its bytes are not as they were written. It was not touched.", RESTORE),
        Code::VaultMismatch => (LOCKED, "The vault file and the files that hold the locked keys (keyslots.json, keyslots.bak) belong to different vaults. Nothing was touched.", "Put the files of one vault back together, or restore a backup."),
        Code::VaultNewer => (LOCKED, "This vault was made by a newer version of Akkoord (its file is of version {found}; this one knows up to {known}). It was not opened or changed.", "Update Akkoord on this computer."),
        Code::VaultOlder => (LOCKED, "This vault is of an older version (its file is of version {found}; this one uses {known}).", "Open it once with a command that writes: it is copied first and then brought up to date."),
        Code::VaultReadOnly => (LOCKED, "The vault was opened for reading only. Nothing was changed.", "Close what holds the vault, and try again."),
        Code::VaultRolledBack => (LOCKED, "The vault file was put back to an older state: entries that were recorded are no longer in it. It can be read, but not changed.", "Put the newer file back. If you put this one there yourself: `akkoord-cli vault restored`."),
        Code::SettingsDamaged => (LOCKED, "The vault's settings ({file}) are damaged. The vault can be read, but not changed: without them nobody can tell whether its file was put back to an older state.", "Put settings.toml back from a copy. If the vault holds what it should: `akkoord-cli vault restored` makes it anew."),
        Code::AnchorLost => (FAILED, "The vault's settings (settings.toml) were gone, so nobody can tell whether its file was put back to an older state meanwhile. They are made anew with the next change.", "Look whether your last changes are there: `akkoord-cli audit list`."),
        Code::VaultInUse => (LOCKED, "The vault is being written by {by}. Nothing was changed.", "Close that, or wait for it with --wait SECONDS."),
        Code::BackupDamaged => (FAILED, "The backup {file} is not as it was made: it was cut short or changed, or it is no backup ({fault}). Nothing was touched.", "Take another one. `akkoord-cli backup verify` looks a backup over."),
        Code::SlotsLost => (LOCKED, "The files that hold this vault's locked keys (keyslots.json, keyslots.bak) are missing or cannot be read. No new key was made: it could not open the vault.", "Put keyslots.json back from a backup, or make a vault of one: `akkoord-cli backup restore`."),
        Code::NoSuchSlot => (LOCKED, "This vault does not open with a {slot}.", OTHER_WAY),
        Code::WrongPassphrase => (LOCKED, "That is not the passphrase of this vault. Nothing was changed.", "Try again, or use the recovery code of your Emergency Kit with `akkoord-cli vault recover`."),
        Code::WeakPassphrase => (USAGE, "That passphrase is too short: at least {min} characters. Nothing was changed.", "A few words that only you would put together are best."),
        Code::RecoveryCodeMistyped => (LOCKED, "There is a typing error in the recovery code. Nothing was changed.", "Compare it with your Emergency Kit, group by group."),
        Code::RecoveryCodeOther => (LOCKED, "That recovery code belongs to another vault, or was replaced by a newer Emergency Kit. Nothing was changed.", "Look for the Emergency Kit that shows this vault's id."),
        Code::NoKeychain => (LOCKED, "This computer has no keychain, or none in this session.", OTHER_WAY),
        Code::KeychainLocked => (LOCKED, "The keychain of this computer is locked.", "Unlock it, for example by signing in on the desktop, and try again. Or use the passphrase with --passphrase-file."),
        Code::KeychainEmpty => (LOCKED, "The keychain of this computer has no key for this vault: it was wiped, or this is another computer or user.", OTHER_WAY),
        Code::KeychainOther => (LOCKED, "The keychain of this computer has a key, but not the one of this vault.", OTHER_WAY),
        Code::VaultLocked => (LOCKED, "The vault is locked, and nobody is here to open it. Nothing was changed.", "Name a file with the passphrase: --passphrase-file FILE. In a terminal you are asked for it."),
        Code::NoKeyGiven => (USAGE, "Nothing was said that shall open the new vault. None was made.", "Name a file with its passphrase with --passphrase-file FILE, or use this computer's keychain with --keychain."),
        Code::InProfile => (REFUSED, "{file} lies in the folder of the vault, where only Akkoord's own files belong. Nothing was written.", "Name a file in another folder."),
        Code::Unreadable => (FAILED, "The file {file} could not be read. Nothing was changed.", "Check that it exists and that you may read it."),
        Code::Unwritable => (FAILED, "{file} could not be written. What was there before is untouched.", "Check the folder and that you may write there."),
        Code::DiskFull => (FAILED, "The disk is full. Nothing was changed; all that was saved before is intact.", "Make room and try again."),
        Code::System => (FAILED, "The operating system refused something basic. Nothing was changed.", "Try again; if it stays, restart the computer."),
        Code::Database => (FAILED, "The vault could not do that. Nothing was changed.", "Run `akkoord-cli doctor`."),
        Code::Restricted => (REFUSED, "This contact is on lock since {since}: their data is stored and nothing else. Nothing was changed.", "What they ask, object to or take back can be recorded. To lift the lock: `akkoord-cli unrestrict`."),
        Code::StillNeeded => (REFUSED, "Something still wants this person's data kept. Nobody was destroyed.", "`akkoord-cli contact show {contact}` says until when. To erase them all the same: `akkoord-cli erase`."),
        Code::AlreadyRestricted => (REFUSED, "This contact is on lock already. Nothing was changed.", "`akkoord-cli contact show {contact}` says since when and why."),
        Code::AlreadyUndone => (REFUSED, "That import was taken back already. Nothing was changed.", "`akkoord-cli import list` shows all of them."),
        Code::NotConfirmed => (REFUSED, "This cannot be taken back, and nobody is here to say yes. Nothing was changed.", "Add --yes if you are sure."),
        Code::Changed => (REFUSED, "This changed since it was looked at. Nothing was done.", "Look again, and decide anew."),
        Code::Cancelled => (FAILED, "Stopped. Nothing was changed.", "Run it again when you want it after all."),
        Code::NotFound => (NOT_FOUND, "There is no {what} \"{given}\". Nothing was changed.", "Check how it is written."),
        Code::Ambiguous => (REFUSED, "Several contacts have the address {given}. Nothing was changed.", "Name one of them by its id:"),
        Code::Duplicate => (REFUSED, "There is a contact with this {field:name} already. Nothing was changed.", "Look at it first: `akkoord-cli contact show {contact}`. --duplicate adds a second one all the same."),
        Code::Blocked => (REFUSED, "This {field:name} is on the blocked list: the person asked to be erased. Nothing was recorded.", "If they came back by their own wish, `akkoord-cli blocked allow` with the reason."),
        Code::InFuture => (REFUSED, "{given} is still to come: only what has happened can be recorded. Nothing was changed.", "Check the date, and this computer's clock."),
        Code::NotYet => (REFUSED, "This version cannot do that yet ({what}). Nothing was changed.", "`akkoord-cli help` lists what it can."),
        Code::RequestClosed => (REFUSED, "The request was closed on {on}. Nothing was recorded.", "A new question is a new request: `akkoord-cli request open`."),
        Code::TooEarly => (REFUSED, "{on} lies before {earliest}, when the request already stood further. Nothing was recorded.", "Check the date."),
        Code::NoReason => (REFUSED, "A reason must be recorded, and none was given. Nothing was changed.", "Say why, in words: --reason TEXT."),
        Code::AlreadyWaiting => (REFUSED, "Proof of identity was asked for on {since} and has not come in. Nothing was recorded.", "Note what came in with --result confirmed or failed."),
        Code::AlreadyConfirmed => (REFUSED, "The identity was confirmed before; there is no doubt left to ask about. Nothing was recorded.", "Go on with the answer: `akkoord-cli request answer`."),
        Code::ExtensionLength => (REFUSED, "A request is extended by one or two months, not by {months} (Art. 12(3)). Nothing was recorded.", "Write --months 1 or --months 2."),
        Code::AlreadyExtended => (REFUSED, "The request was extended before, and that can be done once. Nothing was recorded.", "Answer by the date that `akkoord-cli request show` gives."),
        Code::ExtensionTooLate => (REFUSED, "It is too late to extend this request: the person had to be told by {last} (Art. 12(3)). Nothing was recorded.", "Answer now, and say why it is late."),
        Code::Taken => (REFUSED, "There is a {what} \"{given}\" already. It was not changed.", "Choose another key."),
        Code::TooLarge => (REFUSED, "{file} is larger than the {max} that are kept. Nothing was recorded.", "Attach a shorter recording or a smaller scan."),
        Code::WordingInUse => (REFUSED, "Somebody has seen this text (version {version}, {language}), so it stays as it was.", "Start a new version with `akkoord-cli purpose revise`."),
        Code::NoWording => (REFUSED, "Version {version} of {purpose} has no text in \"{language}\", so nobody can have agreed to it. Nothing was recorded.", "Add the text with `akkoord-cli purpose wording`, or name another --language."),
        Code::BuiltinPurpose => (REFUSED, "{purpose} comes with Akkoord: the law itself orders it, and nobody can agree to it or change it.", "Use a key of your own."),
        Code::WrongChannel => (REFUSED, "{channel} is not among the channels of this purpose or answer. Nothing was recorded.", "`akkoord-cli purpose show KEY` lists the channels."),
        Code::NothingToConfirm => (REFUSED, "No answer about {purpose} waits to be confirmed. Nothing was recorded.", "`akkoord-cli consent history CONTACT` shows what came in."),
        Code::AlreadyCorrected => (REFUSED, "That event was corrected already. Nothing was recorded.", "To bring it back, correct the correction."),
        Code::ServerUnreachable => (FAILED, "{server} cannot be reached, or broke off. What had gone by then is on record; the rest was not sent.", "Check the network, and run it again: it goes on where it stopped."),
        Code::ServerSlow => (FAILED, "{server} takes too long to answer. What had gone by then is on record; the rest was not sent.", "Run it again later: it goes on where it stopped."),
        Code::ServerUntrusted => (FAILED, "{server} cannot prove that it is the one it says it is: its certificate does not hold. Nothing was sent.", "Ask whoever keeps the server; send nothing there until it is mended."),
        Code::ServerRefused => (FAILED, "{server} does not take this name and password. Nothing was sent.", "Set them again with `akkoord-cli connection set KEY --user NAME --password-file FILE`, or `akkoord-cli mail account set`."),
        Code::ServerAnswer => (FAILED, "{server} does not answer as it should ({status}). What had gone by then is on record; the rest was not sent.", "Check its address with `akkoord-cli connection list` or `akkoord-cli mail account show`."),
        Code::NoMailAccount => (NOT_FOUND, "No mail account is set. Nothing was written or sent.", "Set it once with `akkoord-cli mail account set --smtp SERVER --user NAME --password-file FILE`."),
        Code::NoMailPassword => (FAILED, "This computer's keychain has no password for {user}. Nothing was sent.", "Give it once with `akkoord-cli mail account set … --password-file FILE`, or with this round."),
        Code::MailRefused => (FAILED, "{server} does not take this mail: {answer}.", "Mend what it names, then send it again with `akkoord-cli mail again MAIL`."),
        Code::NoPassword => (FAILED, "This computer's keychain has no password for {connection}. Nothing was sent.", "Give it once with `akkoord-cli connection set {connection} --password-file FILE`, or with this run."),
        Code::MissingField => (REFUSED, "Nothing is there to fill the place {field} of the letter with. No letter was made.", "Say it with --set {field}=WORDS. How the business is reached: `akkoord-cli vault business set`."),
        Code::NotAllowed => (REFUSED, "Nobody of them may be asked on this way ({reasons}). Nothing was recorded.", "Try another way with --by."),
        Code::Invalid => (USAGE, "This is no valid value for {field:name}. Nothing was changed.", "--help of the command says what it takes."),
    }
}

/// Sentences that depend on more than the code.
fn special(problem: &Problem) -> Option<(&'static str, &'static str)> {
    if problem.code == Code::Duplicate && problem.facts.get("field").and_then(Value::as_str) == Some("key") {
        return sentence("field_taken");
    }
    let why = problem.facts.get("why").and_then(Value::as_str)?;
    match (problem.code, why) {
        (Code::Unreadable, "empty") => sentence("empty_file"),
        _ => sentence(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_sentence() {
        let mut seen = std::collections::HashMap::new();
        for &code in Code::ALL {
            let words = words(&Problem::new(code));
            assert!(words.message.ends_with(['.', ':']), "{code:?}: {}", words.message);
            assert!((1..=6).contains(&words.exit), "{code:?}");
            if let Some(other) = seen.insert(words.message, code) {
                panic!("{code:?} and {other:?} say the same");
            }
        }
    }

    #[test]
    fn what_was_typed_is_never_a_place() {
        let typed = Problem::new(Code::NotFound).with("given", "{what} {given} {").with("what", "contact");
        assert_eq!(words(&typed).message, "There is no contact \"{what} {given} {\". Nothing was changed.");
        let braces = Problem::new(Code::Unreadable).with("file", "{by}.csv").with("by", "An");
        assert_eq!(words(&braces).message, "The file {by}.csv could not be read. Nothing was changed.");
        assert_eq!(
            words(&Problem::new(Code::VaultInUse).with("by", "")).message.split('.').next(),
            Some("The vault is being written by another program")
        );
    }
}
