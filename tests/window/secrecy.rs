//! What a session leaves behind: no value that somebody typed or that came in may be found outside the vault.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::patience::until;
use crate::world::World;

impl World {
    /// Every process of this desktop: those that live in its home.
    pub(crate) fn processes(&self) -> Vec<PathBuf> {
        let home = format!("\0HOME={}\0", self.home().display());
        let all = std::fs::read_dir("/proc").expect("/proc").flatten().map(|entry| entry.path());
        let lives = |path: &PathBuf| {
            let environment = std::fs::read(path.join("environ")).unwrap_or_default();
            holds(&[b"\0", environment.as_slice()].concat(), home.as_bytes())
        };
        all.filter(lives).collect()
    }

    /// Ends every process of this desktop that runs this program.
    pub(crate) fn ends(&self, program: &str) {
        for process in self.processes() {
            let runs = std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe.ends_with(program));
            if let (true, Some(id)) = (runs, process.file_name()) {
                let _ = Command::new("kill").arg("-KILL").arg(id).status();
                until("the program is gone", || match std::fs::read(process.join("environ")) {
                    Ok(environment) if !environment.is_empty() => Err("It still runs.".to_owned()),
                    _ => Ok(()),
                });
            }
        }
    }

    /// Fails where one of these values stands in a file of this desktop. What was given lies in `files`.
    #[track_caller]
    pub(crate) fn nothing_remains_of(&self, values: &[&str]) {
        let given = self.root().join("files");
        let kept = self.files().into_iter().filter(|path| !path.starts_with(&given));
        let found: Vec<String> = kept.flat_map(|path| traces(&path, values)).collect();
        assert!(found.is_empty(), "left behind:\n{}", found.join("\n"));
    }

    /// The files of the home folder whose name ends so, backups aside.
    pub(crate) fn found(&self, ending: &str) -> Vec<PathBuf> {
        // The backup of the day comes by itself, in any story that lasts.
        let backups = self.profile().join("backups");
        let ends = |path: &PathBuf| {
            path.starts_with(self.home()) && !path.starts_with(&backups) && path.to_string_lossy().ends_with(ending)
        };
        self.files().into_iter().filter(ends).collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.root().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let kind = entry.file_type().expect("a kind");
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    found.push(entry.path());
                }
            }
        }
        found
    }

    /// Fails where one of these values stands in what a process was started with.
    #[track_caller]
    pub(crate) fn no_process_was_told(&self, values: &[&str]) {
        let processes = self.processes();
        assert!(processes.len() > 3, "only {processes:?} live here");
        let told = processes.iter().flat_map(|path| [path.join("cmdline"), path.join("environ")]);
        let found: Vec<String> = told.flat_map(|path| traces(&path, values)).collect();
        assert!(found.is_empty(), "told:\n{}", found.join("\n"));
    }
}

/// Where the values stand in a file, as bytes of UTF-8 or of UTF-16, as a page keeps its text.
fn traces(path: &Path, values: &[&str]) -> Vec<String> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
    let stands = |value: &&&str| {
        let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(&bytes, value.as_bytes()) || holds(&bytes, &wide)
    };
    values.iter().filter(stands).map(|value| format!("{value} in {}", path.display())).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
