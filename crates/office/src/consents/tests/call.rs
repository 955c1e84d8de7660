//! Conversations: all of one is recorded, or nothing.

use akkoord_rules::gate::Reason;

use super::*;
use crate::people::{Change, NewSource, timeline};
use crate::profile::incoming::{Given, Spool};

fn yes(purpose: &str) -> CallAnswer {
    CallAnswer { purpose: purpose.to_owned(), yes: true, ..CallAnswer::default() }
}

fn no(purpose: &str) -> CallAnswer {
    CallAnswer { yes: false, ..yes(purpose) }
}

fn change(field: &str, value: &str) -> Change {
    Change { field: field.to_owned(), how: people::How::Set, value: value.to_owned() }
}

/// Somebody new who is called Bea.
fn bea(email: &str) -> Caller {
    let draft = Draft { given: "Bea".to_owned(), ..Draft::default() };
    Caller::New(Box::new(NewPerson { draft, changes: vec![change("email", email)], ..NewPerson::default() }))
}

impl Office {
    fn call(&self, caller: Caller, answers: Vec<CallAnswer>) -> Call {
        let happened = self.vault.business().local(self.now.timestamp_millis());
        let (attach, from) = Default::default();
        Call { caller, how: How::Phone, happened, language: None, answers, note: String::new(), attach, from }
    }

    fn acts(&self) -> Vec<String> {
        let mut query = self.vault.rows().prepare("SELECT act FROM audit ORDER BY seq").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    fn count(&self, table: &str) -> i64 {
        self.vault.rows().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }
}

#[test]
fn a_call_is_one_entry_with_its_proof_at_every_answer() {
    let mut office = Office::new();
    ["news", "service", "photo"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    let spool = Spool::at(office.vault.profile());
    let id = spool.begin("gesprek.m4a", 3, PROOF_MAX).unwrap();
    spool.add(id, b"ogg").unwrap();
    spool.done(id).unwrap();
    let attach = vec![spool.given(id).unwrap()];
    let answers = vec![yes("news"), yes("service"), no("photo")];
    let call = Call { attach, note: "Belde zelf.".to_owned(), ..office.call(Caller::Known(an.clone()), answers) };
    let before = office.acts().len();
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    assert_eq!(office.acts().split_off(before), ["call_recorded"]);
    assert!(!called.added && called.contact.to_string() == an);
    let stands: Vec<Status> = called.recorded.iter().map(|recorded| recorded.status).collect();
    assert_eq!(stands, [Status::Given, Status::Given, Status::Refused]);
    assert!(
        called.recorded.iter().all(|recorded| recorded.proofs.len() == 1 && recorded.proofs[0].name == "gesprek.m4a")
    );
    assert_eq!((office.count("proof"), office.count("proof_content"), office.count("consent_event")), (3, 1, 3));
    let told: Vec<_> =
        timeline(&office.vault, &an).unwrap().into_iter().filter(|one| one.act == "call_recorded").collect();
    let purposes: Vec<&str> = told.iter().map(|one| one.facts["event"]["purpose"].as_str().unwrap()).collect();
    assert_eq!(purposes, ["news", "service", "photo"]);
    assert!(told.iter().all(|one| one.subject == Some(called.contact) && one.facts["event"]["note"] == "Belde zelf."));
    assert!(office.vault.verify(None).unwrap().ok);
}

#[test]
fn somebody_new_comes_in_with_the_call() {
    let mut office = Office::new();
    office.purpose("news", None);
    let call = office.call(bea("bea@example.be"), vec![yes("news")]);
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    assert!(called.added);
    assert_eq!(office.status("bea@example.be", "news"), Status::Given);
    let shown = people::show(&office.vault, "bea@example.be", office.now).unwrap();
    assert_eq!((shown.sources[0].kind.as_str(), shown.sources[0].text.as_str()), ("direct", "phone"));
    assert_eq!(office.acts(), ["vault_made", "purpose_added", "call_recorded"]);
    assert!(office.vault.verify(None).unwrap().ok);
    // Who it is was sealed with the call, so a change of it behind the application's back shows.
    office.vault.rows().execute("UPDATE contact SET given = 'Els'", []).unwrap();
    let fault = office.vault.verify(None).unwrap().first_fault.unwrap();
    assert_eq!((fault.seq, fault.code), (3, "contact_changed"));
}

#[test]
fn a_call_that_is_taken_back_takes_along_whom_it_brought_and_nobody_else() {
    let mut office = Office::new();
    ["news", "service"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    let file = office.vault.profile().dir().join("gesprek.ogg");
    std::fs::write(&file, b"ogg").unwrap();
    let undo = |office: &mut Office, called: &Called| {
        let events: Vec<Uuid> = called.recorded.iter().map(|one| one.event).collect();
        undo_call(&mut office.vault, &events, "vergissing", office.now).unwrap().output.removed
    };
    let call = Call {
        attach: vec![Given::Path(file)],
        ..office.call(bea("bea@example.be"), vec![yes("news"), no("service")])
    };
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    assert!(undo(&mut office, &called));
    assert_eq!(office.acts().last().unwrap(), "call_undone");
    for table in ["consent_event", "consent_status", "proof", "proof_content", "proof_chunk", "erasing"] {
        assert_eq!(office.count(table), 0, "{table}");
    }
    assert_eq!(office.count("contact"), 1);
    assert_eq!(people::show(&office.vault, "bea@example.be", office.now).unwrap_err().code, Code::NotFound);
    assert!(office.vault.verify(None).unwrap().ok);
    // Once anything else happened to them they stay, and so does whoever was there before.
    let call = office.call(bea("bea@example.be"), vec![yes("news")]);
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    people::set(&mut office.vault, "bea@example.be", &[change("family", "Maes")], office.now).unwrap();
    assert!(!undo(&mut office, &called));
    assert_eq!(office.status("bea@example.be", "news"), Status::NotAsked);
    let call = office.call(Caller::Known(an.clone()), vec![yes("news")]);
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    assert!(!undo(&mut office, &called));
    assert_eq!((office.count("contact"), office.count("consent_event")), (2, 4));
    assert!(office.vault.verify(None).unwrap().ok);
    // Facts that somebody took away by hand are still missed.
    office
        .vault
        .rows()
        .execute_batch("DROP TRIGGER audit_fact_no_delete; DELETE FROM audit_fact WHERE seq = 8")
        .unwrap();
    assert!(!office.vault.verify(None).unwrap().ok);
}

#[test]
fn what_a_call_recorded_is_corrected_and_not_taken_away_once_an_hour_went_by() {
    let mut office = Office::new();
    office.purpose("news", None);
    let call = office.call(bea("bea@example.be"), vec![yes("news")]);
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    let later = office.now + TimeDelta::minutes(61);
    let events: Vec<Uuid> = called.recorded.iter().map(|one| one.event).collect();
    assert!(!undo_call(&mut office.vault, &events, "vergissing", later).unwrap().output.removed);
    assert_eq!((office.count("contact"), office.count("consent_event")), (1, 2));
    assert_eq!(office.status("bea@example.be", "news"), Status::NotAsked);
}

#[test]
fn a_call_that_is_refused_leaves_nobody_and_nothing() {
    let mut office = Office::new();
    ["news", "service"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    people::set(&mut office.vault, &an, &[change("email", "an@example.be")], office.now).unwrap();
    let file = office.vault.profile().dir().join("leeg.ogg");
    std::fs::write(&file, b"").unwrap();
    let french = Some("fr".to_owned());
    let sms = CallAnswer {
        prefer: Some(Channel::Sms),
        channels: Some(ChannelSet::NONE.with(Channel::Email)),
        ..yes("service")
    };
    let tomorrow = office.now + Days::new(1);
    let new = |office: &Office, answers| office.call(bea("bea@example.be"), answers);
    let both = vec![yes("news"), yes("service")];
    let whole = new(&office, both.clone());
    let refusals = [
        (new(&office, vec![]), Code::Invalid),
        (new(&office, vec![yes("news"), no("news")]), Code::Invalid),
        (new(&office, vec![yes("news"), yes("unknown")]), Code::NotFound),
        (new(&office, vec![yes("news"), sms]), Code::WrongChannel),
        (Call { language: french.clone(), ..whole.clone() }, Code::NoWording),
        (Call { attach: vec![Given::Path(file)], ..whole.clone() }, Code::Unreadable),
        (Call { happened: tomorrow.fixed_offset(), ..whole.clone() }, Code::InFuture),
        (Call { caller: bea("an@example.be"), ..whole.clone() }, Code::Duplicate),
        (Call { caller: bea("an@"), ..whole.clone() }, Code::Invalid),
        (Call { caller: Caller::New(Box::default()), ..whole.clone() }, Code::Invalid),
        (Call { caller: Caller::Known("els@example.be".to_owned()), ..whole.clone() }, Code::NotFound),
    ];
    let tables = ["contact", "contact_text", "consent_event", "consent_status", "proof_chunk", "audit", "source"];
    let before = tables.map(|table| office.count(table));
    for (n, (call, code)) in refusals.iter().enumerate() {
        assert_eq!(record_call(&mut office.vault, call, office.now).unwrap_err().code, *code, "{n}");
        assert_eq!(tables.map(|table| office.count(table)), before, "{n}");
    }
    // A text that is not there in the language of the conversation was read in another.
    let other = [yes("news"), yes("service")].map(|answer| CallAnswer { language: Some("nl".to_owned()), ..answer });
    let read = Call { language: french, answers: other.to_vec(), ..whole };
    record_call(&mut office.vault, &read, office.now).unwrap();
    assert!(office.vault.verify(None).unwrap().ok);
}

#[test]
fn what_is_foreseen_is_what_follows_and_foreseeing_changes_nothing() {
    let mut office = Office::new();
    office.purpose("news", Some("P2Y"));
    office.purpose("service", None);
    let call = office.call(bea("bea@example.be"), vec![yes("news"), no("service")]);
    let before = (office.acts(), office.count("contact"), office.count("consent_event"));
    let seen = foresee(&mut office.vault, &call, office.now).unwrap();
    assert_eq!((office.acts(), office.count("contact"), office.count("consent_event")), before);
    let news = &seen[0];
    assert_eq!((news.purpose.as_str(), news.status), ("news", Status::Given));
    assert_eq!(news.expires, NaiveDate::from_ymd_opt(2028, 3, 2));
    // She has an e-mail address and nothing else.
    assert_eq!(news.allowed, [Channel::Email, Channel::InPerson]);
    assert!(news.refused.iter().any(|not| not.channel == Channel::Sms && not.reasons == [Reason::NoAddress]));
    assert_eq!((seen[1].status, seen[1].allowed.as_slice()), (Status::Refused, [].as_slice()));
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    for (seen, recorded) in seen.iter().zip(called.recorded) {
        assert_eq!((seen.status, seen.expires), (recorded.status, recorded.expires));
        for channel in Channel::ALL {
            let question = Question {
                purpose: seen.purpose.clone(),
                target: Target::Channel(*channel),
                on: office.now.date_naive(),
            };
            let answered = may(&office.vault, "bea@example.be", &question).unwrap();
            assert_eq!(answered.decision.allowed, seen.allowed.contains(channel), "{} {channel:?}", seen.purpose);
        }
    }
}

#[test]
fn a_call_taken_back_counts_no_longer_and_only_as_a_whole() {
    let mut office = Office::new();
    ["news", "service"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    let call = office.call(Caller::Known(an.clone()), vec![yes("news"), no("service")]);
    let called = record_call(&mut office.vault, &call, office.now).unwrap().output;
    let events: Vec<Uuid> = called.recorded.iter().map(|recorded| recorded.event).collect();
    let unknown = [events[0], Uuid::nil()];
    let entries = office.acts().len();
    assert_eq!(correct_many(&mut office.vault, &unknown, "vergist", office.now).unwrap_err().code, Code::NotFound);
    let twice = [events[1], events[1]];
    assert_eq!(
        correct_many(&mut office.vault, &twice, "vergist", office.now).unwrap_err().code,
        Code::AlreadyCorrected
    );
    assert_eq!((office.acts().len(), office.status(&an, "news")), (entries, Status::Given));
    let undone = correct_many(&mut office.vault, &events, "vergist", office.now).unwrap().output;
    assert!(undone.iter().all(|recorded| recorded.status == Status::NotAsked));
    assert_eq!(office.acts().len(), entries + 1);
    assert_eq!(
        correct_many(&mut office.vault, &events, "vergist", office.now).unwrap_err().code,
        Code::AlreadyCorrected
    );
    assert!(office.vault.verify(None).unwrap().ok);
}

#[test]
fn several_are_withdrawn_as_one_act_or_not_at_all() {
    let mut office = Office::new();
    ["news", "service"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    let call = office.call(Caller::Known(an.clone()), vec![yes("news"), yes("service")]);
    record_call(&mut office.vault, &call, office.now).unwrap();
    let before = office.acts().len();
    let both = ["news".to_owned(), "service".to_owned()];
    let half = ["news".to_owned(), "unknown".to_owned()];
    for (purposes, code) in [(&[][..], Code::Invalid), (&half, Code::NotFound)] {
        let problem =
            withdraw_many(&mut office.vault, &an, purposes, How::Phone, call.happened, office.now).unwrap_err();
        assert_eq!((problem.code, office.acts().len(), office.status(&an, "news")), (code, before, Status::Given));
    }
    let done = withdraw_many(&mut office.vault, &an, &both, How::Phone, call.happened, office.now).unwrap().output;
    assert!(done.iter().all(|recorded| recorded.status == Status::Withdrawn) && done.len() == 2);
    assert_eq!(office.acts().split_off(before), ["consent_recorded"]);
    let events: Vec<Uuid> = done.iter().map(|recorded| recorded.event).collect();
    correct_many(&mut office.vault, &events, "vergist", office.now).unwrap();
    assert_eq!((office.status(&an, "news"), office.status(&an, "service")), (Status::Given, Status::Given));
    assert!(office.vault.verify(None).unwrap().ok);
}

#[test]
fn nobody_on_lock_says_yes_in_a_call() {
    let mut office = Office::new();
    ["news", "service"].iter().for_each(|key| office.purpose(key, None));
    let an = office.person("An");
    people::restrict(&mut office.vault, &an, "Vraagt beperking.", office.now).unwrap();
    let call = office.call(Caller::Known(an.clone()), vec![no("news"), yes("service")]);
    let refused =
        [foresee(&mut office.vault, &call, office.now).err(), record_call(&mut office.vault, &call, office.now).err()];
    assert!(refused.iter().all(|problem| problem.as_ref().is_some_and(|problem| problem.code == Code::Restricted)));
    assert_eq!((office.count("consent_event"), office.status(&an, "news")), (0, Status::NotAsked));
    // A no is heard at any time.
    let call = Call { answers: vec![no("news")], ..call };
    assert_eq!(record_call(&mut office.vault, &call, office.now).unwrap().output.recorded[0].status, Status::Refused);
}

#[test]
fn a_proof_is_opened_under_a_name_that_says_nothing_until_it_is_swept() {
    let mut office = Office::new();
    office.purpose("news", None);
    let an = office.person("An");
    for (name, opened) in [
        ("scan", ""),
        ("a.b c", ""),
        ("x.tar.gz", ""),
        (".ogg", ""),
        ("scan.pdf.EXE", ""),
        ("scan.pdf.lnk", ""),
        ("brief.docm", ""),
        ("brief.html", ""),
        ("start.desktop", ""),
        ("start.bat", ""),
        ("An Peeters.M4A", "proof.m4a"),
        ("scan.PDF", "proof.pdf"),
        ("mail.exe.eml", "proof.eml"),
        ("nota.docx", "proof.docx"),
        ("ja.txt", "proof.txt"),
    ] {
        let file = office.vault.profile().dir().join(name);
        std::fs::write(&file, name).unwrap();
        let attach = vec![Given::Path(file)];
        let call = Call { attach, ..office.call(Caller::Known(an.clone()), vec![yes("news")]) };
        let proof = record_call(&mut office.vault, &call, office.now).unwrap().output.recorded[0].proofs[0].id;
        let done = proof_open(&mut office.vault, proof, office.now);
        if opened.is_empty() {
            assert_eq!(done.unwrap_err().facts["why"], "saved_only", "{name}");
            continue;
        }
        let path = done.unwrap().output;
        assert_eq!(path.file_name().unwrap(), opened);
        assert_eq!(std::fs::read(&path).unwrap(), name.as_bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
    }
    assert_eq!(office.acts().last().unwrap(), "proof_exported");
    assert_eq!(timeline(&office.vault, &an).unwrap().last().unwrap().facts["opened"], true);
    assert_eq!(std::fs::read_dir(office.vault.profile().opened()).unwrap().count(), 5);
    std::fs::remove_dir_all(office.vault.profile().opened()).unwrap();
    assert_eq!(proof_open(&mut office.vault, Uuid::nil(), office.now).unwrap_err().code, Code::NotFound);
    assert!(!office.vault.profile().opened().exists() && office.vault.verify(None).unwrap().ok);
}

#[test]
fn where_an_answer_came_from_is_kept_with_it_and_with_whoever_is_new() {
    let mut office = Office::new();
    office.purpose("news", None);
    let base = office.call(bea("bea@example.be"), vec![yes("news")]);
    let form = |from: NewSource| Call { how: How::WebForm, from, ..base.clone() };
    let from = NewSource {
        url: " https://example.be/nieuws ".to_owned(),
        ip: "2001:0db8::0007".to_owned(),
        place: " Gent ".to_owned(),
        ..NewSource::default()
    };
    let whole = form(from.clone());
    for (from, why) in [
        (NewSource { url: "javascript:alert(1)".to_owned(), ..from.clone() }, "no_page"),
        (NewSource { ip: "203.0.113".to_owned(), ..from.clone() }, "no_ip"),
        (NewSource { place: "Gent\nLedeberg".to_owned(), ..from.clone() }, "one_line"),
        (NewSource { place: "x".repeat(201), ..from.clone() }, "too_long"),
    ] {
        let refused = record_call(&mut office.vault, &form(from), office.now).unwrap_err();
        assert_eq!((refused.code, refused.facts["why"].as_str()), (Code::Invalid, Some(why)));
    }
    let called = record_call(&mut office.vault, &whole, office.now).unwrap().output;
    let bea = called.contact.to_string();
    let shown = people::show(&office.vault, &bea, office.now).unwrap();
    let source = &shown.sources[0];
    let kept = ("https://example.be/nieuws", "2001:db8::7", "Gent");
    assert_eq!((source.url.as_str(), source.ip.as_str(), source.place.as_str()), kept);
    let consent = &shown.consents[0];
    assert_eq!((consent.how.as_str(), consent.status), ("web_form", Status::AwaitingConfirmation));
    assert_eq!((consent.url.as_str(), consent.ip.as_str(), consent.place.as_str()), kept);
    let event = &history(&office.vault, &bea).unwrap()[0];
    assert_eq!((event.url.as_str(), event.ip.as_str(), event.place.as_str()), kept);
    let no = NewAnswer { place: "Aalst".to_owned(), ..office.answer("news", false, How::InPerson, 0) };
    record(&mut office.vault, &bea, &no, office.now).unwrap();
    let shown = people::show(&office.vault, &bea, office.now).unwrap();
    let consent = &shown.consents[0];
    assert_eq!((consent.how.as_str(), consent.url.as_str(), consent.place.as_str()), ("in_person", "", "Aalst"));
}
