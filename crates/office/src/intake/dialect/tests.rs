use super::*;

fn wide(text: &str, little: bool, bom: bool) -> Vec<u8> {
    let mark = if bom { "\u{feff}" } else { "" };
    let units = format!("{mark}{text}");
    units.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

fn found(bytes: &[u8]) -> Result<(&'static str, bool, char), String> {
    let scan = scan(bytes, None, None).map_err(|e| e.to_string())?;
    Ok((scan.encoding.name(), scan.bom, char::from(scan.delimiter)))
}

#[test]
fn encodings_and_delimiters() {
    let text = "Voornaam;Naam\nRen\u{e9};Dupont\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, expected) in [
        (text.as_bytes().to_vec(), ("UTF-8", false, ';')),
        (format!("\u{feff}{text}").into_bytes(), ("UTF-8", true, ';')),
        (latin, ("windows-1252", false, ';')),
        (wide(text, true, true), ("UTF-16LE", true, ';')),
        (wide(text, false, true), ("UTF-16BE", true, ';')),
        (wide(text, true, false), ("UTF-16LE", false, ';')),
        (wide(text, false, false), ("UTF-16BE", false, ';')),
        (b"a\tb\n1,2\t3".to_vec(), ("UTF-8", false, '\t')),
        (b"\"a;b;c\",d\n".to_vec(), ("UTF-8", false, ',')),
        (b"\n\r\nsep=;\na,b\n".to_vec(), ("UTF-8", false, ';')),
        (b"one\ntwo\n".to_vec(), ("UTF-8", false, ',')),
        (b"\"Werkadres, straat\";Naam\n".to_vec(), ("UTF-8", false, ';')),
        (b"Werkadres, straat;Werkadres, plaats;Naam;Voornaam\n".to_vec(), ("UTF-8", false, ';')),
    ] {
        assert_eq!(found(&bytes), Ok(expected), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (bytes, expected) in [
        (&b""[..], "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"a,b\n1\0,2\n", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"%PDF-1.7", "binary"),
        (b"PK\x03\x04....xl/workbook.bin", "unsupported_format"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0....W\0o\0r\0k\0b\0o\0o\0k\0", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "password_protected"),
        (b"PK\x03\x04....word/document.xml", "binary"),
        (&noise, "binary"),
    ] {
        assert_eq!(found(bytes), Err(expected.to_owned()), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_character_on_the_edge_of_two_pieces_is_still_utf8() {
    for start in CHUNK - 4..CHUNK {
        let text = format!("{}é€😀,b\n", "a".repeat(start));
        assert_eq!(found(text.as_bytes()), Ok(("UTF-8", false, ',')));
    }
    assert_eq!(found(b"a,b\nc,\xc3").map(|f| f.0), Ok("windows-1252"));
}

#[test]
fn the_hash_is_of_the_bytes() {
    let scan = scan(&b"abc"[..], None, None).unwrap();
    assert_eq!(scan.bytes, 3);
    let hex: String = scan.sha256.iter().map(|b| format!("{b:02x}")).collect();
    assert!(hex.starts_with("ba7816bf8f01cfea"), "{hex}");
}

proptest::proptest! {
    #[test]
    fn decoding_gives_the_text_whatever_the_pieces(text in "\\PC{0,80}", little: bool, size in 4usize..64) {
        let bytes = wide(&text, little, true);
        let read = AtomicU64::new(0);
        let mut decoded = Decoded::new(&bytes[..], Encoding::for_bom(&bytes).unwrap().0, &read);
        let (mut out, mut piece) = (Vec::new(), vec![0; size]);
        loop {
            let n = decoded.read(&mut piece).unwrap();
            if n == 0 { break; }
            out.extend_from_slice(&piece[..n]);
        }
        proptest::prop_assert_eq!(decoded.read(&mut piece).unwrap(), 0);
        proptest::prop_assert_eq!(String::from_utf8(out).unwrap(), text);
        proptest::prop_assert_eq!(read.load(Ordering::Relaxed), bytes.len() as u64);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
        drop(scan(&bytes[..], None, None));
    }
}
