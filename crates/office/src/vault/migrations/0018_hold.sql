-- A duty to keep that was written down wrong: a later one came in its place.
ALTER TABLE legal_hold ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced IN (0, 1));
