//! A paper before it is set in type: what it says and in which order, nothing of how it looks.
//!
//! The office composes, a press prints. So nothing here knows of fonts or of a file format, and whoever tests what a letter
//! says needs neither.

use std::fmt::Write;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::problem::Result;

/// What makes a file of a paper. The window and the command line have the same one.
pub trait Press {
    /// The paper as PDF.
    ///
    /// # Errors
    /// [`crate::Code::System`] when it cannot be set; nothing was written then.
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>>;
}

/// Where the window of the envelope is in the business's country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// As in Germany and the Netherlands.
    Left,
    /// As in Belgium and France.
    Right,
}

/// Whose paper it is, as it stands at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Letterhead {
    /// The business's name.
    pub name: String,
    /// Its address and how it is reached, a line each.
    pub lines: Vec<String>,
}

/// A paper: a letter, a form, a register.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Paper {
    /// The language that it is in, as a code.
    pub language: &'static str,
    /// What it is about: the subject of a letter, the title of the document.
    pub title: String,
    /// Whose it is.
    pub head: Letterhead,
    /// To whom, a line each, for the window of an envelope; empty where it goes to nobody.
    pub to: Vec<String>,
    /// Where that window is.
    pub window: Window,
    /// Place and day.
    pub dated: String,
    /// What it says.
    pub body: Vec<Block>,
    /// How a page is numbered, with `{page}` and `{pages}`.
    pub numbered: &'static str,
    /// When it was made.
    #[serde(skip)]
    pub made: DateTime<FixedOffset>,
    /// Files that it holds.
    pub enclosed: Vec<Enclosed>,
}

/// A part of what a paper says. Texts are texts: no sign in them means anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Above a part.
    Heading(String),
    /// A paragraph; a line break in it is kept.
    Text(String),
    /// Points.
    List(Vec<String>),
    /// A table under a head.
    Table {
        /// The names of its columns.
        head: Vec<String>,
        /// Its rows, each as long as the head.
        rows: Vec<Vec<String>>,
    },
    /// Names and what they stand for.
    Pairs(Vec<(String, String)>),
    /// Lines to fill in by hand: what is asked, and what stands there already.
    Form(Vec<(String, String)>),
    /// Boxes to tick, none ticked.
    Choices(Vec<String>),
    /// Where somebody signs: lines for each of these.
    Signature(Vec<String>),
    /// A code for a camera, and what it is for in words.
    Qr {
        /// What it holds.
        content: String,
        /// What is read out in its place, and printed below it.
        caption: String,
    },
    /// Something to be typed letter by letter.
    Code(String),
    /// What follows stands apart from the letter above it.
    Annex,
}

/// A file inside the paper.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Enclosed {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// What it is, in the paper's language.
    pub about: String,
    /// Its content.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Paper {
    /// The paper as plain text: to look at before it is printed, and for tests.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut part = |lines: &[String]| {
            if !lines.is_empty() {
                let _ = writeln!(text, "{}\n", lines.join("\n"));
            }
        };
        part(&[std::slice::from_ref(&self.head.name), &self.head.lines].concat());
        part(&self.to);
        part(std::slice::from_ref(&self.dated));
        part(&[self.title.clone(), "=".repeat(self.title.chars().count())]);
        self.body.iter().for_each(|block| part(&block.lines()));
        let enclosed = self.enclosed.iter().map(|file| format!("[{}: {}]", file.name, file.about));
        part(&enclosed.collect::<Vec<_>>());
        format!("{}\n", text.trim_end())
    }
}

impl Paper {
    /// What it says, without what stands around it.
    #[must_use]
    pub fn body_text(&self) -> String {
        let text = |block: &Block| {
            if let Block::Heading(text) = block { text.clone() } else { block.lines().join("\n") }
        };
        let blocks: Vec<String> = self.body.iter().map(text).collect();
        blocks.join("\n\n")
    }
}

impl Block {
    /// A text as paragraphs: an empty line parts them.
    pub(crate) fn texts(text: &str) -> Vec<Self> {
        text.replace("\r\n", "\n").split("\n\n").map(|part| Self::Text(part.trim().to_owned())).collect()
    }

    /// It as lines of plain text.
    pub(crate) fn lines(&self) -> Vec<String> {
        let pairs = |pairs: &[(String, String)], between: &str| {
            pairs.iter().map(|(name, value)| format!("{name}{between}{value}")).collect()
        };
        match self {
            Self::Heading(text) => vec![text.clone(), "-".repeat(text.chars().count())],
            Self::Text(text) => vec![text.clone()],
            Self::List(points) => points.iter().map(|point| format!("- {point}")).collect(),
            Self::Table { head, rows } => [head].into_iter().chain(rows).map(|row| row.join(" | ")).collect(),
            Self::Pairs(all) => pairs(all, ": "),
            Self::Form(all) => pairs(all, ": ____ "),
            Self::Choices(all) => all.iter().map(|choice| format!("[ ] {choice}")).collect(),
            Self::Signature(all) => all.iter().map(|line| format!("{line}: ____")).collect(),
            Self::Qr { content, caption } => vec![format!("(QR {content})"), caption.clone()],
            Self::Code(code) => vec![format!("    {code}")],
            Self::Annex => vec!["* * *".to_owned()],
        }
    }
}
