//! Making a vault, looking at it, and its ways in.

use crate::session::{self, Session};
use crate::world::World;

#[test]
fn a_new_vault_says_what_it_is() {
    let world = World::empty();
    let made = world.ok(&["vault", "init", "--name", "Bakkerij Jans", "--country", "BE", "--language", "nl"]);
    let status = world.ok(&["vault", "status"]);
    assert_eq!(status["vault_id"], made["vault_id"]);
}

#[test]
fn a_keychain_opens_it() {
    if !session::possible() {
        return;
    }
    let world = World::new();
    let args = ["--passphrase-file", &world.passphrase_file(), "vault", "keychain", "set"];
    let set = world.in_session(Session::Unlocked, &args).is(0, &args);
    assert_eq!(set["slots"], serde_json::json!(["passphrase", "recovery", "keychain"]));
    world.in_session(Session::Unlocked, &["vault", "status"]).is(0, &[]);
    world.in_session(Session::Locked, &["vault", "status"]).refuses(4, "keychain_locked", &[]);
    world.in_session(Session::Wiped, &["vault", "status"]).refuses(4, "keychain_empty", &[]);
}

#[test]
fn what_is_there_is_never_made_anew() {
    let world = World::new();
    let before = world.bytes();
    let init = ["vault", "init", "--name", "Jans", "--country", "BE", "--language", "nl"];
    world.refused(&init, 6, "vault_exists");
    assert_eq!(world.bytes(), before);
    let names: Vec<_> = before.iter().map(|(path, _)| path.strip_prefix(world.profile()).unwrap()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn the_recovery_code_opens_a_copy_on_another_computer() {
    let there = World::new().copy();
    let code = there.file("code", World::recovery_code().to_lowercase());
    let new = there.file("new", "een heel andere zin");
    let recover = ["--yes", "vault", "recover", "--recovery-code-file", &code, "--new-passphrase-file", &new];
    assert_eq!(there.ok(&recover)["slots"], serde_json::json!(["passphrase", "recovery"]));
    there.refused(&["vault", "status"], 4, "wrong_passphrase");
    there.ok(&["--passphrase-file", &new, "vault", "status"]);
}
