//! The table that is printed.

use std::fmt;

/// Rows of name, value, goal and whether the goal is met.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// Adds a row; where there is no goal there is no verdict.
    pub(crate) fn row(&mut self, name: &str, value: &str, goal: &str, met: Option<bool>) {
        let verdict = match met {
            None => "",
            Some(true) => "met",
            Some(false) => "not met",
        };
        self.rows.push([name, value, goal, verdict].map(str::to_owned));
    }

    /// Adds a time in milliseconds with a goal that it stays under.
    pub(crate) fn milliseconds(&mut self, name: &str, value: f64, under: f64) {
        self.row(name, &format!("{value:.3} ms"), &format!("< {under} ms"), Some(value < under));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<46} {:>14} {:>12}", "what", "value", "goal")?;
        writeln!(f, "{}", "─".repeat(80))?;
        for [name, value, goal, verdict] in &self.rows {
            writeln!(f, "{}", format!("{name:<46} {value:>14} {goal:>12}  {verdict}").trim_end())?;
        }
        Ok(())
    }
}
