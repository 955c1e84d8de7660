//! A computer of its own for each story: a home, a profile, and the real program run in them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use akkoord_office::key::{DataKey, Passphrase, Slots};
use akkoord_office::profile::Profile;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::schema;

/// What opens the vault of every story.
pub(crate) const PASSPHRASE: &str = "drie koeien in de wei";

/// A profile folder in a home of its own.
pub(crate) struct World {
    dir: tempfile::TempDir,
    key: OnceLock<DataKey>,
}

/// What the program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The exit code.
    pub(crate) exit: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

fn first() -> &'static (World, String) {
    static FIRST: OnceLock<(World, String)> = OnceLock::new();
    FIRST.get_or_init(|| {
        let world = World::empty();
        let made = world.ok(&["vault", "init", "--name", "Bakkerij Jans", "--country", "BE", "--language", "nl"]);
        (world, made["recovery_code"].as_str().unwrap().to_owned())
    })
}

impl World {
    /// A home without a vault.
    pub(crate) fn empty() -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap(), key: OnceLock::new() };
        for dir in ["home", "tmp", "files"] {
            std::fs::create_dir(world.dir.path().join(dir)).unwrap();
        }
        world.file("passphrase", PASSPHRASE);
        world
    }

    /// A home with a vault of a Belgian business, which opens with the passphrase. All stories start from copies of one vault:
    /// making a key slot takes its time.
    pub(crate) fn new() -> Self {
        first().0.copy()
    }

    /// The recovery code of the vault of [`World::new`].
    pub(crate) fn recovery_code() -> &'static str {
        &first().1
    }

    /// The same in a home of its own, as a person copies the folder: to another computer, or to keep it.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::empty();
        copy_dir(&self.profile(), &copy.profile());
        copy
    }

    /// The profile folder.
    pub(crate) fn profile(&self) -> PathBuf {
        self.dir.path().join("profile")
    }

    /// A file of the profile.
    pub(crate) fn inside(&self, name: &str) -> PathBuf {
        self.profile().join(name)
    }

    /// The folder with home, profile, temporary and own files.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file beside the profile, for arguments that name one.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.dir.path().join("files").join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program with this profile in this home and nobody at a terminal; no passphrase is given. `AKKOORD_PROGRAM` names
    /// another build of it, for a bench run.
    pub(crate) fn program(&self) -> Command {
        let other = std::env::var_os("AKKOORD_PROGRAM");
        let mut command = Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_akkoord-cli").into()));
        self.at_home(&mut command);
        command
    }

    /// Lets a command find this home and profile, and nothing of the computer that the test runs on.
    pub(crate) fn at_home(&self, command: &mut Command) {
        command.env_clear().stdin(Stdio::null());
        for name in ["PATH", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        let home = self.dir.path();
        command.env("HOME", home.join("home")).env("TMPDIR", home.join("tmp")).env("USER", "An");
        command.env("AKKOORD_PROFILE", self.profile()).env("LANG", "C.UTF-8");
    }

    /// Runs a command with the passphrase and `--json`.
    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        self.run_with(&[], args)
    }

    /// Runs a command with the passphrase, `--json` and these environment variables.
    pub(crate) fn run_with(&self, env: &[(&str, &str)], args: &[&str]) -> Answer {
        let mut command = self.program();
        command.envs(env.iter().copied()).env("AKKOORD_PASSPHRASE_FILE", self.passphrase_file());
        command.arg("--json").args(args);
        let answer = Answer::of(&command.output().unwrap());
        answer.is_one_document(args);
        answer
    }

    /// Runs a command with the passphrase, for the words that people read.
    pub(crate) fn words(&self, args: &[&str]) -> Answer {
        let mut command = self.program();
        Answer::of(&command.env("AKKOORD_PASSPHRASE_FILE", self.passphrase_file()).args(args).output().unwrap())
    }

    /// Where [`PASSPHRASE`] stands.
    pub(crate) fn passphrase_file(&self) -> String {
        self.dir.path().join("files/passphrase").to_str().unwrap().to_owned()
    }

    /// The document of a command that must succeed.
    pub(crate) fn ok(&self, args: &[&str]) -> Value {
        self.run(args).is(0, args)
    }

    /// The document of a command that must say no: exit 3.
    pub(crate) fn no(&self, args: &[&str]) -> Value {
        self.run(args).is(3, args)
    }

    /// What a command that must be refused says: `{code, message, hint, …}`.
    pub(crate) fn refused(&self, args: &[&str], exit: i32, code: &str) -> Value {
        self.run(args).refuses(exit, code, args)
    }

    /// Adds a contact; its id.
    pub(crate) fn contact(&self, args: &[&str]) -> String {
        let added = self.ok(&[&["contact", "add"], args].concat());
        added["contact"].as_str().unwrap().to_owned()
    }

    /// The key that really opens the file.
    pub(crate) fn key(&self) -> &DataKey {
        self.key.get_or_init(|| {
            let slots = Slots::load(&Profile::at(self.profile())).unwrap().slots;
            slots.open_with_passphrase(&Passphrase::new(PASSPHRASE.to_owned())).unwrap()
        })
    }

    /// The database itself, past the application: for looking, and for tampering.
    pub(crate) fn raw(&self) -> Connection {
        let conn = Connection::open_with_flags(self.inside("vault.db"), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        conn.pragma_update(None, "key", self.key().pragma().as_str()).unwrap();
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).unwrap();
        conn
    }

    /// Every file of the profile with its bytes, in order. The lock and the name of who held it last are nobody's data.
    pub(crate) fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = files(&self.profile());
        files.retain(|(path, _)| !path.ends_with("vault.lock") && !path.ends_with("vault.holder"));
        files
    }
}

impl Answer {
    /// What a process said.
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let exit = output.status.code().unwrap_or(-1);
        Self { exit, stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// The document on standard output; of a refusal, the one on standard error.
    pub(crate) fn json(&self) -> Value {
        let text = if self.stdout.is_empty() { self.stderr.lines().last().unwrap_or_default() } else { &self.stdout };
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The document, if the exit code is this one.
    pub(crate) fn is(&self, exit: i32, args: &[&str]) -> Value {
        assert_eq!(self.exit, exit, "{args:?}: {self:?}");
        self.json()
    }

    /// The `error` of a refusal with this exit code and this code.
    pub(crate) fn refuses(&self, exit: i32, code: &str, args: &[&str]) -> Value {
        assert_eq!(self.exit, exit, "{args:?}: {self:?}");
        assert_eq!(self.stdout, "", "{args:?}");
        let error = self.json()["error"].take();
        assert_eq!(error["code"], code, "{args:?}: {self:?}");
        error
    }

    /// Nothing but one document, as the schema describes it, and never a panic.
    fn is_one_document(&self, args: &[&str]) {
        assert!((0..=6).contains(&self.exit), "{args:?}: {self:?}");
        assert!(!self.stderr.contains("panicked") && !self.stderr.contains("RUST_BACKTRACE"), "{args:?}: {self:?}");
        schema::check(args, &self.json(), !self.stdout.is_empty());
    }
}

/// Every file below a folder with its bytes, in order.
pub(crate) fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
            } else if path.is_file() {
                found.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    std::fs::set_permissions(to, std::fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_dir(&path, &to);
        } else {
            std::fs::copy(path, to).unwrap();
        }
    }
}
