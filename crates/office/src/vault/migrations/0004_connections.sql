-- Who outside receives data, and what went there.

-- A connection that ended stays: what went to it is still named by it.
CREATE TABLE connection (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'carddav')),
  max_sensitivity TEXT NOT NULL CHECK (max_sensitivity IN ('none', 'low', 'high')),
  eea INTEGER NOT NULL CHECK (eea IN (0, 1)),
  channel TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  user TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE connection_field (
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  field_no INTEGER NOT NULL REFERENCES field (no),
  PRIMARY KEY (connection_no, field_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE connection_purpose (
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  PRIMARY KEY (connection_no, purpose_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX connection_purpose_by_purpose ON connection_purpose (purpose_no, connection_no);

-- One row for each time that data went to a connection; `seq` is its entry in the audit chain.
CREATE TABLE disclosure (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  seq INTEGER NOT NULL UNIQUE,
  format TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE INDEX disclosure_by_connection ON disclosure (connection_no, no);

-- Of whom, and which fields: their keys, parted by commas.
CREATE TABLE disclosed (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  disclosure_no INTEGER NOT NULL REFERENCES disclosure (no),
  fields TEXT NOT NULL,
  PRIMARY KEY (contact_no, disclosure_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosed_by_run ON disclosed (disclosure_no, contact_no);

-- Whose data a connection holds, until it was taken out there; for an address book also where the card is and as what it was
-- written last.
CREATE TABLE held_there (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  since INTEGER NOT NULL,
  removed_at INTEGER,
  href TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  card TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (contact_no, connection_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX held_there_by_connection ON held_there (connection_no, contact_no);

-- The e-mail addresses that went: they can be named there also after they changed here.
CREATE TABLE held_email (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  normalised TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (contact_no, connection_no, normalised)
) STRICT, WITHOUT ROWID;
