//! What a fresh machine lacks: Debian packages and the page's npm packages. Asks first what is there, so a second run
//! takes no time. On another system it names what is needed and goes on.

use std::time::Duration;

use crate::shell::{self, Outcome};

/// To build the command line: a C compiler and OpenSSL, for SQLCipher.
const COMMAND_LINE: &[&str] = &["build-essential", "pkg-config", "libssl-dev", "perl"];

/// To build the window besides.
const WINDOW: &[&str] =
    &["libwebkit2gtk-4.1-dev", "libxdo-dev", "libayatana-appindicator3-dev", "librsvg2-dev", "libdbus-1-dev"];

/// What only the tests use: a private session bus with a keychain, a virtual screen with a driver for the window on it,
/// and judges from outside.
const TESTS: &[&str] = &[
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "notification-daemon",
    "xfce4-panel",
    "xfconf",
    "libglib2.0-bin",
    "libsecret-tools",
    "xvfb",
    "xdotool",
    "openbox",
    "webkit2gtk-driver",
    "at-spi2-core",
    "strace",
    "imagemagick",
    "sqlite3",
    "radicale",
    "python3-aiosmtpd",
    "openssl",
    "curl",
    "poppler-utils",
];

/// Prepares for building `akkoord-cli`.
pub(crate) fn command_line() -> Outcome {
    packages(&[COMMAND_LINE])
}

/// Prepares for building the window.
pub(crate) fn window() -> Outcome {
    packages(&[COMMAND_LINE, WINDOW])?;
    page()
}

/// Prepares for the bench run, which measures the `sqlite3` program too, and an address book on a server.
pub(crate) fn bench() -> Outcome {
    packages(&[COMMAND_LINE, &["sqlite3", "vdirsyncer", "radicale", "openssl", "curl"]])
}

/// Prepares for every test.
pub(crate) fn tests() -> Outcome {
    packages(&[COMMAND_LINE, WINDOW, TESTS])?;
    page()
}

/// Installs the page's packages as the lock file says, unless that was done for this very lock file.
pub(crate) fn page() -> Outcome {
    let ui = shell::root().join("ui");
    let modified = |path: &str| std::fs::metadata(ui.join(path)).and_then(|data| data.modified()).ok();
    let done = modified("node_modules/.package-lock.json");
    if done.is_some() && done >= modified("package-lock.json") && done >= modified("package.json") {
        return Ok(());
    }
    shell::run("npm", &["ci", "--no-audit", "--no-fund"], "ui")
}

fn packages(groups: &[&[&str]]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = groups.concat();
    if shell::ask("dpkg-query", &["--version"]).is_none() {
        println!("  This is no Debian: if building fails, install what it calls {}.", wanted.join(", "));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("  Missing Debian packages: {}", missing.join(" "));
    // A mirror that fails once, or another program that holds the lists, is no reason to give up.
    install(&missing).or_else(|_| {
        std::thread::sleep(Duration::from_secs(15));
        install(&missing)
    })
}

fn is_installed(package: &str) -> bool {
    shell::ask("dpkg-query", &["--show", "--showformat=${db:Status-Status}", package])
        .is_some_and(|status| status == "installed")
}

fn install(missing: &[&str]) -> Outcome {
    debian(&["update", "-q"])?;
    debian(&[&["install", "-q", "-y", "--no-install-recommends"], missing].concat())
}

/// Runs apt-get as root, one at a time, also between two clones: an update during an install deletes its files.
pub(crate) fn debian(arguments: &[&str]) -> Outcome {
    let line = ["apt-get", "-o", "DPkg::Lock::Timeout=600"];
    let locked = ["flock", "--wait", "1800", "/tmp/akkoord-apt.lock", "env", "DEBIAN_FRONTEND=noninteractive"];
    let root = shell::ask("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    let whole = [if root { &[][..] } else { &["sudo"] }, &locked, &line, arguments].concat();
    let done = whole.split_first().map_or(Ok(()), |(first, rest)| shell::run(first, rest, "."));
    done.map_err(|sentence| format!("{sentence} Please run as root: apt-get {}", arguments.join(" ")))
}
