//! Licences and sources of every dependency, against the list in deny.toml.
//!
//! `cargo deny` does more and is used when it is installed. Building it takes longer than all tests together on a
//! small machine, so the check that nobody can do without is done here from `cargo tree`.

use std::collections::BTreeSet;

use crate::shell::{self, Outcome};

pub(crate) fn check() -> Outcome {
    if shell::ask("cargo", &["deny", "--version"]).is_some() {
        return shell::cargo(&["deny", "--all-features", "check", "bans", "licenses", "sources"]);
    }
    let path = shell::root().join("deny.toml");
    let text = std::fs::read_to_string(path).map_err(|error| format!("deny.toml cannot be read: {error}"))?;
    let allowed = allowed(&text);
    let arguments = ["tree", "--locked", "--workspace", "--target", "all", "--prefix", "none", "--format", "{p}\t{l}"];
    let tree = shell::ask("cargo", &arguments).ok_or("`cargo tree` failed; `cargo tree --workspace` says why.")?;
    let lines: BTreeSet<&str> =
        tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    let faults: Vec<String> = lines.iter().filter_map(|line| fault(line, &allowed)).collect();
    if faults.is_empty() {
        println!("  {} packages, {} licences allowed", lines.len(), allowed.len());
        return Ok(());
    }
    Err(format!("these dependencies may not be used:\n  {}", faults.join("\n  ")))
}

/// The licences between `allow = [` and `]` in deny.toml: the one list, for both ways of checking.
fn allowed(text: &str) -> BTreeSet<String> {
    let after = text.split("\nallow = [").nth(1).unwrap_or_default();
    let list = after.split("\n]").next().unwrap_or_default();
    list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next().map(str::to_owned)).collect()
}

/// What is wrong with one line of the tree, `name version (source)\tlicence`.
fn fault(line: &str, allowed: &BTreeSet<String>) -> Option<String> {
    let (package, licence) = line.split_once('\t')?;
    if package.contains("://") {
        return Some(format!("{package}: comes from outside the registry"));
    }
    let permitted = holds(licence, &|name| allowed.contains(name));
    (!permitted).then(|| format!("{package}: {}", if licence.is_empty() { "names no licence" } else { licence }))
}

/// Whether an SPDX expression can be kept with the licences for which `has` holds. `AND` binds tighter than `OR`;
/// the old `/` means `OR`. An expression that is not understood is not kept.
fn holds(expression: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ").replace(" WITH ", "-WITH-");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&words, &mut at, has) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let mut held = both(words, at, has);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        held |= both(words, at, has);
    }
    held
}

fn both(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let mut held = one(words, at, has);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        held &= one(words, at, has);
    }
    held
}

fn one(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word != "(" {
        return has(&word.replace("-WITH-", " WITH "));
    }
    let held = either(words, at, has);
    let closed = words.get(*at) == Some(&")");
    *at += 1;
    held && closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let has = |name: &str| ["MIT", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"].contains(&name);
        for (expression, kept) in [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("Apache-2.0/MIT", true),
            ("MIT AND GPL-2.0", false),
            ("(MIT OR Zlib) AND BSD-3-Clause", true),
            ("Zlib OR MIT AND GPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("", false),
            ("(MIT", false),
            ("MIT MIT", false),
        ] {
            assert_eq!(holds(expression, &has), kept, "{expression}");
        }
    }

    #[test]
    fn a_package_from_elsewhere_is_refused() {
        let allowed = BTreeSet::from(["MIT".to_owned()]);
        assert!(fault("a v1.0.0\tMIT", &allowed).is_none());
        assert!(fault("a v1.0.0 (https://example.test/a?rev=1)\tMIT", &allowed).is_some());
        assert!(fault("a v1.0.0\tGPL-2.0-only", &allowed).is_some());
    }
}
