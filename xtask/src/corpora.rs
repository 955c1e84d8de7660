//! `cargo xtask corpora DIR`: strange files from elsewhere through the import's dry run. Whatever is refused must be
//! refused with a reason; nothing may panic or hang. A file whose columns say nothing is read once more with a mapping
//! that gives each of them some meaning, so that its rows are read too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::{self, Outcome};

/// How long one file may take.
const LIMIT: Duration = Duration::from_secs(20);

/// What became of one file.
struct Verdict {
    said: String,
    fault: Option<&'static str>,
}

pub(crate) fn run(given: &Path) -> Outcome {
    let given = std::path::absolute(given).map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    collect(&given, &mut files).map_err(|error| format!("{} cannot be read: {error}", given.display()))?;
    files.sort();
    if files.is_empty() {
        return Err(format!("There is no file below {}.", given.display()));
    }
    let program = program()?;
    let template = template(&program)?;
    let mut tally = BTreeMap::new();
    let mut faults = 0;
    for file in &files {
        let verdict = judge(&program, &template, file)?;
        let name = file.strip_prefix(&given).unwrap_or(file);
        println!(
            "{:<56} {}{}",
            name.display(),
            verdict.said,
            verdict.fault.map_or(String::new(), |fault| format!("  ✗ {fault}"))
        );
        faults += usize::from(verdict.fault.is_some());
        *tally.entry(verdict.said).or_insert(0_usize) += 1;
    }
    println!(
        "\n{} files: {}",
        files.len(),
        tally.iter().map(|(said, n)| format!("\n{n:>5} × {said}")).collect::<String>()
    );
    if faults == 0 {
        Ok(())
    } else {
        Err(format!("{faults} files made the reader panic, hang or end otherwise than agreed."))
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// The release program when there is one, else the debug one, built if need be.
fn program() -> Outcome<PathBuf> {
    let release = shell::built("akkoord-cli", true);
    if release.exists() {
        return Ok(release);
    }
    shell::cargo(&["build", "--locked", "--package", "akkoord-cli"])?;
    Ok(shell::built("akkoord-cli", false))
}

/// One new vault, copied for every file: making a key takes longer than reading most of them.
fn template(program: &Path) -> Outcome<PathBuf> {
    let folder = shell::fresh_folder("corpora")?;
    std::fs::write(folder.join("passphrase.txt"), "paperclip tandem marmalade\n").map_err(|error| error.to_string())?;
    let profile = folder.join("template");
    let arguments = ["vault", "init", "--name", "Corpora", "--country", "BE", "--language", "nl", "--json", "--yes"];
    let output = command(program, &profile).args(arguments).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(profile)
    } else {
        Err(format!("No vault: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

fn command(program: &Path, profile: &Path) -> Command {
    let mut command = Command::new(program);
    let passphrase = profile.with_file_name("passphrase.txt");
    command.arg("--profile").arg(profile).arg("--passphrase-file").arg(passphrase).stdin(Stdio::null());
    command
}

/// Reads one file with a copy of the template, each time in its own time limit.
fn judge(program: &Path, template: &Path, file: &Path) -> Outcome<Verdict> {
    let profile = template.with_file_name("profile");
    copy(template, &profile).map_err(|error| format!("The profile cannot be copied: {error}"))?;
    let plain = read(program, &profile, file, None)?;
    let Some(map) = Some(&plain).filter(|plain| plain.said.contains("know the columns")).and_then(|_| mapping(file))
    else {
        return Ok(plain);
    };
    let path = profile.join("map.toml");
    std::fs::write(&path, map).map_err(|error| error.to_string())?;
    let mapped = read(program, &profile, file, Some(&path))?;
    Ok(Verdict { said: format!("mapped: {}", mapped.said), fault: plain.fault.or(mapped.fault) })
}

fn read(program: &Path, profile: &Path, file: &Path, map: Option<&Path>) -> Outcome<Verdict> {
    let out = profile.join("out.txt");
    let err = profile.join("err.txt");
    let open = |path: &Path| std::fs::File::create(path).map_err(|error| error.to_string());
    let mut import = command(program, profile);
    import.args(["import", "--dry-run", "--json"]).arg(file);
    if let Some(map) = map {
        import.arg("--map").arg(map);
    }
    let child = import.stdout(open(&out)?).stderr(open(&err)?).spawn().map_err(|error| error.to_string())?;
    let code = wait(child);
    let text = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
    let (out, err) = (text(&out), text(&err));
    let fault = match code {
        Ended::Late => Some("took longer than 20 s"),
        Ended::With(_) if err.contains("panicked at") || err.contains("stack backtrace") => Some("panicked"),
        Ended::With(Some(0 | 1)) => None,
        // Our own mapping may be no good: two columns of one name.
        Ended::With(Some(2)) if map.is_some() => None,
        Ended::With(Some(_)) => Some("ended with another code than 0 or 1"),
        Ended::With(None) => Some("was killed by a signal"),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(Verdict { said: said(&code, &out, &err).replace(&*name, "…"), fault })
}

/// A mapping that gives every column on the file's first line some meaning; none where there is no such line.
fn mapping(file: &Path) -> Option<String> {
    const FIELDS: [&str; 7] = ["name", "email", "phone", "notes", "organisation", "birthday", "address"];
    let text = String::from_utf8_lossy(&std::fs::read(file).ok()?).into_owned();
    let line = text.lines().next()?.trim_start_matches('\u{feff}');
    let delimiter = [',', ';', '\t', '|'].into_iter().max_by_key(|mark| line.matches(*mark).count())?;
    let mut names: Vec<&str> = line.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
    names.retain(|name| !name.is_empty() && !name.contains(['"', '\\']));
    names.dedup();
    let columns = names.iter().zip(FIELDS.iter().cycle()).map(|(name, field)| format!("\"{name}\" = \"{field}\"\n"));
    Some(format!("delimiter = \"{}\"\n[columns]\n{}", delimiter.escape_default(), columns.collect::<String>()))
}

enum Ended {
    With(Option<i32>),
    Late,
}

fn wait(mut child: Child) -> Ended {
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ended::With(status.code()),
            Ok(None) if begin.elapsed() < LIMIT => std::thread::sleep(Duration::from_millis(10)),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return Ended::Late;
            }
        }
    }
}

/// `0 google` or `1 …`: the exit code, with the format found or the problem's sentence.
fn said(ended: &Ended, out: &str, err: &str) -> String {
    match ended {
        Ended::Late => "late".into(),
        Ended::With(Some(0)) => format!("0 {}", value(out, "format").unwrap_or_default()),
        Ended::With(Some(code)) => {
            format!("{code} {}", value(err, "message").or_else(|| value(err, "code")).unwrap_or_default())
        }
        Ended::With(None) => "signal".into(),
    }
}

/// The first string under that key in a JSON text; enough for a table.
fn value<'text>(json: &'text str, key: &str) -> Option<&'text str> {
    let after = json.split(&format!("\"{key}\"")).nth(1)?;
    after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split('"').next()
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
