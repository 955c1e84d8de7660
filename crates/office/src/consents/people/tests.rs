use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;

use super::*;
use crate::consents;
use crate::purposes::Wording;
use crate::trial::Trial;

fn ask(statuses: &[Status]) -> PurposeQuestion {
    PurposeQuestion {
        purpose: "news".to_owned(),
        statuses: statuses.to_vec(),
        limit: 100,
        ..PurposeQuestion::default()
    }
}

fn names(trial: &Trial, question: &PurposeQuestion) -> String {
    let page = people(&trial.vault, question, trial.now).unwrap();
    page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_list_is_narrowed_looked_through_and_sorted() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P3M"));
    let [an, bo, cas, de] = ["An", "Bo", "Cas", "Dé"].map(|name| trial.person(name));
    trial.yes(&cas, "news");
    trial.later(80);
    trial.yes(&an, "news");
    consents::ask(&mut trial.vault, &[&bo], "news", Channel::Email, trial.now).unwrap();
    let web = trial.answer("news", true, How::WebForm);
    consents::record(&mut trial.vault, &de, &web, trial.now).unwrap();
    assert_eq!(names(&trial, &ask(&[])), "An Bo Cas Dé");
    assert_eq!(names(&trial, &ask(&[Status::Given])), "An Cas");
    let since = PurposeQuestion { sort: StandSort::Since, ..ask(&[Status::Given]) };
    assert_eq!(names(&trial, &since), "Cas An");
    assert_eq!(names(&trial, &PurposeQuestion { backwards: true, ..since.clone() }), "An Cas");
    assert_eq!(names(&trial, &PurposeQuestion { offset: 1, limit: 1, ..since }), "An");
    assert_eq!(names(&trial, &PurposeQuestion { query: "cas@ex".to_owned(), ..ask(&[Status::Given]) }), "Cas");
    assert_eq!(names(&trial, &PurposeQuestion { query: "?".to_owned(), ..ask(&[]) }), "");
    let page = people(&trial.vault, &ask(&[]), trial.now).unwrap();
    let narrows: Vec<(Narrow, usize)> = page.narrows.iter().map(|one| (one.narrow, one.people)).collect();
    let expected = [(Narrow::ExpiringSoon, 1), (Narrow::AnsweredLately, 1), (Narrow::Unconfirmed, 1)];
    assert_eq!(narrows, expected);
    let narrowed = |trial: &Trial, narrow| names(trial, &PurposeQuestion { narrow: Some(narrow), ..ask(&[]) });
    assert_eq!(narrowed(&trial, Narrow::ExpiringSoon), "Cas");
    assert_eq!(narrowed(&trial, Narrow::AnsweredLately), "An");
    assert_eq!(narrowed(&trial, Narrow::Unconfirmed), "Dé");
    trial.later(14);
    assert_eq!(narrowed(&trial, Narrow::WaitingLong), "");
    trial.later(1);
    assert_eq!(narrowed(&trial, Narrow::WaitingLong), "Bo");
    let text = |text: &str| Wording::new("nl", text.to_owned()).unwrap();
    crate::purposes::revise(&mut trial.vault, "news", &[text("Ja, echt.")], false, trial.now).unwrap();
    assert_eq!(narrowed(&trial, Narrow::OlderWording), "An");
    crate::purposes::revise(&mut trial.vault, "news", &[text("Ja, en sms.")], true, trial.now).unwrap();
    assert_eq!(narrowed(&trial, Narrow::WordingChanged), "An");
    assert_eq!(names(&trial, &ask(&[Status::Expired])), "An Cas Dé");
}

#[test]
fn a_row_says_how_it_came_and_a_past_day_is_as_it_was() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1M"));
    let an = trial.person("An");
    let day = trial.vault.business().today(trial.now);
    consents::ask(&mut trial.vault, &[&an], "news", Channel::Email, trial.now).unwrap();
    trial.later(2);
    trial.yes(&an, "news");
    trial.later(60);
    let row = |on: Option<NaiveDate>| {
        let page = people(&trial.vault, &PurposeQuestion { on, ..ask(&[]) }, trial.now).unwrap();
        page.rows.into_iter().next().unwrap()
    };
    let before = row(day.pred_opt());
    assert_eq!((before.status, before.how.as_str(), before.since, before.version), (Status::NotAsked, "", None, None));
    let asked = row(Some(day));
    assert_eq!((asked.status, asked.how.as_str(), asked.since), (Status::Asked, "email", Some(day)));
    let yes = row(Some(day + Days::new(10)));
    assert_eq!((yes.status, yes.how.as_str(), yes.since), (Status::Given, "phone", Some(day + Days::new(2))));
    let over = row(None);
    assert_eq!((over.status, over.since, over.language.as_str()), (Status::Expired, yes.expires, "nl"));
    assert!(over.expires.is_some());
}
