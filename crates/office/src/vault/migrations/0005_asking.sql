-- Letters or mails that ask for consent, prepared and not sent yet. No consent event: who is in it counts as asked once the
-- owner says on which day it was sent.
CREATE TABLE asking (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  version INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'post')),
  prepared_at INTEGER NOT NULL,
  by TEXT NOT NULL,
  sent_on TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE asking_person (
  asking_no INTEGER NOT NULL REFERENCES asking (no) ON DELETE CASCADE,
  contact_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  PRIMARY KEY (asking_no, contact_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX asking_person_by_contact ON asking_person (contact_no);
