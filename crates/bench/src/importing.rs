//! One import, in a process of its own: nothing of an earlier one is warm, and its memory is its own.

use std::path::Path;
use std::process::Command;

use akkoord_office::clock;
use akkoord_office::intake::import::{Ask, OnDuplicate, Origin, import};
use akkoord_office::intake::reader::{Options, Progress};
use akkoord_office::normal::phone::Region;

use crate::{Outcome, clocked, world};

/// What an import cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Run {
    /// From the open vault to its last byte on disk.
    pub(crate) seconds: f64,
    /// As much of that as the thread that writes kept a processor busy; all of it where the system does not tell.
    pub(crate) writer: f64,
    /// The most memory that the process ever had, opening with a passphrase included; 0 where the system does not tell.
    pub(crate) peak_mb: f64,
}

impl Run {
    /// The quicker of two.
    pub(crate) fn better(self, other: Self) -> Self {
        if other.seconds < self.seconds { other } else { self }
    }
}

/// How a file is imported: as Akkoord would without being told anything.
pub(crate) fn options() -> Outcome<Options> {
    Ok(Options::detect(Region::of("BE").ok_or("no such country")?))
}

/// Runs the import in a child and reads what it says.
pub(crate) fn in_a_child(profile: &Path, file: &Path) -> Outcome<Run> {
    let output = Command::new(std::env::current_exe()?).arg("import").arg(profile).arg(file).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut numbers = said.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(seconds)), Some(Ok(writer)), Some(Ok(peak_mb))) => Ok(Run { seconds, writer, peak_mb }),
        _ => Err(format!("the import failed: {said}").into()),
    }
}

/// The child's half: imports and says seconds, those of the writer, and peak.
pub(crate) fn in_this_process(profile: &Path, file: &Path) -> Outcome {
    let mut vault = world::open(profile)?;
    let ask = Ask {
        file: file.to_owned().into(),
        options: options()?,
        origin: Origin::Own,
        on_duplicate: OnDuplicate::Merge,
        private: false,
        rejected_to: None,
        dry_run: false,
    };
    let begun = clocked::processor();
    let seconds = clocked::seconds(|| {
        let report = import(&mut vault, &ask, &Progress::default(), clock::now())?;
        if report.rows != report.added + report.merged + report.unchanged + report.skipped + report.rejected {
            return Err("the numbers of the import do not add up".into());
        }
        drop(vault);
        Ok(())
    })?;
    let writer = begun.zip(clocked::processor()).map_or(seconds, |(begun, done)| done - begun);
    println!("{seconds} {writer} {}", peak_mb());
    Ok(())
}

/// The most memory that this process ever had.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok());
    kib.unwrap_or_default() * 1024.0 / 1e6
}
