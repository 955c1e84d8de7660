//! Why a file cannot be read at all, and what can be wrong with one row of it.

use std::io;

use crate::problem::{Code, Problem};

/// Why a whole file is refused; nothing of it is used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system could not read it.
    #[error("io")]
    Io(#[from] io::Error),
    /// No bytes, or nothing but white space.
    #[error("empty")]
    Empty,
    /// A header and nothing below it.
    #[error("no_rows")]
    NoRows,
    /// The first line holds data, not names of columns.
    #[error("no_header")]
    NoHeader,
    /// The columns have names that say nothing to us: a mapping is needed.
    #[error("needs_mapping")]
    NeedsMapping,
    /// The file is not of the format that was asked for.
    #[error("other_format")]
    OtherFormat,
    /// Not text: NUL bytes, or the first bytes of an image, an archive, a document.
    #[error("binary")]
    Binary,
    /// A known format that is not read ("xls", "ods").
    #[error("unsupported_format")]
    Unsupported(&'static str),
    /// A workbook that only opens with a password.
    #[error("password_protected")]
    Protected,
    /// A workbook that cannot be taken apart.
    #[error("damaged_workbook")]
    Damaged(String),
    /// A workbook with more in it than any address book.
    #[error("workbook_too_large")]
    WorkbookTooLarge,
    /// A workbook without the sheet that was asked for.
    #[error("no_sheet")]
    NoSheet,
    /// A quote that is never closed; the physical line where it begins.
    #[error("unclosed_quote")]
    UnclosedQuote(u64),
    /// More columns than any address book has.
    #[error("too_many_columns")]
    TooManyColumns,
    /// The first line is longer than any header.
    #[error("header_too_large")]
    HeaderTooLarge,
    /// The file changed between detection and reading.
    #[error("changed_while_reading")]
    Changed,
    /// The person stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl ReadError {
    /// Every stable code, for tests that check that each has words.
    pub const CODES: [&str; 17] = [
        "io",
        "empty",
        "no_rows",
        "no_header",
        "needs_mapping",
        "other_format",
        "binary",
        "unsupported_format",
        "password_protected",
        "damaged_workbook",
        "workbook_too_large",
        "no_sheet",
        "unclosed_quote",
        "too_many_columns",
        "header_too_large",
        "changed_while_reading",
        "cancelled",
    ];
}

impl From<ReadError> for Problem {
    /// `Code::Unreadable` with the facts `why` (one of [`ReadError::CODES`]) and, where known, `line` or `format`.
    fn from(error: ReadError) -> Self {
        let problem = Self::new(Code::Unreadable).with("why", error.to_string());
        match error {
            ReadError::Cancelled => Self::new(Code::Cancelled),
            ReadError::Io(cause) => problem.because(cause),
            ReadError::Damaged(cause) => problem.because(cause),
            ReadError::UnclosedQuote(line) => problem.with("line", line),
            ReadError::Unsupported(format) => problem.with("format", format),
            ReadError::Empty
            | ReadError::NoRows
            | ReadError::NoHeader
            | ReadError::NeedsMapping
            | ReadError::OtherFormat
            | ReadError::Binary
            | ReadError::Protected
            | ReadError::WorkbookTooLarge
            | ReadError::NoSheet
            | ReadError::TooManyColumns
            | ReadError::HeaderTooLarge
            | ReadError::Changed => problem,
        }
    }
}

macro_rules! row_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// What is wrong with a row or with one value of it. Codes are added, never renamed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RowCode { $($(#[$doc])* $name,)+ }

        impl RowCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as other programs see it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

row_codes! {
    /// Not an e-mail address; left out.
    InvalidEmail = "invalid_email",
    /// An address inside somebody's Exchange server, of no use outside; left out.
    ExchangeAddress = "exchange_address",
    /// Not a phone number; left out.
    InvalidPhone = "invalid_phone",
    /// Not a date, in an own field that holds one; left out.
    InvalidDate = "invalid_date",
    /// Not a number, in an own field that holds one; left out.
    InvalidNumber = "invalid_number",
    /// None of the choices of an own field; left out.
    InvalidChoice = "invalid_choice",
    /// More cells than the header has names; the surplus is left out.
    SurplusCells = "surplus_cells",
    /// The row gave e-mail addresses or phone numbers and none is valid: rejected.
    NoValidAddress = "no_valid_address",
    /// Neither a name, an organisation nor an address: rejected.
    NoName = "no_name",
    /// A cell of more than 1 MiB: rejected.
    CellTooLarge = "cell_too_large",
    /// More than 2,000 cells, or more than 4 MiB in all: rejected.
    RowTooLarge = "row_too_large",
    /// Nothing in any cell: skipped.
    EmptyRow = "empty_row",
    /// A card without an end: rejected.
    UnfinishedCard = "unfinished_card",
    /// A card that lists other cards and is no contact: skipped.
    GroupCard = "group_card",
    /// A part of a card that cannot be read, or one of more than are taken; left out.
    UnreadablePart = "unreadable_part",
}
