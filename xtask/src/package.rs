//! `cargo xtask package`: what people install, made of this system's release build, in `target/packages/`.

use std::path::{Path, PathBuf};

use crate::shell::{self, Outcome, entries};
use crate::{notices, release, setup};

/// Where the bundler looks for the command line that goes along.
const BESIDE: &str = "target/beside";

/// Where the packages end up.
const PACKAGES: &str = "packages";

/// What the bundler calls the packages of this system.
const KINDS: &str = if cfg!(target_os = "windows") {
    "nsis,msi"
} else if cfg!(target_os = "macos") {
    "app,dmg"
} else {
    "deb,rpm"
};

/// What goes along where the bundler has no place of its own for it: the licences of others.
const ALONG: &str = if cfg!(target_os = "linux") {
    "{}"
} else {
    r#"{"bundle":{"resources":{"target/beside/third-party.txt":"third-party.txt"}}}"#
};

/// The endings of packages, whatever the system.
const ENDINGS: [&str; 5] = ["deb", "rpm", "dmg", "msi", "exe"];

/// Builds window and command line, bundles them, and says how large each package is.
pub(crate) fn run() -> Outcome {
    setup::window()?;
    release::build(&["--bin", "akkoord-cli"])?;
    lay_beside()?;
    let bundler = "ui/node_modules/@tauri-apps/cli/tauri.js";
    let line =
        [bundler, "build", "--ci", "--config", "xtask/package.json", "--config", ALONG, "--bundles", KINDS, "--"];
    let line = [&line, release::passed_on().as_slice()].concat();
    shell::started("node", &line, release::nameless(&mut shell::program("node", &line, ".")))?;
    for package in collect()? {
        let bytes = std::fs::metadata(&package).map_or(0, |file| file.len());
        println!("  {} kB  {}", bytes / 1000, package.display());
    }
    Ok(())
}

/// The bundler wants a program that goes along under its name and the name of the machine.
fn lay_beside() -> Outcome {
    let folder = shell::root().join(BESIDE);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let told = shell::ask("rustc", &["-vV"]).unwrap_or_default();
    let machine =
        told.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not name its machine.")?;
    let to = folder.join(format!("akkoord-cli-{machine}{}", std::env::consts::EXE_SUFFIX));
    let from = shell::built("akkoord-cli", true);
    std::fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    notices::write(&folder.join("third-party.txt"))?;
    if cfg!(target_os = "linux") { papers(&from, &folder) } else { Ok(()) }
}

/// The command line's manual pages and completions, which it writes itself, and what the system wants beside a program.
fn papers(program: &Path, folder: &Path) -> Outcome {
    for (words, name) in [
        (&["completions", "bash"][..], "akkoord-cli.bash"),
        (&["completions", "zsh"], "akkoord-cli.zsh"),
        (&["completions", "fish"], "akkoord-cli.fish"),
    ] {
        let text = shell::ask(&program.to_string_lossy(), words).ok_or(format!("akkoord-cli gives no {name}."))?;
        std::fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    let manuals = shell::fresh_folder("beside/man")?;
    let program = program.to_string_lossy();
    shell::ask(&program, &["man", "--folder", &manuals.to_string_lossy()]).ok_or("akkoord-cli gives no manual.")?;
    let page = manuals.join("akkoord.1");
    std::fs::copy(shell::root().join("xtask/linux/akkoord.1"), &page)
        .map_err(|error| format!("{}: {error}", page.display()))?;
    let pages: Vec<String> = entries(&manuals).iter().map(|page| page.display().to_string()).collect();
    let line: Vec<&str> =
        ["--force", "--no-name", "--best"].into_iter().chain(pages.iter().map(String::as_str)).collect();
    shell::run("gzip", &line, ".")
}

/// Copies the packages out of the bundler's folders into one of their own.
fn collect() -> Outcome<Vec<PathBuf>> {
    let to = shell::fresh_folder(PACKAGES)?;
    let made = shell::target().join("release/bundle");
    let mut packages = Vec::new();
    for kind in entries(&made) {
        for file in entries(&kind).into_iter().filter(|file| is_package(file)) {
            let name = file.file_name().unwrap_or_default();
            std::fs::copy(&file, to.join(name)).map_err(|error| format!("{}: {error}", file.display()))?;
            packages.push(to.join(name));
        }
    }
    if packages.is_empty() { Err(format!("{} holds no package.", made.display())) } else { Ok(packages) }
}

/// The package with this ending, of those that were made last.
pub(crate) fn made(ending: &str) -> Outcome<PathBuf> {
    let packages = entries(&shell::root().join("target").join(PACKAGES));
    let found = packages.into_iter().find(|file| has_ending(file, ending));
    found.ok_or_else(|| format!("There is no .{ending} yet: cargo xtask package makes it."))
}

fn is_package(file: &Path) -> bool {
    ENDINGS.iter().any(|ending| has_ending(file, ending))
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|is| is == ending)
}
