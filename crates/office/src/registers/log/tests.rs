use std::cell::Cell;

use super::*;
use crate::erasure::{self, Ground};
use crate::trial::Trial;

fn asked(trial: &Trial, query: &str, area: Option<LogArea>) -> LogPage {
    let question = LogQuestion { query: query.to_owned(), area, offset: 0, limit: 100 };
    log(&trial.vault, &question).unwrap()
}

fn codes(page: &LogPage) -> Vec<&str> {
    page.rows.iter().map(|line| line.act.as_str()).collect()
}

#[test]
fn the_log_is_narrowed_to_what_is_asked_and_names_only_who_is_here() {
    let mut trial = Trial::new();
    trial.purpose("news", None);
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    trial.yes(&an, "news");
    let all = asked(&trial, "", None);
    assert_eq!(codes(&all), ["consent_recorded", "contact_added", "contact_added", "purpose_added", "vault_made"]);
    assert_eq!((all.total, all.entries), (5, 5));
    assert_eq!(codes(&asked(&trial, "bo@", None)), ["contact_added"]);
    assert_eq!(codes(&asked(&trial, "5", None)), ["consent_recorded"]);
    assert_eq!(codes(&asked(&trial, "niemand", None)), Vec::<&str>::new());
    assert_eq!(codes(&asked(&trial, "an@", Some(LogArea::Changes))), ["contact_added"]);
    assert_eq!(codes(&asked(&trial, "", Some(LogArea::Vault))), ["vault_made"]);
    assert!(matches!(&all.rows[1].about, About::One { name, .. } if name == "Bo"), "{:?}", all.rows[1]);
    let reason = Ground::Reason("vroeg het".to_owned());
    erasure::erase(&mut trial.vault, &bo, &reason, None, trial.now).unwrap();
    let after = asked(&trial, "", None);
    assert_eq!((after.rows[0].act.as_str(), &after.rows[0].about), ("erased", &About::Gone));
    assert_eq!(after.rows[2].about, About::Gone);
    let stretch = LogQuestion { offset: 1, limit: 2, ..LogQuestion::default() };
    let stretch = log(&trial.vault, &stretch).unwrap();
    assert_eq!((stretch.total, codes(&stretch)), (6, vec!["consent_recorded", "contact_added"]));
}

#[test]
fn a_search_means_everybody_whom_it_finds_and_who_became_one_with_them() {
    let mut trial = Trial::new();
    let all: Vec<String> = (0..70).map(|n| trial.person(&format!("Peeters{n}"))).collect();
    let other = trial.person("Zoe");
    assert_eq!(asked(&trial, "peeters", None).total, 70);
    people::merge(&mut trial.vault, &all[60], &other, trial.now).unwrap();
    assert_eq!(asked(&trial, "peeters60", None).total, 3, "both were added, and made one");
    assert_eq!(asked(&trial, "peeters", None).total, 72);
    assert_eq!(asked(&trial, "…", None).total, 0, "signs alone name nobody");
}

#[test]
fn verifying_tells_each_entry_and_stops_when_told_to() {
    let mut trial = Trial::new();
    trial.person("An");
    let last = Cell::new(0);
    let told = |seq| {
        last.set(seq);
        Ok(())
    };
    let verified = trial.vault.verify_telling(None, told).unwrap();
    assert_eq!((verified.ok, last.get()), (true, verified.entries));
    let stopped = trial.vault.verify_telling(None, |_| Err(Problem::new(Code::Cancelled))).unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
}
