//! The round of the post is killed at random moments: nothing goes twice, and nothing is lost.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use crate::connection::person;
use crate::mail::{Post, head};
use crate::smtp::possible;

/// Kills unless `AKKOORD_KILLS` says another number.
const KILLS: u64 = 15;

/// The program is killed at random moments of handing mails over. Whatever the server took it took once, whatever counts as sent
/// is there, and the rest waits or is shown to be in doubt.
#[test]
#[expect(clippy::print_stderr, reason = "a bench run shows what the kills did")]
fn a_killed_round_sends_nothing_twice_and_loses_nothing() {
    if !possible() {
        return;
    }
    let kills = std::env::var("AKKOORD_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let post = Post::new("starttls");
    let an = person(&post.world, "An", &[]);
    let mut during = 0;
    for n in 0..kills {
        post.send(&an, &["--later"]);
        post.send(&an, &["--later"]);
        let mut command = post.world.program();
        command
            .env("AKKOORD_PASSPHRASE_FILE", post.world.passphrase_file())
            .env("SSL_CERT_FILE", post.path("cert.pem"));
        command.args(["mail", "run", "--password-file"]).arg(post.path("password"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // From the moment on at which it has the vault open: what comes before is the passphrase's affair.
        let log = post.world.inside("vault.db-wal");
        while !log.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_millis(n * 13 % 160));
        during += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        post.sound();
    }
    post.round();
    let taken = post.server.taken();
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let mails = post.mails();
    assert_eq!(mails.len() as u64, kills * 2, "nothing is lost");
    for mail in mails.values() {
        let (state, id) = (mail["state"].as_str().unwrap(), mail["message_id"].as_str().unwrap());
        let there = taken.iter().filter(|one| head(one, "Message-ID") == id).count();
        match state {
            "sent" => assert_eq!(there, 1, "{mail}"),
            "doubtful" => assert!(there <= 1, "{mail}"),
            _ => panic!("{mail}"),
        }
        *states.entry(state.to_owned()).or_default() += 1;
    }
    eprintln!("{kills} kills, {during} while mails were going: {states:?}");
    assert!(during > 0, "no kill fell into a round");
    post.sound();
}
