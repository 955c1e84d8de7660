//! The table that is printed.

use std::fmt;

const MET: &str = "met";
const NOT_MET: &str = "not met";

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
            Some(true) => MET,
            Some(false) => NOT_MET,
        };
        self.rows.push([name, value, goal, verdict].map(str::to_owned));
    }

    /// The names of the figures whose goal is not met; a part of what stands above it is named with that.
    pub(crate) fn missed(&self) -> Vec<String> {
        let (mut whole, mut missed) = ("", Vec::new());
        for [name, _, _, verdict] in &self.rows {
            let part = name.strip_prefix("  ");
            if part.is_none() {
                whole = name;
            }
            if verdict == NOT_MET {
                missed.push(part.map_or_else(|| name.clone(), |part| format!("{whole}: {part}")));
            }
        }
        missed
    }

    /// How many goals are met, and which are not.
    fn verdict(&self) -> String {
        let met = self.rows.iter().filter(|[_, _, _, verdict]| verdict == MET).count();
        let missed = self.missed();
        match missed.as_slice() {
            [] => format!("Goals: {met} met, none missed."),
            missed => format!("Goals: {met} met, {} not met: {}.", missed.len(), missed.join("; ")),
        }
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
        writeln!(f, "\n{}", self.verdict())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_that_is_missed_is_said_by_name() {
        let mut table = Table::default();
        table.milliseconds("search", 3.0, 10.0);
        assert!(table.missed().is_empty());
        assert!(table.to_string().ends_with("\nGoals: 1 met, none missed.\n"));
        table.milliseconds("opening", 5.0, 5.0);
        table.row("import", "2 s", "", None);
        table.row("  peak memory", "90 MB", "< 80 MB", Some(false));
        assert_eq!(table.missed(), ["opening", "import: peak memory"]);
        let text = table.to_string();
        assert!(text.contains("opening") && text.contains("< 5 ms  not met\n"), "{text}");
        assert!(text.ends_with("\nGoals: 1 met, 2 not met: opening; import: peak memory.\n"), "{text}");
    }
}
