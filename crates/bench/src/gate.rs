//! "May I?": the rule alone, and the question put to the office.

use std::hint::black_box;

use akkoord_office::clock;
use akkoord_office::consents::{self, NewAnswer, Question, Target};
use akkoord_office::purposes::{self, NewPurpose, Wording};
use akkoord_office::vault::Vault;
use akkoord_rules::consent::{Basis, How, Purpose, Standing, Status, Version};
use akkoord_rules::gate::{self, Facts, Known};
use akkoord_rules::law::Country;
use akkoord_rules::person::{Channel, ChannelSet};

use crate::clocked::Times;
use crate::table::Table;
use crate::{Outcome, questions};

/// Questions that are timed together: one takes less than the clock can tell.
const TOGETHER: u32 = 10_000;
/// People whose answers are recorded.
const ANSWERED: usize = 300;

/// Adds the rule and the office's answer to the table.
pub(crate) fn measure(vault: &mut Vault, table: &mut Table) -> Outcome {
    let rule = rule()?.p99() * 1e3 / f64::from(TOGETHER);
    table.row("may, in the rules", &format!("{rule:.3} µs"), "< 1 µs", Some(rule < 1.0));
    let office = office(vault)?;
    table.row("may, through the office, median", &format!("{:.3} ms", office.middle()), "", None);
    table.milliseconds("may, through the office, p99", office.p99(), 2.0);
    Ok(())
}

fn rule() -> Outcome<Times> {
    let today = clock::now().date_naive();
    let purpose = Purpose {
        key: "news".to_owned(),
        basis: Basis::Consent,
        marketing: true,
        soft_opt_in: false,
        special: false,
        channels: ChannelSet::ALL,
        label: None,
        versions: vec![Version { number: 1, since: today, material: false }],
        validity: None,
        builtin: None,
    };
    let given = Standing { status: Status::Given, version: Some(1), channels: ChannelSet::ALL, ..Standing::default() };
    let refused = Standing { status: Status::Refused, ..Standing::default() };
    let facts = |standing| Facts {
        known: Known::Known,
        purpose: Some(&purpose),
        restricted: false,
        objected_marketing: false,
        objected_purpose: false,
        labelled: true,
        standing,
        addresses: ChannelSet::ALL,
        secondhand: ChannelSet::NONE,
        minor: false,
        phone: Country::Be.phone_marketing(today),
        target: gate::Target::Channel(Channel::Email),
    };
    let (yes, no) = (facts(&given), facts(&refused));
    Times::of(0..100, |_| {
        for n in 0..TOGETHER {
            let facts = if n % 2 == 0 { &yes } else { &no };
            black_box(gate::may(black_box(facts)));
        }
        Ok(())
    })
}

fn office(vault: &mut Vault) -> Outcome<Times> {
    let now = clock::now();
    let happened = vault.business().local(now.timestamp_millis());
    let purpose = NewPurpose {
        key: "news".to_owned(),
        title: "Nieuwsbrief".to_owned(),
        basis: Basis::Consent,
        wordings: vec![Wording::new("nl", "Ja, stuur mij de nieuwsbrief.".to_owned())?],
        channels: ChannelSet::NONE,
        retention: None,
        marketing: true,
        label: None,
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    purposes::add(vault, &purpose, now)?;
    let people = questions::sample(vault)?;
    for (n, person) in people.iter().take(ANSWERED).enumerate() {
        let answer = NewAnswer::new("news", n % 3 > 0, How::Phone, happened);
        consents::record(vault, &person.id.to_string(), &answer, now)?;
    }
    let question = Question {
        purpose: "news".to_owned(),
        target: Target::Channel(Channel::Email),
        on: vault.business().today(now),
    };
    Times::of(people.iter().take(2 * ANSWERED), |person| {
        consents::may(vault, &person.id.to_string(), &question)?;
        Ok(())
    })
}
