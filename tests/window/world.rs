//! A desktop of its own for each story: a home, a screen, a session bus, a keychain, and the real program in them.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::patience::until;

/// What opens the vault of the stories.
pub(crate) const PASSPHRASE: &str = "drie koeien in de wei";

/// Which keychain the desktop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keychain {
    /// Somebody signed in: it is there and open.
    Open,
    /// It is there, and nobody opened it.
    Locked,
    /// There is no program that keeps one.
    Absent,
    /// It is there and open, and everything in it was lost.
    Wiped,
}

/// How the desktop looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) dark: bool,
    pub(crate) size: Size,
}

/// The size of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u32, pub(crate) u32);

/// A small desktop screen.
pub(crate) const USUAL: Size = Size(1280, 800);
/// The smallest window there is.
pub(crate) const SMALL: Size = Size(1024, 700);

impl Look {
    pub(crate) const LIGHT: Self = Self { dark: false, size: USUAL };
    pub(crate) const DARK: Self = Self { dark: true, size: USUAL };
}

/// A home with what runs in it. All of it ends with the story.
pub(crate) struct World {
    dir: tempfile::TempDir,
    display: String,
    keyring: Option<Child>,
    running: Vec<Child>,
}

impl World {
    /// A desktop on which Akkoord was never started.
    pub(crate) fn new(keychain: Keychain) -> Self {
        let dir = tempfile::Builder::new().prefix("desk").tempdir().expect("a folder");
        for name in ["home", "tmp", "run", "files", "services"] {
            std::fs::create_dir(dir.path().join(name)).expect("a folder");
        }
        let mut world = Self { dir, display: String::new(), keyring: None, running: Vec::new() };
        world.start_screen();
        world.start_bus();
        world.sign_in(keychain);
        world
    }

    /// The folder with everything of this desktop.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The home folder.
    pub(crate) fn home(&self) -> PathBuf {
        self.root().join("home")
    }

    /// The address of the session bus.
    pub(crate) fn bus(&self) -> String {
        format!("unix:path={}", self.root().join("run/bus").display())
    }

    /// Writes a file into the person's own folder, as a download would lie there.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root().join("files").join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// A program on this desktop; of the machine that the tests run on it finds the programs alone.
    pub(crate) fn program(&self, name: impl AsRef<std::ffi::OsStr>) -> Command {
        // `setpriv` lets nothing outlive a test that was killed.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(name);
        command.env_clear().stdin(Stdio::null()).current_dir(self.home());
        for name in ["PATH", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        // A server of a story proves itself.
        let trusted = self.root().join("files/cert.pem");
        if trusted.exists() {
            command.env("SSL_CERT_FILE", trusted);
        }
        command.env("HOME", self.home()).env("TMPDIR", self.root().join("tmp")).env("USER", "An");
        command.env("XDG_RUNTIME_DIR", self.root().join("run")).env("DBUS_SESSION_BUS_ADDRESS", self.bus());
        command
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8")
            .env("TZ", "Europe/Brussels");
        command
    }

    /// The profile folder.
    pub(crate) fn profile(&self) -> PathBuf {
        self.home().join(".local/share/akkoord")
    }

    /// Changes a setting beside the vault, as somebody who knows the file does.
    pub(crate) fn set(&self, key: &str, value: &str) {
        let path = self.profile().join("settings.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let others = text.lines().filter(|line| !line.starts_with(key));
        let lines: Vec<String> = std::iter::once(format!("{key} = {value}")).chain(others.map(str::to_owned)).collect();
        std::fs::write(path, lines.join("\n")).expect("the settings");
    }

    /// Runs `akkoord-cli` with the passphrase and `--json` beside the window.
    pub(crate) fn cli(&self, arguments: &[&str]) -> Output {
        let passphrase = self.file("passphrase", PASSPHRASE);
        let mut command = self.program(built("akkoord-cli"));
        command.env("AKKOORD_PASSPHRASE_FILE", passphrase).arg("--json").args(arguments);
        command.output().expect("akkoord-cli starts")
    }

    /// The document of a command that must succeed.
    pub(crate) fn runs(&self, arguments: &[&str]) -> Value {
        let output = self.cli(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("one document")
    }

    /// The numbers of the windows of Akkoord that are on the screen.
    pub(crate) fn windows(&self) -> Vec<String> {
        self.windows_named("Akkoord$")
    }

    /// The numbers of the windows on the screen whose title fits a pattern.
    pub(crate) fn windows_named(&self, pattern: &str) -> Vec<String> {
        self.windows_by("--name", pattern)
    }

    /// The numbers of the windows on the screen that belong to a program.
    pub(crate) fn windows_of(&self, class: &str) -> Vec<String> {
        self.windows_by("--class", class)
    }

    fn windows_by(&self, what: &str, pattern: &str) -> Vec<String> {
        let asked = self.program("xdotool").args(["search", "--onlyvisible", what, pattern]).output();
        let said = String::from_utf8_lossy(&asked.expect("xdotool starts").stdout).into_owned();
        said.lines().map(str::to_owned).collect()
    }

    /// The number of the window that the keyboard writes to; empty where there is none.
    pub(crate) fn in_front(&self) -> String {
        let asked = self.program("xdotool").arg("getactivewindow").output().expect("xdotool starts");
        String::from_utf8_lossy(&asked.stdout).trim().to_owned()
    }

    /// What `xdotool` does with the keyboard and mouse of this screen.
    #[track_caller]
    pub(crate) fn presses(&self, arguments: &[&str]) {
        let done = self.program("xdotool").args(arguments).status().expect("xdotool starts");
        assert!(done.success(), "xdotool {arguments:?}: {done}");
    }

    /// Lets the keychain be in this state from now on, as if somebody had left and come back.
    pub(crate) fn sign_in(&mut self, keychain: Keychain) {
        if let Some(mut keyring) = self.keyring.take() {
            end(&mut keyring);
            let _ = std::fs::remove_dir_all(self.root().join("run/keyring"));
        }
        self.keyring = match keychain {
            Keychain::Open => Some(self.start_keyring("--unlock")),
            Keychain::Locked => Some(self.start_keyring("--start")),
            Keychain::Absent => None,
            Keychain::Wiped => {
                let _ = std::fs::remove_dir_all(self.home().join(".local/share/keyrings"));
                Some(self.start_keyring("--unlock"))
            }
        };
    }

    fn start_keyring(&self, how: &str) -> Child {
        let mut command = self.program("gnome-keyring-daemon");
        command.args([how, "--foreground", "--components=secrets"]).stdin(Stdio::piped());
        command.stdout(self.noise("keyring")).stderr(self.noise("keyring"));
        let mut keyring = command.spawn().expect("gnome-keyring-daemon starts");
        keyring.stdin.take().expect("it listens").write_all(b"pass").expect("it hears");
        self.hears("org.freedesktop.secrets");
        keyring
    }

    /// Waits until somebody on the bus has this name.
    #[track_caller]
    pub(crate) fn hears(&self, name: &str) {
        until(&format!("{name} on the bus"), || self.on_the_bus(name, true));
    }

    /// Starts a program of the desktop, which runs until the story ends, and waits until it has its name on the bus.
    #[track_caller]
    pub(crate) fn gets(&mut self, program: &str, arguments: &[&str], name: &str) {
        let mut command = self.program(program);
        command.args(arguments).stdout(self.noise("desktop")).stderr(self.noise("desktop"));
        self.running.push(command.spawn().expect("it starts"));
        self.hears(name);
    }

    /// Whether a name has an owner on the session bus as it should; else what the bus says.
    fn on_the_bus(&self, name: &str, wanted: bool) -> Result<(), String> {
        let mut ask = self.program("gdbus");
        ask.args(["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/", "--method"]);
        let asked = ask.args(["org.freedesktop.DBus.NameHasOwner", name]).output().expect("gdbus starts");
        let said = String::from_utf8_lossy(&asked.stdout).into_owned();
        if said.contains(&wanted.to_string()) { Ok(()) } else { Err(said) }
    }

    /// Waits until nobody on the bus is the application any more: a start before that would bring the one forward that has ended.
    pub(crate) fn forgets_the_application(&self) {
        until("the application off the bus", || self.on_the_bus("eu.akkoord.desktop.SingleInstance", false));
    }

    /// A screen of the usual size, and a manager that gives windows focus and takes their frames away.
    fn start_screen(&mut self) {
        let Size(width, height) = USUAL;
        let mut command = self.program("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")]);
        let mut screen = command.stdout(Stdio::piped()).stderr(self.noise("screen")).spawn().expect("Xvfb starts");
        let mut number = String::new();
        let mut said = BufReader::new(screen.stdout.take().expect("it speaks"));
        said.read_line(&mut number).expect("it names its display");
        self.display = format!(":{}", number.trim());
        self.running.push(screen);
        let configuration = self.file("openbox.xml", include_str!("openbox.xml"));
        let mut command = self.program("openbox");
        command.arg("--config-file").arg(configuration).stdout(self.noise("screen")).stderr(self.noise("screen"));
        self.running.push(command.spawn().expect("openbox starts"));
    }

    /// A bus on which only what stories are about can be started by being asked for: no second keychain, no portals.
    fn start_bus(&mut self) {
        let services = self.root().join("services");
        let readable = "/usr/share/dbus-1/services/org.a11y.Bus.service";
        let _ = std::fs::copy(readable, services.join("org.a11y.Bus.service"));
        let configuration = include_str!("bus.conf")
            .replace("@address@", &self.bus())
            .replace("@services@", &services.to_string_lossy());
        let configuration = self.file("bus.conf", configuration);
        let mut command = self.program("dbus-daemon");
        command.args(["--nofork", "--print-address", "--config-file"]).arg(configuration);
        let mut bus = command.stdout(Stdio::piped()).stderr(self.noise("bus")).spawn().expect("dbus-daemon starts");
        let mut address = String::new();
        let mut said = BufReader::new(bus.stdout.take().expect("it speaks"));
        said.read_line(&mut address).expect("it names its address");
        self.running.push(bus);
    }

    /// Where a program's chatter goes.
    pub(crate) fn noise(&self, name: &str) -> Stdio {
        let path = self.root().join(format!("{name}.log"));
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("a file for noise");
        file.into()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for child in self.keyring.iter_mut().chain(self.running.iter_mut().rev()) {
            end(child);
        }
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// A program that the build made, or the one that was installed where the tests are told so.
pub(crate) fn built(name: &str) -> PathBuf {
    std::env::var_os("AKKOORD_PROGRAMS").map_or_else(|| target().join("debug"), PathBuf::from).join(name)
}

/// The folder into which things are built.
pub(crate) fn target() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}
