-- The business's own mail account. The password is in the keychain of this computer, under the id.
CREATE TABLE mail_account (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  smtp_host TEXT NOT NULL,
  smtp_port INTEGER NOT NULL CHECK (smtp_port BETWEEN 1 AND 65535),
  security TEXT NOT NULL CHECK (security IN ('starttls', 'tls')),
  imap_host TEXT NOT NULL DEFAULT '',
  imap_port INTEGER NOT NULL DEFAULT 993 CHECK (imap_port BETWEEN 1 AND 65535),
  user TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;

-- Mails to people: each whole, as it goes over the line, from the moment it was written on. `about_no` is the purpose that a
-- mail asks about, with that `version` of its wording. `handing_over` is written before the last byte leaves: where it is found later, nobody knows what the
-- server did with the mail, and it becomes `doubtful` and is never sent again by itself.
CREATE TABLE mail (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  request_no INTEGER REFERENCES request (no),
  purpose TEXT NOT NULL,
  about_no INTEGER REFERENCES purpose (no),
  version INTEGER NOT NULL DEFAULT 0,
  template TEXT NOT NULL,
  language TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  message BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'handing_over', 'doubtful', 'sent', 'refused', 'stopped', 'put_away')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  queued_at INTEGER NOT NULL,
  settled_at INTEGER,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX mail_by_contact ON mail (contact_no);
CREATE INDEX mail_by_request ON mail (request_no) WHERE request_no IS NOT NULL;
CREATE INDEX mail_by_state ON mail (state, next_at);
