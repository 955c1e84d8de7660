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

/// A code that nobody could read must not take the place of the one on paper.
#[cfg(target_os = "linux")]
#[test]
fn a_code_that_could_not_be_shown_replaces_none() {
    use std::process::Stdio;
    let world = World::new();
    let old = world.file("code", World::recovery_code());
    let into = |world: &World, out: Stdio, args: &[&str]| {
        let mut command = world.program();
        command.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file()).args(args).stdout(out).stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    for (out, args) in [
        (full(), vec!["vault", "kit", "new"]),
        (closed(), vec!["vault", "kit", "new"]),
        (closed(), vec!["--json", "vault", "kit", "new"]),
    ] {
        let (exit, said) = into(&world, out, &args);
        assert!(exit == Some(1) && said.contains("Nothing was changed"), "{args:?} {exit:?} {said}");
    }
    assert_eq!(world.ok(&["audit", "verify"])["entries"], 1);
    world.ok(&["--yes", "vault", "recover", "--recovery-code-file", &old]);
    let new = world.ok(&["vault", "kit", "new"])["recovery_code"].as_str().unwrap().to_owned();
    world.refused(&["--yes", "vault", "recover", "--recovery-code-file", &old], 4, "recovery_code_other");
    world.ok(&["--yes", "vault", "recover", "--recovery-code-file", &world.file("new code", new)]);
    let bare = World::empty();
    let (exit, said) = into(&bare, closed(), &["vault", "init", "--name", "J", "--country", "BE", "--language", "nl"]);
    assert!(exit == Some(1) && said.contains("vault kit new"), "{exit:?} {said}");
    assert!(world.words(&["vault", "kit", "new"]).stdout.contains("The one before no longer opens"));
}

/// Who puts the whole folder back has not put the keychain back, nor has who takes the settings away as well.
#[test]
fn the_keychain_knows_the_vault_without_its_settings() {
    if !session::possible() {
        return;
    }
    let world = World::empty();
    let init = ["vault", "init", "--name", "Jans", "--country", "BE", "--language", "nl", "--keychain"];
    world.in_session(Session::Unlocked, &init).is(0, &init);
    let status = || world.in_session(Session::Unlocked, &["vault", "status"]).is(0, &[]);
    let old = std::fs::read(world.inside("vault.db")).unwrap();
    let add = ["contact", "add", "--given", "An"];
    world.in_session(Session::Unlocked, &add).is(0, &add);
    std::fs::remove_file(world.inside("settings.toml")).unwrap();
    assert_eq!(status()["rolled_back"], false);
    std::fs::write(world.inside("vault.db"), old).unwrap();
    assert_eq!(status()["rolled_back"], true);
    world.in_session(Session::Unlocked, &add).refuses(4, "vault_rolled_back", &add);
    let restored = ["vault", "restored", "--yes"];
    world.in_session(Session::Unlocked, &restored).is(0, &restored);
    world.in_session(Session::Unlocked, &add).is(0, &add);
}
