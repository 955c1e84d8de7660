//! What holds for every command: help, usage, exit codes, one writer and readers beside it.

use std::process::{Child, Stdio};

use akkoord_office::profile::{Profile, WriterLock};

use crate::world::{Answer, World};

/// Every command by its words, found by asking for help.
pub(crate) fn commands(world: &World) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(words) = open.pop() {
        let help = Answer::of(&world.program().args(&words).arg("--help").output().unwrap());
        assert_eq!((help.exit, help.stderr.as_str()), (0, ""), "{words:?}");
        let below: Vec<String> = help
            .stdout
            .split("\nCommands:\n")
            .nth(1)
            .map(|list| list.lines().take_while(|line| !line.is_empty()))
            .into_iter()
            .flatten()
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .filter(|name| name != "help")
            .collect();
        open.extend(below.iter().map(|name| [words.clone(), vec![name.clone()]].concat()));
        if below.is_empty() || help.stdout.contains("\nArguments:\n") {
            found.push((words, help.stdout));
        }
    }
    found.sort();
    found
}

#[test]
fn every_command_shows_an_example_and_needs_no_vault_for_it() {
    let commands = commands(&World::empty());
    assert!(commands.len() >= 20, "{commands:?}");
    for (words, help) in commands {
        assert!(help.contains("Example") && help.contains("\n  akkoord-cli "), "{words:?}: {help}");
    }
}

#[test]
fn usage_is_explained() {
    let world = World::empty();
    let message = |args: &[&str]| world.refused(args, 2, "usage")["message"].as_str().unwrap().to_owned();
    assert!(message(&[]).contains("subcommand"));
    assert!(message(&["contact"]).contains("subcommand"));
    assert!(message(&["contact", "show"]).contains("<CONTACT>"));
    assert!(message(&["contact", "fly"]).contains("fly"));
    assert!(message(&["contact", "list", "--limit", "0"]).contains("--limit"));
    assert!(message(&["contact", "list", "--after", "x"]).contains("--after"));
    assert!(message(&["audit", "list", "--since", "2026-02-30"]).contains("--since"));
    assert!(message(&["--profile", "", "vault", "status"]).contains("--profile was given without a name"));
    assert!(message(&["contact", "list", "--profile", ""]).contains("--profile was given without a name"));
    assert!(message(&["--wait", "soon", "vault", "status"]).contains("--wait"));
    let words = world.words(&["contact", "show"]);
    assert_eq!((words.exit, words.stdout.as_str()), (2, ""));
    assert!(words.stderr.contains("<CONTACT>"));
}

#[test]
fn completions_and_the_manual_need_no_vault() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let answer = world.words(&["completions", shell]);
        assert!(answer.exit == 0 && answer.stdout.contains("passphrase-file"), "{shell}: {answer:?}");
    }
    let manual = world.words(&["man"]);
    assert!(manual.exit == 0 && manual.stdout.contains(".TH akkoord-cli 1"), "{manual:?}");
    assert!(world.ok(&["man"])["man"].is_string());
    let pages = world.root().join("pages");
    std::fs::create_dir(&pages).unwrap();
    world.ok(&["man", "--folder", pages.to_str().unwrap()]);
    world.refused(&["man", "--folder", "/nowhere/at/all"], 1, "unwritable");
    let page = |name: &str| std::fs::read_to_string(pages.join(name)).unwrap();
    assert!(page("akkoord-cli.1").contains("akkoord\\-cli\\-import(1)"));
    assert!(page("akkoord-cli-consent-record.1").contains("akkoord\\-cli consent record"));
    assert!(world.ok(&["completions", "bash"])["completions"].is_string());
    assert!(!world.profile().exists());
}

#[test]
fn the_version_is_told() {
    let answer = World::empty().words(&["--version"]);
    assert_eq!((answer.exit, answer.stdout), (0, format!("akkoord-cli {}\n", env!("CARGO_PKG_VERSION"))));
}

/// The window, as far as a command line can tell: it holds the lock and has the file open.
#[test]
fn readers_work_beside_a_writer_and_other_writers_hear_who_it_is() {
    let world = World::new();
    let an = world.contact(&["--given", "An", "--email", "an@example.be"]);
    let lock = WriterLock::acquire(&Profile::at(world.profile()), "window", None).unwrap();
    for args in [["contact", "list"], ["contact", "show"], ["audit", "verify"], ["vault", "status"], ["field", "list"]]
    {
        let args = if args[1] == "show" { [args.as_slice(), &["an@example.be"]].concat() } else { args.to_vec() };
        world.ok(&args);
    }
    world.ok(&["doctor"]);
    // To find out what an import would do is to read, too.
    let file = world.file("people.csv", "Voornaam,E-mail,Telefoon\nAn,an@example.be,0475123456\nBea,bea@example.be,\n");
    let found = world.ok(&["import", &file, "--dry-run"]);
    assert_eq!((&found["merged"], &found["added"]), (&1.into(), &1.into()), "{found}");
    world.refused(&["import", &file], 4, "vault_in_use");
    let error = world.refused(&["contact", "set", &an, "family=Peeters"], 4, "vault_in_use");
    let window = format!("window (pid {})", std::process::id());
    assert!(error["message"].as_str().unwrap().contains(&window), "{error}");
    world.refused(&["--wait", "0", "contact", "set", &an, "family=Peeters"], 4, "vault_in_use");
    drop(lock);
    world.ok(&["contact", "set", &an, "family=Peeters"]);
}

#[test]
fn a_writer_waits_if_asked() {
    let world = World::new();
    let lock = WriterLock::acquire(&Profile::at(world.profile()), "window", None).unwrap();
    let mut waiting = world.program();
    waiting.env("AKKOORD_PASSPHRASE_FILE", world.passphrase_file()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let waiting: Child = waiting.args(["--json", "--wait", "60", "contact", "add", "--given", "An"]).spawn().unwrap();
    assert_eq!(world.ok(&["contact", "list"])["total"], 0);
    drop(lock);
    assert_eq!(Answer::of(&waiting.wait_with_output().unwrap()).exit, 0);
    assert_eq!(world.ok(&["contact", "list"])["total"], 1);
}

/// An open transaction of the writer: readers see what was there before it.
#[test]
fn readers_see_nothing_half_done() {
    let world = World::new();
    world.contact(&["--given", "An"]);
    let raw = world.raw();
    raw.execute_batch("BEGIN IMMEDIATE; UPDATE contact SET given = 'Half'; DELETE FROM contact_text").unwrap();
    assert_eq!(world.ok(&["contact", "list"])["contacts"][0]["name"], "An");
    assert_eq!(world.ok(&["contact", "list", "--query", "an"])["total"], 1);
    raw.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn the_passphrase_may_come_by_the_environment_or_by_name() {
    let world = World::new();
    let by_name = ["--json", "--passphrase-file", &world.passphrase_file(), "vault", "status"];
    assert_eq!(Answer::of(&world.program().args(by_name).output().unwrap()).exit, 0);
    let none = Answer::of(&world.program().args(["--json", "vault", "status"]).output().unwrap());
    none.refuses(4, "vault_locked", &[]);
    world.refused(&["--passphrase-file", "/no/such/file", "vault", "status"], 1, "unreadable");
    let elsewhere = ["--profile", "/no/such/folder", "vault", "status"];
    world.refused(&elsewhere, 4, "no_vault");
}
