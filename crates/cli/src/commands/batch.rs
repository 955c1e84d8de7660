//! `akkoord-cli consent batch …`

use std::path::PathBuf;

use akkoord_office::clock;
use akkoord_office::consents::{self, BatchPlan, Batched, LeftWhy, NewAnswer, RowProblem, Signers, Warning};
use akkoord_office::intake::reader::Progress;
use akkoord_office::problem::Result;
use akkoord_rules::consent::How;
use akkoord_rules::consent::batch::Hindrance;
use akkoord_rules::person::Channel;
use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use uuid::Uuid;

use super::consent::hows;
use super::purpose::{coded, codes};
use crate::open::Door;
use crate::output::Outcome;
use crate::text::plain;

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// The purpose's key.
    #[arg(long, value_name = "KEY")]
    purpose: String,
    #[command(flatten)]
    whom: Whom,
    /// The way the answers came.
    #[arg(long, value_parser = hows())]
    how: String,
    /// When: an instant, or a day (its noon).
    #[arg(long, value_name = "INSTANT")]
    on: String,
    /// The language of the text that they saw; each contact's own unless given.
    #[arg(long)]
    language: Option<String>,
    /// The version of the text; the one of that day unless given.
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// The channels that the answers cover, parted by commas; those of the purpose unless given.
    #[arg(long, value_delimiter = ',', value_parser = codes(Channel::ALL.iter().map(|channel| channel.as_str())))]
    channels: Vec<String>,
    /// A connection that the data may be shared with, as the form said; may repeat.
    #[arg(long, value_name = "CONNECTION")]
    share: Vec<String>,
    /// The last day on which they hold.
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// A file that shows it, up to 100 MB; may repeat. It is kept once for all.
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// A note.
    #[arg(long, default_value = "")]
    note: String,
    /// Given expressly, as health and other special data ask for.
    #[arg(long)]
    explicit: bool,
    /// Find out for whom it would be recorded, and record nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Whose answer it is.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Whom {
    /// A CSV file with a column contact or email.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Everybody who has this label.
    #[arg(long)]
    label: Option<String>,
    /// Everybody whom this import brought.
    #[arg(long, value_name = "IMPORT")]
    import: Option<Uuid>,
}

pub(super) fn run(batch: Batch, door: &Door) -> Result<Outcome> {
    let mut vault = if batch.dry_run { door.read()? } else { door.write()? };
    let now = clock::now();
    let signers = match (batch.whom.from, batch.whom.label, batch.whom.import) {
        (Some(file), ..) => Signers::File(file),
        (_, Some(label), _) => Signers::Label(label),
        (.., Some(import)) => Signers::Import(import),
        (None, None, None) => Signers::Contacts(Vec::new()),
    };
    let how = coded("how", &batch.how, How::parse)?;
    let channels = batch.channels.iter().map(|code| coded("channels", code, Channel::parse)).collect::<Result<_>>()?;
    let new = NewAnswer {
        language: batch.language,
        version: batch.version,
        channels: (!batch.channels.is_empty()).then_some(channels),
        share: batch.share,
        until: batch.until,
        attach: batch.attach.into_iter().map(Into::into).collect(),
        note: batch.note,
        explicit: batch.explicit,
        ..NewAnswer::new(&batch.purpose, true, how, consents::happened(Some(&batch.on), vault.business(), now)?)
    };
    if batch.dry_run {
        let plan = consents::plan_batch(&vault, &signers, &new, now)?;
        let text = planned(&plan);
        let BatchPlan { version, since, later, records, over, left, problems, .. } = plan;
        let found = json!({ "recorded": records, "events": [], "left": left, "problems": problems, "over": over,
            "version": version, "since": since, "later_version": later });
        return Ok(Outcome::new(found, text));
    }
    let batched = consents::batch(&mut vault, &signers, &new, &Progress::default(), now)?.output;
    let text = recorded(&batched);
    Ok(Outcome::new(batched, text))
}

/// Takes back what was recorded with one act.
pub(super) fn undo(batch: Uuid, note: &str, door: &Door) -> Result<Outcome> {
    let undone = consents::undo_batch(&mut door.write()?, batch, note, &Progress::default(), clock::now())?.output;
    let mut text = match undone.corrected {
        1 => "Taken back for one person.\n".to_owned(),
        many => format!("Taken back for {many} people.\n"),
    };
    if undone.kept > 0 {
        text.push_str(&format!("  Stays for {} on lock by now.\n", undone.kept));
    }
    Ok(Outcome::new(undone, text))
}

fn planned(plan: &BatchPlan) -> String {
    let mut text = match plan.records {
        1 => format!("A yes to version {} would be recorded for one person.\n", plan.version),
        many => format!("A yes to version {} would be recorded for {many} people.\n", plan.version),
    };
    if plan.later {
        text.push_str(&format!("  Mind: that text is there since {}, after they answered.\n", plan.since));
    }
    if plan.over > 0 {
        text.push_str(&format!("  Mind: for {} of them it is over already.\n", plan.over));
    }
    text.push_str(&left_out(&plan.left));
    text.push_str(&rows(&plan.problems));
    text.push_str("\nThis was a dry run: nothing was recorded.\n");
    text
}

fn recorded(batched: &Batched) -> String {
    let mut text = match batched.recorded {
        1 => "Recorded for one person.\n".to_owned(),
        many => format!("Recorded for {many} people.\n"),
    };
    match batched.events.iter().filter(|one| one.warnings.contains(&Warning::Expired)).count() {
        0 => {}
        over => text.push_str(&format!("  Mind: for {over} of them it is over already.\n")),
    }
    text.push_str(&left_out(&batched.left));
    text.push_str(&rows(&batched.problems));
    if let Some(batch) = batched.batch {
        text.push_str(&format!("\nTo take it all back: akkoord-cli consent unbatch {batch} --note \"Why\"\n"));
    }
    text
}

fn left_out(left: &[LeftWhy]) -> String {
    let line = |one: &LeftWhy| {
        let names: Vec<String> = one.first.iter().map(|person| plain(&person.name)).collect();
        let more = if one.people > names.len() { ", …" } else { "" };
        format!("  Not for {}, {}: {}{more}\n", one.people, hindrance(one.why), names.join(", "))
    };
    left.iter().map(line).collect()
}

fn hindrance(why: Hindrance) -> &'static str {
    match why {
        Hindrance::Restricted => "on lock",
        Hindrance::Objected => "objected",
        Hindrance::GuardianNeeded => "children, for whom a parent answers one by one",
        Hindrance::LaterNo => "said no on that day or later",
        Hindrance::Known => "recorded already, or said yes later",
    }
}

fn rows(problems: &[RowProblem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let why = match problem.code {
            "ambiguous" => "several contacts have that address",
            "duplicate" => "an earlier row names the same person",
            code => match Hindrance::parse(code) {
                Some(why) => hindrance(why),
                None => "nobody like that is known",
            },
        };
        text.push_str(&format!("  Line {}: {}: {why}\n", problem.line, plain(&problem.given)));
    }
    text
}
