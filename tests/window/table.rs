//! The figures as they are printed, beside their goals.

/// The heads of the columns.
pub(crate) fn head() {
    line("what", "value", "goal", "");
    say(&"─".repeat(80));
}

/// A figure that has no goal.
pub(crate) fn figure(name: &str, value: &str) {
    line(name, value, "", "");
}

/// A figure that should stay under its goal; both in this unit.
pub(crate) fn under(name: &str, value: f64, goal: f64, unit: &str) {
    let verdict = if value < goal { "met" } else { "not met" };
    line(name, &format!("{value:.1} {unit}"), &format!("< {goal} {unit}"), verdict);
}

fn line(name: &str, value: &str, goal: &str, verdict: &str) {
    say(format!("{name:<46} {value:>14} {goal:>12}  {verdict}").trim_end());
}

/// Prints a line of it.
#[expect(clippy::print_stdout, reason = "figures are there to be read")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Times in milliseconds, in order of length.
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    /// What a script gave as a list of numbers.
    pub(crate) fn read(list: &serde_json::Value) -> Self {
        Self::of(list.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that so many out of a hundred stay within.
    pub(crate) fn percent(&self, n: usize) -> f64 {
        let at = (self.0.len() * n / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn longer_than(&self, limit: f64) -> usize {
        self.0.iter().filter(|time| **time > limit).count()
    }
}
