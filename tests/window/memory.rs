//! How much memory the application holds with all its processes.

use std::path::Path;

use crate::world::World;

impl World {
    /// The memory of the application's processes in MB; what several share counts for each in part.
    pub(crate) fn megabytes(&self) -> f64 {
        self.held().iter().map(|(_, kilobytes)| kilobytes).sum::<f64>() / 1e3
    }

    /// The same, process by process: `akkoord 40 MB, WebKitWebProcess 120 MB`.
    pub(crate) fn memory_in_words(&self) -> String {
        let told = |(name, kilobytes): &(String, f64)| format!("{name} {:.0} MB", kilobytes / 1e3);
        self.held().iter().map(told).collect::<Vec<_>>().join(", ")
    }

    fn held(&self) -> Vec<(String, f64)> {
        let processes = self.processes();
        let named = processes.iter().filter_map(|process| {
            let program = std::fs::read_link(process.join("exe")).ok()?;
            let name = program.file_name()?.to_string_lossy().into_owned();
            let ours = name == "akkoord" || name == "empty-window";
            let drawn = name.starts_with("WebKit") && name.ends_with("Process");
            (ours || drawn).then(|| (name, shared_out(process)))
        });
        named.collect()
    }
}

/// The proportional set size of a process, in kB.
fn shared_out(process: &Path) -> f64 {
    let told = std::fs::read_to_string(process.join("smaps_rollup")).unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
