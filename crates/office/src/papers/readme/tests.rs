use super::*;

fn page(code: &str, about: About<'_>) -> String {
    String::from_utf8(language(&[code]).page(about)).unwrap()
}

fn about() -> About<'static> {
    About {
        business: "Bakkerij Jans",
        name: "An Peeters",
        on: NaiveDate::from_ymd_opt(2026, 8, 1).unwrap(),
        left_out: true,
    }
}

#[test]
fn pages() {
    for code in ["nl", "fr", "de", "en"] {
        insta::assert_snapshot!(format!("portability_{code}"), page(code, about()).replace("\r\n", "\n"));
    }
}

#[test]
fn every_page_is_filled_and_says_what_is_in_the_zip() {
    for language in &LANGUAGES {
        for left_out in [true, false] {
            let page = page(language.code, About { left_out, ..about() });
            assert!(page.starts_with('\u{feff}') && !page.contains(['{', '}']), "{page}");
            assert_eq!(page.matches('\n').count(), page.matches("\r\n").count());
            for file in ["contact.vcf", "contact.csv", "contact.json", "consents.json", "SHA256SUMS"] {
                assert!(page.contains(&format!("\n  {file} ")), "{}: {file}", language.code);
            }
            assert!(page.lines().all(|line| line.chars().count() <= 80), "{}", language.code);
        }
    }
}

#[test]
fn whoever_has_no_name_is_greeted_all_the_same() {
    for (code, greeting) in [("nl", "Dag,"), ("fr", "Bonjour,"), ("de", "Guten Tag,"), ("en", "Hello,")] {
        assert!(page(code, About { name: " ", ..about() }).contains(&format!("\r\n{greeting}\r\n")));
    }
}

#[test]
fn a_name_is_text_and_nothing_else() {
    let page = page("en", About { name: "An\r\n{date}\u{202e}", business: "{name} & Co", ..about() });
    assert!(page.contains("Hello An {date},") && page.contains("YOUR DATA AT {name} & Co"), "{page}");
}

#[test]
fn the_language_is_the_persons_then_the_businesss() {
    for (wanted, file) in [
        (["fr-BE", "nl"], "LISEZMOI.txt"),
        (["", "nl"], "LEESMIJ.txt"),
        (["pl", "de_AT"], "LIESMICH.txt"),
        (["NL", "fr"], "LEESMIJ.txt"),
        (["Nederlands", "it"], "README.txt"),
    ] {
        assert_eq!(language(&wanted).file, file, "{wanted:?}");
    }
}

#[test]
fn days_times_and_numbers_are_as_each_language_writes_them() {
    let at: chrono::NaiveDateTime = "2026-03-01T09:05:00".parse().unwrap();
    for (code, moment, dated, numbers, birthdays) in [
        (
            "nl",
            "1 maart 2026 om 09.05 uur",
            "Gent, 1 maart 2026",
            ["999", "1.234.567"],
            ["7 maart 1980", "29 februari"],
        ),
        (
            "fr",
            "1er mars 2026 à 09\u{a0}h\u{a0}05",
            "Gent, le 1er mars 2026",
            ["999", "1\u{a0}234\u{a0}567"],
            ["7 mars 1980", "29 février"],
        ),
        (
            "de",
            "1. März 2026, 09:05\u{a0}Uhr",
            "Gent, 1. März 2026",
            ["999", "1.234.567"],
            ["7. März 1980", "29. Februar"],
        ),
        ("en", "1 March 2026 at 09:05", "Gent, 1 March 2026", ["999", "1,234,567"], ["7 March 1980", "29 February"]),
    ] {
        let language = language(&[code]);
        assert_eq!(language.moment(at), moment);
        assert_eq!(language.dated("Gent", at.date()), dated);
        assert_eq!([999, 1_234_567].map(|number| language.number(number)), numbers);
        assert_eq!(["1980-03-07", "--02-29"].map(|held| language.birthday(held).unwrap()), birthdays);
        assert_eq!(language.birthday("in maart"), None);
        assert!(!language.dated("", at.date()).contains(','), "{code}");
    }
}
