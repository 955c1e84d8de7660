//! Files on their way in. The window cannot name paths: what people choose or drop comes in pieces, which wait in the profile
//! until somebody asks for them, encrypted with a key that is nowhere but in memory.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Profile, create_private_dir, write_failed};
use crate::problem::{Code, Problem, Result};

/// The largest file that is taken to be imported: 2 GB.
pub const IMPORT_MAX: u64 = 2 << 30;
/// How much is sealed at a time, whatever the size of the pieces that are sent.
const PIECE: usize = 64 << 10;
/// What sealing adds to a piece.
const TAG: usize = 16;
/// The longest file name that is kept, in characters.
const NAME_MAX: usize = 200;

/// A file that somebody gives.
#[derive(Debug, Clone)]
pub enum Given {
    /// By its path, as on the command line.
    Path(PathBuf),
    /// Sent in pieces, as by the window.
    Incoming(Incoming),
    /// Made here, as a letter is: it was never a file.
    Made {
        /// What it would be called.
        name: String,
        /// Its content.
        bytes: Arc<[u8]>,
    },
}

impl From<PathBuf> for Given {
    fn from(path: PathBuf) -> Self {
        Self::Path(path)
    }
}

impl Given {
    /// The file's own name: folders say something about the computer, not about the data.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => base_name(&path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default()),
            Self::Incoming(incoming) => incoming.held.name.clone(),
            Self::Made { name, .. } => base_name(name),
        }
    }

    /// Its path, where it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Incoming(_) | Self::Made { .. } => None,
        }
    }

    /// Opens it to be read from its beginning.
    pub(crate) fn open(&self) -> io::Result<Bytes> {
        Ok(match self {
            Self::Path(path) => Bytes::File(File::open(path)?),
            Self::Incoming(incoming) => Bytes::Incoming(incoming.reader()),
            Self::Made { bytes, .. } => Bytes::Made(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// The last part of a path, in either system's notation, without characters that would move a cursor.
fn base_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect()
}

/// What is in a file that somebody gave.
#[derive(Debug)]
pub(crate) enum Bytes {
    File(File),
    Incoming(Reader),
    Made(Cursor<Arc<[u8]>>),
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Incoming(reader) => reader.read(into),
            Self::Made(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Incoming(reader) => reader.seek(to),
            Self::Made(bytes) => bytes.seek(to),
        }
    }
}

/// The files that the window sends, and those that it has sent.
#[derive(Debug)]
pub struct Spool {
    dir: PathBuf,
    files: Mutex<HashMap<Uuid, Slot>>,
}

#[derive(Debug)]
enum Slot {
    Receiving(Receiving),
    Whole(Incoming),
}

impl Spool {
    /// The spool of a profile, empty. Touches nothing.
    #[must_use]
    pub fn at(profile: &Profile) -> Self {
        Self { dir: profile.incoming(), files: Mutex::default() }
    }

    /// Makes ready for a file of that many bytes, of which there may be `max`. Returns the id for its pieces.
    ///
    /// # Errors
    /// [`Code::TooLarge`]; [`Code::Unwritable`], [`Code::DiskFull`].
    pub fn begin(&self, name: &str, bytes: u64, max: u64) -> Result<Uuid> {
        let name = base_name(name);
        if bytes > max {
            let max = format!("{} MB", max >> 20);
            return Err(Problem::new(Code::TooLarge).with("file", name).with("max", max));
        }
        create_private_dir(&self.dir)?;
        // Without a name in the folder, so that it is gone with the process, however that ends.
        let file = tempfile::tempfile_in(&self.dir).map_err(|error| write_failed(&self.dir, error))?;
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|error| Problem::new(Code::System).because(error))?;
        let cipher = ChaCha20Poly1305::new((&*key).into());
        let receiving = Receiving { name, bytes, file, cipher, taken: 0, sealed: 0, piece: piece() };
        let id = Uuid::new_v4();
        self.files().insert(id, Slot::Receiving(receiving));
        Ok(id)
    }

    /// Adds the next piece.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::Unreadable`] for more than was announced; [`Code::Unwritable`], [`Code::DiskFull`].
    pub fn add(&self, id: Uuid, piece: &[u8]) -> Result<()> {
        match self.files().get_mut(&id) {
            Some(Slot::Receiving(receiving)) => receiving.add(piece, &self.dir),
            Some(Slot::Whole(_)) | None => Err(missing(id)),
        }
    }

    /// Says that the last piece was added.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::Unreadable`] for less than was announced; [`Code::Unwritable`], [`Code::DiskFull`].
    pub fn done(&self, id: Uuid) -> Result<Incoming> {
        let mut files = self.files();
        match files.remove(&id) {
            Some(Slot::Receiving(receiving)) => {
                let incoming = receiving.whole(&self.dir)?;
                files.insert(id, Slot::Whole(incoming.clone()));
                Ok(incoming)
            }
            Some(whole @ Slot::Whole(_)) => {
                files.insert(id, whole);
                Err(missing(id))
            }
            None => Err(missing(id)),
        }
    }

    /// A file that came in whole.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub fn given(&self, id: Uuid) -> Result<Given> {
        match self.files().get(&id) {
            Some(Slot::Whole(incoming)) => Ok(Given::Incoming(incoming.clone())),
            Some(Slot::Receiving(_)) | None => Err(missing(id)),
        }
    }

    /// Lets go of a file, whole or not. Whoever reads it reads on.
    pub fn forget(&self, id: Uuid) {
        self.files().remove(&id);
    }

    /// Lets go of all files: the vault is being locked.
    pub fn clear(&self) {
        self.files().clear();
    }

    fn files(&self) -> MutexGuard<'_, HashMap<Uuid, Slot>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn missing(id: Uuid) -> Problem {
    Problem::not_found("file", &id.to_string())
}

fn piece() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(PIECE))
}

/// The number of a piece as the nonce: no key seals two pieces of one number.
fn nonce(n: u64) -> Nonce {
    let mut nonce = Nonce::default();
    nonce.iter_mut().zip(n.to_le_bytes()).for_each(|(to, from)| *to = from);
    nonce
}

/// A file of which pieces are still to come.
struct Receiving {
    name: String,
    /// How many bytes were announced.
    bytes: u64,
    file: File,
    cipher: ChaCha20Poly1305,
    /// How many bytes came.
    taken: u64,
    /// How many pieces are in the file.
    sealed: u64,
    /// What waits for the rest of its piece.
    piece: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Receiving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiving").field("bytes", &self.bytes).field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl Receiving {
    fn add(&mut self, mut rest: &[u8], dir: &Path) -> Result<()> {
        self.taken += rest.len() as u64;
        if self.taken > self.bytes {
            return Err(self.changed());
        }
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            rest = later;
            if self.piece.len() == PIECE {
                self.seal(dir)?;
            }
        }
        Ok(())
    }

    fn seal(&mut self, dir: &Path) -> Result<()> {
        let sealed = self.cipher.encrypt(&nonce(self.sealed), self.piece.as_slice());
        let sealed = sealed.map_err(|_| Problem::new(Code::System))?;
        self.file.write_all(&sealed).map_err(|error| write_failed(dir, error))?;
        self.sealed += 1;
        self.piece.clear();
        Ok(())
    }

    fn whole(mut self, dir: &Path) -> Result<Incoming> {
        if self.taken != self.bytes {
            return Err(self.changed());
        }
        if !self.piece.is_empty() {
            self.seal(dir)?;
        }
        let Self { name, bytes, file, cipher, .. } = self;
        Ok(Incoming { held: Arc::new(Held { name, bytes, file: Mutex::new(file), cipher }) })
    }

    fn changed(&self) -> Problem {
        Problem::new(Code::Unreadable).with("file", self.name.as_str()).with("why", "changed_while_reading")
    }
}

/// A file that came in whole. It goes with the last who has it.
#[derive(Debug, Clone)]
pub struct Incoming {
    held: Arc<Held>,
}

struct Held {
    name: String,
    bytes: u64,
    file: Mutex<File>,
    cipher: ChaCha20Poly1305,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Incoming {
    /// Its size.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.held.bytes
    }

    /// Its bytes from the beginning.
    pub(crate) fn reader(&self) -> Reader {
        Reader { held: Arc::clone(&self.held), at: 0, piece: piece(), n: None }
    }
}

impl Held {
    /// The piece of that number, as it came in.
    fn piece(&self, n: u64) -> io::Result<Zeroizing<Vec<u8>>> {
        let left = self.bytes.saturating_sub(n * PIECE as u64);
        let size = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE)) + TAG;
        let mut sealed = vec![0; size];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(n * (PIECE + TAG) as u64))?;
        file.read_exact(&mut sealed)?;
        drop(file);
        let plain = self.cipher.decrypt(&nonce(n), sealed.as_slice());
        plain.map(Zeroizing::new).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

/// Reads what came in.
pub(crate) struct Reader {
    held: Arc<Held>,
    at: u64,
    /// The piece that is open, and its number.
    piece: Zeroizing<Vec<u8>>,
    n: Option<u64>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.held.bytes {
            return Ok(0);
        }
        let n = self.at / PIECE as u64;
        if self.n != Some(n) {
            self.piece = self.held.piece(n)?;
            self.n = Some(n);
        }
        let from = usize::try_from(self.at % PIECE as u64).unwrap_or_default();
        let taken = self.piece.get(from..).unwrap_or_default().read(into)?;
        self.at += taken as u64;
        Ok(taken)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.held.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests;
