//! Sentences about the owner's own fields, and about where something came from.

/// Why a field, its choices or a value of it is not taken, or a place that something came from.
pub(super) fn sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "no_choice" => ("{title} cannot have that value. Nothing was changed.", "Choose one of: {choices}."),
        "nothing_to_choose" => (
            "Nothing can be chosen in {title} yet. Nothing was changed.",
            "Say what may be chosen: `akkoord-cli field set {field} --choice TEXT --choice TEXT`.",
        ),
        "only_of_a_choice" => (
            "Only a field of the type choice has choices. Nothing was changed.",
            "Leave --choice out, or add the field with --type choice.",
        ),
        "no_choices" => ("Something must be left to choose from. Nothing was changed.", "Give --choice TEXT."),
        "too_many_choices" => ("A field has up to {max} choices. Nothing was changed.", "Leave some out."),
        "choice_text" => {
            ("A choice is one line of 1 to 100 letters. Nothing was changed.", "\"{given}\" is none: say it shorter.")
        }
        "choice_twice" => ("\"{given}\" is there twice. Nothing was changed.", "Name each choice once."),
        "choice_in_use" => (
            "\"{given}\" still stands with {count} of your contacts, so it stays as it is. Nothing was changed.",
            "Name it among the choices, or give it another text with --rename.",
        ),
        "no_page" => {
            ("That is no address of a page. Nothing was recorded.", "It looks like https://www.example.be/newsletter.")
        }
        "no_ip" => ("That is no network address. Nothing was recorded.", "It looks like 203.0.113.7 or 2001:db8::7."),
        _ => return None,
    })
}

/// What is wrong with a value of an import.
pub(super) fn row(code: &str) -> &'static str {
    match code {
        "invalid_date" => "this is no date, which its field holds, so it was left out",
        "invalid_number" => "this is no number, which its field holds, so it was left out",
        _ => "this is none of the choices of its field, so it was left out",
    }
}
