//! What goes to the terminal or to the other program.

use std::io::Write;
use std::process::ExitCode;

use akkoord_office::problem::{Code, Problem, Result};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};

use crate::problems;

/// A command's answer: the JSON document, the same in words, and the exit code.
#[derive(Debug)]
pub(crate) struct Outcome {
    json: String,
    text: String,
    exit: u8,
}

impl Outcome {
    /// An answer, `text` for people and `json` for programs.
    pub(crate) fn new(json: impl Serialize, text: impl Into<String>) -> Self {
        Self::written(serde_json::to_string(&json).unwrap_or_default(), text)
    }

    /// An answer whose JSON document is written already: one too long to build up twice.
    pub(crate) fn written(json: String, text: impl Into<String>) -> Self {
        Self { json, text: text.into(), exit: 0 }
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
        ensure_line_end(if json { &self.json } else { &self.text })
    }

    pub(crate) fn print(&self, json: bool) -> ExitCode {
        match std::io::stdout().lock().write_all(self.shown(json).as_bytes()) {
            // A reader that stopped reading, as `head` does, has what it wanted.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
            _ => ExitCode::from(self.exit),
        }
    }
}

fn ensure_line_end(text: &str) -> String {
    match text {
        "" => String::new(),
        text if text.ends_with('\n') => text.to_owned(),
        text => format!("{text}\n"),
    }
}

/// Says what is wrong beside an answer that was given all the same.
pub(crate) fn warn(problem: &Problem, json: bool) {
    let words = problems::words(problem);
    if json {
        let warning = json!({ "code": problem.code.as_str(), "message": words.message, "hint": words.hint });
        eprintln!("{}", json!({ "warning": warning }));
    } else {
        eprintln!("{} {}", words.message, words.hint);
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
        eprintln!("{}", words.message);
        if !words.hint.is_empty() {
            eprintln!("{}", words.hint);
        }
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

/// A table for people: columns as wide as their widest cell.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head.get(column).map_or(0, |cell| cell.chars().count())]).max().unwrap_or(0).min(48)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> =
            cells.zip(&widths).map(|(cell, width)| format!("{:width$}", shorten(&plain(cell), *width))).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    let mut text = line(&mut head.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

fn shorten(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    cell.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// A day as people write it: `Monday 2 March 2026`.
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{} {} {} {}", date.format("%A"), date.day(), date.format("%B"), date.year())
}

/// The text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Data as a terminal may show it: nothing that moves the cursor, changes colours or turns the writing direction.
pub(crate) fn plain(text: &str) -> String {
    let unsafe_to_show = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if unsafe_to_show(c) { ' ' } else { c }).collect()
}
