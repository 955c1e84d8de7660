-- Letters: the owner's own texts, and the codes on papers that come back.

CREATE TABLE letter_text (
  letter TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (letter, language)
) STRICT, WITHOUT ROWID;

-- A code leads from a paper to its person and purpose. Only its hash is kept; it goes with its contact.
CREATE TABLE paper_code (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  contact_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  purpose_no INTEGER REFERENCES purpose (no),
  letter TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_code_by_contact ON paper_code (contact_no);
