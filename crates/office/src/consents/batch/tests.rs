//! Forms that many signed: for whom they are recorded, once for all, and how they are taken back.

use akkoord_rules::consent::How;

use super::*;
use crate::consents::{NewObjection, object, piles, record, undo_batch, withdraw};
use crate::intake::draft::Draft;
use crate::people::restrict;
use crate::profile::incoming::Given;
use crate::trial::Trial;

/// Six people: An and Bea signed and nothing speaks against it.
fn shop() -> (Trial, Vec<Uuid>) {
    let mut trial = Trial::new();
    trial.purpose("newsletter", Some("P2Y"));
    let mut people: Vec<String> = ["An", "Bea", "Cas", "Dré", "Els"].map(|name| trial.person(name)).into();
    let child = Draft { given: "Fien".to_owned(), birthday: "2015-05-01".to_owned(), ..Draft::default() };
    people.push(trial.add(&child));
    // Cas said no a day after the form, Dré objected, Els is on lock.
    trial.later(1);
    let no = trial.answer("newsletter", false, How::Phone);
    record(&mut trial.vault, &people[2], &no, trial.now).unwrap();
    let at = trial.vault.business().local(trial.now.timestamp_millis());
    let objection = NewObjection { purpose: None, how: How::Phone, happened: at };
    object(&mut trial.vault, &people[3], &objection, trial.now).unwrap();
    restrict(&mut trial.vault, &people[4], "betwist", trial.now).unwrap();
    trial.later(29);
    (trial, people.iter().map(|id| id.parse().unwrap()).collect())
}

/// A form of 2 March, with a scan.
fn form(trial: &Trial) -> NewAnswer {
    let scan = trial.dir().join("scan.pdf");
    std::fs::write(&scan, "%PDF-1.7 getekend").unwrap();
    let signed = "2026-03-02T12:00:00+01:00".parse().unwrap();
    NewAnswer { attach: vec![Given::Path(scan)], ..NewAnswer::new("newsletter", true, How::Letter, signed) }
}

fn whys(left: &[LeftWhy]) -> Vec<(&'static str, usize, &str)> {
    left.iter().map(|one| (one.why.as_str(), one.people, one.first[0].name.as_str())).collect()
}

#[test]
fn what_is_shown_before_is_what_is_recorded_and_one_act_takes_it_back() {
    let (mut trial, people) = shop();
    let (now, form, all) = (trial.now, form(&trial), Signers::Contacts(people.clone()));
    let entries = trial.vault.verify(None).unwrap().entries;
    let plan = plan_batch(&trial.vault, &all, &form, now).unwrap();
    assert_eq!((plan.version, plan.records, plan.over, plan.texts[0].text.as_str()), (1, 2, 0, "Ja."));
    let mut left = whys(&plan.left);
    left.sort_unstable();
    let expected =
        [("guardian_needed", 1, "Fien"), ("later_no", 1, "Cas"), ("objected", 1, "Dré"), ("restricted", 1, "Els")];
    assert_eq!(left, expected);
    assert_eq!(trial.vault.verify(None).unwrap().entries, entries, "looking records nothing");
    let done = batch(&mut trial.vault, &all, &form, &Progress::default(), now).unwrap().output;
    assert_eq!((done.recorded, done.left.len()), (plan.records, plan.left.len()));
    assert_eq!(done.events.iter().map(|one| one.contact).collect::<Vec<_>>(), people[..2]);
    assert_eq!(trial.vault.verify(None).unwrap().entries, entries + 1, "one act for all");
    let count = |sql: &str| trial.vault.rows().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("SELECT count(*) FROM proof_content"), count("SELECT count(*) FROM proof")), (1, 2));
    let again = plan_batch(&trial.vault, &all, &form, now).unwrap();
    assert_eq!(
        (again.records, whys(&again.left)[0]),
        (0, ("known", 2, "An")),
        "the same pile again records nobody twice"
    );
    // An is put on lock since, and her yes stays; Bea's goes.
    restrict(&mut trial.vault, &people[0].to_string(), "betwist", now).unwrap();
    let listed =
        |trial: &Trial| piles(&trial.vault).unwrap().into_iter().map(|pile| (pile.batch, pile.people, pile.left));
    let pile = done.batch.unwrap();
    assert_eq!(listed(&trial).collect::<Vec<_>>(), [(pile, 2, 2)]);
    let stopped = Progress::default();
    stopped.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    let refused = undo_batch(&mut trial.vault, pile, "Verkeerde stapel", &stopped, now).unwrap_err();
    assert_eq!((refused.code, listed(&trial).next()), (Code::Cancelled, Some((pile, 2, 2))), "stopped leaves it whole");
    let progress = Progress::default();
    let undone = undo_batch(&mut trial.vault, pile, "Verkeerde stapel", &progress, now).unwrap().output;
    assert_eq!((undone.corrected, undone.kept, progress.rows.into_inner()), (1, 1, 2));
    assert_eq!(listed(&trial).next(), Some((pile, 2, 1)), "of one it still counts");
    let plan = plan_batch(&trial.vault, &Signers::Contacts(people[1..2].to_vec()), &form, now).unwrap();
    assert_eq!(plan.records, 1);
    assert!(
        undo_batch(&mut trial.vault, Uuid::now_v7(), "x", &Progress::default(), now)
            .is_err_and(|refused| refused.code == Code::NotFound)
    );
    assert_eq!(trial.fault(), None);
}

#[test]
fn a_yes_taken_back_later_stays_taken_back_and_nobody_is_no_act() {
    let (mut trial, people) = shop();
    let (now, form) = (trial.now, form(&trial));
    let an = people[0].to_string();
    trial.yes(&an, "newsletter");
    let at = trial.vault.business().local(now.timestamp_millis());
    withdraw(&mut trial.vault, &an, "newsletter", How::Email, at, now).unwrap();
    let entries = trial.vault.verify(None).unwrap().entries;
    let done =
        batch(&mut trial.vault, &Signers::Contacts(people[..1].to_vec()), &form, &Progress::default(), now).unwrap();
    assert_eq!((done.output.recorded, done.output.batch, done.touched.len()), (0, None, 0));
    assert_eq!(trial.vault.verify(None).unwrap().entries, entries);
    assert_eq!(whys(&done.output.left), [("later_no", 1, "An")]);
    let no = NewAnswer { yes: false, ..form };
    let refused = plan_batch(&trial.vault, &Signers::Contacts(people), &no, now).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);
}
