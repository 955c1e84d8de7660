//! The keychain slot against a real Secret Service (gnome-keyring) on a private session bus with a home of its own.
//!
//! Each test starts this same program again inside such a session and names the part to play there: the session bus is found
//! through the environment, and that of a test process is everybody's.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../../tests/missing.rs"]
mod missing;

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use akkoord_office::key::keychain::{anchor_get, anchor_set};
use akkoord_office::key::{DataKey, SlotKind, Slots};
use akkoord_office::problem::Code;
use akkoord_office::profile::Profile;
use chrono::DateTime;
use uuid::Uuid;

/// The environment variable with the part to play, and the one with the profile's folder.
const PART: &str = "AKKOORD_KEYCHAIN_PART";
const DIR: &str = "AKKOORD_KEYCHAIN_DIR";

/// Starts gnome-keyring with its login keyring unlocked; the first time this makes one. It goes to the background before it
/// has its name on the bus, and the bus would start another for whoever asked too early.
const UNLOCKED: &str = "printf pass | gnome-keyring-daemon --unlock --components=secrets >&2
    gdbus wait --session --timeout 60 org.freedesktop.secrets";
/// Starts gnome-keyring as it is at a login without a password.
const AS_IT_IS: &str = "gnome-keyring-daemon --start --components=secrets >&2
    gdbus wait --session --timeout 60 org.freedesktop.secrets";

/// A home of its own, for one test.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let there = |program: &str| Command::new(program).arg("--version").output().is_ok();
        let home = Self(tempfile::tempdir().unwrap());
        Profile::create(home.0.path().join("profile")).unwrap();
        std::fs::create_dir(home.0.path().join("run")).unwrap();
        let missing =
            ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"].into_iter().find(|program| !there(program));
        assert!(missing::possible(missing));
        home
    }

    /// Plays a part in a new session after `setup`.
    fn play(&self, setup: &str, part: &str) {
        let mut command = Command::new("dbus-run-session");
        command.args(["--", "sh", "-c", &format!("{setup}\nexec \"$0\" --exact plays_a_part")]);
        self.run(command.arg(std::env::current_exe().unwrap()), part);
    }

    fn run(&self, command: &mut Command, part: &str) {
        let home = self.0.path();
        let inherited = ["DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DISPLAY", "WAYLAND_DISPLAY"];
        inherited.iter().for_each(|name| _ = command.env_remove(name));
        command.env("HOME", home).env("XDG_RUNTIME_DIR", home.join("run")).env("VAULT", vault().to_string());
        // A keychain that is still dying with the session before would answer in the new one's place.
        let _ = std::fs::remove_dir_all(home.join("run/keyring"));
        // Into a file: a keychain that the dying bus still started would keep a pipe open for ever.
        let said = home.join("said");
        let file = File::create(&said).unwrap();
        command.stdin(Stdio::null()).stderr(file.try_clone().unwrap()).stdout(file);
        let status = command.env(PART, part).env(DIR, home.join("profile")).status().unwrap();
        let text = String::from_utf8_lossy(&std::fs::read(said).unwrap()).into_owned();
        assert!(status.success() && text.contains("1 passed"), "{part}: {text}");
    }
}

fn vault() -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001)
}

/// Plays the part that the environment names, if it names one: the other tests start it.
#[test]
fn plays_a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let profile = Profile::at(std::env::var(DIR).unwrap());
    match part.as_str() {
        "make" => make(&profile),
        "open" => open(&profile),
        "renew" => renew(&profile),
        "anchor" => anchor(),
        "restart" => restart(&profile),
        "nowhere" => nowhere(&profile),
        code => refuses(&profile, code),
    }
}

fn now() -> DateTime<chrono::FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-29T10:00:00+02:00").unwrap()
}

/// Makes slots by keychain and recovery code, and notes the key for the other parts.
fn make(profile: &Profile) {
    let key = DataKey::generate(&profile.vacant().unwrap()).unwrap();
    let mut slots = Slots::new(vault());
    slots.add_keychain(&key, now()).unwrap();
    slots.add_recovery(&key, now()).unwrap();
    slots.save(profile).unwrap();
    std::fs::write(noted(profile), key.pragma().as_bytes()).unwrap();
    assert_eq!(slots.kinds(), [SlotKind::Keychain, SlotKind::Recovery]);
    open(profile);
}

fn noted(profile: &Profile) -> PathBuf {
    profile.dir().join("noted")
}

fn open(profile: &Profile) {
    let key = Slots::load(profile).unwrap().slots.open_with_keychain().unwrap();
    assert_eq!(*key.pragma(), std::fs::read_to_string(noted(profile)).unwrap());
}

/// A new keychain slot that is never saved: the slots on disk still open.
fn renew(profile: &Profile) {
    let mut slots = Slots::load(profile).unwrap().slots;
    let key = slots.open_with_keychain().unwrap();
    slots.add_keychain(&key, now()).unwrap();
    assert_eq!(*slots.open_with_keychain().unwrap().pragma(), *key.pragma());
    open(profile);
}

/// The service goes and comes back, as at an upgrade: the same process finds its key again.
fn restart(profile: &Profile) {
    open(profile);
    let bus = "gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus";
    let pid = format!("{bus}.GetConnectionUnixProcessID org.freedesktop.secrets | tr -dc '0-9 '");
    // The answer reads "(uint32 1234,)".
    let shell = format!(
        "set -- $({pid}); kill $2; for i in $(seq 300); do kill -0 $2 2>&- || break; sleep 0.01; done; {UNLOCKED}"
    );
    assert!(Command::new("sh").args(["-c", &shell]).status().unwrap().success());
    open(profile);
    anchor_set(vault(), "9 abc").unwrap();
}

fn anchor() {
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(anchor_get(one).unwrap(), None);
    anchor_set(one, "7 abc").unwrap();
    anchor_set(one, "8 def").unwrap();
    assert_eq!(anchor_get(one).unwrap().as_deref(), Some("8 def"));
    assert_eq!(anchor_get(other).unwrap(), None);
}

/// A keychain without a keyring: it holds nothing, and nothing can be put in it.
fn nowhere(profile: &Profile) {
    refuses(profile, "keychain_empty");
    let key = DataKey::generate(&Profile::at(profile.dir().join("other")).vacant().unwrap()).unwrap();
    let problem = Slots::new(vault()).add_keychain(&key, now()).unwrap_err();
    assert_eq!((problem.code, &problem.facts["why"]), (Code::NoKeychain, &"no_collection".into()));
    assert_eq!(anchor_set(vault(), "7 abc").unwrap_err().code, Code::NoKeychain);
}

/// Opening is refused with this code, again at a second try, and neither a slot nor an anchor is made up.
fn refuses(profile: &Profile, code: &str) {
    let before = std::fs::read(profile.slots()).unwrap();
    let slots = Slots::load(profile).unwrap().slots;
    for _ in 0..2 {
        let problem = slots.open_with_keychain().unwrap_err();
        assert_eq!(problem.code.as_str(), code, "{problem:?}");
    }
    if matches!(code, "no_keychain" | "keychain_locked") {
        assert_eq!(anchor_set(vault(), "7 abc").unwrap_err().code.as_str(), code);
        assert_eq!(anchor_get(vault()).unwrap_err().code.as_str(), code);
        let key = DataKey::generate(&Profile::at(profile.dir().join("other")).vacant().unwrap()).unwrap();
        assert_eq!(Slots::new(vault()).add_keychain(&key, now()).unwrap_err().code.as_str(), code);
    }
    assert_eq!(std::fs::read(profile.slots()).unwrap(), before);
}

#[test]
fn works_across_sessions() {
    let home = Home::new();
    home.play(UNLOCKED, "make");
    home.play(UNLOCKED, "open");
    home.play(UNLOCKED, "renew");
    home.play(UNLOCKED, "open");
    home.play(UNLOCKED, "anchor");
    home.play(UNLOCKED, "restart");
}

#[test]
fn without_a_session_bus() {
    let home = Home::new();
    home.play(UNLOCKED, "make");
    let mut command = Command::new(std::env::current_exe().unwrap());
    home.run(command.args(["--exact", "plays_a_part"]), "no_keychain");
}

#[test]
fn locked() {
    let home = Home::new();
    home.play(UNLOCKED, "make");
    home.play(AS_IT_IS, "keychain_locked");
    let lock = "gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
        --method org.freedesktop.Secret.Service.Lock \"['/org/freedesktop/secrets/collection/login']\" >&2";
    home.play(&format!("{UNLOCKED}\n{lock}"), "keychain_locked");
    home.play(UNLOCKED, "open");
}

#[test]
fn without_a_keyring() {
    let home = Home::new();
    home.play(UNLOCKED, "make");
    let keyrings = home.0.path().join(".local/share/keyrings");
    std::fs::rename(&keyrings, home.0.path().join("gone")).unwrap();
    home.play(AS_IT_IS, "nowhere");
    // Another machine or a wiped keychain: a keyring, but not with our key.
    home.play(UNLOCKED, "keychain_empty");
}

#[test]
fn without_the_entry_or_with_another() {
    let home = Home::new();
    home.play(UNLOCKED, "make");
    let clear = format!("{UNLOCKED}\nsecret-tool clear service akkoord");
    home.play(&clear, "keychain_empty");
    for secret in ["00".repeat(32), "no key at all".to_owned(), String::from("\u{e9}")] {
        let store = "secret-tool store --label Akkoord service akkoord username $VAULT";
        home.play(&format!("{clear}\nprintf '{secret}' | {store}"), "keychain_other");
    }
}
