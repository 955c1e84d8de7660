//! A real Radicale server with one address book, over TLS and with a login; it ends with the story.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::certificate::{certify, free_port, wait_for};
use crate::missing;

/// A server, and what proves that it is itself.
pub(crate) struct Radicale {
    dir: PathBuf,
    /// Where it listens.
    pub(crate) port: u16,
    running: Option<Child>,
}

/// Whether this computer can run one.
pub(crate) fn possible() -> bool {
    let there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    missing::possible(["radicale", "openssl"].into_iter().find(|program| !there(program)))
}

impl Radicale {
    /// A server that keeps its files in this folder, with an empty address book of `an`, who signs in with `geheim`.
    pub(crate) fn new(dir: &Path) -> Self {
        let mut server = Self { dir: dir.to_owned(), port: free_port(), running: None };
        certify(dir, "localhost");
        std::fs::write(server.path("users"), "an:geheim\n").unwrap();
        std::fs::write(server.path("password"), "geheim\n").unwrap();
        server.start();
        let made = Command::new("curl").args(["-sk", "-u", "an:geheim", "-X", "MKCOL", &server.url(server.port), "--data",
            "<mkcol xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:carddav'><set><prop><resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"])
            .output().unwrap();
        assert!(made.status.success());
        server
    }

    /// The address of its book, by way of this port.
    #[expect(clippy::unused_self, reason = "it is the server's address")]
    pub(crate) fn url(&self, port: u16) -> String {
        format!("https://localhost:{port}/an/book/")
    }

    /// A file of its own: `cert.pem`, `password`.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Starts it; what it kept is there again.
    pub(crate) fn start(&mut self) {
        let config = format!(
            "[server]\nhosts = 127.0.0.1:{}\nssl = True\ncertificate = {}\nkey = {}\n[auth]\ntype = htpasswd\n\
             htpasswd_filename = {}\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {}\n",
            self.port,
            self.path("cert.pem").display(),
            self.path("key.pem").display(),
            self.path("users").display(),
            self.path("store").display(),
        );
        std::fs::write(self.path("config"), config).unwrap();
        let mut radicale = Command::new("radicale");
        radicale.arg("--config").arg(self.path("config")).stdout(Stdio::null()).stderr(Stdio::null());
        self.running = Some(radicale.spawn().unwrap());
        wait_for(self.port);
    }

    /// Ends it.
    pub(crate) fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }

    /// The folder of its book.
    pub(crate) fn book(&self) -> PathBuf {
        self.path("store/collection-root/an/book")
    }

    /// The cards there, by their file names.
    pub(crate) fn cards(&self) -> Vec<(String, String)> {
        let read = |(name, path): (String, PathBuf)| (name, std::fs::read_to_string(path).unwrap());
        cards_in(&self.book()).into_iter().map(read).collect()
    }
}

/// The cards that the server keeps in this book, by name.
pub(crate) fn cards_in(book: &Path) -> Vec<(String, PathBuf)> {
    let files = std::fs::read_dir(book).unwrap().flatten();
    let named = files.map(|file| (file.file_name().into_string().unwrap(), file.path()));
    let mut cards: Vec<_> = named.filter(|(name, _)| !name.starts_with('.')).collect();
    cards.sort();
    cards
}

impl Drop for Radicale {
    fn drop(&mut self) {
        self.stop();
    }
}
