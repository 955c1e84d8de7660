//! `cargo xtask bench`: figures from a release build, then kills of that build in the midst of imports.

use crate::shell::{self, Outcome};
use crate::{release, setup};

/// Kills in a whole run; a quick one has as many as the tests.
const KILLS: &str = "200";

/// What is measured with the window, by the stories that do so.
const STORIES: &[(&str, &str)] = &[("window", "figures::"), ("soak", "soak::")];

/// The stories that measure; they are no tests.
pub(crate) fn stories() -> impl Iterator<Item = &'static str> {
    STORIES.iter().map(|(_, story)| *story)
}

/// The window's figures where they are asked for; else passes `rest` on to the bench program.
pub(crate) fn run(rest: &[&str]) -> Outcome {
    match rest {
        [name] => match STORIES.iter().find(|(known, _)| known == name) {
            Some((_, story)) => window(story),
            None => office(rest),
        },
        _ => office(rest),
    }
}

/// Tells the story that measures, with a window that is the release's but for the driver.
fn window(story: &str) -> Outcome {
    setup::tests()?;
    shell::run("npm", &["run", "--silent", "build"], "ui")?;
    release::build_as(
        "driven",
        &["--bin", "akkoord", "--bin", "akkoord-cli", "--bin", "akkoord-bench", "--example", "empty-window"],
    )?;
    let line = ["test", "--locked", "--workspace", "--test", "window", "--", "--ignored", "--nocapture", story];
    let mut stories = shell::program(&shell::own_cargo(), &line, ".");
    shell::started("cargo", &line, stories.env("AKKOORD_PROGRAMS", shell::target().join("driven")))
}

fn office(rest: &[&str]) -> Outcome {
    setup::bench()?;
    release::build(&["--bin", "akkoord-bench", "--bin", "akkoord-cli"])?;
    let bench = shell::built("akkoord-bench", true);
    shell::run(&bench.to_string_lossy(), rest, ".")?;
    kills(if rest.contains(&"--quick") { None } else { Some(KILLS) })
}

/// The story of the killed import, told with the release program.
fn kills(number: Option<&str>) -> Outcome {
    println!("\n▸ kills: each import is there as a whole or not at all");
    let mut story = shell::program(
        &shell::own_cargo(),
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
