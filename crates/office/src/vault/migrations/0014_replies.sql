-- A letter about a request that goes by mail: the step that it tells of, as JSON, taken once a server has the mail. Empty for none.
ALTER TABLE mail ADD COLUMN step TEXT NOT NULL DEFAULT '';

-- Who got data of whoever made a request, and heard of the change, or why not (Art. 19). Nothing in it says who that is.
CREATE TABLE recipient_told (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  request_no INTEGER NOT NULL REFERENCES request (no),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  outcome TEXT NOT NULL CHECK (outcome IN ('told', 'impossible', 'disproportionate')),
  happened_on TEXT NOT NULL,
  how TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL,
  CHECK ((outcome = 'told') = (how <> ''))
) STRICT;

CREATE INDEX recipient_told_by_request ON recipient_told (request_no, connection_no);
