-- What the columns of a file mean that comes again, as the owner said it. `shape` is the names in its header, folded and sorted;
-- `document` the mapping itself, as docs/import-mapping.md describes it.
CREATE TABLE mapping (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  shape TEXT NOT NULL,
  document TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX mapping_by_shape ON mapping (shape);

-- The sheet of a workbook that was read; empty for the first that is seen and has any rows.
ALTER TABLE import ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
