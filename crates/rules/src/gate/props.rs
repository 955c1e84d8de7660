//! The gate against the law's own sentences: every combination, and any history.

use proptest::prelude::*;
use uuid::Uuid;

use super::tests::purpose;
use super::*;
use crate::consent::{Answer, CONFIRM_DAYS, Ending, Event, day_of, fold, props};

const NAMES: [&str; 16] = [
    "newsletter",
    "photos",
    "appointments",
    "renewals",
    "invoices",
    "recall",
    "census",
    "offers",
    "mailing",
    "allergies",
    "survey",
    "rights",
    "inform",
    "ask",
    "ask_offer",
    "nonsense",
];

/// A prohibition and the reason that it gives.
type Prohibition = (Reason, fn(&Facts<'_>) -> bool);

/// What forbids, in the order of SPEC §6. Each is a sentence of its own, true or false whatever the others say.
const PROHIBITIONS: &[Prohibition] = &[
    (Reason::UnknownContact, |facts| facts.known == Known::Unknown),
    (Reason::Erased, |facts| facts.known == Known::Erased),
    (Reason::UnknownPurpose, |facts| facts.purpose.is_none()),
    (Reason::Restricted, |facts| facts.restricted && !is(facts, &["rights"])),
    (Reason::Objected, |facts| {
        (facts.objected_marketing || facts.objected_purpose)
            && is(facts, &["newsletter", "renewals", "offers", "mailing", "ask_offer"])
    }),
    (Reason::Objected, |facts| facts.objected_purpose && is(facts, &["photos", "allergies", "census", "survey"])),
    (Reason::BasisMissing, |facts| {
        let labelled = ["appointments", "renewals", "invoices", "recall", "census", "offers", "mailing", "survey"];
        !facts.labelled && is(facts, &labelled)
    }),
    (Reason::BasisMissing, |facts| {
        is(facts, &["ask", "ask_offer"])
            && channel(facts).is_some_and(|channel| writes(channel) && facts.secondhand.contains(channel))
    }),
    (Reason::NotAsked, |facts| wants_yes(facts) && says(facts, Status::NotAsked)),
    (Reason::NotAsked, |facts| wants_yes(facts) && says(facts, Status::Asked) && !facts.standing.lapsed),
    (Reason::AwaitingConfirmation, |facts| wants_yes(facts) && says(facts, Status::AwaitingConfirmation)),
    (Reason::Refused, |facts| {
        (wants_yes(facts) || markets(facts) || writes_about_marketing(facts)) && says(facts, Status::Refused)
    }),
    (Reason::Withdrawn, |facts| {
        (wants_yes(facts) || markets(facts) || writes_about_marketing(facts)) && says(facts, Status::Withdrawn)
    }),
    (Reason::WordingChanged, |facts| {
        wants_yes(facts) && facts.standing.lapsed && facts.standing.ending == Some(Ending::Wording)
    }),
    (Reason::Expired, |facts| wants_yes(facts) && facts.standing.lapsed),
    (Reason::NotAsked, |facts| is(facts, &["allergies"]) && says(facts, Status::Given) && !facts.standing.explicit),
    (Reason::WrongChannel, |facts| {
        channel(facts).is_some_and(|channel| {
            let purpose = facts.purpose.expect("known by now");
            let yes = says(facts, Status::Given);
            let agreed = !yes || facts.standing.channels.contains(channel);
            let preferred = !yes || facts.standing.prefer.is_none_or(|prefer| prefer == channel);
            let covered = purpose.channels.contains(channel) && agreed && preferred;
            !(is_builtin(facts) || covered)
        })
    }),
    (Reason::NoAddress, |facts| {
        channel(facts).is_some_and(|channel| channel != Channel::InPerson && !facts.addresses.contains(channel))
    }),
    (Reason::NoSharingPermission, |facts| {
        sharing(facts).is_some_and(|to| is_builtin(facts) || !to.shared || (wants_yes(facts) && !to.permitted))
    }),
    (Reason::GuardianNeeded, |facts| wants_yes(facts) && facts.minor && !facts.standing.guardian),
    (Reason::FieldWithheld, |facts| {
        sharing(facts).is_some_and(|to| to.field.is_some() && (!to.received || to.field > Some(to.ceiling)))
    }),
];

fn is(facts: &Facts<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| purpose(name).as_ref() == facts.purpose)
}

fn is_builtin(facts: &Facts<'_>) -> bool {
    facts.purpose.is_some_and(|purpose| purpose.builtin.is_some())
}

fn markets(facts: &Facts<'_>) -> bool {
    facts.purpose.is_some_and(|purpose| purpose.marketing && purpose.builtin.is_none())
}

/// Writes to somebody to ask them about marketing.
fn writes_about_marketing(facts: &Facts<'_>) -> bool {
    is(facts, &["ask_offer"]) && channel(facts).is_some_and(writes)
}

/// Only a yes allows: consent is the basis, the country says so for marketing calls, or it is marketing by message to somebody
/// whom no soft opt-in covers.
fn wants_yes(facts: &Facts<'_>) -> bool {
    let call = channel(facts) == Some(Channel::Phone) && facts.phone.rule == PhoneMarketing::Consent;
    let message = channel(facts).is_some_and(|channel| {
        let covered = is(facts, &["offers"]) && !facts.secondhand.contains(channel);
        writes(channel) && is(facts, &["offers", "mailing"]) && !covered
    });
    facts.purpose.is_some_and(|purpose| purpose.basis == Basis::Consent) || (call && markets(facts)) || message
}

fn writes(channel: Channel) -> bool {
    [Channel::Email, Channel::Sms, Channel::Messaging].contains(&channel)
}

fn says(facts: &Facts<'_>, status: Status) -> bool {
    facts.standing.status == status
}

fn channel(facts: &Facts<'_>) -> Option<Channel> {
    match facts.target {
        Target::Channel(channel) => Some(channel),
        Target::Connection(_) => None,
    }
}

fn sharing(facts: &Facts<'_>) -> Option<Sharing> {
    match facts.target {
        Target::Connection(sharing) => Some(sharing),
        Target::Channel(_) => None,
    }
}

fn any_standing() -> impl Strategy<Value = Standing> {
    let status = proptest::sample::select(Status::ALL);
    let ending = proptest::option::of(proptest::sample::select(Ending::ALL));
    let prefer = proptest::option::weighted(0.2, proptest::sample::select(Channel::ALL));
    let bits = prop_oneof![Just(63_u8), 0..64_u8];
    (status, ending, prefer, bits, any::<(bool, bool)>()).prop_map(
        |(status, ending, prefer, bits, (guardian, lapsed))| {
            let lapsed = status == Status::Expired || (status == Status::Asked && lapsed);
            let channels = ChannelSet::from_bits(bits);
            let evidence = vec![Uuid::from_u128(1)];
            Standing { status, ending, prefer, channels, guardian, lapsed, evidence, ..Standing::default() }
        },
    )
}

fn any_target() -> impl Strategy<Value = Target> {
    let field = proptest::option::of(proptest::sample::select(Sensitivity::ALL));
    let ceiling = proptest::sample::select(Sensitivity::ALL);
    let flags = (any::<(bool, bool)>(), proptest::bool::weighted(0.8));
    let sharing = (flags, field, ceiling).prop_map(|(((shared, permitted), received), field, ceiling)| {
        Target::Connection(Sharing { shared, permitted, received, field, ceiling })
    });
    prop_oneof![3 => proptest::sample::select(Channel::ALL).prop_map(Target::Channel), 1 => sharing]
}

fn any_rule() -> impl Strategy<Value = PhoneRule> {
    let rules = vec![PhoneMarketing::Consent, PhoneMarketing::Register, PhoneMarketing::OptOut];
    let rule = proptest::sample::select(rules);
    rule.prop_map(|rule| PhoneRule { from: None, rule, exception: None, register: None, verified: true })
}

/// All that is so besides purpose, standing, target and rule; troubles are rare, so that enough gets through.
#[derive(Debug, Clone, Copy)]
struct Besides {
    known: Known,
    restricted: bool,
    objected: (bool, bool),
    labelled: bool,
    addresses: ChannelSet,
    secondhand: ChannelSet,
    minor: bool,
}

fn any_besides() -> impl Strategy<Value = Besides> {
    let rarely = || proptest::bool::weighted(0.15);
    let known = prop_oneof![12 => Just(Known::Known), 1 => Just(Known::Erased), 1 => Just(Known::Unknown)];
    (known, rarely(), (rarely(), rarely()), rarely(), [rarely(), rarely(), rarely()], [rarely(), rarely()]).prop_map(
        |(known, restricted, objected, unlabelled, [email, phone, post], [others, minor])| Besides {
            known,
            restricted,
            objected,
            labelled: !unlabelled,
            addresses: ChannelSet::reachable(!email, !phone, !post),
            secondhand: ChannelSet::reachable(others && !email, others && !phone, others && !post),
            minor,
        },
    )
}

fn facts<'a>(
    purpose: Option<&'a Purpose>,
    standing: &'a Standing,
    phone: &'a PhoneRule,
    target: Target,
    besides: Besides,
) -> Facts<'a> {
    Facts {
        known: besides.known,
        purpose,
        restricted: besides.restricted,
        objected_marketing: besides.objected.0,
        objected_purpose: besides.objected.1,
        labelled: besides.labelled,
        standing,
        addresses: besides.addresses,
        secondhand: besides.secondhand,
        minor: besides.minor,
        phone,
        target,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn what_nothing_forbids_is_allowed_and_the_first_prohibition_is_the_reason(
        name in proptest::sample::select(&NAMES[..]), standing in any_standing(), target in any_target(),
        phone in any_rule(), besides in any_besides(),
    ) {
        let purpose = purpose(name);
        let facts = facts(purpose.as_ref(), &standing, &phone, target, besides);
        let decision = may(&facts);
        prop_assert_eq!(reason(&facts), decision.reason());
        let forbids = PROHIBITIONS.iter().find(|(_, holds)| holds(&facts)).map(|(reason, _)| *reason);
        let allows = if wants_yes(&facts) { Reason::AllowedConsent } else { Reason::AllowedBasis };
        prop_assert_eq!(decision.reason(), forbids.unwrap_or(allows));
        prop_assert_eq!(decision.allowed, forbids.is_none());
        for instead in &decision.instead {
            if let Instead::Channel(other) = instead {
                let there = Facts { target: Target::Channel(*other), ..facts };
                prop_assert!(may(&there).allowed);
            }
        }
    }

    #[test]
    fn no_order_of_events_allows_what_no_yes_covers(
        (history, shuffled) in props::any_history()
            .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        purpose in props::any_purpose(), marketing in any::<bool>(), on in props::any_day(), zone in props::any_zone(),
        target in any_target(), phone in any_rule(), besides in any_besides(),
    ) {
        let purpose = Purpose { marketing, ..purpose };
        let decide = |events: &[Event], besides: Besides| {
            let standing = fold(events, &purpose, on, zone, CONFIRM_DAYS);
            may(&facts(Some(&purpose), &standing, &phone, target, besides))
        };
        let decision = decide(&history, besides);
        prop_assert_eq!(&decision, &decide(&shuffled, besides));
        if decision.allowed {
            let yes = props::yes_that_holds(&history, &purpose, on, zone);
            prop_assert!(yes.is_some());
            let (event, terms) = yes.unwrap();
            prop_assert!(decision.evidence.contains(&event.id));
            prop_assert!(!(besides.restricted || besides.objected.1));
            prop_assert!(!(marketing && besides.objected.0));
            prop_assert!(!besides.minor || terms.guardian);
            if let Target::Channel(channel) = target {
                prop_assert!(terms.channels.is_none_or(|channels| channels.contains(channel)));
                prop_assert!(terms.prefer.is_none_or(|prefer| prefer == channel));
                prop_assert!(purpose.channels.contains(channel) && besides.addresses.contains(channel));
            }
        }
        let restricted = Besides { restricted: true, ..besides };
        prop_assert!(!decide(&history, restricted).allowed);
        let objected = Besides { objected: (false, true), ..besides };
        prop_assert!(!decide(&history, objected).allowed);
        let objected = Besides { objected: (true, false), ..besides };
        prop_assert!(!(marketing && decide(&history, objected).allowed));
    }

    #[test]
    fn a_no_that_comes_last_is_never_passed(
        history in props::any_history(), purpose in props::any_purpose(), on in props::any_day(),
        zone in props::any_zone(), target in any_target(), phone in any_rule(), besides in any_besides(),
        refused in any::<bool>(), basis in proptest::sample::select(Basis::ALL),
    ) {
        let last = history.iter().map(|event| event.happened).max().unwrap_or_default();
        let answer = if refused { Answer::Refused } else { Answer::Withdrawn };
        let mut history = history;
        history.push(Event { id: Uuid::from_u128(99), seq: 99, happened: last, version: 1, answer });
        let on = on.max(day_of(last, zone));
        for purpose in [Purpose { basis, marketing: true, ..purpose.clone() }, purpose] {
            let standing = fold(&history, &purpose, on, zone, CONFIRM_DAYS);
            prop_assert!(!may(&facts(Some(&purpose), &standing, &phone, target, besides)).allowed);
        }
    }

    #[test]
    fn from_the_day_on_which_a_yes_ends_it_allows_nothing(
        history in props::any_history(), purpose in props::any_purpose(), on in props::any_day(),
        zone in props::any_zone(), target in any_target(), phone in any_rule(), besides in any_besides(),
    ) {
        let known: Vec<Event> = history.into_iter().filter(|event| day_of(event.happened, zone) <= on).collect();
        let standing = fold(&known, &purpose, on, zone, CONFIRM_DAYS);
        if let Some(end) = standing.expires {
            let over = fold(&known, &purpose, end.max(on), zone, CONFIRM_DAYS);
            prop_assert!(!may(&facts(Some(&purpose), &over, &phone, target, besides)).allowed);
        }
    }
}
