//! A keychain as it is in life: there, locked, wiped, another computer's, or not there at all.

use serde_json::json;

use crate::session::{self, Session};
use crate::world::{Answer, World};

/// Opening without a passphrase: what the program says, in JSON and in words.
fn open(world: &World, session: Option<Session>) -> Answer {
    match session {
        Some(session) => world.in_session(session, &["vault", "status"]),
        None => Answer::of(&world.program().args(["--json", "vault", "status"]).output().unwrap()),
    }
}

#[test]
fn each_way_to_stay_outside_has_its_own_sentence() {
    if !session::possible() {
        return;
    }
    let world = World::new();
    let args = ["--passphrase-file", &world.passphrase_file(), "vault", "keychain", "set"];
    let set = world.in_session(Session::Unlocked, &args).is(0, &args);
    assert_eq!(set["slots"], json!(["passphrase", "recovery", "keychain"]));
    open(&world, Some(Session::Unlocked)).is(0, &[]);
    let before = world.bytes();
    let mut said = Vec::new();
    let mut refuses = |answer: Answer, code: &str| said.push(answer.refuses(4, code, &[])["message"].to_string());
    refuses(open(&world, Some(Session::Locked)), "keychain_locked");
    refuses(open(&world, None), "no_keychain");
    refuses(open(&world, Some(Session::Wiped)), "keychain_empty");
    let wrong = world.file("wrong", "niet deze zin");
    refuses(world.run(&["--passphrase-file", &wrong, "vault", "status"]), "wrong_passphrase");
    said.sort();
    said.dedup();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(world.bytes(), before);
    // The other ways in still serve, and renew the keychain's.
    let again = world.in_session(Session::Unlocked, &args).is(0, &args);
    assert_eq!(again["slots"], set["slots"]);
    open(&world, Some(Session::Unlocked)).is(0, &[]);
}

#[test]
fn a_vault_of_the_keychain_alone_opens_elsewhere_by_its_code() {
    if !session::possible() {
        return;
    }
    let world = World::empty();
    let init = ["vault", "init", "--name", "Jans", "--country", "BE", "--language", "nl", "--keychain"];
    let made = world.in_session(Session::Unlocked, &init).is(0, &init);
    let there = world.copy();
    open(&there, None).refuses(4, "no_keychain", &[]);
    open(&there, Some(Session::Unlocked)).refuses(4, "keychain_empty", &[]);
    let doctor = there.in_session(Session::Unlocked, &["doctor"]).is(1, &[]);
    let key = doctor["checks"].as_array().unwrap().iter().find(|check| check["area"] == "key").unwrap();
    assert_eq!((&key["state"], &key["code"]), (&json!("fault"), &json!("keychain_empty")));
    let code = there.file("code", made["recovery_code"].as_str().unwrap());
    let new = there.passphrase_file();
    there.ok(&["--yes", "vault", "recover", "--recovery-code-file", &code, "--new-passphrase-file", &new]);
    assert_eq!(there.ok(&["vault", "status"])["vault_id"], made["vault_id"]);
}

#[test]
fn where_there_is_no_keychain_none_is_promised() {
    let world = World::new();
    let before = world.bytes();
    world.refused(&["vault", "keychain", "set"], 4, "no_keychain");
    assert_eq!(world.bytes(), before);
    let bare = World::empty();
    let init = ["vault", "init", "--name", "Jans", "--country", "BE", "--language", "nl", "--keychain"];
    bare.refused(&init, 4, "no_keychain");
    bare.ok(&init[..8]);
}
