-- The register of breaches (Art. 33(5)). `aware` is a date or an instant as it was said; the 72 hours are counted from it.
-- `people` and `records` are rough numbers, absent where not known; `encrypted` says that nobody could read the data.
CREATE TABLE breach (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  seq INTEGER NOT NULL,
  aware TEXT NOT NULL,
  nature TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '',
  people INTEGER,
  records INTEGER,
  encrypted INTEGER NOT NULL DEFAULT 0 CHECK (encrypted IN (0, 1)),
  risk TEXT NOT NULL CHECK (risk IN ('unlikely', 'some', 'high')),
  consequences TEXT NOT NULL DEFAULT '',
  measures TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- Who was affected, of those who are known here.
CREATE TABLE breach_contact (
  breach_no INTEGER NOT NULL REFERENCES breach (no),
  contact_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  PRIMARY KEY (breach_no, contact_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX breach_contact_by_contact ON breach_contact (contact_no);

-- Whether and when the authority or the persons were told, or why not. The latest row of each counts; none is changed.
CREATE TABLE breach_answer (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  breach_no INTEGER NOT NULL REFERENCES breach (no),
  seq INTEGER NOT NULL,
  whom TEXT NOT NULL CHECK (whom IN ('authority', 'persons')),
  told INTEGER NOT NULL CHECK (told IN (0, 1)),
  happened TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX breach_answer_by_breach ON breach_answer (breach_no);
