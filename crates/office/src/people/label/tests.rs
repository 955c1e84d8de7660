use super::*;
use crate::intake::draft::Draft;
use crate::people::{self, Change, How};
use crate::trial::Trial;

#[test]
fn many_are_labelled_at_once_and_those_on_lock_are_named() {
    let mut trial = Trial::new();
    let ids: Vec<Uuid> = ["An", "Bo", "Cas"].map(|name| trial.person(name).parse().unwrap()).to_vec();
    people::restrict(&mut trial.vault, &ids[1].to_string(), "betwist", trial.now).unwrap();
    let done = label(&mut trial.vault, &ids, " vip ", true, trial.now).unwrap().output;
    assert_eq!((done.changed.as_slice(), done.left_out[0].name.as_str()), (&[ids[0], ids[2]][..], "Bo"));
    let labels =
        |trial: &Trial, id: Uuid| people::show(&trial.vault, &id.to_string(), trial.now).unwrap().fields.labels;
    assert_eq!((labels(&trial, ids[0]), labels(&trial, ids[1])), (vec!["vip".to_owned()], vec![]));
    let found =
        people::list(&trial.vault, &people::Question { query: "vip".to_owned(), limit: 9, after: None }).unwrap();
    assert_eq!(found.total, 2);
    assert_eq!(trial.fault(), None);
    assert!(label(&mut trial.vault, &ids, "vip", true, trial.now).unwrap().output.changed.is_empty());
    let done = label(&mut trial.vault, &done.changed, "vip", false, trial.now).unwrap().output;
    assert_eq!((done.changed.len(), labels(&trial, ids[2])), (2, vec![]));
    assert_eq!(trial.fault(), None);
    let set = Change { field: "labels".to_owned(), how: How::Set, value: "klant".to_owned() };
    people::set(&mut trial.vault, &ids[0].to_string(), &[set], trial.now).unwrap();
    assert_eq!(trial.fault(), None);
    trial.vault.rows().execute("UPDATE contact_label SET label = 'x'", []).unwrap();
    assert_eq!(trial.fault(), Some("contact_changed"));
}

#[test]
fn a_label_goes_from_all_who_are_one() {
    let mut trial = Trial::new();
    let labelled = |name: &str| Draft { given: name.to_owned(), labels: vec!["vip".to_owned()], ..Draft::default() };
    let (an, bo) = (trial.add(&labelled("An")), trial.add(&labelled("Bo")));
    people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap();
    let who = [an.parse().unwrap()];
    assert_eq!(label(&mut trial.vault, &who, "vip", false, trial.now).unwrap().output.changed, who);
    assert!(people::show(&trial.vault, &an, trial.now).unwrap().fields.labels.is_empty());
    assert_eq!(trial.fault(), None);
    let why = |trial: &mut Trial, text: &str| {
        label(&mut trial.vault, &who, text, true, trial.now).unwrap_err().facts["why"].as_str().unwrap().to_owned()
    };
    assert_eq!((why(&mut trial, " ").as_str(), why(&mut trial, "a,b").as_str()), ("empty", "one_label"));
}

#[test]
fn a_label_that_one_of_them_has_comes_no_second_time_so_taking_it_back_leaves_it() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let bo = trial.add(&Draft { given: "Bo".to_owned(), labels: vec!["vip".to_owned()], ..Draft::default() });
    people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap();
    let who = [an.parse().unwrap()];
    assert!(label(&mut trial.vault, &who, "vip", true, trial.now).unwrap().output.changed.is_empty());
    assert_eq!(people::show(&trial.vault, &an, trial.now).unwrap().fields.labels, ["vip"]);
}
