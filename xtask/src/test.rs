//! `cargo xtask test`: everything that must be true before a change is shared, cheapest first.

use std::time::{Duration, Instant};

use crate::shell::{self, Outcome};
use crate::{bench, licences, pictures, setup};

/// One step: what `--only` calls it, what it says, what it does.
struct Step {
    name: &'static str,
    says: &'static str,
    runs: fn() -> Outcome,
}

const STEPS: &[Step] = &[
    Step { name: "format", says: "Rust is formatted", runs: format },
    Step { name: "page", says: "The page's types, rules and format hold, and it builds", runs: page },
    Step { name: "licences", says: "Every dependency's licence and source is allowed", runs: licences::check },
    Step { name: "lints", says: "Clippy finds nothing", runs: lints },
    Step { name: "unit", says: "The workspace's tests pass", runs: unit },
    Step { name: "window", says: "The window tells its stories on a virtual screen", runs: window },
];

/// Every step; stops at the first that fails.
pub(crate) fn all() -> Outcome {
    prepare()?;
    let mut times = Vec::new();
    for step in STEPS {
        times.push((step.name, perform(step)?));
    }
    println!();
    for (name, time) in &times {
        println!("  {name:<10} {:>6.1} s", time.as_secs_f64());
    }
    println!("✓ Everything passed.");
    Ok(())
}

/// One step, by name.
pub(crate) fn only(name: &str) -> Outcome {
    let step = STEPS.iter().find(|step| step.name == name);
    let step = step.ok_or_else(|| format!("There is no step `{name}`. `cargo xtask test --list` names them."))?;
    prepare()?;
    perform(step).map(|_| ())
}

/// The steps by name.
pub(crate) fn list() -> Outcome {
    for step in STEPS {
        println!("{:<10} {}", step.name, step.says);
    }
    Ok(())
}

fn prepare() -> Outcome {
    println!("\n▸ set-up");
    setup::tests()
}

fn perform(step: &Step) -> Outcome<Duration> {
    println!("\n▸ {}: {}", step.name, step.says);
    let begin = Instant::now();
    (step.runs)().map_err(|sentence| {
        format!("Step `{}` failed: {sentence}\n  Again, alone: cargo xtask test --only {}", step.name, step.name)
    })?;
    Ok(begin.elapsed())
}

fn format() -> Outcome {
    shell::cargo(&["fmt", "--all", "--check"])
}

fn page() -> Outcome {
    for script in ["check", "lint", "test", "build"] {
        shell::run("npm", &["run", "--silent", script], "ui")?;
    }
    Ok(())
}

fn lints() -> Outcome {
    shell::cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])
}

fn unit() -> Outcome {
    shell::cargo(&["test", "--locked", "--workspace"])
}

/// The window needs the page, its own build and a screen; so its stories are ignored unless asked for.
fn window() -> Outcome {
    if !cfg!(target_os = "linux") {
        println!("  Left out: the virtual screen is there on Linux only.");
        return Ok(());
    }
    shell::run("npm", &["run", "--silent", "build"], "ui")?;
    // Built with the whole workspace's features, as the step before did: nothing is compiled a second time.
    shell::cargo(&["build", "--locked", "--workspace", "--bins"])?;
    let line = ["test", "--locked", "--workspace", "--test", "window", "--", "--ignored", "--test-threads=2"];
    let no_tests = bench::stories().chain([pictures::ALONE]).flat_map(|story| ["--skip", story]);
    shell::cargo(&line.into_iter().chain(no_tests).collect::<Vec<_>>())
}
