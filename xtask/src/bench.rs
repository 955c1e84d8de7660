//! `cargo xtask bench`: figures from a release build, then kills of that build in the midst of imports.

use crate::setup;
use crate::shell::{self, Outcome};

/// Kills in a whole run; a quick one has as many as the tests.
const KILLS: &str = "200";

/// Passes `rest` on to the bench program.
pub(crate) fn run(rest: &[&str]) -> Outcome {
    setup::bench()?;
    shell::cargo(&["build", "--release", "--locked", "--package", "akkoord-bench", "--package", "akkoord-cli"])?;
    let bench = shell::built("akkoord-bench", true);
    shell::run(&bench.to_string_lossy(), rest, ".")?;
    kills(if rest.contains(&"--quick") { None } else { Some(KILLS) })
}

/// The story of the killed import, told with the release program.
fn kills(number: Option<&str>) -> Outcome {
    println!("\n▸ kills: each import is there as a whole or not at all");
    let mut story = shell::program(
        &std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()),
        &[
            "test",
            "--locked",
            "--quiet",
            "--package",
            "akkoord-cli",
            "--test",
            "stories",
            "kill::",
            "--",
            "--nocapture",
        ],
        ".",
    );
    story.env("AKKOORD_PROGRAM", shell::built("akkoord-cli", true));
    if let Some(number) = number {
        story.env("AKKOORD_KILLS", number);
    }
    let status = story.status().map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err("A killed import left something wrong; it stands above.".into()) }
}
