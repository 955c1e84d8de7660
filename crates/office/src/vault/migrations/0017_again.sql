-- A run of an address book that failed, until one succeeds: since when, how often, why, and when it is tried again by itself, if it is.
CREATE TABLE connection_tried (
  connection_no INTEGER PRIMARY KEY REFERENCES connection (no),
  begun_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  next_at INTEGER,
  code TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;
