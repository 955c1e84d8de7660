use super::super::convert::Verdict;
use super::super::reader::{Options, Source};
use super::*;
use crate::normal::phone::Region;

fn parse(text: &str) -> Result<Mapping> {
    Mapping::parse(text, &BTreeSet::from(["shoe_size".to_owned()]))
}

fn why(text: &str) -> String {
    let problem = parse(text).unwrap_err();
    let given = problem.facts.get("given").and_then(|g| g.as_str()).unwrap_or_default();
    format!("{} {given}", problem.facts["why"].as_str().unwrap())
}

const TILL: &str = r#"
name = "Kassa"
delimiter = ";"
language = "nl"

[columns]
"Klant" = "name"
"Geboren" = "birthday"
"Mail privé" = { field = "email", label = "Thuis" }
"Mail werk" = { field = "email", label = "Werk" }
"GSM" = "phone"
"Straat" = "address.street"
"Gemeente" = "address.city"
"Levering" = { field = "address.street", label = "Levering", group = 2 }
"Schoenmaat" = "shoe_size"
"Ander" = "ignore"
"#;

#[test]
fn a_till_is_read_through_its_mapping() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kassa.csv");
    let header = "KLANT;Geboren;Mail prive;Mail werk;gsm;Straat;Gemeente;Levering;Schoenmaat;Ander;Nieuwsbrief";
    let row = "Peeters, Jan;7/3/1980;jan@example.be;jan@werk.example;0475 12 34 56;Kerkstraat 1;Gent;Markt 2;43;x;ja";
    std::fs::write(&path, format!("{header}\n{row}\n")).unwrap();
    let mapping = Some(parse(TILL).unwrap());
    let options = Options { mapping, ..Options::detect(Region::of("BE").unwrap()) };
    let mut source = Source::open(&path.into(), &options).unwrap();
    assert_eq!(source.detected().left_out().collect::<Vec<_>>(), ["Ander", "Nieuwsbrief"]);
    let row = source.preview(1).unwrap().remove(0);
    let draft = &row.draft;
    assert_eq!(row.verdict, Verdict::Ready);
    assert_eq!(
        (draft.given.as_str(), draft.family.as_str(), draft.birthday.as_str()),
        ("Jan", "Peeters", "1980-03-07")
    );
    let emails: Vec<_> = draft.emails.iter().map(|e| (e.value.as_str(), e.label.as_str())).collect();
    assert_eq!(emails, [("jan@example.be", "Thuis"), ("jan@werk.example", "Werk")]);
    assert_eq!(draft.phones[0].e164, "+32475123456");
    let streets: Vec<_> =
        draft.addresses.iter().map(|a| (a.street.as_str(), a.city.as_str(), a.label.as_str())).collect();
    assert_eq!(streets, [("Kerkstraat 1", "Gent", ""), ("Markt 2", "", "Levering")]);
    assert_eq!(draft.custom, [("shoe_size".to_owned(), "43".to_owned())]);
    assert_eq!(row.claims, [("Nieuwsbrief".to_owned(), "ja".to_owned())]);
}

#[test]
fn a_mapping_that_cannot_be_meant_is_refused() {
    for (text, expected) in [
        ("[columns]\n\"A\" = \"colour\"", "unknown_field colour"),
        ("[columns]\n\"A\" = \"address.colour\"", "unknown_field address.colour"),
        ("[columns]\n\"A\" = \"email_type\"", "unknown_field email_type"),
        ("[columns]", "no_columns "),
        ("language = \"eo\"\n[columns]\n\"A\" = \"given\"", "unknown_language eo"),
        ("others = \"both\"\n[columns]\n\"A\" = \"given\"", "unknown_others both"),
        ("delimiter = \"||\"\n[columns]\n\"A\" = \"given\"", "not_a_delimiter ||"),
    ] {
        assert_eq!(why(text), expected);
    }
    assert!(why("columns = 3").starts_with("not_toml"));
    assert!(why("colour = 1\n[columns]\n\"A\" = \"given\"").starts_with("not_toml"));
    assert!(why("[columns]\n\"A\" = 3").starts_with("unknown_field"));
    let missing = parse("[columns]\n\"Klant\" = \"name\"").unwrap().meanings(&["Naam".to_owned()]).unwrap_err();
    assert_eq!((&missing.facts["why"], &missing.facts["given"]), (&"unknown_header".into(), &"Klant".into()));
}

fn fields() -> impl proptest::strategy::Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "name",
        "given",
        "birthday",
        "email",
        "phone",
        "website",
        "labels",
        "private",
        "address",
        "address.city",
        "address.po_box",
        "shoe_size",
        "own.new",
        "ignore",
    ])
}

proptest::proptest! {
    #[test]
    fn what_is_written_is_what_is_read(
        columns in proptest::collection::btree_map("\\PC{1,12}", (fields(), "\\PC{0,8}", proptest::option::of(0_u16..9)), 1..6),
        recognises: bool,
        delimiter in proptest::option::of(proptest::sample::select(vec![';', '\t', '|'])),
    ) {
        let own = BTreeSet::from(["shoe_size".to_owned()]);
        let said: Vec<Said> = columns
            .iter()
            .map(|(header, (field, ..))| Said { header: header.clone(), field: (*field).to_owned() })
            .collect();
        let mut mapping = Mapping { recognises, delimiter, ..Mapping::said(&said, &own).unwrap() };
        for ((_, entry), (_, label, group)) in mapping.columns.iter_mut().zip(columns.values()) {
            (entry.label, entry.group) = (label.clone(), *group);
        }
        let read = Mapping::parse(&mapping.document().unwrap(), &own).unwrap();
        proptest::prop_assert_eq!(read, mapping);
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,60}") {
        drop(parse(&text));
        drop(parse(&format!("[columns]\n\"A\" = {text}")));
    }
}

#[test]
fn two_columns_of_one_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kassa.csv");
    std::fs::write(&path, "Naam;Info;info;Info (2);Tel.;Tel.\nJan Peeters;43;x;y;0475 12 34 56;09 265 43 21\n")
        .unwrap();
    let said = |header: &str, field: &str| Said { header: header.to_owned(), field: field.to_owned() };
    let said = Mapping::said(&[said("info (3)", "notes"), said("Tel. (2)", "ignore")], &BTreeSet::new()).unwrap();
    let options = Options { said: Some(said), ..Options::detect(Region::of("BE").unwrap()) };
    let mut source = Source::open(&path.into(), &options).unwrap();
    let columns: Vec<_> = source.detected().columns.iter().map(|one| (one.header.clone(), one.kept)).collect();
    let kept = [("Naam", true), ("Info", false), ("info (3)", true), ("Info (2)", false), ("Tel.", true)];
    let expected: Vec<_> =
        kept.into_iter().chain([("Tel. (2)", false)]).map(|(name, on)| (name.to_owned(), on)).collect();
    assert_eq!(columns, expected);
    let draft = source.preview(1).unwrap().remove(0).draft;
    assert_eq!((draft.notes.as_str(), draft.phones.len()), ("x", 1));
}

/// Somebody said it once, of one file; who imports the next one still sees what is sensitive, and may leave it out.
#[test]
fn a_kept_mapping_makes_nothing_less_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kassa.csv");
    std::fs::write(&path, "Klant;Dag;Praatje;Rijksregisternummer\nJan Peeters;7/3/1980;altijd laat;80.03.07-001.23\n")
        .unwrap();
    for others in ["ignore", "recognise"] {
        let text = format!(
            "others = \"{others}\"\nlanguage = \"nl\"\n[columns]\n\"Klant\" = \"name\"\n\"Dag\" = \"birthday\"\n\"Praatje\" = \"notes\""
        );
        let options = Options { mapping: Some(parse(&text).unwrap()), ..Options::detect(Region::of("BE").unwrap()) };
        let source = Source::open(&path.clone().into(), &options).unwrap();
        let columns: Vec<_> = source.detected().columns.iter().map(|one| (one.kept, one.meaning.why)).collect();
        let warned = [(true, None), (true, Some(Why::Birthday)), (true, Some(Why::Notes))];
        assert_eq!(columns[..3], warned, "{others}");
        let without =
            Options { selection: crate::intake::header::Selection::default().without(["Praatje"]), ..options };
        assert!(!Source::open(&path.clone().into(), &without).unwrap().detected().columns[2].kept, "{others}");
    }
}
