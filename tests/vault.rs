//! Making a vault, looking at it, and changing what opens it.

use serde_json::json;

use crate::world::World;

const INIT: [&str; 8] = ["vault", "init", "--name", "Bakkerij Jans", "--country", "BE", "--language", "nl"];

#[test]
fn a_new_vault_says_what_it_is() {
    let world = World::empty();
    let made = world.ok(&INIT);
    assert_eq!(made["profile"], world.profile().to_str().unwrap());
    assert_eq!(made["recovery_code"].as_str().unwrap().len(), 47);
    let status = world.ok(&["vault", "status"]);
    assert_eq!(status["vault_id"], made["vault_id"]);
    assert_eq!(status["fingerprint"], made["fingerprint"]);
    assert_eq!(status["slots"], json!(["passphrase", "recovery"]));
    assert_eq!((&status["contacts"], &status["last_backup"]), (&json!(0), &json!(null)));
    assert_eq!(status["rolled_back"], false);
    assert_eq!(world.ok(&["audit", "list"])["entries"][0]["act"], "vault_made");
    assert!(world.words(&["vault", "status"]).stdout.contains("Bakkerij Jans"));
}

#[test]
fn without_a_way_in_no_vault_is_made() {
    let world = World::empty();
    let answer = crate::world::Answer::of(&world.program().arg("--json").args(INIT).output().unwrap());
    let error = answer.refuses(2, "no_key_given", &INIT);
    assert!(error["hint"].as_str().unwrap().contains("--passphrase-file"));
    assert!(!world.profile().exists());
    let short = world.file("short", "kort");
    world.refused(&[&["--passphrase-file", &short], INIT.as_slice()].concat(), 2, "weak_passphrase");
    world.refused(&["vault", "init", "--name", "J", "--country", "US", "--language", "en"], 2, "invalid");
    world.refused(&["vault", "init", "--name", " ", "--country", "BE", "--language", "nl"], 2, "invalid");
    world.refused(&["vault", "init", "--name", "J", "--country", "BE", "--language", "xx"], 2, "usage");
    world.refused(&["vault", "status"], 4, "no_vault");
    world.ok(&INIT);
}

#[test]
fn what_is_there_is_never_made_anew() {
    let world = World::new();
    let before = world.bytes();
    world.refused(&INIT, 6, "vault_exists");
    assert_eq!(world.bytes(), before);
    for name in ["vault.db", "keyslots.json", "keyslots.bak"] {
        let left = World::empty();
        std::fs::create_dir(left.profile()).unwrap();
        std::fs::copy(world.inside(name), left.inside(name)).unwrap();
        let before = left.bytes();
        left.refused(&INIT, 6, "vault_exists");
        assert_eq!(left.bytes(), before, "{name}");
    }
}

#[test]
fn a_new_passphrase_replaces_the_old_one() {
    let world = World::new();
    let new = world.file("new", "een heel andere zin\nniet gelezen\n");
    let set = world.ok(&["vault", "passphrase", "set", "--new-passphrase-file", &new]);
    assert_eq!(set["slots"], json!(["passphrase", "recovery"]));
    world.refused(&["vault", "status"], 4, "wrong_passphrase");
    let entries = world.ok(&["--passphrase-file", &new, "audit", "list"])["entries"].take();
    assert_eq!(entries[1]["act"], "keys_changed");
    world.refused(&["vault", "passphrase", "set", "--new-passphrase-file", "/no/such/file"], 1, "unreadable");
}

#[test]
fn a_new_kit_replaces_the_old_code() {
    let world = World::new();
    let made = world.ok(&["vault", "kit", "new"]);
    let old = world.file("old", World::recovery_code());
    let new = world.file("new", made["recovery_code"].as_str().unwrap());
    let before = world.bytes();
    world.refused(&["--yes", "vault", "recover", "--recovery-code-file", &old], 4, "recovery_code_other");
    assert_eq!(world.bytes(), before);
    world.ok(&["--yes", "vault", "recover", "--recovery-code-file", &new]);
}

#[test]
fn the_recovery_code_opens_a_copy_on_another_computer() {
    let there = World::new();
    let code = there.file("code", World::recovery_code().to_lowercase());
    let new = there.file("new", "een heel andere zin");
    let recover = ["vault", "recover", "--recovery-code-file", &code, "--new-passphrase-file", &new];
    let before = there.bytes();
    there.refused(&recover, 6, "not_confirmed");
    assert_eq!(there.bytes(), before);
    let done = there.ok(&[&["--yes"], recover.as_slice()].concat());
    assert_eq!(done["slots"], json!(["passphrase", "recovery"]));
    there.refused(&["vault", "status"], 4, "wrong_passphrase");
    there.ok(&["--passphrase-file", &new, "vault", "status"]);
}

/// Every mistake is in the tests of the code itself; here a sample goes all the way.
#[test]
fn a_mistyped_code_or_another_vaults_changes_nothing() {
    let world = World::new();
    let other = World::empty().ok(&INIT)["recovery_code"].take();
    let right = World::recovery_code();
    let swap = |at: usize| {
        let mut typed: Vec<char> = right.chars().collect();
        typed[at] = if typed[at] == 'X' { 'Y' } else { 'X' };
        typed.into_iter().collect::<String>()
    };
    let before = world.bytes();
    let refused = |code: &str, why: &str| {
        let file = world.file("code", code);
        let args = ["--yes", "vault", "recover", "--recovery-code-file", &file, "--new-passphrase-file", &file];
        world.refused(&args, 4, why);
        assert_eq!(world.bytes(), before, "{code}");
    };
    for at in [0, 7, 23, 46] {
        refused(&swap(at), "recovery_code_mistyped");
    }
    refused("", "recovery_code_mistyped");
    refused(right.split_at(1).1, "recovery_code_mistyped");
    refused(other.as_str().unwrap(), "recovery_code_other");
}
