//! A refusal as the page reads it: a code and facts. The page has the words.

use std::error::Error;

use akkoord_office::Problem;
use serde::Serialize;
use specta::Type;

/// Why something was not done.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct Refusal {
    /// What kind of problem; stable.
    pub code: &'static str,
    /// Values for the sentence about it.
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// What the machine said, for support; empty where it said nothing.
    pub details: String,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let details = problem.source().map(ToString::to_string).unwrap_or_default();
        Self { code: problem.code.as_str(), facts: problem.facts, details }
    }
}
