//! The main job in the terminal, on sample data: what `cargo xtask run` does where there is no display.
//!
//! Each step prints the command as a person would type it and what it answered. A step that ends otherwise than
//! expected stops the story.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Outcome};

/// Marieke, who stands in both sample files.
const MARIEKE: &str = "marieke.janssens@post.example";

/// Tells the whole story in `target/story/`, in a new profile.
pub(crate) fn tell(program: &Path) -> Outcome {
    let story = Story::begin(program)?;
    contacts(&story)?;
    consent(&story)?;
    request(&story)?;
    story.chapter("What happened, and that nobody changed it");
    story.does(&["contact", "timeline", MARIEKE])?;
    story.does(&["audit", "verify"])?;
    story.does(&["doctor"])?;
    story.end();
    Ok(())
}

fn contacts(story: &Story) -> Outcome {
    story.chapter("A vault for the bakery");
    story.does(&["vault", "init", "--name", "Bakkerij Jans", "--country", "BE", "--language", "nl"])?;
    story.chapter("Contacts from Google and Outlook");
    story.does(&["import", "google.csv", "--dry-run"])?;
    story.does(&["import", "google.csv", "--rejected-to", "rejected.csv"])?;
    story.does(&["import", "outlook.csv"])?;
    story.does(&["import", "google.csv"])?;
    story.chapter("Who is calling?");
    story.does(&["contact", "list", "--query", "0470 12"])?;
    story.does(&["contact", "list", "--query", "janss"])?;
    Ok(())
}

fn consent(story: &Story) -> Outcome {
    story.chapter("May we mail Marieke the newsletter?");
    let wording = ["--wording-file", "nieuwsbrief.nl.md", "--language", "nl"];
    let terms = ["--channels", "email,post", "--retention", "P2Y", "--marketing"];
    let purpose = ["purpose", "add", "--key", "nieuwsbrief", "--title", "Nieuwsbrief", "--basis", "consent"];
    story.does(&[&purpose[..], &wording, &terms].concat())?;
    story.does(&["purpose", "wording", "nieuwsbrief", "--language", "fr", "--wording-file", "nieuwsbrief.fr.md"])?;
    let may = |channel: &'static str| ["may", MARIEKE, "--purpose", "nieuwsbrief", "--channel", channel];
    story.ends(3, &may("email"))?;
    story.chapter("She says yes on the phone; the call is recorded");
    let said = ["--answer", "given", "--how", "phone", "--channels", "email", "--attach", "opname.wav"];
    story.does(&[&["consent", "record", MARIEKE, "--purpose", "nieuwsbrief"][..], &said].concat())?;
    story.does(&may("email"))?;
    story.ends(3, &may("post"))?;
    story.does(&["consent", "dashboard"])?;
    Ok(())
}

fn request(story: &Story) -> Outcome {
    story.chapter("She asks for her data");
    story.does(&["deadline", "--country", "BE", "--received", "2026-01-31", "--rule", "one_month"])?;
    let today = story.today()?;
    let asks = ["request", "open", MARIEKE, "--kind", "portability", "--received", &today, "--how", "phone"];
    story.does(&[&asks[..], &["--words", "Ik wil mijn gegevens meenemen"]].concat())?;
    story.does(&["request", "list"])?;
    story.does(&["export", "contact", MARIEKE, "--for", "portability", "--to", "marieke.zip"])?;
    story.does(&["contact", "show", MARIEKE])?;
    Ok(())
}

/// A folder with a fresh profile, and the program that works on it.
struct Story {
    program: PathBuf,
    folder: PathBuf,
}

impl Story {
    /// Clears `target/story/`, copies the sample files into it and writes the passphrase's file.
    fn begin(program: &Path) -> Outcome<Self> {
        let folder = shell::fresh_folder("story")?;
        let samples = shell::root().join("xtask/sample");
        let entries = std::fs::read_dir(&samples).map_err(|error| format!("{}: {error}", samples.display()))?;
        for entry in entries.flatten().filter(|entry| entry.file_name() != "README.md") {
            let to = folder.join(entry.file_name());
            std::fs::copy(entry.path(), &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
        let passphrase = folder.join("passphrase.txt");
        std::fs::write(&passphrase, "paperclip tandem marmalade\n").map_err(|error| error.to_string())?;
        Ok(Self { program: program.to_owned(), folder })
    }

    fn chapter(&self, title: &str) {
        println!("\n── {title} {}", "─".repeat(76_usize.saturating_sub(title.chars().count())));
    }

    /// A command that must end well; gives what it printed.
    fn does(&self, arguments: &[&str]) -> Outcome<String> {
        self.ends(0, arguments)
    }

    /// A command that must end with `code`, for where the answer is no (3) or a rule refuses (6).
    fn ends(&self, code: i32, arguments: &[&str]) -> Outcome<String> {
        println!("\n$ akkoord-cli {}", arguments.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "));
        let output = self.command(arguments).output().map_err(|error| format!("akkoord-cli cannot start: {error}"))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complained = String::from_utf8_lossy(&output.stderr);
        for line in said.lines().chain(complained.lines()) {
            println!("  {line}");
        }
        if output.status.code() == Some(code) {
            return Ok(said);
        }
        Err(format!("the command above ended with {}, not with {code}.", output.status))
    }

    /// The date that the program counts with: that of the newest audit entry.
    fn today(&self) -> Outcome<String> {
        let output = self.command(&["audit", "list", "--json"]).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let date = said.rsplit_once("\"at\":\"").and_then(|(_, rest)| rest.get(..10));
        date.map(str::to_owned).ok_or_else(|| "the audit log has no date.".to_owned())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(&self.folder);
        command.env("AKKOORD_PROFILE", "profile").env("AKKOORD_PASSPHRASE_FILE", "passphrase.txt");
        command
    }

    /// Says where everything is and how to go on.
    fn end(&self) {
        self.chapter("Where it is");
        println!("  Files and profile: {}", self.folder.display());
        println!("  Program:           {}", self.program.display());
        println!("  To go on yourself, in that folder:");
        println!("    export AKKOORD_PROFILE=profile AKKOORD_PASSPHRASE_FILE=passphrase.txt");
        println!("    {} --help", relative(&self.program, &self.folder));
    }
}

/// As a shell needs it: quoted when it holds anything beyond plain characters.
fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./:@=,+".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The way from `folder`, two below its root, to a program below the same root; the full path otherwise.
fn relative(program: &Path, folder: &Path) -> String {
    let shared = folder.parent();
    match shared.and_then(|shared| program.strip_prefix(shared).ok()) {
        Some(rest) => Path::new("..").join(rest).display().to_string(),
        None => program.display().to_string(),
    }
}
