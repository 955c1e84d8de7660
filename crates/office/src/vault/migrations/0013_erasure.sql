-- Erasure (Art. 17): what was ordered, what must be kept until when, and who must not come in again.

-- While `locked` it waits for the end of a hold. Once `destroyed` nothing in it says whose it was: `seq` is its entry in the audit
-- chain, `account` says in numbers what went, and which connections have to hear of it.
CREATE TABLE erasure (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER REFERENCES contact (no),
  request_no INTEGER REFERENCES request (no),
  reason TEXT NOT NULL DEFAULT '',
  ordered_at INTEGER NOT NULL,
  by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('locked', 'destroyed', 'taken_back')),
  seq INTEGER UNIQUE,
  account TEXT NOT NULL DEFAULT '{}',
  CHECK ((state = 'destroyed') = (seq IS NOT NULL)),
  CHECK (state <> 'destroyed' OR contact_no IS NULL AND reason = '')
) STRICT;

CREATE INDEX erasure_by_contact ON erasure (contact_no) WHERE contact_no IS NOT NULL;
CREATE INDEX erasure_by_request ON erasure (request_no) WHERE request_no IS NOT NULL;

-- A duty to keep somebody's data up to and including a day.
CREATE TABLE legal_hold (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE INDEX legal_hold_by_contact ON legal_hold (contact_no);

-- Identifiers of those who were erased, as hashes under a key that stands nowhere in this file.
CREATE TABLE blocked (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'name_birthday', 'name_postcode')),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  erasure_no INTEGER NOT NULL REFERENCES erasure (no),
  since INTEGER NOT NULL
) STRICT;

CREATE INDEX blocked_by_erasure ON blocked (erasure_no);

-- Somebody came back by their own wish: the hashes (`kind:hex`, as JSON) that were taken off the list.
CREATE TABLE unblocked (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  hashes TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
