use akkoord_rules::consent::How;

use super::*;
use crate::consents::{self, NewObjection, Question};
use crate::people;
use crate::trial::Trial;

fn cells(strip: &Strip) -> Vec<String> {
    let word = |cell: &StripCell| format!("{} {}", cell.channel.as_str(), cell.decision.reason().as_str());
    strip.channels.iter().map(word).collect()
}

#[test]
fn a_strip_says_for_every_channel_what_the_gate_says_and_what_shows_it() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P24M"));
    let an = trial.person("An");
    let file = trial.dir().join("gesprek.ogg");
    std::fs::write(&file, "ja").unwrap();
    let mut yes = trial.answer("news", true, How::Phone);
    yes.attach = vec![file.into()];
    yes.channels = Some([Channel::Email, Channel::Sms].into_iter().collect());
    consents::record(&mut trial.vault, &an, &yes, trial.now).unwrap();
    let on = trial.vault.business().today(trial.now);
    let shown = strip(&trial.vault, "an@example.be", "news", on).unwrap();
    assert_eq!(
        cells(&shown),
        [
            "email allowed_consent",
            "phone wrong_channel",
            "sms no_address",
            "post wrong_channel",
            "messaging wrong_channel",
            "in_person wrong_channel"
        ]
    );
    assert_eq!(
        (shown.status, shown.expires.map(|day| day.to_string()).as_deref()),
        (Status::Given, Some("2028-03-02"))
    );
    let [event] = shown.events.as_slice() else { panic!("{:?}", shown.events) };
    assert_eq!((event.how.as_str(), event.by.as_str(), event.proofs.len()), ("phone", "An", 1));
    assert_eq!(event.happened, "2026-03-02T10:00:00+01:00");
    for cell in &shown.channels {
        let question = Question { purpose: "news".to_owned(), target: Target::Channel(cell.channel), on };
        let alone = consents::may(&trial.vault, &an, &question).unwrap().decision;
        assert_eq!(cell.decision, alone, "{:?}", cell.channel);
    }
    people::restrict(&mut trial.vault, &an, "betwist", trial.now).unwrap();
    let shown = strip(&trial.vault, &an, "news", on).unwrap();
    assert!(shown.channels.iter().all(|cell| cell.decision.reason() == Reason::Restricted) && shown.events.is_empty());
    assert_eq!(strip(&trial.vault, &an, "x", on).unwrap().channels[0].decision.reason(), Reason::UnknownPurpose);
    assert_eq!(strip(&trial.vault, "bo@example.be", "news", on).unwrap_err().code, crate::Code::NotFound);
}

#[test]
fn ways_name_what_is_allowed_now_and_else_why_not() {
    let mut trial = Trial::new();
    for key in ["news", "care", "fun"] {
        trial.purpose(key, None);
    }
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    trial.yes(&an, "news");
    let no = trial.answer("fun", false, How::Phone);
    consents::record(&mut trial.vault, &an, &no, trial.now).unwrap();
    let told = |trial: &Trial| -> Vec<String> {
        let question = people::Question { query: String::new(), limit: 2, after: None };
        let found = reached(&trial.vault, &question, trial.now).unwrap();
        assert_eq!(found.people.contacts.iter().map(|one| one.id.to_string()).collect::<Vec<_>>(), [&*an, &*bo]);
        let [ways, others] = found.ways.try_into().unwrap();
        assert!(others.iter().all(|way| way.channels.is_empty() && way.reason == Some(Reason::NotAsked)));
        let words = |way: &Ways| {
            let channels: Vec<&str> = way.channels.iter().map(|channel| channel.as_str()).collect();
            format!("{}: {}{}", way.purpose, channels.join(" "), way.reason.map_or("", Reason::as_str))
        };
        ways.iter().map(words).collect()
    };
    assert_eq!(told(&trial), ["news: email in_person", "care: not_asked", "fun: refused"]);
    let happened = trial.vault.business().local(trial.now.timestamp_millis());
    let objection = NewObjection { purpose: None, how: How::Phone, happened };
    consents::object(&mut trial.vault, &an, &objection, trial.now).unwrap();
    assert_eq!(told(&trial), ["news: objected", "care: objected", "fun: objected"]);
}
