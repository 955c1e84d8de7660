use std::cell::RefCell;

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::people::{self, order};
use crate::trial::Trial;
use crate::vault::Act;

/// In how many days each one's two purposes end and a request of theirs is due.
type Days3 = (Option<u64>, Option<u64>, Option<u64>);

fn put(trial: &mut Trial, people: &[(i64, Days3)], today: NaiveDate) {
    let done = trial.vault.record(Act::ConsentRecorded, None, trial.now, |rows| {
        rows.execute_batch("DELETE FROM consent_status; DELETE FROM request")?;
        let on = |days: &u64| (today + Days::new(*days)).to_string();
        for (no, (news, care, due)) in people {
            for (purpose, ends) in [(1, news), (2, care)].into_iter().filter_map(|(no, ends)| Some((no, ends.as_ref()?))) {
                let sql = "INSERT INTO consent_status (contact_no, purpose_no, status, expires, version)
                           VALUES (?, ?, 'given', ?, 1)";
                rows.execute(sql, rusqlite::params![no, purpose, on(ends)])?;
            }
            if let Some(due) = due {
                let sql = "INSERT INTO request (id, contact_no, kind, received, received_on, how, country, due, state,
                             recorded_at, by) VALUES (randomblob(16), ?1, 'access', ?2, ?2, 'phone', 'BE', ?2, 'open', 0, '')";
                rows.execute(sql, rusqlite::params![no, on(due)])?;
            }
        }
        Ok(())
    });
    done.unwrap();
}

/// The list as anybody would make it.
fn sorted(order: &Order, people: &[(i64, Days3)]) -> Vec<i64> {
    let mut all: Vec<_> = people
        .iter()
        .map(|(no, (news, care, due))| {
            let ends = [news, care].into_iter().flatten().filter(|days| **days > 0).min();
            let date = due.or(ends.copied());
            (date.is_none(), date, order.place(*no), *no)
        })
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(_, _, _, no)| no).collect()
}

/// However long the list is and in whatever stretches somebody looks at it, it is the one that sorting everybody gives.
#[test]
fn walking_along_and_looking_up_give_the_list_that_sorting_gives() {
    let trial = RefCell::new(Trial::new());
    trial.borrow_mut().purpose("news", None);
    trial.borrow_mut().purpose("care", None);
    let numbers: Vec<i64> = (0..24)
        .map(|n| {
            let id = trial.borrow_mut().person(&format!("P{:02}", n * 7 % 24));
            people::resolve(trial.borrow().vault.rows(), &id).unwrap().no
        })
        .collect();
    let day = || proptest::option::of(0_u64..9);
    let all = proptest::collection::vec((day(), day(), proptest::option::weighted(0.2, 0_u64..12)), 24);
    let config = ProptestConfig { cases: 48, ..ProptestConfig::default() };
    proptest!(config, |(all in all, stretch in 1_usize..9, some in proptest::collection::vec(any::<bool>(), 24))| {
        let trial = &mut *trial.borrow_mut();
        let today = trial.vault.business().today(trial.now);
        let all: Vec<(i64, Days3)> = numbers.iter().copied().zip(all).collect();
        put(trial, &all, today);
        let (conn, order) = (trial.vault.rows(), order::of(&trial.vault).unwrap());
        let wanted: Vec<(i64, Days3)> = all.iter().zip(&some).filter(|(_, some)| **some).map(|(one, _)| *one).collect();
        let mut names: Vec<i64> = wanted.iter().map(|(no, _)| *no).collect();
        names.sort_unstable_by_key(|no| order.place(*no));
        let expected = sorted(&order, &wanted);
        prop_assert_eq!(each_looked_up(conn, &order, names.clone(), today).unwrap(), expected.clone());
        let mut found = Found::default();
        found.agenda.begin(&trial.vault, &order, today).unwrap();
        found.rest = Rest::ByDate { wanted: Marks::of(&names), from: 0, names };
        while !found.agenda.complete {
            let to = found.agenda.list.len() + stretch;
            found.agenda.walk(conn, &order, to).unwrap();
            let known = found.up_to(conn, &order, found.list.len()).unwrap().to_vec();
            prop_assert!(expected.starts_with(&known));
        }
        let end = expected.len();
        prop_assert_eq!(found.up_to(conn, &order, end.div_ceil(2)).unwrap().get(..end.div_ceil(2)).unwrap_or(&[]), &expected[..end.div_ceil(2)]);
        prop_assert_eq!(found.up_to(conn, &order, end).unwrap(), expected.as_slice());
    });
}
