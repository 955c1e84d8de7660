//! A real mail server, over TLS and with a login, which takes mails into a folder; it ends with the story.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::certificate::{certify, free_port, wait_for};
use crate::missing;

/// The program that Debian's package of the server belongs to.
const PYTHON: &str = "/usr/bin/python3";

/// A server, and where it keeps what it takes.
pub(crate) struct Server {
    files: PathBuf,
    /// Where it listens.
    pub(crate) port: u16,
    line: &'static str,
    running: Option<Child>,
}

/// Whether this computer can run one.
pub(crate) fn possible() -> bool {
    let there = Command::new(PYTHON).args(["-c", "import aiosmtpd"]).output().is_ok_and(|asked| asked.status.success());
    missing::possible((!there).then_some("aiosmtpd"))
}

impl Server {
    /// A server with its files in this folder, encrypted by `starttls` or `tls`, where `an@example.be` signs in with `geheim`.
    pub(crate) fn new(files: &Path, line: &'static str) -> Self {
        let mut server = Self { files: files.to_owned(), port: free_port(), line, running: None };
        std::fs::create_dir(server.folder()).unwrap();
        std::fs::write(files.join("smtp.py"), include_str!("fixtures/smtp.py")).unwrap();
        certify(files, "localhost");
        server.start();
        server
    }

    fn folder(&self) -> PathBuf {
        self.files.join("taken")
    }

    fn start(&mut self) {
        let mut python = Command::new(PYTHON);
        python.arg(self.files.join("smtp.py")).arg(self.port.to_string()).arg(self.line);
        python.args([self.files.join("cert.pem"), self.files.join("key.pem"), self.folder()]);
        self.running = Some(python.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        wait_for(self.port);
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }

    /// From now on it does this that is not well, as its script names it; nothing of the kind where it is empty.
    pub(crate) fn manner(&self, manner: &str) {
        std::fs::write(self.folder().join("manner"), manner).unwrap();
    }

    /// What it took, in its order.
    pub(crate) fn taken(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder()).unwrap().flatten().map(|file| file.path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        files.sort();
        files.into_iter().map(|path| String::from_utf8(std::fs::read(path).unwrap()).unwrap()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
