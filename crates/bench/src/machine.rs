//! On what, and when, figures were measured: what they are worth without it, nobody knows.

use std::thread::available_parallelism;

use akkoord_office::clock;

/// The day, the computer, and how busy it was when measuring began; what the system does not tell is left out.
pub(crate) fn told() -> String {
    let told = [
        Some(format!("measured on {}", clock::now().date_naive())),
        available_parallelism().ok().map(|cores| format!("{cores} cores")),
        line_of("/proc/cpuinfo", "model name"),
        line_of("/proc/meminfo", "MemTotal").and_then(|total| gigabytes(&total)),
        Some(format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
        load().map(|load| format!("load {load} when it began")),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a file of the system says behind a name and a colon.
fn line_of(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start().strip_prefix(':')?.trim().to_owned())
}

/// `7.8 GB` of `8167940 kB`.
fn gigabytes(total: &str) -> Option<String> {
    let kilobytes: f64 = total.strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{:.1} GB of memory", kilobytes * 1024.0 / 1e9))
}

fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next().map(str::to_owned)
}
