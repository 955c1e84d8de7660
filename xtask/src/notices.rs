//! The licences of others in what people install: most ask that their text goes along.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::release;
use crate::shell::{self, Outcome, entries};

/// How files with a licence begin.
const BEGINNINGS: [&str; 6] = ["license", "licence", "copying", "notice", "unlicense", "copyright"];

/// A foreign package that is in the programs or the page.
struct Part {
    name: String,
    licence: String,
    folder: PathBuf,
}

/// Writes every licence text once, under the names of those who use it.
pub(crate) fn write(to: &Path) -> Outcome {
    let parts: Vec<Part> = crates()?.into_iter().chain(modules()?).chain([fonts()]).collect();
    let mut uses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for part in &parts {
        for text in texts(&part.folder) {
            uses.entry(text).or_default().insert(&part.name);
        }
    }
    let mut out = String::from("Akkoord contains the work of others, under these licences.\n\n");
    for part in &parts {
        out.push_str(&format!("{}: {}\n", part.name, part.licence));
    }
    let rule = "-".repeat(80);
    for (text, names) in &uses {
        let names: Vec<&str> = names.iter().copied().collect();
        out.push_str(&format!("\n{rule}\n{}\n{rule}\n\n{text}\n", names.join(", ")));
    }
    std::fs::write(to, out).map_err(|error| format!("{}: {error}", to.display()))
}

/// What cargo compiled into window and command line on this system, and what it built them with: some bring code in other
/// languages along.
fn crates() -> Outcome<Vec<Part>> {
    let line = ["tree", "--locked", "-p", "akkoord", "-p", "akkoord-cli", "-e", "normal,build", "--prefix", "none"];
    let line = [&line, ["--format", "{p}\t{l}"].as_slice()].concat();
    let tree = shell::ask("cargo", &line).ok_or("`cargo tree` failed.")?;
    let registries = entries(&release::cargo_home().join("registry/src"));
    let lines: BTreeSet<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    lines.into_iter().filter_map(|line| part(line, &registries)).collect()
}

/// The package of one line, `name v1.2.3\tlicence`; none for our own, which name their folder.
fn part(line: &str, registries: &[PathBuf]) -> Option<Outcome<Part>> {
    let (package, licence) = line.split_once('\t')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.trim_start_matches('v'));
    if words.any(|word| word.starts_with("(/") || word.contains(":\\")) {
        return None;
    }
    let folder = registries.iter().map(|registry| registry.join(format!("{name}-{version}"))).find(|at| at.is_dir());
    let missing = || format!("The source of {name} {version} is nowhere.");
    Some(folder.ok_or_else(missing).map(|folder| Part {
        name: format!("{name} {version}"),
        licence: licence.to_owned(),
        folder,
    }))
}

/// What the page is made with.
fn modules() -> Outcome<Vec<Part>> {
    let list = ["ls", "--omit=dev", "--all", "--parseable", "--long", "--prefix", "ui"];
    let list = shell::ask("npm", &list).ok_or("`npm ls` failed.")?;
    let parts = list.lines().filter(|line| line.contains("node_modules")).filter_map(|line| {
        let (folder, rest) = line.rsplit_once(':')?;
        let (name, version) = rest.rsplit_once('@')?;
        let told = std::fs::read_to_string(Path::new(folder).join("package.json")).unwrap_or_default();
        let licence = told.split("\"license\":").nth(1).and_then(|rest| rest.split('"').nth(1)).unwrap_or("see below");
        Some(Part { name: format!("{name} {version}"), licence: licence.to_owned(), folder: folder.into() })
    });
    Ok(parts.collect())
}

/// What letters are set in.
fn fonts() -> Part {
    let name = "Inter, Noto Sans Hebrew, Noto Sans Arabic, Noto Emoji".to_owned();
    Part { name, licence: "OFL-1.1".to_owned(), folder: shell::root().join("crates/press/fonts") }
}

/// The licence texts of a package, with those of what it carries along.
fn texts(folder: &Path) -> Vec<String> {
    let inner = entries(folder).into_iter().filter(|entry| entry.is_dir());
    let files = inner.flat_map(|folder| entries(&folder)).chain(entries(folder));
    let named = files.filter(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)) && !name.ends_with(".rs")
    });
    let read = named.filter_map(|file| std::fs::read_to_string(file).ok());
    read.map(|text| text.replace("\r\n", "\n").trim().to_owned()).filter(|text| !text.is_empty()).collect()
}
