//! `akkoord-cli import …`

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use akkoord_office::clock;
use akkoord_office::intake;
use akkoord_office::intake::header::Selection;
use akkoord_office::intake::import::{Ask, OnDuplicate, Origin, import};
use akkoord_office::intake::reader::{Options, Progress};
use akkoord_office::intake::recognise::Format;
use akkoord_office::intake::saved;
use akkoord_office::normal::phone::Region;
use akkoord_office::problem::{Code, Problem, Result};
use akkoord_office::profile::incoming::Given;
use akkoord_office::vault::Vault;
use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;

use super::{imported, mapping};
use crate::open::Door;
use crate::output::Outcome;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Import {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    take: Take,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List all imports, the latest first.
    #[command(after_help = "Example:\n  akkoord-cli import list")]
    List,
    /// Take a whole import back.
    #[command(after_help = "Example:\n  akkoord-cli import undo 0198f0c2-0000-7000-8000-000000000000 --yes")]
    Undo {
        /// The id that `import` gave.
        import: Uuid,
    },
    /// What columns mean, kept under a name for files that come again.
    #[command(subcommand)]
    Mapping(mapping::Command),
}

#[derive(Debug, Args)]
struct Take {
    /// The file.
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Who wrote it.
    #[arg(long, default_value = "auto", value_parser = ["auto", "google", "outlook", "vcard", "xlsx", "csv"])]
    format: String,
    /// A file that says what the columns mean.
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// The same, kept under this name.
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    mapping: Option<String>,
    /// The sheet of a workbook to read; the first that is seen and has any rows unless given.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Its encoding, when it is not detected rightly.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What stands between its cells, when it is not detected rightly.
    #[arg(long, value_name = "C")]
    delimiter: Option<String>,
    /// Where the people's data came from at first.
    #[arg(long, default_value = "self")]
    origin: OriginArg,
    /// Columns that are left out unless they are named here: birthday, notes, photo, their own names, or all.
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    with: Vec<String>,
    /// What to do with a row about somebody who is there already.
    #[arg(long, default_value = "merge")]
    on_duplicate: OnDuplicateArg,
    /// Save rejected and blocked rows here, to mend them and import again.
    #[arg(long, value_name = "FILE.csv")]
    rejected_to: Option<PathBuf>,
    /// Find out everything and write nothing.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OriginArg {
    #[value(name = "self")]
    Own,
    Other,
    Unknown,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnDuplicateArg {
    Merge,
    Skip,
    Create,
}

pub(crate) fn run(args: Import, door: &Door) -> Result<Outcome> {
    match args.command {
        None => take(&args.take, door),
        Some(Command::List) => imported::list(&door.read()?),
        Some(Command::Mapping(command)) => mapping::run(command, door),
        Some(Command::Undo { import }) => {
            let mut vault = door.write()?;
            if !door.confirm("Take this import back? People it added will be removed.")? {
                return Err(Problem::new(Code::Cancelled));
            }
            let undone = intake::undo(&mut vault, import, &Progress::default(), clock::now())?.output;
            let text = imported::undone(&undone);
            Ok(Outcome::new(undone, text))
        }
    }
}

fn take(args: &Take, door: &Door) -> Result<Outcome> {
    let file = args.file.clone().unwrap_or_default();
    // To find out is to read: whoever writes meanwhile goes on.
    let mut vault = if args.dry_run { door.read()? } else { door.write()? };
    let ask = Ask {
        options: options(args, &vault)?,
        file: Given::Path(file.clone()),
        origin: match args.origin {
            OriginArg::Own => Origin::Own,
            OriginArg::Other => Origin::Other,
            OriginArg::Unknown => Origin::Unknown,
        },
        on_duplicate: match args.on_duplicate {
            OnDuplicateArg::Merge => OnDuplicate::Merge,
            OnDuplicateArg::Skip => OnDuplicate::Skip,
            OnDuplicateArg::Create => OnDuplicate::Create,
        },
        private: args.with.iter().any(|word| matches!(word.as_str(), "all" | "private")),
        rejected_to: args.rejected_to.clone(),
        dry_run: args.dry_run,
    };
    let begun = Instant::now();
    let progress = Arc::new(Progress::default());
    let stop = progress.clone();
    // Where the signal cannot be caught it ends the process, and the transaction with it.
    let _ = ctrlc::set_handler(move || stop.cancel.store(true, Ordering::Relaxed));
    let report = with_bar(&file, &progress, || import(&mut vault, &ask, &progress, clock::now()))?;
    let text = imported::summary(&report, args.dry_run, args.rejected_to.as_deref());
    Ok(Outcome::new(imported::Shown::of(report, begun.elapsed().as_secs_f64()), text))
}

fn options(args: &Take, vault: &Vault) -> Result<Options> {
    let mapping = match (&args.map, &args.mapping) {
        (Some(path), _) => Some(mapping::read(path, vault)?),
        (None, Some(name)) => Some(saved::mapping_named(vault, name)?.mapping),
        (None, None) => None,
    };
    let delimiter = match args.delimiter.as_deref() {
        None => None,
        Some("\\t" | "tab" | "\t") => Some('\t'),
        Some(text) => match text.chars().collect::<Vec<_>>().as_slice() {
            [one] => Some(*one),
            _ => return Err(Problem::invalid("delimiter", "not_a_delimiter").with("given", text)),
        },
    };
    let words = args.with.iter().map(String::as_str).filter(|word| *word != "private");
    Ok(Options {
        format: Format::named(&args.format),
        encoding: args.encoding.clone(),
        delimiter,
        sheet: args.sheet.clone(),
        mapping,
        selection: Selection::of(words),
        ..plain(vault)?
    })
}

/// Everything as it is found out.
pub(super) fn plain(vault: &Vault) -> Result<Options> {
    Ok(Options::detect(Region::of(&vault.business().country).ok_or_else(|| Problem::new(Code::System))?))
}

/// Shows how far it is, where somebody watches.
fn with_bar<T>(file: &Path, progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let total = std::fs::metadata(file).map_or(0, |meta| meta.len());
    let bar = indicatif::ProgressBar::new(total);
    if let Ok(style) =
        indicatif::ProgressStyle::with_template("{bar:30} {percent}%  {bytes} of {total_bytes}  {eta} left")
    {
        bar.set_style(style);
    }
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                bar.set_position(progress.read.load(Ordering::Relaxed));
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        bar.finish_and_clear();
        result
    })
}
