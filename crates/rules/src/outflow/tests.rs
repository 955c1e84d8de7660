//! Cases 1 and 2 row by row, and that nothing leaves which the gate does not let out.

use proptest::prelude::*;

use super::*;
use crate::consent::{Basis, Purpose, Standing, Status};
use crate::gate::Known;
use crate::law::{PhoneMarketing, PhoneRule};
use crate::person::ChannelSet;

const RULE: PhoneRule =
    PhoneRule { from: None, rule: PhoneMarketing::OptOut, exception: None, register: None, verified: true };

fn purpose(basis: Basis) -> Purpose {
    Purpose {
        key: "news".to_owned(),
        basis,
        soft_opt_in: false,
        special: false,
        marketing: true,
        channels: ChannelSet::ALL,
        label: None,
        versions: Vec::new(),
        validity: None,
        builtin: None,
    }
}

fn facts<'a>(purpose: &'a Purpose, standing: &'a Standing, sharing: Sharing) -> Facts<'a> {
    Facts {
        known: Known::Known,
        purpose: Some(purpose),
        restricted: false,
        objected_marketing: false,
        objected_purpose: false,
        labelled: true,
        standing,
        addresses: ChannelSet::reachable(true, false, false),
        secondhand: ChannelSet::NONE,
        minor: false,
        phone: &RULE,
        target: Target::Connection(sharing),
    }
}

fn standing(status: Status) -> Standing {
    Standing { status, channels: ChannelSet::ALL, ..Standing::default() }
}

const LOW: Sharing = Sharing { shared: true, permitted: true, received: true, field: None, ceiling: Sensitivity::Low };
const EMAIL: Field = Field { sensitivity: Sensitivity::Low, reaches: true };
const BIRTHDAY: Field = Field { sensitivity: Sensitivity::High, reaches: false };
const LABELS: Field = Field { sensitivity: Sensitivity::None, reaches: false };

/// What becomes of somebody with this status, permission, fields and values: `goes`, `held`, `-` for each field, or why not.
fn become_of(status: Status, permitted: bool, fields: &[Field], has: &[bool]) -> String {
    let (purpose, standing) = (purpose(Basis::Consent), standing(status));
    let facts = [facts(&purpose, &standing, Sharing { permitted, ..LOW })];
    said(&outflow(&facts, None, fields, has))
}

fn said(verdict: &Verdict) -> String {
    let word = |flow: &Flow| match flow {
        Flow::Goes => "goes",
        Flow::Held => "held",
        Flow::Empty => "-",
    };
    match verdict {
        Verdict::Goes(flows) => flows.iter().map(word).collect::<Vec<_>>().join(" "),
        Verdict::Stays(reasons) => reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join(" + "),
    }
}

#[test]
fn without_permission_nothing_goes_and_above_the_ceiling_a_field_is_held_back() {
    let both = [EMAIL, BIRTHDAY];
    let rows = [
        (become_of(Status::Given, true, &both, &[true, true]), "goes held"),
        (become_of(Status::Given, true, &both, &[true, false]), "goes -"),
        (become_of(Status::Given, false, &both, &[true, true]), "no_sharing_permission"),
        (become_of(Status::Withdrawn, true, &both, &[true, true]), "withdrawn"),
        (become_of(Status::NotAsked, true, &both, &[true, true]), "not_asked"),
        (become_of(Status::Given, true, &both, &[false, true]), "no_address"),
        (become_of(Status::Given, true, &[EMAIL, LABELS], &[false, true]), "no_address"),
        (become_of(Status::Given, true, &[LABELS], &[true]), "goes"),
        (become_of(Status::Given, true, &[BIRTHDAY], &[true]), "field_withheld"),
        (become_of(Status::Given, true, &[BIRTHDAY], &[false]), "no_address"),
        (become_of(Status::Given, true, &[], &[]), "no_address"),
    ];
    for (found, expected) in rows {
        assert_eq!(found, expected);
    }
}

#[test]
fn one_purpose_that_lets_go_is_enough_and_none_names_the_reason_of_each() {
    let (consent, duty) = (purpose(Basis::Consent), Purpose { marketing: false, ..purpose(Basis::LegalObligation) });
    let (no, given) = (standing(Status::Refused), standing(Status::Given));
    let about = |facts: &[Facts<'_>]| said(&outflow(facts, None, &[EMAIL], &[true]));
    assert_eq!(about(&[facts(&consent, &no, LOW), facts(&duty, &no, LOW)]), "goes");
    let unpermitted = Sharing { permitted: false, ..LOW };
    assert_eq!(
        about(&[facts(&consent, &no, LOW), facts(&consent, &given, unpermitted), facts(&consent, &no, LOW)]),
        "refused + no_sharing_permission"
    );
    assert_eq!(about(&[]), "no_sharing_permission");
}

#[test]
fn a_connection_that_reaches_people_asks_about_its_channel_too() {
    let (consent, given) = (purpose(Basis::Consent), standing(Status::Given));
    let about =
        |standing: &Standing, reach| said(&outflow(&[facts(&consent, standing, LOW)], reach, &[EMAIL], &[true]));
    assert_eq!(about(&given, Some(Channel::Email)), "goes");
    assert_eq!(about(&given, Some(Channel::Post)), "no_address");
    let letters = Standing { prefer: Some(Channel::Post), ..given };
    assert_eq!(about(&letters, Some(Channel::Email)), "wrong_channel");
    assert_eq!(about(&letters, None), "goes");
}

fn any_field() -> impl Strategy<Value = (Field, bool)> {
    (proptest::sample::select(Sensitivity::ALL), any::<bool>(), any::<bool>())
        .prop_map(|(sensitivity, reaches, has)| (Field { sensitivity, reaches }, has))
}

/// What is so about one purpose: its basis, the answer, what is shared and permitted, what stops it.
type Case = (Basis, Status, (bool, bool), Sensitivity, (bool, bool, bool));

fn any_case() -> impl Strategy<Value = Case> {
    (
        proptest::sample::select(Basis::ALL),
        proptest::sample::select(Status::ALL),
        any::<(bool, bool)>(),
        proptest::sample::select(Sensitivity::ALL),
        any::<(bool, bool, bool)>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn nothing_leaves_that_the_gate_does_not_let_out(
        cases in proptest::collection::vec(any_case(), 0..3), fields in proptest::collection::vec(any_field(), 0..5),
        reach in proptest::option::of(proptest::sample::select(Channel::ALL)),
    ) {
        let given: Vec<(Purpose, Standing)> =
            cases.iter().map(|(basis, status, ..)| (purpose(*basis), standing(*status))).collect();
        let facts: Vec<Facts<'_>> = cases
            .iter()
            .zip(&given)
            .map(|((_, _, (shared, permitted), ceiling, (restricted, objected, labelled)), (purpose, standing))| Facts {
                restricted: *restricted,
                objected_marketing: *objected,
                labelled: *labelled,
                ..facts(purpose, standing, Sharing { shared: *shared, permitted: *permitted, ceiling: *ceiling, ..LOW })
            })
            .collect();
        let (fields, has): (Vec<Field>, Vec<bool>) = fields.into_iter().unzip();
        let open = |field: Option<Sensitivity>| facts.iter().any(|facts| {
            let Target::Connection(sharing) = facts.target else { return false };
            gate::may(&Facts { target: Target::Connection(Sharing { field, ..sharing }), ..*facts }).allowed
                && gate::may(facts).allowed
                && reach.is_none_or(|channel| gate::may(&Facts { target: Target::Channel(channel), ..*facts }).allowed)
        });
        match outflow(&facts, reach, &fields, &has) {
            Verdict::Goes(flows) => {
                prop_assert!(open(None));
                prop_assert_eq!(flows.len(), fields.len());
                prop_assert!(flows.contains(&Flow::Goes));
                for ((field, has), flow) in fields.iter().zip(&has).zip(&flows) {
                    let expected = match (has, open(Some(field.sensitivity))) {
                        (false, _) => Flow::Empty,
                        (true, true) => Flow::Goes,
                        (true, false) => Flow::Held,
                    };
                    prop_assert_eq!(*flow, expected);
                }
            }
            Verdict::Stays(reasons) => {
                prop_assert!(!reasons.is_empty() && reasons.iter().all(|reason| !reason.allows()));
                let nothing = !fields.iter().zip(&has).any(|(field, has)| *has && open(Some(field.sensitivity)));
                let unreachable = fields.iter().any(|field| field.reaches)
                    && !fields.iter().zip(&has).any(|(field, has)| field.reaches && *has);
                prop_assert!(!open(None) || nothing || unreachable);
            }
        }
    }
}
