//! A run that failed is tried again by itself, against a real address book on a server that is away for a while.
//!
//! The test starts this same program again: which certificates are trusted is found through the environment, and that of a test
//! process is everybody's.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../../tests/certificate.rs"]
mod certificate;
#[path = "../../../tests/missing.rs"]
mod missing;
#[path = "../../../tests/radicale.rs"]
mod radicale;

use std::process::Command;

use akkoord_office::connections::{self, NewConnection, RunOptions};
use akkoord_office::consents::{self, NewAnswer};
use akkoord_office::key::Passphrase;
use akkoord_office::people;
use akkoord_office::problem::Code;
use akkoord_office::profile::Profile;
use akkoord_office::purposes::{self, NewPurpose, Wording};
use akkoord_office::vault::{Actor, Desk, Setup, Vault, create};
use akkoord_rules::consent::{Basis, How};
use akkoord_rules::field::Sensitivity;
use akkoord_rules::law::Country;
use akkoord_rules::outflow::Kind;
use akkoord_rules::person::ChannelSet;
use chrono::{DateTime, TimeDelta, Utc};

use radicale::{Radicale, possible};

/// The environment variable with the folder of the one who plays the part.
const DIR: &str = "AKKOORD_AGAIN_DIR";

/// Starts a keychain that is open, then this program again.
const SESSION: &str = "printf pass | gnome-keyring-daemon --unlock --components=secrets >&2
    gdbus wait --session --timeout 60 org.freedesktop.secrets
    exec \"$0\" --exact plays_the_part";

fn now() -> DateTime<Utc> {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// A shop with somebody who may be in its address book, which stands there.
fn shop(dir: &std::path::Path, url: &str) -> Vault {
    let setup = Setup {
        name: "Garage Claes".to_owned(),
        country: Country::Be,
        language: "nl".to_owned(),
        keychain: false,
        passphrase: Some(Passphrase::new("drie koeien in de wei".to_owned())),
        ask_code: false,
    };
    let desk = Desk { actor: Actor::Cli, by: "An".to_owned() };
    let mut vault = create(&Profile::at(dir.join("profile")), setup, desk, now()).unwrap().vault;
    let purpose = NewPurpose {
        key: "news".to_owned(),
        title: "Nieuws".to_owned(),
        basis: Basis::Consent,
        wordings: vec![Wording::new("nl", "Ja.".to_owned()).unwrap()],
        channels: ChannelSet::NONE,
        retention: None,
        marketing: true,
        label: None,
        share: Vec::new(),
        soft_opt_in: None,
        special: false,
    };
    purposes::add(&mut vault, &purpose, now()).unwrap();
    let phone = NewConnection {
        key: "phone".to_owned(),
        title: "Telefoon".to_owned(),
        kind: Kind::Carddav,
        fields: vec!["given".to_owned(), "email".to_owned()],
        purposes: vec!["news".to_owned()],
        max_sensitivity: Sensitivity::Low,
        eea: true,
        channel: None,
        url: url.to_owned(),
        user: "an".to_owned(),
    };
    connections::add_with_password(&mut vault, &phone, &Passphrase::new("geheim".to_owned()), now()).unwrap();
    for name in ["An", "Bo"] {
        let email = format!("{}@example.be", name.to_lowercase());
        let draft = people::typed([name, ""], &[&email], &[], vault.business()).unwrap();
        let id = people::add(&mut vault, &draft, &[], &people::NewSource::default(), true, now()).unwrap().output;
        let mut yes = NewAnswer::new("news", true, How::Phone, now().fixed_offset());
        yes.share = vec!["phone".to_owned()];
        consents::record(&mut vault, &id.to_string(), &yes, now()).unwrap();
    }
    vault
}

/// Plays its part where the other test starts it.
#[test]
fn plays_the_part() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let files = std::path::Path::new(&dir).join("files");
    let mut server = Radicale::new(&files);
    let mut vault = shop(dir.as_ref(), &server.url(server.port));
    let after = |minutes| now() + TimeDelta::minutes(minutes);
    let tried = |vault: &Vault| connections::show(vault, "phone").unwrap().tried;
    let run = |vault: &mut Vault, now| connections::run(vault, "phone", &RunOptions::default(), now);
    let again = |vault: &mut Vault, now| connections::again(vault, &|| false, now).unwrap().output;
    let (ran, failed) = ((vec!["phone".to_owned()], vec![]), (vec![], vec!["phone".to_owned()]));
    let parts = |again: connections::Again| (again.ran, again.failed);

    assert!(!connections::again_due(&vault, after(600)).unwrap(), "nothing goes out that nobody started");
    server.stop();
    assert_eq!(run(&mut vault, now()).unwrap_err().code, Code::ServerUnreachable);
    let seen = tried(&vault).unwrap();
    assert_eq!((seen.code.as_str(), seen.next.as_deref()), ("server_unreachable", Some("2026-03-02T10:05:00+01:00")));
    assert!(!connections::again_due(&vault, after(4)).unwrap() && connections::again_due(&vault, after(5)).unwrap());
    assert_eq!(parts(again(&mut vault, after(4))), (vec![], vec![]));
    assert_eq!(parts(again(&mut vault, after(5))), failed);
    assert_eq!(tried(&vault).unwrap().next.as_deref(), Some("2026-03-02T10:20:00+01:00"));

    // Whoever took the yes back in the meantime is not in what goes out then.
    consents::withdraw(&mut vault, "bo@example.be", "news", How::Phone, after(6).fixed_offset(), after(6)).unwrap();
    server.start();
    assert_eq!(parts(again(&mut vault, after(20))), ran);
    let cards = server.cards();
    assert!(cards.len() == 1 && cards[0].1.contains("an@example.be"), "{cards:?}");
    assert_eq!(tried(&vault), None);
    assert!(!connections::again_due(&vault, after(600)).unwrap());

    // By hand it works meanwhile, and what somebody must mend is not tried again.
    server.stop();
    assert_eq!(run(&mut vault, after(30)).unwrap_err().code, Code::ServerUnreachable);
    server.start();
    assert_eq!(run(&mut vault, after(31)).unwrap().output.unchanged, 1);
    assert_eq!(tried(&vault), None);
    connections::keep_password(&vault, "phone", &Passphrase::new("fout".to_owned())).unwrap();
    assert_eq!(run(&mut vault, after(32)).unwrap_err().code, Code::ServerRefused);
    let seen = tried(&vault).unwrap();
    assert_eq!((seen.code.as_str(), seen.next), ("server_refused", None));
    assert!(!connections::again_due(&vault, after(600)).unwrap());

    // After a day it is left to the owner; another address is another matter.
    server.stop();
    assert_eq!(run(&mut vault, after(40)).unwrap_err().code, Code::ServerUnreachable);
    let mut minutes = 40;
    assert!(connections::again_due(&vault, after(40 + 24 * 60)).unwrap(), "after a night it is tried");
    assert!(!connections::again_due(&vault, after(41 + 24 * 60)).unwrap(), "after a week away nothing goes out");
    while tried(&vault).unwrap().next.is_some() {
        minutes += 5;
        again(&mut vault, after(minutes));
        assert!(minutes < 40 + 25 * 60);
    }
    assert_eq!(tried(&vault).unwrap().next, None);
    assert_eq!(run(&mut vault, after(3000)).unwrap_err().code, Code::ServerUnreachable);
    let elsewhere = connections::ConnectionChange { url: Some("https://localhost/".to_owned()), ..Default::default() };
    connections::set(&mut vault, "phone", &elsewhere, after(3001)).unwrap();
    assert_eq!(tried(&vault), None);
    assert_eq!(vault.verify(None).unwrap().first_fault, None);
}

#[test]
fn a_run_that_met_a_server_that_was_away_succeeds_by_itself_once_it_is_back() {
    let there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    let session = ["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|program| !there(program));
    if !possible() || !missing::possible(session) {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    for folder in ["files", "run"] {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
    }
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", SESSION]).arg(std::env::current_exe().unwrap());
    for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DISPLAY", "WAYLAND_DISPLAY"] {
        command.env_remove(name);
    }
    command.env("HOME", dir.path()).env("XDG_RUNTIME_DIR", dir.path().join("run")).env(DIR, dir.path());
    command.env("SSL_CERT_FILE", dir.path().join("files/cert.pem"));
    // Into a file: a keychain that the dying bus still started would keep a pipe open for ever.
    let said = dir.path().join("said");
    let file = std::fs::File::create(&said).unwrap();
    let status = command.stdin(std::process::Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file).status();
    let text = String::from_utf8_lossy(&std::fs::read(said).unwrap()).into_owned();
    assert!(status.unwrap().success() && text.contains("1 passed"), "{text}");
}
