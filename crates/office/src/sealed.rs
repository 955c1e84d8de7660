//! ZIPs in which nothing is compressed, with a SHA-256 over all of their bytes at the very end: any change of any byte shows,
//! also of those that stand around the files, and none is larger inside than outside.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::vault::hex;

/// What stands before the digits of the sum, which are the last bytes of the file.
const MARK: &[u8] = b"akkoord, SHA-256 of all before it: ";
const DIGITS: u64 = 64;
/// How much is in memory at a time.
const PIECE: usize = 1 << 20;

/// A new ZIP, with room for the sum.
pub(crate) fn begin(out: &File) -> io::Result<ZipWriter<&File>> {
    let mut zip = ZipWriter::new(out);
    zip.set_raw_comment([MARK, &[b'0'; DIGITS as usize]].concat().into())?;
    Ok(zip)
}

/// How a file of this size is kept in it.
pub(crate) fn stored(bytes: u64) -> SimpleFileOptions {
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o600);
    plain.large_file(bytes > u64::from(u32::MAX / 2))
}

/// Puts the sum at the end, and all of it on the disk.
pub(crate) fn end(zip: ZipWriter<&File>) -> io::Result<()> {
    let mut out = zip.finish()?;
    let before = out.seek(SeekFrom::End(0))?.saturating_sub(DIGITS);
    out.seek(SeekFrom::Start(0))?;
    let (_, sum) = measured(out.take(before), &mut |_| Ok(()))?;
    out.seek(SeekFrom::Start(before))?;
    out.write_all(sum.as_bytes())?;
    out.sync_all()
}

/// How long a file is, where it ends with the sum of all that stands before it.
pub(crate) fn holds(mut file: &File) -> io::Result<Option<u64>> {
    let length = file.seek(SeekFrom::End(0))?;
    let Some(mark) = length.checked_sub(DIGITS + MARK.len() as u64) else { return Ok(None) };
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(mark))?;
    file.take(DIGITS + MARK.len() as u64).read_to_end(&mut end)?;
    let Some(digits) = end.strip_prefix(MARK) else { return Ok(None) };
    file.seek(SeekFrom::Start(0))?;
    let (_, sum) = measured(file.take(length - DIGITS), &mut |_| Ok(()))?;
    Ok((sum.as_bytes() == digits).then_some(length))
}

/// Reads through to the end, a piece at a time: how many bytes, and their SHA-256 in hex.
pub(crate) fn measured(mut from: impl Read, to: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let read = from.read(&mut piece)?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
        hash.update(read);
        bytes += read.len() as u64;
        to(read)?;
    }
    Ok((bytes, hex(&hash.finalize())))
}
