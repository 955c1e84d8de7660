use akkoord_rules::consent::How;
use akkoord_rules::person::Channel;
use uuid::Uuid;

use super::*;
use crate::intake::draft::Draft;
use crate::people::{PageFilter, PageQuestion};
use crate::purposes::Wording;
use crate::requests::{Asker, NewRequest};
use crate::trial::Trial;
use crate::vault::{Act, contact};

fn task(trial: &Trial, kind: TaskKind) -> Option<(i64, String, String)> {
    let today = today(&trial.vault, trial.now).unwrap();
    let task = today.tasks.into_iter().find(|task| task.kind == kind)?;
    let first = task.first.map(|day| day.to_string()).unwrap_or_default();
    Some((task.count, first, task.purposes.join(" ")))
}

/// Whom the list shows for the chore.
fn listed(trial: &Trial, kind: TaskKind) -> String {
    let filter = PageFilter { task: Some(kind), ..PageFilter::default() };
    let question = PageQuestion { filter, limit: 99, ..PageQuestion::default() };
    let page = people::page(&trial.vault, &question, trial.now).unwrap();
    page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(" ")
}

fn told(count: i64, first: &str, purposes: &str) -> Option<(i64, String, String)> {
    Some((count, first.to_owned(), purposes.to_owned()))
}

#[test]
fn answers_that_wait_end_or_ended_are_told_of_until_nothing_is_left_to_do() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P2M"));
    trial.purpose("care", None);
    let people = ["An", "Bo", "Cas"].map(|name| trial.person(name));
    let eik = trial.add(&Draft { organisation: "Eik".to_owned(), ..Draft::default() });
    for who in [&people[0], &people[1], &eik] {
        trial.yes(who, "news");
    }
    trial.later(3);
    let form = trial.answer("care", true, How::WebForm);
    consents::record(&mut trial.vault, &people[2], &form, trial.now).unwrap();
    assert_eq!(task(&trial, TaskKind::AwaitingConfirmation), told(1, "2026-03-05", "care"));
    assert_eq!(listed(&trial, TaskKind::AwaitingConfirmation), "Cas");
    assert_eq!(task(&trial, TaskKind::ExpiringSoon), None);
    assert_eq!(today(&trial.vault, trial.now).unwrap().answers_lately, 4);
    trial.later(30);
    assert_eq!(task(&trial, TaskKind::AwaitingConfirmation), None, "it lapsed");
    assert_eq!(task(&trial, TaskKind::ExpiringSoon), told(2, "2026-05-02", "news"));
    assert_eq!(listed(&trial, TaskKind::ExpiringSoon), "An Bo", "organisations are not counted");
    let text = Wording::new("nl", "Ja, en meer.".to_owned()).unwrap();
    purposes::revise(&mut trial.vault, "news", &[text], true, trial.now).unwrap();
    assert_eq!(task(&trial, TaskKind::ExpiringSoon), None);
    assert_eq!(task(&trial, TaskKind::WordingChanged), told(2, "2026-04-04", "news"));
    assert_eq!(listed(&trial, TaskKind::WordingChanged), "An Bo");
    trial.later(1);
    trial.yes(&people[0], "news");
    assert_eq!(
        (task(&trial, TaskKind::WordingChanged), listed(&trial, TaskKind::WordingChanged)),
        (told(1, "2026-04-04", "news"), "Bo".to_owned())
    );
    let today = today(&trial.vault, trial.now).unwrap();
    assert_eq!((today.people, today.answers_lately, today.rings[0].counts.given), (3, 1, 1));
    assert_eq!(trial.fault(), None);
}

#[test]
fn somebody_with_several_answers_is_one_of_the_people_a_task_counts() {
    let mut trial = Trial::new();
    ["news", "care"].iter().for_each(|key| trial.purpose(key, Some("P2M")));
    let people = ["An", "Bo"].map(|name| trial.person(name));
    let eik = trial.add(&Draft { organisation: "Eik".to_owned(), ..Draft::default() });
    for (who, purpose) in [(&people[0], "news"), (&people[0], "care"), (&people[1], "care"), (&eik, "news")] {
        trial.yes(who, purpose);
    }
    trial.later(40);
    assert_eq!(task(&trial, TaskKind::ExpiringSoon), told(2, "2026-05-02", "news care"));
    assert_eq!(listed(&trial, TaskKind::ExpiringSoon), "An Bo");
    for purpose in ["news", "care"] {
        let text = Wording::new("nl", "Ja, en meer.".to_owned()).unwrap();
        purposes::revise(&mut trial.vault, purpose, &[text], true, trial.now).unwrap();
    }
    assert_eq!(task(&trial, TaskKind::WordingChanged).map(|(count, ..)| count), Some(2));
    assert_eq!(listed(&trial, TaskKind::WordingChanged), "An Bo");
}

#[test]
fn whoever_does_not_answer_for_too_long_is_told_of_until_they_do() {
    let mut trial = Trial::new();
    ["news", "care"].iter().for_each(|key| trial.purpose(key, None));
    let people = ["An", "Bo", "Cas"].map(|name| trial.person(name));
    let email = |name: &str| vec![people::parse_email(name).unwrap()];
    let eik = Draft { organisation: "Eik".to_owned(), emails: email("info@eik.example"), ..Draft::default() };
    let eik = trial.add(&eik);
    let ask = |trial: &mut Trial, who: &[&str], key: &str| {
        consents::ask(&mut trial.vault, who, key, Channel::Email, trial.now).unwrap();
    };
    ask(&mut trial, &[&people[0], &people[1], &eik], "news");
    trial.later(1);
    ask(&mut trial, &[&people[0], &people[2]], "care");
    trial.later(13);
    assert_eq!(task(&trial, TaskKind::WaitingLong), None, "fourteen days are not too long");
    trial.later(1);
    assert_eq!(task(&trial, TaskKind::WaitingLong), told(2, "2026-03-02", "news"));
    assert_eq!(listed(&trial, TaskKind::WaitingLong), "An Bo", "organisations are not counted");
    trial.later(1);
    assert_eq!(task(&trial, TaskKind::WaitingLong), told(3, "2026-03-02", "news care"), "An counts once");
    assert_eq!(listed(&trial, TaskKind::WaitingLong), "An Bo Cas");
    trial.yes(&people[1], "news");
    let no = trial.answer("news", false, How::Phone);
    consents::record(&mut trial.vault, &people[0], &no, trial.now).unwrap();
    assert_eq!(task(&trial, TaskKind::WaitingLong), told(2, "2026-03-03", "care"));
    ask(&mut trial, &[&people[2]], "care");
    assert_eq!(listed(&trial, TaskKind::WaitingLong), "An", "whoever is asked anew has time anew");
    assert_eq!(trial.fault(), None);
}

#[test]
fn the_kit_is_a_task_until_it_was_typed_back() {
    let mut trial = Trial::new();
    assert_eq!(task(&trial, TaskKind::KitUnconfirmed), None, "nobody asked for the code of a vault made elsewhere");
    settings::confirm_kit(&mut trial.vault, false, trial.now).unwrap();
    assert_eq!(task(&trial, TaskKind::KitUnconfirmed), told(1, "", ""));
    settings::confirm_kit(&mut trial.vault, true, trial.now).unwrap();
    assert_eq!(task(&trial, TaskKind::KitUnconfirmed), None);
}

#[test]
fn people_whose_data_came_from_elsewhere_are_a_task_until_they_were_told() {
    let mut trial = Trial::new();
    let ids: Vec<Uuid> = ["An", "Bo", "Cas"].map(|name| trial.person(name).parse().unwrap()).to_vec();
    trial.add(&Draft { organisation: "Eik".to_owned(), ..Draft::default() });
    let elsewhere = |trial: &mut Trial, who: &str| {
        let done = trial.vault.record(Act::ContactSet, None, trial.now, |rows| {
            let sql = "INSERT INTO source (contact_no, kind, origin, at, by)
                       SELECT no, 'indirect', 'other', ?2, 'An' FROM contact WHERE given = ?1 OR organisation = ?1";
            Ok(rows.execute(sql, params![who, rows.at])?)
        });
        assert_eq!(done.unwrap().output, 1);
    };
    assert_eq!(task(&trial, TaskKind::Inform), None);
    for who in ["An", "Eik"] {
        elsewhere(&mut trial, who);
    }
    trial.later(1);
    elsewhere(&mut trial, "Bo");
    assert_eq!(task(&trial, TaskKind::Inform), told(2, "2026-04-02", ""));
    assert_eq!(listed(&trial, TaskKind::Inform), "An Bo");
    let tell = |trial: &mut Trial, who: &[Uuid], on: &str| {
        people::inform(&mut trial.vault, who, people::HowTold::Letter, on.parse().unwrap(), trial.now)
            .map(|done| done.output.people)
    };
    assert_eq!(tell(&mut trial, &ids[..1], "2026-03-04").unwrap_err().code, crate::Code::InFuture);
    assert_eq!(tell(&mut trial, &ids[..1], "2026-03-03").unwrap(), 1);
    assert_eq!(task(&trial, TaskKind::Inform), told(1, "2026-04-03", ""));
    let page = people::show(&trial.vault, &ids[0].to_string(), trial.now).unwrap().informed;
    assert_eq!((page.len(), page[0].on.to_string().as_str(), page[0].how.as_str()), (1, "2026-03-03", "letter"));
    let merge = people::merge(&mut trial.vault, &ids[2].to_string(), &ids[1].to_string(), trial.now).unwrap().output;
    assert_eq!(listed(&trial, TaskKind::Inform), "Cas", "who stands for Bo");
    people::unmerge(&mut trial.vault, merge, trial.now).unwrap();
    trial.later(1);
    elsewhere(&mut trial, "An");
    assert_eq!(listed(&trial, TaskKind::Inform), "An Bo", "what came later they have not heard of");
    assert_eq!(trial.fault(), None);
}

#[test]
fn people_were_told_of_what_was_there_on_that_day_and_a_slip_is_taken_back() {
    let mut trial = Trial::new();
    let ids: Vec<Uuid> = ["An", "Bo"].map(|name| trial.person(name).parse().unwrap()).to_vec();
    trial.vault.rows().execute("UPDATE source SET origin = 'other'", []).unwrap();
    trial.later(1);
    let tell = |trial: &mut Trial, who: &[Uuid], on: &str| {
        people::inform(&mut trial.vault, who, people::HowTold::Letter, on.parse().unwrap(), trial.now)
            .map(|done| done.output.entry)
    };
    assert_eq!(tell(&mut trial, &ids, "2026-03-01").unwrap_err().code, crate::Code::TooEarly);
    trial
        .vault
        .rows()
        .execute(
            "INSERT INTO source (contact_no, kind, origin, at, by) SELECT 1, 'indirect', 'other', ?, 'An'",
            [trial.now.timestamp_millis()],
        )
        .unwrap();
    trial.later(1);
    tell(&mut trial, &ids, "2026-03-02").unwrap();
    assert_eq!(listed(&trial, TaskKind::Inform), "An", "of what came the day after she has not heard");
    let slip = tell(&mut trial, &ids[..1], "2026-03-03").unwrap();
    assert_eq!(listed(&trial, TaskKind::Inform), "");
    people::uninform(&mut trial.vault, slip, trial.now).unwrap();
    assert_eq!(listed(&trial, TaskKind::Inform), "An");
    assert_eq!(people::uninform(&mut trial.vault, slip, trial.now).unwrap_err().code, crate::Code::NotFound);
    assert_eq!(trial.fault(), None);
    let back = format!(
        "INSERT INTO informed (id, contact_no, told_on, how, recorded_at, by)
         SELECT unhex(replace(f.facts ->> '$.informed.id', '-', '')), c.no, '2026-03-04', 'letter', a.at, 'An'
         FROM audit a JOIN audit_fact f USING (seq) JOIN contact c ON c.id = f.contact_id WHERE a.seq = {slip}"
    );
    for sql in [
        "UPDATE informed SET told_on = '2026-03-01'",
        "UPDATE informed SET how = 'email'",
        "DELETE FROM informed",
        &back,
    ] {
        let conn = trial.vault.rows();
        conn.execute_batch("SAVEPOINT before").unwrap();
        conn.execute(sql, []).unwrap();
        let found = trial.fault();
        conn.execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        assert_eq!(found, Some("informed_changed"), "{sql}");
    }
}

#[test]
fn what_is_due_comes_by_urgency_and_goes_when_it_is_closed() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let open = |trial: &mut Trial, received: &str| {
        let new = NewRequest {
            asker: Asker::Contact(an.clone()),
            kind: akkoord_rules::request::Kind::Access,
            received: received.to_owned(),
            how: How::Email,
            words: String::new(),
            attach: Vec::new(),
        };
        requests::open(&mut trial.vault, &new, trial.now).unwrap().output.request
    };
    let (late, early) = (open(&mut trial, "2026-03-01"), open(&mut trial, "2026-01-05"));
    let due = |trial: &Trial| -> Vec<(Uuid, bool)> {
        let found = today(&trial.vault, trial.now).unwrap().requests;
        found.iter().map(|request| (request.id, request.overdue)).collect()
    };
    assert_eq!(due(&trial), [(early, true), (late, false)]);
    let answered = requests::Step::Answered { on: None, attach: Vec::new() };
    requests::step(&mut trial.vault, early, answered, trial.now).unwrap();
    assert_eq!(due(&trial), [(late, false)]);
}

/// However contacts and answers come, go and change, the counts are what counting gives.
#[test]
fn the_kept_counts_are_what_counting_gives() {
    let mut trial = Trial::new();
    trial.purpose("news", Some("P1M"));
    let (an, bo) = (trial.person("An"), trial.person("Bo"));
    let right = |trial: &Trial| {
        let sql = "SELECT group_concat(line, ';') FROM (SELECT purpose_no || status || expires || count(*) AS line
                     FROM consent_status s JOIN contact c ON c.no = s.contact_no WHERE kind = 'person'
                     GROUP BY purpose_no, status, expires ORDER BY 1)";
        let kept = "SELECT group_concat(line, ';') FROM (SELECT purpose_no || status || expires || people AS line
                      FROM consent_count WHERE people <> 0 ORDER BY 1)";
        let read = |sql| trial.vault.rows().query_row(sql, [], |row| row.get::<_, Option<String>>(0)).unwrap();
        assert_eq!(read(kept), read(sql));
        read(sql).unwrap_or_default()
    };
    trial.yes(&an, "news");
    assert_eq!(right(&trial), "1given2026-04-021");
    trial.yes(&bo, "news");
    let merge = people::merge(&mut trial.vault, &an, &bo, trial.now).unwrap().output;
    assert_eq!(right(&trial), "1given2026-04-021");
    people::unmerge(&mut trial.vault, merge, trial.now).unwrap();
    assert_eq!(right(&trial), "1given2026-04-022");
    let to = |kind: &'static str, trial: &mut Trial| {
        let done = trial.vault.record(Act::ContactSet, None, trial.now, |rows| {
            rows.execute("UPDATE contact SET kind = ? WHERE given = 'An'", [kind])?;
            Ok(())
        });
        done.unwrap();
    };
    to("organisation", &mut trial);
    assert_eq!(right(&trial), "1given2026-04-021");
    trial.later(1);
    trial.yes(&an, "news");
    to("person", &mut trial);
    assert_eq!(right(&trial), "1given2026-04-021;1given2026-04-031");
    let gone = trial.vault.record(Act::ContactSet, None, trial.now, |rows| {
        let no = people::resolve(rows, &bo)?.no;
        rows.execute("DELETE FROM consent_status WHERE contact_no = ?", [no])?;
        contact::read(rows, no).map(drop)
    });
    gone.unwrap();
    assert_eq!(right(&trial), "1given2026-04-031");
}
