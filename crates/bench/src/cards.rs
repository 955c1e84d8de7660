//! An address book of vCards coming in, beside vdirsyncer, which takes the same file apart and keeps each card as it is: no
//! matching, no index, no encryption, no record.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::table::Table;
use crate::world::World;
use crate::{Outcome, clocked, importing};

/// How many cards both take in: vdirsyncer's time grows with their square.
const FEW: u64 = 1_000;

/// Adds it to the table; without vdirsyncer, Akkoord's half alone.
pub(crate) fn measure(world: &World, cards: u64, table: &mut Table) -> Outcome {
    let vault = world.at("cards");
    let file = world.at("book.vcf");
    for cards in [cards, FEW] {
        write(&file, cards)?;
        world.fresh(&vault)?;
        let ours = importing::in_a_child(&vault, &file)?;
        table.row(&format!("import of {cards} vCards"), &format!("{:.2} s", ours.seconds), "", None);
        table.row("  peak memory", &format!("{:.1} MB", ours.peak_mb), "< 80 MB", Some(ours.peak_mb < 80.0));
    }
    let theirs = peer(world, &file)?.map_or("not installed".to_owned(), |seconds| format!("{seconds:.2} s"));
    table.row(&format!("  vdirsyncer, {FEW} to a folder"), &theirs, "", None);
    Ok(())
}

/// People as an address book has them.
fn write(file: &Path, cards: u64) -> Outcome {
    let mut text = String::new();
    for n in 0..cards {
        write!(
            text,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n:08}-book\r\nN:Peeters {n};An;;;\r\nFN:An Peeters {n}\r\n\
             EMAIL;TYPE=HOME:an.peeters.{n}@example.be\r\nTEL;TYPE=CELL:+3247{n:07}\r\n\
             ADR;TYPE=HOME:;;Kerkstraat {n};Leuven;;3000;België\r\nORG:Bakkerij {n}\r\nBDAY:1980-02-29\r\n\
             REV:2026-01-02T03:04:05Z\r\nEND:VCARD\r\n"
        )?;
    }
    std::fs::write(file, text)?;
    Ok(())
}

/// Seconds that vdirsyncer takes for the file; none where it is not installed.
fn peer(world: &World, file: &Path) -> Outcome<Option<f64>> {
    if Command::new("vdirsyncer").arg("--version").output().is_err() {
        return Ok(None);
    }
    let folder = world.at("vdirsyncer");
    std::fs::create_dir_all(folder.join("cards"))?;
    let config: PathBuf = folder.join("config");
    let at = folder.display();
    std::fs::write(
        &config,
        format!(
            "[general]\nstatus_path = \"{at}/status\"\n[pair book]\na = \"file\"\nb = \"folder\"\ncollections = null\n\
             [storage file]\ntype = \"singlefile\"\npath = \"{}\"\n\
             [storage folder]\ntype = \"filesystem\"\npath = \"{at}/cards\"\nfileext = \".vcf\"\n",
            file.display()
        ),
    )?;
    let run = |word: &str| -> Outcome {
        let mut command = Command::new("vdirsyncer");
        let status = command.arg("-c").arg(&config).arg(word).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if status.success() { Ok(()) } else { Err(format!("vdirsyncer {word} failed").into()) }
    };
    run("discover")?;
    Ok(Some(clocked::seconds(|| run("sync"))?))
}
