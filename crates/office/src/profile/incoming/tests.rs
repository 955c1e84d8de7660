use std::fs;

use super::*;
use proptest::prelude::*;

fn spool() -> (tempfile::TempDir, Spool) {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::at(&Profile::create(dir.path().join("profile")).unwrap());
    (dir, spool)
}

/// Sends a file as the window does.
fn sent(spool: &Spool, name: &str, bytes: &[u8], step: usize) -> Uuid {
    let id = spool.begin(name, bytes.len() as u64, IMPORT_MAX).unwrap();
    for piece in bytes.chunks(step) {
        spool.add(id, piece).unwrap();
    }
    spool.done(id).unwrap();
    id
}

fn read(given: &Given) -> Vec<u8> {
    let mut bytes = Vec::new();
    given.open().unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> Code {
    result.unwrap_err().code
}

/// Bytes that differ wherever one looks.
fn bytes(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from((at * 7 + at / 251) % 256).unwrap()).collect()
}

#[test]
fn what_was_sent_is_what_is_read() {
    let (_dir, spool) = spool();
    for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17] {
        for step in [1 << 20, 4_096, PIECE + 3] {
            let id = sent(&spool, "a.csv", &bytes(size), step);
            assert_eq!(read(&spool.given(id).unwrap()), bytes(size), "{size} by {step}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_place_can_be_read_again(size in 1_usize..3 * PIECE, places in proptest::collection::vec((0..4 * PIECE, 1_usize..PIECE), 1..20)) {
        let (_dir, spool) = spool();
        let bytes = bytes(size);
        let given = spool.given(sent(&spool, "a.csv", &bytes, 50_000)).unwrap();
        let mut open = given.open().unwrap();
        for (at, count) in places {
            open.seek(SeekFrom::Start(at as u64)).unwrap();
            let mut found = Vec::new();
            (&mut open).take(count as u64).read_to_end(&mut found).unwrap();
            let expected: Vec<u8> = bytes.iter().skip(at).take(count).copied().collect();
            prop_assert_eq!(found, expected);
        }
        prop_assert_eq!(open.seek(SeekFrom::End(-1)).unwrap(), size as u64 - 1);
        prop_assert!(open.seek(SeekFrom::Current(-(size as i64))).is_err());
    }
}

#[test]
fn two_read_the_same_file_beside_each_other() {
    let (_dir, spool) = spool();
    let given = spool.given(sent(&spool, "a.csv", &bytes(5 * PIECE), 1 << 20)).unwrap();
    let (mut one, mut other) = (given.open().unwrap(), given.open().unwrap());
    let (mut first, mut second) = (Vec::new(), Vec::new());
    loop {
        let before = first.len() + second.len();
        (&mut one).take(10_000).read_to_end(&mut first).unwrap();
        (&mut other).take(77_777).read_to_end(&mut second).unwrap();
        if first.len() + second.len() == before {
            break;
        }
    }
    assert_eq!((first, second), (bytes(5 * PIECE), bytes(5 * PIECE)));
}

#[test]
fn it_takes_neither_more_nor_less_than_announced() {
    let (_dir, spool) = spool();
    assert_eq!(code(spool.begin("call.ogg", 101, 100)), Code::TooLarge);
    let id = spool.begin("a.csv", 10, 100).unwrap();
    spool.add(id, &[0; 9]).unwrap();
    assert_eq!(code(spool.given(id)), Code::NotFound);
    assert_eq!(code(spool.add(id, &[0; 2])), Code::Unreadable);
    let id = spool.begin("a.csv", 10, 100).unwrap();
    spool.add(id, &[0; 9]).unwrap();
    assert_eq!(spool.done(id).unwrap_err().facts["why"], "changed_while_reading");
    assert_eq!(code(spool.done(id)), Code::NotFound);
    let whole = sent(&spool, "b.csv", b"x", 1);
    assert_eq!(code(spool.add(whole, b"y")), Code::NotFound);
    assert_eq!(code(spool.done(whole)), Code::NotFound);
    assert_eq!(read(&spool.given(whole).unwrap()), b"x");
}

#[test]
fn names_lose_their_folders() {
    let (_dir, spool) = spool();
    for (sent_as, kept) in [
        ("klanten.csv", "klanten.csv"),
        ("C:\\Users\\An\\klanten.csv", "klanten.csv"),
        ("../../vault.db", "vault.db"),
        ("a\u{1b}[2Jb\n.csv", "a[2Jb.csv"),
    ] {
        let given = spool.given(sent(&spool, sent_as, b"x", 1)).unwrap();
        assert_eq!(given.name(), kept);
        assert_eq!(Given::from(PathBuf::from(format!("folder/{kept}"))).name(), kept);
    }
}

/// Every byte in every file below a folder.
fn on_disk(dir: &Path) -> Vec<u8> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(on_disk(&entry.path()));
        } else {
            found.extend(fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[test]
fn nothing_of_it_lies_in_the_folder_and_nothing_stays_in_the_clear() {
    let (dir, spool) = spool();
    let text = "Jan Peeters,jan@example.be\n".repeat(10_000);
    let id = sent(&spool, "klanten.csv", text.as_bytes(), 1 << 20);
    let incoming = match spool.given(id).unwrap() {
        Given::Incoming(incoming) => incoming,
        Given::Path(_) | Given::Made { .. } => panic!("it was sent"),
    };
    assert!(on_disk(dir.path()).is_empty());
    let mut sealed = Vec::new();
    let mut file = incoming.held.file.lock().unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_to_end(&mut sealed).unwrap();
    drop(file);
    assert!(sealed.len() > text.len());
    assert!(!sealed.windows(7).any(|window| window == b"Peeters"));
    assert!(!format!("{spool:?} {incoming:?} {:?}", incoming.reader()).contains("Peeters"));
}

#[test]
fn a_changed_piece_is_noticed() {
    let (_dir, spool) = spool();
    let incoming = match spool.given(sent(&spool, "a.csv", &bytes(2 * PIECE), 1 << 20)).unwrap() {
        Given::Incoming(incoming) => incoming,
        Given::Path(_) | Given::Made { .. } => panic!("it was sent"),
    };
    // The first piece in the place of the second is as wrong as one changed byte.
    let mut file = incoming.held.file.lock().unwrap();
    let mut first = vec![0; PIECE + TAG];
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_exact(&mut first).unwrap();
    file.write_all(&first).unwrap();
    drop(file);
    let mut reader = incoming.reader();
    reader.seek(SeekFrom::Start(PIECE as u64)).unwrap();
    assert_eq!(reader.read(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::InvalidData);
}

#[test]
fn forgotten_and_cleared_files_are_gone_but_for_those_who_read_them() {
    let (_dir, spool) = spool();
    let (one, other) = (sent(&spool, "a", b"x", 1), sent(&spool, "b", b"y", 1));
    let unfinished = spool.begin("c", 5, 5).unwrap();
    let given = spool.given(one).unwrap();
    spool.forget(one);
    assert_eq!((code(spool.given(one)), read(&given)), (Code::NotFound, b"x".to_vec()));
    spool.clear();
    assert_eq!((code(spool.given(other)), code(spool.add(unfinished, b"z"))), (Code::NotFound, Code::NotFound));
}

#[test]
fn the_folder_is_private_and_swept_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let profile = Profile::at(dir.path().join("profile"));
    let spool = Spool::at(&profile);
    profile.sweep().unwrap();
    assert!(!profile.dir().exists());
    sent(&spool, "a.csv", b"x", 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(profile.incoming()).unwrap().permissions().mode() & 0o777, 0o700);
    }
    for folder in [profile.incoming(), profile.opened()] {
        fs::create_dir_all(folder.join("left")).unwrap();
        fs::write(folder.join("left/by a kill"), b"x").unwrap();
    }
    profile.sweep().unwrap();
    assert!(!profile.incoming().exists() && !profile.opened().exists() && profile.dir().exists());
    sent(&spool, "b.csv", b"x", 1);
}
