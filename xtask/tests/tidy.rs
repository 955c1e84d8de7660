//! The rules of the house that no compiler knows: sizes, names, what a layer may not touch, files nobody names.
#![allow(clippy::expect_used, reason = "a test fails by these")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the project: its path from the root with `/`, and its text.
struct File {
    path: String,
    text: String,
}

/// Generated files and data tables may be longer than a person would write.
const LONG_BY_NATURE: &[&str] =
    &["ui/src/lib/bindings.ts", "ui/src/lib/i18n/nl/problems.ts", "ui/src/lib/i18n/en/problems.ts"];

/// The largest file that anybody would write or keep, in bytes.
const LARGEST: u64 = 1 << 20;

/// What the build makes, or others wrote.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "dist", "gen", "LICENSE"];

#[test]
fn files_are_short() {
    let limit = |path: &str| match extension(path) {
        "rs" | "ts" => Some(400),
        "svelte" => Some(250),
        _ => None,
    };
    check("is longer than its limit of lines", |file| {
        let lines = file.text.lines().count();
        let long = limit(&file.path).is_some_and(|limit| lines > limit);
        if long && !LONG_BY_NATURE.contains(&file.path.as_str()) { vec![format!("{lines} lines")] } else { Vec::new() }
    });
}

#[test]
fn no_file_names_a_machine_or_leaves_work_undone() {
    // Put together here, so that this file does not find itself.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("registry.npm", "js.org"),
        concat!("static.crates", ".io"),
        concat!("index.crates", ".io"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    check("holds a word that does not belong in the project", |file| {
        let found = |word: &&str| file.text.contains(*word);
        words.iter().filter(|word| found(word)).map(|word| (*word).to_owned()).collect()
    });
}

#[test]
fn names_say_what_a_thing_is() {
    let vague = ["Manager", "Service", "Helper", "Util", "Processor"];
    let is_vague = |name: &str| vague.iter().any(|word| name.contains(word));
    check("bears a name that says nothing", |file| {
        if !["rs", "ts", "svelte"].contains(&extension(&file.path)) {
            return Vec::new();
        }
        let stem = Path::new(&file.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let vague_stem = vague.iter().any(|word| stem.to_lowercase().contains(&word.to_lowercase()));
        let mut faults: Vec<String> = vague_stem.then(|| stem.to_owned()).into_iter().collect();
        faults.extend(type_names(&file.text).filter(|name| is_vague(name)).map(str::to_owned));
        faults
    });
}

#[test]
fn every_dependency_has_its_reason() {
    let reasons = read("docs/DEPENDENCIES.md");
    let is_given = |name: &str| reasons.split(['|', ',', '*', '\n']).any(|word| word.trim() == name);
    let manifest = read("Cargo.toml");
    let crates = section(&manifest, "[workspace.dependencies]\n", "\n[").filter_map(|line| line.split_once(" = "));
    let page = read("ui/package.json");
    let packages = section(&page, "ependencies\": {\n", "}").filter_map(|line| line.split_once(": "));
    let names = crates.chain(packages).map(|(name, _)| name.trim().trim_matches('"'));
    let missing: Vec<&str> = names.filter(|name| !name.starts_with("akkoord-") && !is_given(name)).collect();
    assert!(missing.is_empty(), "docs/DEPENDENCIES.md does not say why there is {}", missing.join(", "));
}

#[test]
fn nothing_made_by_a_program_is_kept() {
    // Without git, as in a copy that somebody unpacked, there is nothing to ask.
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let paths = String::from_utf8_lossy(&listed.map(|listed| listed.stdout).unwrap_or_default()).into_owned();
    let mut faults = Vec::new();
    for path in paths.split('\0').filter(|path| !path.is_empty()) {
        if path.rsplit('/').any(|part| part.starts_with('-')) {
            faults.push(format!("{path}: looks like an option"));
        }
        let bytes = std::fs::metadata(root().join(path)).map_or(0, |file| file.len());
        if bytes > LARGEST {
            faults.push(format!("{path}: {bytes} bytes"));
        }
    }
    assert!(faults.is_empty(), "what is this doing here:\n{}", faults.join("\n"));
}

#[test]
fn the_rules_are_pure() {
    let words =
        ["rusqlite", "std::fs", "std::net", "std::env", "std::process", "std::thread", "SystemTime", "Instant::now"];
    check("reaches outside the rules", |file| used(file, "crates/rules/src/", &words));
}

#[test]
fn two_files_alone_speak_to_other_computers() {
    let words = ["ureq::", "std::net", "TcpStream", "rustls::", "lettre::transport"];
    let speak = ["crates/office/src/connections/carddav/server.rs", "crates/office/src/mail/server.rs"];
    check("opens a connection", |file| {
        let folders = ["crates/office/src/", "crates/cli/src/", "src-tauri/src/"];
        if speak.contains(&file.path.as_str()) {
            Vec::new()
        } else {
            folders.iter().flat_map(|folder| used(file, folder, &words)).collect()
        }
    });
}

#[test]
fn the_office_neither_prints_nor_reads_the_environment() {
    let words = ["println!", "eprintln!", "print!(", "env::var", "process::exit"];
    check("speaks or listens past its callers", |file| used(file, "crates/office/src/", &words));
    check("speaks or listens past its callers", |file| used(file, "crates/rules/src/", &words));
}

#[test]
fn the_page_shows_text_as_text_and_keeps_nothing() {
    let words = [concat!("{@", "html"), "innerHTML", "localStorage", "sessionStorage", "http://", "https://"];
    check("is no honest page", |file| used(file, "ui/src/", &words));
}

#[test]
fn commands_of_the_window_only_pass_on() {
    check("decides in a command", |file| {
        if !file.path.starts_with("src-tauri/src/") {
            return Vec::new();
        }
        let commands = file.text.split("#[tauri::command").skip(1);
        commands
            .filter_map(|rest| rest.split_once(" {\n")?.1.split("\n}").next())
            .map(str::lines)
            .map(Iterator::count)
            .filter(|lines| *lines > 8)
            .map(|lines| format!("{lines} lines"))
            .collect()
    });
}

/// Fails with every fault that `faults` finds in the project's files, each with its file.
fn check(rule: &str, faults: impl Fn(&File) -> Vec<String>) {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    assert!(files.len() > 50, "only {} files were found", files.len());
    let found: Vec<String> =
        files.iter().flat_map(|file| faults(file).into_iter().map(|fault| format!("{}: {fault}", file.path))).collect();
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The forbidden words that the code below `folder` uses. Tests and comments may.
fn used(file: &File, folder: &str, words: &[&str]) -> Vec<String> {
    let test = file.path.ends_with("tests.rs") || file.path.contains("/tests/");
    if !file.path.starts_with(folder) || test {
        return Vec::new();
    }
    let code = file.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    // The name of a markup language is no address.
    let code = code.replace("http://www.w3.org/2000/svg", "");
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| words.iter().filter(move |word| line.contains(**word)))
        .map(|word| (*word).to_owned())
        .collect()
}

/// What follows `struct`, `enum` and their like.
fn type_names(text: &str) -> impl Iterator<Item = &str> {
    let kinds = ["struct", "enum", "trait", "type", "union", "class", "interface"];
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.filter_map(move |line| {
        let mut words = line.split(|character: char| !character.is_alphanumeric() && character != '_');
        words.find(|word| kinds.contains(word)).and_then(|_| words.next())
    })
}

/// The lines between `from` and `to`.
fn section<'text>(text: &'text str, from: &str, to: &str) -> std::str::Lines<'text> {
    text.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default().lines()
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("the project can be read").flatten() {
        let name = entry.file_name();
        if NOT_OURS.iter().any(|other| name == *other) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let short = path.strip_prefix(root()).expect("below the root");
            files.push(File { path: short.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

fn extension(path: &str) -> &str {
    Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the file is there")
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
