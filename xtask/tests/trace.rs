//! `docs/TRACE.md`: what the product promises, beside the tests that hold it.
//!
//! `docs/trace.txt` has one promise a line: `where | promise | tests, by name`. `later` in place of tests says that nothing
//! is claimed yet. A test that does not exist fails this one; so does a table that is not the one generated from it.
//! `TRACE=update cargo test -p xtask --test trace` writes the table.
#![expect(clippy::unwrap_used, reason = "a test fails by these")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Names of all test functions in the workspace's own sources.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("crates"), root().join("tests"), root().join("xtask"), root().join("src-tauri")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                names.extend(tests_of(&std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    names
}

fn tests_of(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        match line.strip_prefix("fn ").and_then(|rest| rest.split_once('(')) {
            Some((name, _)) if marked => {
                found.push(name.to_owned());
                marked = false;
            }
            _ if line == "#[test]" => marked = true,
            _ if line.starts_with('#') || line.starts_with("//") => {}
            _ => marked = false,
        }
    }
    found
}

#[test]
fn every_promise_names_tests_that_exist() {
    let known = tests();
    let text = std::fs::read_to_string(root().join("docs/trace.txt")).unwrap();
    let mut table = String::from(
        "# What is promised, and which test holds it\n\nGenerated from `docs/trace.txt`; a test that does not exist fails the build. *later* claims nothing yet.\n\n| where | promise | tests |\n| --- | --- | --- |\n",
    );
    let (mut held, mut later) = (0, 0);
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [place, promise, names] = parts.as_slice() else { panic!("line {}: three parts, please", number + 1) };
        if *names == "later" {
            later += 1;
            writeln!(table, "| {place} | {promise} | *later* |").unwrap();
            continue;
        }
        held += 1;
        for name in names.split(',').map(str::trim) {
            assert!(known.contains(name), "line {}: there is no test `{name}`", number + 1);
        }
        let names: Vec<String> = names.split(',').map(|name| format!("`{}`", name.trim())).collect();
        writeln!(table, "| {place} | {promise} | {} |", names.join(", ")).unwrap();
    }
    writeln!(table, "\n{held} promises held by tests, {later} for later.").unwrap();
    let path = root().join("docs/TRACE.md");
    if std::env::var_os("TRACE").is_some_and(|value| value == "update") {
        std::fs::write(&path, table).unwrap();
    } else {
        assert_eq!(
            std::fs::read_to_string(path).unwrap_or_default(),
            table,
            "TRACE=update cargo test -p xtask --test trace"
        );
    }
}
