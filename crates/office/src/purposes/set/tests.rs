use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;

use super::*;
use crate::consents::{self, Question, Target};
use crate::problem::Code;
use crate::purposes::{self, Wording, agreed};
use crate::trial::Trial;

fn lasting(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_purpose_is_changed_and_stays_as_it_was_sealed() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P24M"));
    let change = PurposeChange {
        title: Some(" Nieuwsbrief per post ".to_owned()),
        channels: Some([Channel::Post].into_iter().collect()),
        ..PurposeChange::default()
    };
    set(&mut trial.vault, "news", &change, trial.now).unwrap();
    let short = PurposeChange { short: Some("Post".to_owned()), ..PurposeChange::default() };
    let before = purposes::show(&trial.vault, "news").unwrap();
    assert_eq!((before.title.as_str(), before.short.as_str()), ("Nieuwsbrief per post", "Nieuwsbrief"));
    set(&mut trial.vault, "news", &short, trial.now).unwrap();
    let shown = purposes::show(&trial.vault, "news").unwrap();
    assert_eq!(
        (shown.short.as_str(), shown.channels.as_slice(), shown.retention.as_str()),
        ("Post", &[Channel::Post][..], "P24M")
    );
    assert_eq!(trial.fault(), None);
    for sql in
        ["UPDATE purpose SET short = 'x'", "UPDATE purpose SET title = 'x'", "UPDATE purpose SET channels = 'email'"]
    {
        let conn = trial.vault.rows();
        conn.execute_batch("SAVEPOINT before").unwrap();
        conn.execute(sql, []).unwrap();
        let found = purposes::changed(conn).unwrap();
        conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        assert_eq!(found.map(|fault| fault.code), Some("purpose_changed"), "{sql}");
    }
}

#[test]
fn nobodys_yes_lasts_longer_or_reaches_further_than_they_were_told() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P12M"));
    let an = trial.person("An");
    let only = PurposeChange { channels: Some([Channel::Post].into_iter().collect()), ..PurposeChange::default() };
    set(&mut trial.vault, "news", &only, trial.now).unwrap();
    let longer = PurposeChange { retention: lasting("P18M"), ..PurposeChange::default() };
    set(&mut trial.vault, "news", &longer, trial.now).unwrap();
    trial.yes(&an, "news");
    for retention in [lasting("P2Y"), lasting("")] {
        let longer = PurposeChange { retention, ..PurposeChange::default() };
        let problem = set(&mut trial.vault, "news", &longer, trial.now).unwrap_err();
        assert_eq!((problem.code, &problem.facts["why"]), (Code::Invalid, &"longer_than_agreed".into()));
    }
    let all = PurposeChange { channels: Some(ChannelSet::ALL), ..PurposeChange::default() };
    set(&mut trial.vault, "news", &all, trial.now).unwrap();
    let on = trial.vault.business().today(trial.now);
    let question = Question { purpose: "news".to_owned(), target: Target::Channel(Channel::Email), on };
    assert!(!consents::may(&trial.vault, &an, &question).unwrap().decision.allowed, "post was what they agreed to");
    let shorter = PurposeChange { retention: lasting("P1M"), ..PurposeChange::default() };
    set(&mut trial.vault, "news", &shorter, trial.now).unwrap();
    let expires = consents::history(&trial.vault, &an).unwrap()[0].expires;
    assert_eq!(expires.map(|day| day.to_string()).as_deref(), Some("2026-04-02"));
    assert_eq!(trial.fault(), None);
}

#[test]
fn what_is_no_name_or_nobodys_is_refused() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let mut refused = |key: &str, change: PurposeChange| {
        let problem = set(&mut trial.vault, key, &change, trial.now).unwrap_err();
        (problem.code, problem.facts.get("why").and_then(Value::as_str).unwrap_or_default().to_owned())
    };
    let none = PurposeChange::default;
    assert_eq!(refused("x", none()).0, Code::NotFound);
    assert_eq!(refused("rights", none()).0, Code::BuiltinPurpose);
    let empty = Some(" ".to_owned());
    assert_eq!(refused("news", PurposeChange { title: empty, ..none() }), (Code::Invalid, "empty".to_owned()));
    let year = PurposeChange { retention: lasting("1 jaar"), ..none() };
    assert_eq!(refused("news", year), (Code::Invalid, "no_span".to_owned()));
    let long = Some("Nieuwsbrief!".to_owned());
    assert_eq!(refused("news", PurposeChange { short: long, ..none() }), (Code::Invalid, "too_long".to_owned()));
}

#[test]
fn a_short_name_follows_from_the_title() {
    for (given, title, expected) in [
        ("", "Nieuwsbrief", "Nieuwsbrief"),
        ("", "Onderhoudsherinnering per post", "Onderhouds."),
        ("", "Foto’s in de winkel", "Foto’s"),
        ("Tevreden", "Tevredenheidsvraag", "Tevreden"),
    ] {
        assert_eq!(short(given, title), expected);
    }
}

#[test]
fn it_is_known_who_agreed_to_which_version() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1M"));
    let people = ["An", "Bo", "Cas", "Dé"].map(|name| trial.person(name));
    trial.yes(&people[0], "news");
    trial.later(20);
    let text = Wording::new("nl", "Ja, en meer.".to_owned()).unwrap();
    purposes::revise(&mut trial.vault, "news", std::slice::from_ref(&text), false, trial.now).unwrap();
    trial.yes(&people[1], "news");
    let form = trial.answer("news", true, How::WebForm);
    consents::record(&mut trial.vault, &people[2], &form, trial.now).unwrap();
    let count = |trial: &Trial| {
        let found = agreed(&trial.vault, "news", trial.now).unwrap();
        let versions: Vec<(u32, i64)> = found.versions.iter().map(|one| (one.version, one.people)).collect();
        (versions, found.ask_again)
    };
    assert_eq!(count(&trial), (vec![(1, 1), (2, 1)], 3));
    trial.later(12);
    assert_eq!(count(&trial), (vec![(2, 1)], 2), "An's month is over; Cas may still confirm");
    purposes::revise(&mut trial.vault, "news", &[text], true, trial.now).unwrap();
    assert_eq!(count(&trial), (vec![], 0));
}

#[test]
fn messages_to_existing_customers_are_the_owners_to_choose_and_a_special_yes_is_express() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let offers = purposes::NewPurpose {
        key: "offers".to_owned(),
        title: "Aanbiedingen".to_owned(),
        basis: Basis::LegitimateInterests,
        wordings: Vec::new(),
        channels: ChannelSet::ALL,
        retention: None,
        marketing: true,
        label: None,
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    let added = purposes::add(&mut trial.vault, &offers, trial.now).unwrap().output;
    assert_eq!(added.warnings, [Warning::AppliesToEverybody, Warning::CountsAsSoftOptIn]);
    let asks = |trial: &Trial, key: &str| {
        let on = trial.vault.business().today(trial.now);
        let question = Question { purpose: key.to_owned(), target: Target::Channel(Channel::Email), on };
        consents::may(&trial.vault, &an, &question).unwrap().decision.reason().as_str()
    };
    assert_eq!(asks(&trial, "offers"), "allowed_basis");
    let soft = |on| PurposeChange { soft_opt_in: Some(on), ..PurposeChange::default() };
    set(&mut trial.vault, "offers", &soft(false), trial.now).unwrap();
    assert_eq!(asks(&trial, "offers"), "not_asked");
    trial.purpose("allergies", None);
    assert_eq!(set(&mut trial.vault, "allergies", &soft(true), trial.now).unwrap_err().code, Code::Invalid);
    trial.yes(&an, "allergies");
    assert_eq!(asks(&trial, "allergies"), "allowed_consent");
    let special = PurposeChange { special: Some(true), ..PurposeChange::default() };
    assert_eq!(set(&mut trial.vault, "offers", &special, trial.now).unwrap_err().code, Code::Invalid);
    set(&mut trial.vault, "allergies", &special, trial.now).unwrap();
    assert_eq!(asks(&trial, "allergies"), "not_asked");
    let mut yes = trial.answer("allergies", true, How::Phone);
    assert_eq!(consents::record(&mut trial.vault, &an, &yes, trial.now).unwrap_err().code, Code::Invalid);
    yes.explicit = true;
    consents::record(&mut trial.vault, &an, &yes, trial.now).unwrap();
    assert_eq!(asks(&trial, "allergies"), "allowed_consent");
    assert_eq!(trial.fault(), None);
}

#[test]
fn a_purpose_and_a_new_version_of_it_are_one_act_in_however_many_languages() {
    let mut trial = Trial::new();
    let acts = |trial: &Trial| -> Vec<String> {
        let mut query = trial.vault.rows().prepare("SELECT act FROM audit ORDER BY seq").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let texts = |what: &str| ["nl", "fr", "en"].map(|language| Wording::new(language, what.to_owned()).unwrap());
    let new = purposes::NewPurpose {
        key: "allergies".to_owned(),
        title: "Allergieën".to_owned(),
        basis: Basis::Consent,
        wordings: texts("Ja?").to_vec(),
        channels: ChannelSet::ALL,
        retention: None,
        marketing: false,
        label: None,
        share: Vec::new(),
        soft_opt_in: Some(false),
        special: true,
    };
    let none = purposes::NewPurpose { basis: Basis::Contract, ..new.clone() };
    assert_eq!(purposes::add(&mut trial.vault, &none, trial.now).unwrap_err().code, Code::Invalid);
    purposes::add(&mut trial.vault, &new, trial.now).unwrap();
    purposes::revise(&mut trial.vault, "allergies", &texts("Ja, echt?"), true, trial.now).unwrap();
    purposes::word(&mut trial.vault, "allergies", &texts("Ja, heus?"), None, trial.now).unwrap();
    assert_eq!(acts(&trial), ["vault_made", "purpose_added", "purpose_worded", "purpose_worded"]);
    let shown = purposes::show(&trial.vault, "allergies").unwrap();
    assert!(shown.special);
    let said: Vec<(u32, usize)> =
        shown.versions.iter().map(|version| (version.version, version.wordings.len())).collect();
    assert_eq!(said, [(1, 3), (2, 3)]);
    // All of it or nothing: the second of these is no language, and of two in one language nobody knows which.
    let [dutch, ..] = texts("Nee?");
    let odd = Wording { language: "dutch".to_owned(), ..dutch.clone() };
    for wrong in [vec![dutch.clone(), odd], vec![dutch.clone(), dutch], Vec::new()] {
        let refused = purposes::revise(&mut trial.vault, "allergies", &wrong, true, trial.now).unwrap_err();
        assert_eq!(refused.code, Code::Invalid, "{wrong:?}");
    }
    assert_eq!(purposes::show(&trial.vault, "allergies").unwrap().versions.len(), 2);
    assert_eq!(trial.fault(), None);
    trial.vault.rows().execute("UPDATE purpose SET special = 0", []).unwrap();
    assert_eq!(trial.fault(), Some("purpose_changed"));
}
