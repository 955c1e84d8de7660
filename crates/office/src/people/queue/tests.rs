use rusqlite::params;

use super::*;
use crate::papers::Origins;
use crate::people;
use crate::trial::Trial;

#[test]
fn somebody_who_is_asked_something_must_have_been_told_by_then() {
    let mut trial = Trial::new();
    let an = trial.person("An");
    let tell = |trial: &Trial, on: NaiveDate| {
        let queue = queue(&trial.vault, on, 10).unwrap();
        queue.people.iter().map(|one| (one.due.to_string(), one.days_left, one.why)).collect::<Vec<_>>()
    };
    let today = trial.vault.business().today(trial.now);
    assert_eq!(tell(&trial, today), []);
    let (now, no) = (trial.now, resolve(trial.vault.rows(), &an).unwrap().no);
    let elsewhere = |rows: &mut crate::vault::Rows<'_>| {
        rows.execute("UPDATE source SET origin = 'other' WHERE contact_no = ?", [no])?;
        Ok(())
    };
    trial.vault.record(crate::vault::Act::ContactSet, None, now, elsewhere).unwrap();
    assert_eq!(tell(&trial, today), [("2026-04-02".to_owned(), 31, "one_month")]);
    assert_eq!(tell(&trial, today - Days::new(1)), []);
    let event = |trial: &mut Trial, id: u8, answer: &str, how: &str, days: u64, corrects: Option<[u8; 16]>| {
        let done = trial.vault.record(crate::vault::Act::ConsentRecorded, None, now, |rows| {
            rows.execute(
                "INSERT INTO consent_event (id, seq, contact_no, purpose_no, version, answer, happened_at, happened_offset,
                   recorded_at, how, language, by, corrects)
                 SELECT ?1, 1, ?2, min(no), 1, ?3, ?4, 0, ?4, ?5, 'nl', 'An', ?6 FROM purpose",
                params![[id; 16], no, answer, (now + Days::new(days)).timestamp_millis(), how, corrects],
            )?;
            Ok(())
        });
        done.unwrap();
    };
    trial.purpose("nieuws", None);
    event(&mut trial, 1, "asked", "email", 3, None);
    assert_eq!(tell(&trial, today + Days::new(10)), [("2026-03-05".to_owned(), -7, "first_contact")]);
    event(&mut trial, 2, "corrected", "email", 3, Some([1; 16]));
    assert_eq!(tell(&trial, today + Days::new(10)), [("2026-04-02".to_owned(), 21, "one_month")], "nobody was asked");
    event(&mut trial, 3, "given", "web_form", 4, None);
    assert_eq!(tell(&trial, today + Days::new(10))[0].2, "one_month", "that was their own doing");
    event(&mut trial, 4, "refused", "phone", 5, None);
    assert_eq!(tell(&trial, today + Days::new(10)), [("2026-03-07".to_owned(), -5, "first_contact")]);
    let how = HowTold::Letter;
    told(&mut trial.vault, &["an@example.be".to_owned()], how, today, now).unwrap();
    assert_eq!(tell(&trial, today + Days::new(10)), []);
}

/// When a list is used nobody sees: from the day on which it left they must know, but for the letter that tells them.
#[test]
fn whoever_stands_in_a_list_that_left_must_be_told_by_then() {
    let mut trial = Trial::new();
    let ids: Vec<Uuid> = ["An", "Bo"].map(|name| trial.person(name).parse().unwrap()).into();
    let came =
        |rows: &mut crate::vault::Rows<'_>| Ok(rows.execute("UPDATE source SET origin = 'other'", []).map(drop)?);
    trial.vault.record(crate::vault::Act::ContactSet, None, trial.now, came).unwrap();
    trial.purpose("nieuws", None);
    trial.later(2);
    let to = trial.dir().join("lijst.csv");
    let why = |trial: &Trial| {
        let queue = queue(&trial.vault, trial.vault.business().today(trial.now), 10).unwrap();
        queue.people.iter().map(|one| (one.contact.name.clone(), one.due.to_string(), one.why)).collect::<Vec<_>>()
    };
    let month = "2026-04-02".to_owned();
    crate::papers::notices(&mut trial.vault, &ids[1..], Channel::Email, &Origins::all("x"), &to, trial.now).unwrap();
    assert_eq!(why(&trial).last(), Some(&("Bo".to_owned(), month.clone(), "one_month")), "that is the telling itself");
    let yes = trial.answer("nieuws", true, akkoord_rules::consent::How::Letter);
    crate::consents::record(&mut trial.vault, "bo@example.be", &yes, trial.now).unwrap();
    crate::papers::list(&mut trial.vault, &ids[1..], "nieuws", Channel::Email, &to, trial.now).unwrap();
    assert_eq!(why(&trial).last(), Some(&("An".to_owned(), month, "one_month")), "An is in no list");
    assert_eq!(why(&trial).first(), Some(&("Bo".to_owned(), "2026-03-04".to_owned(), "first_contact")));
}

#[test]
fn the_queue_is_narrowed_by_what_is_late_prepared_or_came_with_a_file() {
    let mut trial = Trial::new();
    let ids: Vec<String> = ["An", "Bo", "Cas"].map(|name| trial.person(name)).into();
    let (now, long_ago) = (trial.now, (trial.now - Days::new(60)).timestamp_millis());
    let elsewhere = |rows: &mut crate::vault::Rows<'_>| {
        rows.execute("UPDATE source SET origin = 'other'", [])?;
        rows.execute(
            "UPDATE source SET at = ?1 WHERE contact_no = (SELECT no FROM contact WHERE given = 'Cas')",
            [long_ago],
        )?;
        Ok(())
    };
    trial.vault.record(crate::vault::Act::ContactSet, None, now, elsewhere).unwrap();
    let given: Vec<Uuid> = ids.iter().map(|id| id.parse().unwrap()).collect();
    people::restrict(&mut trial.vault, &ids[1], "betwist", now).unwrap();
    let plan = crate::consents::inform_plan(&trial.vault, &given, &crate::consents::WAYS, now).unwrap();
    let sizes: Vec<usize> = plan.ways.iter().map(|way| way.people.len()).collect();
    let locked = crate::consents::Stays { reason: akkoord_rules::gate::Reason::Restricted, people: 1 };
    assert_eq!(
        (sizes.as_slice(), plan.cannot.as_slice()),
        (&[2, 0, 0][..], &[locked][..]),
        "on lock nobody is written to"
    );
    assert_eq!(plan.ways[0].languages[0].language, "nl");
    let to = trial.dir().join("mails.csv");
    let saved =
        crate::papers::notices(&mut trial.vault, &given[..2], Channel::Email, &Origins::all("de beurs"), &to, now)
            .unwrap();
    assert_eq!((saved.output.people, saved.output.stays.as_slice()), (1, &[locked][..]));
    let names = |narrow: Option<QueueNarrow>, query: &str| {
        let question = QueueQuestion { narrow, query: query.to_owned(), limit: 10, ..QueueQuestion::default() };
        let page = queue_page(&trial.vault, &question, now).unwrap();
        assert_eq!((page.everybody, page.overdue, page.prepared), (3, 1, 1));
        assert_eq!(page.total, queue_choosable(&trial.vault, &question, now).unwrap().len());
        page.rows.iter().map(|one| one.contact.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(None, ""), ["Cas", "An", "Bo"], "the most urgent first");
    assert_eq!(names(None, "an"), ["An"]);
    assert_eq!(names(Some(QueueNarrow::Overdue), ""), ["Cas"]);
    assert_eq!(names(Some(QueueNarrow::Prepared), ""), ["An"]);
    assert_eq!(names(Some(QueueNarrow::Unprepared), ""), ["Cas", "Bo"]);
    let nowhere = QueueQuestion { file: Some("beurs.csv".to_owned()), limit: 10, ..QueueQuestion::default() };
    assert_eq!(queue_page(&trial.vault, &nowhere, now).unwrap().total, 0);
    assert_eq!(waiting(&trial.vault, &[], now).unwrap().len(), 3);
    assert_eq!(waiting(&trial.vault, &ids[..1], now).unwrap(), given[..1]);
}
