//! Sentences that depend on more than a problem's code: on its `why`, and on what is wrong with a row.

mod fields;
mod going;

/// Sentences about what was typed.
pub(crate) fn sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "field_taken" => (
            "There is a field with the key \"{given}\" already. It was not changed.",
            "Choose another key; `akkoord-cli field list` shows those that are taken.",
        ),
        "empty" => ("The {field:name} is empty. Nothing was changed.", "Give it a value."),
        "not_the_same" => {
            ("The two passphrases are not the same. No vault was made.", "Try again; both must be typed alike.")
        }
        "no_date" => ("The {field:name} is no date. Nothing was changed.", "Write it as 2026-03-05."),
        "no_number" => ("The {field:name} is no number. Nothing was changed.", "Write digits, for example 12 or 12.5."),
        "no_email" => ("That is no e-mail address. Nothing was changed.", "An address looks like name@example.be."),
        "no_phone" => {
            ("That is no phone number. Nothing was changed.", "Write it as +32 475 12 34 56 or as you dial it.")
        }
        "there_already" => {
            ("This contact has that {field:name} already. Nothing was changed.", "Remove the one that is too many.")
        }
        "unknown_country" => {
            ("Akkoord does not know the law of that country yet.", "Known are BE, NL, FR, DE, LU, AT, IE, ES and IT.")
        }
        "no_change" => {
            ("\"{field}\" is no change. Nothing was saved.", "Write FIELD=VALUE, for example family=Peeters.")
        }
        "same_file" => ("The rejected rows cannot go into the file that they come from.", "Name another file."),
        "no_key" => (
            "A {field:name} may have small letters, digits and _ only. Nothing was changed.",
            "For example: shoe_size.",
        ),
        "single_value" => ("The {field:name} has one value. Nothing was changed.", "Set it with {field}=VALUE."),
        _ => return fact_sentence(why),
    })
}

/// What refuses an answer, a purpose or letters that are prepared.
fn purpose_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "needed" => (
            "This purpose is about special categories of data: only an express yes counts. Nothing was recorded.",
            "Record it with --explicit if the person said it expressly.",
        ),
        "not_here" => (
            "The soft opt-in is for marketing on legitimate interests, in a country that has it. Nothing was changed.",
            "Ask for consent instead.",
        ),
        "only_of_consent" => {
            ("That is for purposes that rest on consent. Nothing was changed.", "Define one that does.")
        }
        "not_prepared" => ("Only letters and mails are prepared.", "Ask for email or post."),
        "before_it_was_prepared" => ("It was prepared after that day. Nothing was recorded.", "Give a later day."),
        _ => return None,
    })
}

/// What refuses an erasure, or to let somebody come in again.
fn erasure_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "of_somebody_else" => {
            ("That request is somebody else's. Nobody was erased.", "`akkoord-cli request list` shows whose each is.")
        }
        "hold_over" => (
            "--hold-until is over: nothing has to be kept any more. Nobody was erased.",
            "Leave it out to erase now, or give the last day of the duty.",
        ),
        "reason_stands" => (
            "A purpose still needs this person's data, or nobody knows an end. Nobody was destroyed.",
            "To erase them all the same: `akkoord-cli erase {contact} --reason TEXT`.",
        ),
        "not_yet_over" => (
            "This person's data is needed until {on}. Nobody was destroyed.",
            "To erase them all the same: `akkoord-cli erase {contact} --reason TEXT`.",
        ),
        "open_request" => (
            "A request of this person is not answered yet. Nobody was destroyed.",
            "Answer it first: `akkoord-cli request list`.",
        ),
        "restricted" => (
            "This person is on lock: their data is stored until the lock is lifted. Nobody was destroyed.",
            "`akkoord-cli contact show {contact}` says since when and why.",
        ),
        "erasure_ordered" => (
            "This person's erasure was ordered, and waits for its day. Nobody was destroyed.",
            "`akkoord-cli erasure run --dry-run` says whom it waits for.",
        ),
        "not_blocked" => ("{given} is not on the blocked list. Nothing was changed.", "It may come in as it is."),
        _ => return None,
    })
}

/// Sentences about what is recorded and where it goes.
fn fact_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    if let Some(told) = purpose_sentence(why).or_else(|| erasure_sentence(why)) {
        return Some(told);
    }
    Some(match why {
        "no_objection" => {
            ("No such objection stands, so there is nothing to lift.", "`akkoord-cli may` says what stops it.")
        }
        "no_restriction" => (
            "This contact is not on lock, so there is nothing to lift.",
            "`akkoord-cli contact show` shows how it stands.",
        ),
        "before_the_restriction" => (
            "--told lies before the contact was put on lock. Nothing was changed.",
            "It is the day on which the person heard that the lock is lifted.",
        ),
        "no_contact_column" => (
            "The file {file} has no column that names people.",
            "Its first line must have a column contact (an id or e-mail address) or email.",
        ),
        "no_purpose_key" => ("A purpose's key has 1 to 40 small letters, digits, _ or -.", "For example: newsletter."),
        "no_language" => ("That is no language.", "Write its code of two letters: nl, fr, de, en."),
        "no_instant" => {
            ("\"{given}\" is no date and no time.", "Write 2026-03-05, or 2026-03-05T10:15 with or without +01:00.")
        }
        "only_of_a_yes" => {
            ("--{field} belongs to a yes only. Nothing was recorded.", "Leave it out, or record --answer given.")
        }
        "before_the_answer" => ("--until lies before the answer itself.", "It is the last day on which the yes holds."),
        "no_hash" => (
            "That is no head of an audit log.",
            "A head has 64 digits and letters from a to f, as `akkoord-cli audit verify` shows them.",
        ),
        "not_utf8" => ("{file} is not plain text in UTF-8.", "Save it as text (UTF-8) and try again."),
        "no_plain_file" => (
            "{file} is not a plain file. Nothing was recorded.",
            "Name the file itself: not a folder, not a link to it.",
        ),
        "recorded_only" => (
            "{file} could not be put in its place, though the audit log says already that it was made. No file was left behind.",
            "Make it again, in another folder or under another name.",
        ),
        "file_exists" => {
            ("{file} is there already. It was not touched.", "Choose another name, or replace it with --yes.")
        }
        "not_shown" => (
            "The answer could not be written: nobody reads it, or there is no room. Nothing was changed.",
            "Run the command again where its output can be read.",
        ),
        "code_not_shown" => (
            "The vault was made, but its recovery code could not be shown.",
            "Make a new code: `akkoord-cli vault kit new`.",
        ),
        "empty_proof" => {
            ("{file} is empty: it shows nothing. Nothing was recorded.", "Check that it is the right file.")
        }
        "same_contact" => ("Those two are one contact already. Nothing was changed.", "Name two different contacts."),
        _ => return connection_sentence(why),
    })
}

/// Sentences about connections.
fn connection_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "no_connection_key" => {
            ("A connection's key has 1 to 40 small letters, digits, _ or -.", "For example: mailer.")
        }
        "not_there" => (
            "{given} is not at this connection, as far as Akkoord knows. Nothing was changed.",
            "`akkoord-cli connection preview KEY` lists who has to be taken out there.",
        ),
        "no_address_book" => (
            "This connection is a file: there is no address book to bring up to date. Nothing was sent.",
            "Write the file with `akkoord-cli connection export`.",
        ),
        "no_https" => (
            "The address of an address book begins with https://, so that nobody reads along. Nothing was changed.",
            "Ask whoever keeps it for that address.",
        ),
        "only_of_an_address_book" => (
            "--{field} belongs to an address book; a file has none. Nothing was changed.",
            "Leave it out, or add an address book with --url and --user.",
        ),
        _ => return value_sentence(why),
    })
}

/// Sentences about values that do not fit, of contacts and purposes.
fn value_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "set_twice" => (
            "The {field:name} cannot be set to two values. Nothing was changed.",
            "Set it once; what may repeat is added with {field}+=VALUE.",
        ),
        "one_label" => ("A label has no comma in it. Nothing was changed.", "Give the labels one after the other."),
        "no_span" => ("That is no length of time. Nothing was changed.", "Write P24M, P7Y or P10D."),
        "too_long" => ("The {field:name} has more than {max} letters. Nothing was changed.", "Find a shorter one."),
        "longer_than_agreed" => (
            "People said yes to a shorter time, and nobody's yes lasts longer than they were told. Nothing was changed.",
            "Give a shorter one, or define another purpose and ask for that.",
        ),
        _ => return letter_sentence(why),
    })
}

/// Sentences about letters and forms.
fn letter_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "no_title" => ("The text has no subject. Nothing was changed.", "Begin it with a line such as: # Your request"),
        "unknown_place" => (
            "There is no place {given} in this letter. Nothing was changed.",
            "`akkoord-cli letter show LETTER --language nl` lists the places that it may have.",
        ),
        "place_alone" => (
            "The place {given} holds a table, a list or a form, so it stands alone on its line. Nothing was changed.",
            "Put an empty line before and behind it.",
        ),
        "place_missing" => (
            "Without the place {given} this letter would not say what the law asks for. Nothing was changed.",
            "Put it in, between double braces.",
        ),
        "nobody_named" => ("Nobody was named that the letter goes to.", "Name a contact, or a request with --request."),
        "nothing_to_keep_with" => ("A copy is kept with a request, and none was named.", "Name it with --request."),
        "pdf_or_csv" => ("The register is written as PDF or CSV.", "Name a file that ends in .pdf or .csv."),
        "no_form" => (
            "That is no form for corrections: its columns say of no field what it should be. Nothing was changed.",
            "Send the file back that `akkoord-cli export contact --for rectification` made, or one with the columns field and value.",
        ),
        "one_line" => ("The {field:name} is one line. Nothing was changed.", "Leave out the line breaks."),
        _ => return file_sentence(why),
    })
}

/// Sentences about files to import and their mappings.
fn file_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "io" => (
            "The file {file} could not be read. Nothing was changed.",
            "Check that it exists and that you may read it.",
        ),
        "empty_file" => ("The file {file} is empty.", "Export it again from the program it comes from."),
        "no_rows" => {
            ("The file {file} has a first line with names, and nobody below it.", "Export it again, with the contacts.")
        }
        "no_header" => (
            "The file {file} has no first line with the names of its columns.",
            "Add one, or export it again with a header.",
        ),
        "needs_mapping" => (
            "Akkoord does not know the columns of {file}.",
            "Say what they mean with --map MAP.toml (docs/import-mapping.md shows how).",
        ),
        "other_format" => {
            ("The file {file} is not of the format that was named.", "Leave out --format to have it detected.")
        }
        "binary" => (
            "The file {file} is no text: it is an image, an archive or a document, or it is damaged.",
            "Export the contacts as CSV.",
        ),
        "unclosed_quote" => (
            "A quotation mark on line {line} of {file} is never closed, so it cannot be said where rows end. Nothing was imported.",
            "Close it or take it out, or export the file again.",
        ),
        "too_many_columns" => (
            "The file {file} has more columns than any address book.",
            "Check that it is the right file, or name the delimiter with --delimiter.",
        ),
        "header_too_large" => {
            ("The first line of {file} is longer than any header.", "Check that it is the right file.")
        }
        "changed_while_reading" => (
            "The file {file} changed while it was read. Nothing was imported.",
            "Close the program that writes it and try again.",
        ),
        "unknown_encoding" => {
            ("There is no encoding called \"{given}\".", "For example utf-8, windows-1252 or utf-16le.")
        }
        "not_a_delimiter" => {
            ("\"{given}\" cannot stand between cells.", "Usual are a comma, a semicolon and a tab (write \\t).")
        }
        _ => return workbook_sentence(why),
    })
}

/// Sentences about files of spreadsheet programs.
fn workbook_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "unsupported_format" => (
            "Files of the kind {format} cannot be read.",
            "Open it in your spreadsheet program and save it as .xlsx or .csv.",
        ),
        "password_protected" => (
            "The workbook {file} only opens with a password.",
            "Save it without one, import it, and remove that file again.",
        ),
        "damaged_workbook" => (
            "The workbook {file} is damaged, or no workbook.",
            "Open it in your spreadsheet program and save it again as .xlsx or .csv.",
        ),
        "workbook_too_large" => (
            "The workbook {file} holds far more than any address book.",
            "Save the sheet with the contacts as .csv and import that.",
        ),
        "no_sheet" => (
            "The workbook {file} has no sheet of that name.",
            "Without --sheet the first one that has any rows is read.",
        ),
        _ => return mapping_sentence(why),
    })
}

/// Sentences about the meaning of columns.
fn mapping_sentence(why: &str) -> Option<(&'static str, &'static str)> {
    Some(match why {
        "unknown_column" => ("The file has no column \"{given}\".", "--dry-run shows which columns are left out."),
        "not_for_cards" => {
            ("Cards say by themselves what is what, so that no mapping can be used with them.", "Leave out --map.")
        }
        "not_toml" => ("The mapping is no valid TOML: {given}.", "docs/import-mapping.md shows how to write one."),
        "unknown_field" => {
            ("The mapping names a field that does not exist: {given}.", "docs/import-mapping.md lists the fields.")
        }
        "unknown_header" => (
            "The mapping names a column that the file does not have: {given}.",
            "Names must be as in the first line of the file.",
        ),
        "unknown_language" => (
            "The mapping names a language that is not nl, fr, de or en: {given}.",
            "docs/import-mapping.md shows how to write one.",
        ),
        "unknown_others" => (
            "The mapping says of other columns what nobody understands: {given}.",
            "Write others = \"recognise\", or leave it out.",
        ),
        "no_columns" => {
            ("The mapping says of no column what it means.", "docs/import-mapping.md shows how to write one.")
        }
        _ => return going::sentence(why),
    })
}

/// What is wrong with a row or value of an import.
pub(crate) fn row_sentence(code: &str) -> &'static str {
    match code {
        "invalid_email" => "this is no e-mail address, so it was left out",
        "exchange_address" => "this is an address inside an Exchange server, so it was left out",
        "invalid_phone" => "this is no phone number, so it was left out",
        "invalid_date" | "invalid_number" | "invalid_choice" => fields::row(code),
        "surplus_cells" => "more cells than columns; the rest was left out",
        "no_valid_address" => "rejected: no e-mail address or phone number in it is valid",
        "no_name" => "rejected: no name, organisation or address",
        "cell_too_large" => "rejected: a cell of more than 1 MB",
        "row_too_large" => "rejected: far too long for one contact",
        "unfinished_card" => "rejected: the card has no end",
        "unreadable_part" => "a part of the card cannot be read, or is one too many, so it was left out",
        "private_row" => "skipped: marked private. Add --with private to take it in",
        "blocked" => "blocked: an address or number in it is somebody's who was erased",
        "resembles_erased" => {
            "it has the name, with birthday or postcode, of somebody who was erased: look whether it is them"
        }
        _ => "something is wrong with it",
    }
}

/// The same for all of a kind together.
pub(crate) fn rows_sentence(code: &str, count: usize) -> String {
    let one = count == 1;
    let value = |what: &str| match one {
        true => format!("1 value is no {what} and was left out"),
        false => format!("{count} values are no {what} and were left out"),
    };
    let rows = if one { "1 row".to_owned() } else { format!("{count} rows") };
    match code {
        "invalid_email" => value("e-mail address"),
        "invalid_phone" => value("phone number"),
        "invalid_date" => value("date"),
        "invalid_number" => value("number"),
        "invalid_choice" => value("choice of their field"),
        "exchange_address" if one => "1 address works inside an Exchange server only and was left out".to_owned(),
        "exchange_address" => format!("{count} addresses work inside an Exchange server only and were left out"),
        "surplus_cells" => format!("{rows} with more cells than columns; the rest was left out"),
        "no_valid_address" => format!("{rows} rejected, without any valid e-mail address or phone number"),
        "no_name" => format!("{rows} rejected, without name, organisation or address"),
        "cell_too_large" => format!("{rows} rejected, with a cell of more than 1 MB"),
        "row_too_large" => format!("{rows} rejected, far too long for one contact"),
        "unfinished_card" if one => "1 card rejected, for it has no end".to_owned(),
        "unfinished_card" => format!("{count} cards rejected, for they have no end"),
        "unreadable_part" if one => {
            "1 card with a part that cannot be read or is one too many; it was left out".to_owned()
        }
        "unreadable_part" => {
            format!("{count} cards with a part that cannot be read or is one too many; it was left out")
        }
        "private_row" => format!("{rows} skipped, marked private (--with private takes them in)"),
        "blocked" => format!("{rows} blocked, of people who were erased"),
        "resembles_erased" => format!("{rows} with the name of somebody who was erased: look whether it is them"),
        _ => format!("{rows} with something wrong"),
    }
}
