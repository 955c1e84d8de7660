-- Pairs of contacts that look alike and are two: somebody looked. The lower row number comes first.
CREATE TABLE distinct_pair (
  one_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  other_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (one_no, other_no),
  CHECK (one_no < other_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_pair_by_other ON distinct_pair (other_no);
