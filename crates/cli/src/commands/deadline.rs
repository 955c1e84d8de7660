//! `akkoord-cli deadline`

use akkoord_office::problem::Result;
use akkoord_office::requests::{self, Explained};
use akkoord_rules::deadline::{Due, Rule};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;

use crate::output::Outcome;

#[derive(Debug, Args)]
pub(crate) struct Deadline {
    /// Whose public holidays count: BE, NL, FR, DE, LU, AT, IE, ES or IT.
    #[arg(long)]
    country: String,
    /// A date, or an instant; without an offset it is in the country's zone.
    #[arg(long, value_name = "DATE|INSTANT")]
    received: String,
    /// one_month: the answer to a request; three_months: the extended one; 72_hours: the breach notice; one_month_notice:
    /// information to people whose data came from elsewhere.
    #[arg(long, value_parser = rules())]
    rule: Rule,
}

fn rules() -> impl TypedValueParser<Value = Rule> {
    let codes = PossibleValuesParser::new(Rule::ALL.iter().map(|rule| rule.as_str()));
    codes.try_map(|code| Rule::parse(&code).ok_or("unknown"))
}

pub(crate) fn run(deadline: &Deadline) -> Result<Outcome> {
    let explained = requests::deadline(&deadline.country, &deadline.received, deadline.rule)?;
    let text = format!("Due {}.\n{}", until(explained.due), reasons(&explained));
    Ok(Outcome::new(json!({ "due": explained.due, "steps": explained.steps }), text))
}

/// `on Monday 2 March 2026`, or with the minute for a period in hours.
pub(crate) fn until(due: Due) -> String {
    match due {
        Due::Date(date) => format!("on {}", crate::text::day(date)),
        Due::Instant(at) => {
            format!("on {} at {} ({})", crate::text::day(at.date_naive()), at.format("%H:%M"), at.format("%:z"))
        }
    }
}

/// The steps as one sentence.
pub(crate) fn reasons(explained: &Explained) -> String {
    format!("{}.\n", crate::text::capital(&explained.sentence))
}
