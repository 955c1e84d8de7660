//! What the owner says of columns is kept, and taken when the same header comes again.

use std::path::PathBuf;

use super::*;
use crate::intake::header::Selection;
use crate::intake::mapping::Said;
use crate::normal::phone::Region;
use crate::trial::Trial;

const HEADER: &str = "Wie,Waar,Bel,Schoenmaat,Nieuwsbrief,Rommel";

fn file(trial: &Trial, name: &str, text: &str) -> PathBuf {
    let path = trial.dir().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn said(pairs: &[(&str, &str)]) -> Option<Mapping> {
    let one = |(header, field): &(&str, &str)| Said { header: (*header).to_owned(), field: (*field).to_owned() };
    let all: Vec<Said> = pairs.iter().map(one).collect();
    Some(Mapping::said(&all, &BTreeSet::new()).unwrap())
}

fn options() -> Options {
    Options::detect(Region::of("BE").unwrap())
}

#[test]
fn a_file_that_says_nothing_is_read_as_it_was_said_once() {
    let mut trial = Trial::new();
    let first = file(&trial, "een.csv", &format!("{HEADER}\nAn Peeters,an@example.be,0475123456,41,ja,x\n"));
    let first = Given::Path(first);
    let refused = Source::open(&first, &options()).unwrap_err();
    assert_eq!(refused.facts["why"], "needs_mapping");
    let lenient = Options { lenient: true, ..options() };
    assert!(!Source::open(&first, &lenient).unwrap().detected().suffices);
    let fields =
        [("Wie", "name"), ("Waar", "email"), ("Bel", "phone"), ("Schoenmaat", "own.new"), ("Nieuwsbrief", "labels")];
    let wanted = Options { said: said(&fields), ..options() };
    let row = Source::open(&first, &wanted).unwrap().preview(1).unwrap().remove(0);
    assert_eq!((row.draft.given.as_str(), row.draft.emails.len(), row.draft.phones.len()), ("An", 1, 1));
    assert_eq!(row.draft.custom, [("Schoenmaat".to_owned(), "41".to_owned())]);
    // Whatever is made of it, what claims a consent is noted on the source too.
    assert_eq!((row.draft.labels.as_slice(), row.claims.len()), (["ja".to_owned()].as_slice(), 1));
    let now = trial.now;
    let kept = keep_columns(&mut trial.vault, " Kassa ", &first, &wanted, now).unwrap().output;
    let again = Options { saved: saved(&trial.vault).unwrap(), ..options() };
    let second = "rommel,BEL,wíe,Waar,Nieuwsbrief,Schoenmaat\nx,0475123457,Bea Maes,bea@example.be,nee,39\n";
    let second = Given::Path(file(&trial, "twee.csv", second));
    let mut source = Source::open(&second, &again).unwrap();
    assert_eq!(source.detected().mapping, Some((kept, "Kassa".to_owned())));
    let row = source.preview(1).unwrap().remove(0);
    assert_eq!((row.draft.family.as_str(), row.draft.custom[0].1.as_str()), ("Maes", "39"));
    assert_eq!(source.detected().left_out().collect::<Vec<_>>(), ["rommel"]);
    let other = Given::Path(file(&trial, "drie.csv", "Wie,Waar\nAn,an@example.be\n"));
    assert_eq!(Source::open(&other, &again).unwrap_err().facts["why"], "needs_mapping");
    assert!(trial.fault().is_none());
}

#[test]
fn ticks_are_kept_with_the_rest_and_what_was_recognised_stays() {
    let mut trial = Trial::new();
    let text = "First Name,Notes,Nickname,E-mail 1 - Label,E-mail 1 - Value,Address 1 - City,Address 1 - Street,Wijk\n\
                An,fluistert,Annie,Werk,an@example.be,Gent,Kerkstraat 1,Zuid\n";
    let path = Given::Path(file(&trial, "google.csv", text));
    let selection = Selection::of(["Notes"]).without(["Nickname"]);
    let wanted = Options { said: said(&[("Wijk", "address.region")]), selection, ..options() };
    let now = trial.now;
    keep_columns(&mut trial.vault, "Van Google", &path, &wanted, now).unwrap();
    let shown = mappings(&trial.vault).unwrap().remove(0);
    assert_eq!((shown.columns, shown.by_itself), (3, true));
    let again = Options { saved: saved(&trial.vault).unwrap(), ..options() };
    let mut source = Source::open(&path, &again).unwrap();
    assert_eq!(source.detected().format.as_str(), "google");
    let draft = source.preview(1).unwrap().remove(0).draft;
    assert_eq!((draft.notes.as_str(), draft.nickname.as_str()), ("fluistert", ""));
    assert_eq!(draft.emails[0].label, "Werk");
    let [address] = draft.addresses.as_slice() else { panic!("{draft:?}") };
    assert_eq!((address.city.as_str(), address.region.as_str()), ("Gent", "Zuid"));
    // What the mapping takes out or brings, a tick changes again.
    let ticked = Options { selection: Selection::of(["Nickname"]).without(["Notes"]), ..again };
    let draft = Source::open(&path, &ticked).unwrap().preview(1).unwrap().remove(0).draft;
    assert_eq!((draft.notes.as_str(), draft.nickname.as_str()), ("", "Annie"));
    let nothing = keep_columns(&mut trial.vault, "Niets", &path, &options(), now).unwrap_err();
    assert_eq!(nothing.facts["why"], "no_columns");
}

#[test]
fn a_file_that_is_written_as_the_one_before_is_read_as_that_was() {
    let mut trial = Trial::new();
    // "Zoë" as an old Mac wrote it, between bars that nobody would guess.
    let text = |name: &[u8]| [b"Wie|Waar\n".as_slice(), name, b"|an@example.be\n"].concat();
    let given = |name: &str, bytes: Vec<u8>| {
        let path = trial.dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Given::Path(path)
    };
    let (first, second) = (given("een.csv", text(b"Zo\x91")), given("twee.csv", text(b"Andr\x8e")));
    let wanted = Options {
        said: said(&[("Wie", "name"), ("Waar", "email")]),
        encoding: Some("macintosh".to_owned()),
        delimiter: Some('|'),
        ..options()
    };
    let now = trial.now;
    keep_columns(&mut trial.vault, "Kassa", &first, &wanted, now).unwrap();
    let again = Options { saved: saved(&trial.vault).unwrap(), ..options() };
    let mut source = Source::open(&second, &again).unwrap();
    assert_eq!((source.detected().encoding, source.detected().delimiter), ("macintosh", Some('|')));
    assert_eq!(source.preview(1).unwrap().remove(0).draft.given, "André");
    // Kept once more with another meaning: how it is written stays, and the newest is the one that is taken.
    let other = Options { said: said(&[("Wie", "family")]), ..again };
    keep_columns(&mut trial.vault, "Aan de kassa", &second, &other, now).unwrap();
    let again = Options { saved: saved(&trial.vault).unwrap(), ..options() };
    let mut source = Source::open(&second, &again).unwrap();
    assert_eq!(source.detected().mapping.as_ref().unwrap().1, "Aan de kassa");
    let draft = source.preview(1).unwrap().remove(0).draft;
    assert_eq!((draft.family.as_str(), draft.emails.len()), ("André", 1));
}

#[test]
fn what_says_that_a_row_is_private_is_read_whatever_is_said() {
    let mut trial = Trial::new();
    let text = "First Name,Last Name,E-mail Address,Sensitivity\nAn,Maes,an@example.be,Private\n";
    let path = Given::Path(file(&trial, "outlook.csv", text));
    let wanted = Options { said: said(&[("Sensitivity", "ignore"), ("Last Name", "nickname")]), ..options() };
    assert!(Source::open(&path, &wanted).unwrap().preview(1).unwrap().remove(0).private);
    let now = trial.now;
    keep_columns(&mut trial.vault, "Outlook", &path, &wanted, now).unwrap();
    let again = Options { saved: saved(&trial.vault).unwrap(), ..options() };
    assert!(Source::open(&path, &again).unwrap().preview(1).unwrap().remove(0).private);
}

#[test]
fn a_mapping_is_renamed_replaced_and_forgotten() {
    let mut trial = Trial::new();
    let now = trial.now;
    let mapping = Mapping::parse("[columns]\n\"Klant\" = \"name\"", &BTreeSet::new()).unwrap();
    let one = keep_mapping(&mut trial.vault, "Kassa", &mapping, None, now).unwrap().output;
    let other = keep_mapping(&mut trial.vault, "Webwinkel", &mapping, None, now).unwrap().output;
    assert_eq!(keep_mapping(&mut trial.vault, "KASSA", &mapping, None, now).unwrap().output, one);
    let code = |result: Result<Done<()>>| result.unwrap_err().code;
    assert_eq!(code(rename_mapping(&mut trial.vault, one, "webwinkel", now)), Code::Taken);
    assert_eq!(code(rename_mapping(&mut trial.vault, one, " ", now)), Code::Invalid);
    rename_mapping(&mut trial.vault, one, "Kassa oud", now).unwrap();
    assert_eq!(mapping_named(&trial.vault, "kassa OUD").unwrap().id, one);
    assert_eq!(mapping_named(&trial.vault, &other.to_string()).unwrap().name, "Webwinkel");
    forget_mapping(&mut trial.vault, other, now).unwrap();
    assert_eq!(code(forget_mapping(&mut trial.vault, other, now)), Code::NotFound);
    assert_eq!(mapping_named(&trial.vault, "Webwinkel").unwrap_err().code, Code::NotFound);
    assert_eq!(mappings(&trial.vault).unwrap().len(), 1);
    assert!(trial.fault().is_none());
}
