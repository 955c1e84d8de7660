//! `cargo xtask bench`: figures from a release build, then kills of that build in the midst of imports, and an address book on a
//! real server. Fails where a goal is missed, once all is measured.

use crate::shell::{self, Outcome};
use crate::{release, setup};

/// Kills in a whole run; a quick one has as many as the tests.
const KILLS: &str = "200";

/// Cards of an address book in a quick run; a whole one has as many as the story itself says.
const FEW_CARDS: &str = "200";

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
    let figures = shell::run(&bench.to_string_lossy(), rest, ".");
    if rest == ["lists"] {
        return figures;
    }
    // A goal that is missed is no reason to leave the rest out.
    let quick = rest.contains(&"--quick");
    let killed = kills(if quick { None } else { Some(KILLS) });
    let book = address_book(if quick { Some(FEW_CARDS) } else { None });
    figures.and(killed).and(book)
}

/// The story of the killed import, told with the release program.
fn kills(number: Option<&str>) -> Outcome {
    println!("\n▸ kills: each import is there as a whole or not at all");
    story("kill::", &[], "AKKOORD_KILLS", number)
        .map_err(|told| format!("A killed import left something wrong. {told}"))
}

/// How long an address book on a real server takes, with the release program.
fn address_book(cards: Option<&str>) -> Outcome {
    println!("\n▸ an address book on a CardDAV server");
    story("carddav::how_long", &["--ignored"], "AKKOORD_CARDS", cards)
}

/// Tells a story of the command line with the release program; how much of it there is, a variable says.
fn story(name: &str, more: &[&str], variable: &str, much: Option<&str>) -> Outcome {
    let line = ["test", "--locked", "--quiet", "--package", "akkoord-cli", "--test", "stories", name];
    let line = [&line[..], &["--", "--nocapture"], more].concat();
    let mut story = shell::program(&shell::own_cargo(), &line, ".");
    story.env("AKKOORD_PROGRAM", shell::built("akkoord-cli", true));
    if let Some(much) = much {
        story.env(variable, much);
    }
    shell::started("cargo", &line, &mut story)
}
