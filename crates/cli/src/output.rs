//! What goes to the terminal or to the other program.

use std::io::Write;
use std::process::ExitCode;

use akkoord_office::problem::{Code, Problem, Result};
use serde::Serialize;
use serde_json::{Value, json};

use crate::problems;
use crate::text::{plain, set};

/// A command's answer: the JSON document, the same in words, and the exit code.
#[derive(Debug)]
pub(crate) struct Outcome {
    json: String,
    text: String,
    file: bool,
    exit: u8,
}

impl Outcome {
    /// An answer, `text` for people and `json` for programs.
    pub(crate) fn new(json: impl Serialize, text: impl Into<String>) -> Self {
        Self::written(serde_json::to_string(&json).unwrap_or_default(), text)
    }

    /// An answer whose JSON document is written already: one too long to build up twice.
    pub(crate) fn written(json: String, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), file: false, exit: 0 }
    }

    /// An answer that goes into a file as it is, such as a manual page.
    pub(crate) fn file(json: impl Serialize, text: impl Into<String>) -> Self {
        Self { file: true, ..Self::new(json, text) }
    }

    /// An answer that says no.
    pub(crate) fn with_exit(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }

    /// Writes the answer at once and wholly: for what is shown this once, which must be read before anything hangs on it.
    ///
    /// # Errors
    /// `Unwritable`, also where nobody reads any more.
    pub(crate) fn show(&self, json: bool) -> Result<()> {
        let mut out = std::io::stdout().lock();
        let shown = out.write_all(self.shown(json).as_bytes()).and_then(|()| out.flush());
        shown.map_err(|error| Problem::new(Code::Unwritable).with("why", "not_shown").because(error))
    }

    fn shown(&self, json: bool) -> String {
        match json {
            true if self.json.is_empty() => String::new(),
            true => format!("{}\n", self.json),
            false if self.file => self.text.clone(),
            false => set(&self.text),
        }
    }

    pub(crate) fn print(&self, json: bool) -> ExitCode {
        match std::io::stdout().lock().write_all(self.shown(json).as_bytes()) {
            // A reader that stopped reading, as `head` does, has what it wanted.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
            _ => ExitCode::from(self.exit),
        }
    }
}

/// Says what is wrong beside an answer that was given all the same.
pub(crate) fn warn(problem: &Problem, json: bool) {
    let words = problems::words(problem);
    if json {
        let warning = json!({ "code": problem.code.as_str(), "message": words.message, "hint": words.hint });
        eprintln!("{}", json!({ "warning": warning }));
    } else {
        eprint!("{}", set(&format!("{} {}", words.message, words.hint)));
    }
}

/// Says why it did not happen.
pub(crate) fn refuse(problem: &Problem, json: bool) -> ExitCode {
    let words = problems::words(problem);
    if json {
        let mut error = json!({ "code": problem.code.as_str(), "message": words.message, "hint": words.hint });
        if let (Some(error), Some(candidates)) = (error.as_object_mut(), problem.facts.get("candidates")) {
            error.insert("candidates".to_owned(), candidates.clone());
        }
        if let (Some(error), Some(contact)) = (error.as_object_mut(), problem.facts.get("contact")) {
            error.insert("contact".to_owned(), contact.clone());
        }
        eprintln!("{}", json!({ "error": error }));
    } else {
        eprint!("{}", set(&format!("{}\n{}", words.message, words.hint)));
        if let Some(Value::Array(candidates)) = problem.facts.get("candidates") {
            for candidate in candidates.iter().filter_map(Value::as_str) {
                eprintln!("  {candidate}");
            }
        }
    }
    ExitCode::from(words.exit)
}

/// Says what was wrong with the arguments, as JSON.
pub(crate) fn refuse_usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let message = plain(lines.join(" ").trim_start_matches("error: "));
    let hint = "See --help.";
    eprintln!("{}", json!({ "error": { "code": "usage", "message": message, "hint": hint } }));
    ExitCode::from(2)
}
