CREATE INDEX asking_person_by_contact ON asking_person (contact_no);

CREATE INDEX audit_fact_of_nobody ON audit_fact (seq) WHERE contact_id IS NULL;

CREATE INDEX audit_leaf_by_contact ON audit_leaf (contact_id, seq) WHERE contact_id IS NOT NULL;

CREATE INDEX blocked_by_erasure ON blocked (erasure_no);

CREATE INDEX breach_answer_by_breach ON breach_answer (breach_no);

CREATE INDEX breach_contact_by_contact ON breach_contact (contact_no);

CREATE INDEX connection_purpose_by_purpose ON connection_purpose (purpose_no, connection_no);

CREATE INDEX consent_event_by_purpose ON consent_event (purpose_no, happened_at, contact_no);

CREATE INDEX consent_event_to_fold ON consent_event (contact_no, purpose_no, id, happened_at, version, answer, channels, prefer,
  expires, share, guardian, explicit, unconfirmed, corrects);

CREATE INDEX consent_status_by_end ON consent_status (expires, contact_no, purpose_no) WHERE status = 'given' AND expires <> '';

CREATE INDEX consent_status_by_first
  ON consent_status (purpose_no, first_at, last_at, contact_no, status, expires, since, version);

CREATE INDEX consent_status_by_purpose ON consent_status (purpose_no, status, expires, contact_no, since, version);

CREATE INDEX contact_address_by_contact ON contact_address (contact_no);

CREATE INDEX contact_by_kind ON contact (kind) WHERE kind = 'organisation';

CREATE INDEX contact_by_match ON contact (match_key) WHERE match_key IS NOT NULL;

CREATE INDEX contact_by_merge ON contact (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX contact_by_name ON contact (sort_key, no);

CREATE INDEX contact_email_by_contact ON contact_email (contact_no);

CREATE INDEX contact_email_by_value ON contact_email (normalised, name_key, contact_no);

CREATE INDEX contact_label_by_label ON contact_label (label);

CREATE INDEX contact_phone_by_contact ON contact_phone (contact_no);

CREATE INDEX contact_phone_by_value ON contact_phone (e164, name_key, contact_no);

CREATE INDEX contact_website_by_contact ON contact_website (contact_no);

CREATE INDEX disclosed_by_run ON disclosed (disclosure_no, contact_no);

CREATE INDEX disclosure_by_connection ON disclosure (connection_no, no);

CREATE INDEX distinct_pair_by_other ON distinct_pair (other_no);

CREATE INDEX draft_by_contact ON draft (contact_no) WHERE contact_no IS NOT NULL;

CREATE INDEX erasure_by_contact ON erasure (contact_no) WHERE contact_no IS NOT NULL;

CREATE INDEX erasure_by_request ON erasure (request_no) WHERE request_no IS NOT NULL;

CREATE INDEX held_there_by_connection ON held_there (connection_no, contact_no);

CREATE INDEX import_row_by_contact ON import_row (contact_no) WHERE contact_no IS NOT NULL;

CREATE INDEX import_row_by_import ON import_row (import_no);

CREATE INDEX informed_by_contact ON informed (contact_no, recorded_at);

CREATE INDEX legal_hold_by_contact ON legal_hold (contact_no);

CREATE INDEX mail_by_contact ON mail (contact_no);

CREATE INDEX mail_by_request ON mail (request_no) WHERE request_no IS NOT NULL;

CREATE INDEX mail_by_state ON mail (state, next_at);

CREATE INDEX mapping_by_shape ON mapping (shape);

CREATE INDEX objection_by_contact ON objection (contact_no);

CREATE INDEX paper_code_by_contact ON paper_code (contact_no);

CREATE INDEX proof_by_content ON proof (content_no);

CREATE INDEX proof_by_event ON proof (event_no) WHERE event_no IS NOT NULL;

CREATE INDEX proof_by_request ON proof (request_no) WHERE request_no IS NOT NULL;

CREATE INDEX recipient_told_by_request ON recipient_told (request_no, connection_no);

CREATE INDEX request_by_contact ON request (contact_no);

CREATE INDEX request_by_state ON request (state, due);

CREATE INDEX request_event_by_request ON request_event (request_no);

CREATE INDEX restriction_by_contact ON restriction (contact_no);

CREATE INDEX source_by_contact ON source (contact_no);

CREATE INDEX source_by_import ON source (import_no) WHERE import_no IS NOT NULL;

CREATE INDEX source_to_tell ON source (contact_no, at) WHERE origin <> 'self';

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

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject BLOB,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_fact (
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  contact_id BLOB,
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  facts TEXT NOT NULL,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_leaf (
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  contact_id BLOB,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocked (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'name_birthday', 'name_postcode')),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  erasure_no INTEGER NOT NULL REFERENCES erasure (no),
  since INTEGER NOT NULL
) STRICT;

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

CREATE TABLE breach_contact (
  breach_no INTEGER NOT NULL REFERENCES breach (no),
  contact_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  PRIMARY KEY (breach_no, contact_no)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE connection_tried (
  connection_no INTEGER PRIMARY KEY REFERENCES connection (no),
  begun_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  next_at INTEGER,
  code TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;

CREATE TABLE consent_count (
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  status TEXT NOT NULL,
  expires TEXT NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (purpose_no, status, expires)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_event (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  seq INTEGER NOT NULL,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  version INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('asked', 'given', 'refused', 'confirmed', 'withdrawn', 'corrected')),
  happened_at INTEGER NOT NULL,
  happened_offset INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  how TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  channels TEXT,
  prefer TEXT NOT NULL DEFAULT '',
  expires TEXT NOT NULL DEFAULT '',
  share TEXT NOT NULL DEFAULT '',
  guardian TEXT NOT NULL DEFAULT '',
  explicit INTEGER NOT NULL DEFAULT 0 CHECK (explicit IN (0, 1)),
  unconfirmed INTEGER NOT NULL DEFAULT 0 CHECK (unconfirmed IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  corrects BLOB,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE consent_status (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  status TEXT NOT NULL CHECK (status IN
    ('asked', 'awaiting_confirmation', 'given', 'refused', 'withdrawn', 'expired')),
  since INTEGER,
  expires TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL, first_at INTEGER NOT NULL DEFAULT 0, last_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (contact_no, purpose_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  prefix TEXT NOT NULL DEFAULT '',
  given TEXT NOT NULL DEFAULT '',
  middle TEXT NOT NULL DEFAULT '',
  family TEXT NOT NULL DEFAULT '',
  suffix TEXT NOT NULL DEFAULT '',
  nickname TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  job_title TEXT NOT NULL DEFAULT '',
  birthday TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  sort_key TEXT NOT NULL,
  match_key TEXT,
  merged_into INTEGER REFERENCES contact (no),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_address (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  label TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  extended TEXT NOT NULL DEFAULT '',
  po_box TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  postal_code TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_email (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  value TEXT NOT NULL,
  normalised TEXT NOT NULL,
  name_key TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_label (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  label TEXT NOT NULL,
  PRIMARY KEY (contact_no, label)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE contact_part USING fts5(
  words, digits, content = 'contact_text', content_rowid = 'no', tokenize = 'trigram remove_diacritics 1', columnsize = 0
);

CREATE TABLE contact_phone (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  value TEXT NOT NULL,
  e164 TEXT NOT NULL,
  national TEXT NOT NULL,
  name_key TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE contact_start USING fts5(
  words, content = 'contact_text', content_rowid = 'no', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2', detail = 'none',
  columnsize = 0
);

CREATE TABLE contact_text (no INTEGER PRIMARY KEY REFERENCES contact (no), words TEXT NOT NULL, digits TEXT NOT NULL) STRICT;

CREATE TABLE contact_website (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  value TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL
) STRICT;

CREATE TABLE custom_value (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  field_no INTEGER NOT NULL REFERENCES field (no),
  value TEXT NOT NULL,
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL,
  UNIQUE (contact_no, field_no)
) STRICT;

CREATE TABLE disclosed (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  disclosure_no INTEGER NOT NULL REFERENCES disclosure (no),
  fields TEXT NOT NULL,
  PRIMARY KEY (contact_no, disclosure_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  seq INTEGER NOT NULL UNIQUE,
  format TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE distinct_pair (
  one_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  other_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (one_no, other_no),
  CHECK (one_no < other_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  kind TEXT PRIMARY KEY,
  contact_no INTEGER REFERENCES contact (no) ON DELETE CASCADE,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE erasing (contact_id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

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

CREATE TABLE field (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('text', 'date', 'number', 'choice')),
  sensitivity TEXT NOT NULL CHECK (sensitivity IN ('none', 'low', 'high')),
  own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1))
, choices TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE TABLE field_origin (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  field TEXT NOT NULL,
  provenance TEXT NOT NULL CHECK (provenance IN ('provided', 'observed', 'derived', 'third_party')),
  source_no INTEGER NOT NULL,
  PRIMARY KEY (contact_no, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_email (
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  connection_no INTEGER NOT NULL REFERENCES connection (no),
  normalised TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (contact_no, connection_no, normalised)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE import (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  file TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  bytes INTEGER NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('self', 'other', 'unknown')),
  on_duplicate TEXT NOT NULL CHECK (on_duplicate IN ('merge', 'skip', 'create')),
  left_out TEXT NOT NULL DEFAULT '[]',
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  rows INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  merged INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  blocked INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL,
  undone_at INTEGER, sheet TEXT NOT NULL DEFAULT '',
  CHECK (rows = added + merged + unchanged + skipped + blocked + rejected)
) STRICT;

CREATE TABLE import_row (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  import_no INTEGER NOT NULL REFERENCES import (no),
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('added', 'merged', 'unchanged', 'skipped', 'blocked', 'rejected')),
  contact_no INTEGER REFERENCES contact (no),
  code TEXT NOT NULL DEFAULT '',
  field TEXT NOT NULL DEFAULT '',
  changes TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE informed (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  told_on TEXT NOT NULL,
  how TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE legal_hold (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
, replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced IN (0, 1))) STRICT;

CREATE TABLE letter_text (
  letter TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  PRIMARY KEY (letter, language)
) STRICT, WITHOUT ROWID;

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
, step TEXT NOT NULL DEFAULT '') STRICT;

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

CREATE TABLE mapping (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  shape TEXT NOT NULL,
  document TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE objection (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  purpose_no INTEGER REFERENCES purpose (no),
  since INTEGER NOT NULL,
  since_offset INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  how TEXT NOT NULL,
  by TEXT NOT NULL,
  lifted_at INTEGER,
  lifted_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE paper_code (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  contact_no INTEGER NOT NULL REFERENCES contact (no) ON DELETE CASCADE,
  purpose_no INTEGER REFERENCES purpose (no),
  letter TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proof (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  event_no INTEGER REFERENCES consent_event (no),
  request_no INTEGER REFERENCES request (no),
  name TEXT NOT NULL,
  content_no INTEGER NOT NULL REFERENCES proof_content (no),
  at INTEGER NOT NULL,
  CHECK ((event_no IS NULL) <> (request_no IS NULL))
) STRICT;

CREATE TABLE proof_chunk (
  content_no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (content_no, n)
) STRICT;

CREATE TABLE proof_content (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
) STRICT;

CREATE TABLE purpose (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN
    ('consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests')),
  marketing INTEGER NOT NULL DEFAULT 0 CHECK (marketing IN (0, 1)),
  channels TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  retention TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
, short TEXT NOT NULL DEFAULT '', soft_opt_in INTEGER NOT NULL DEFAULT 0 CHECK (soft_opt_in IN (0, 1)), special INTEGER NOT NULL DEFAULT 0 CHECK (special IN (0, 1))) STRICT;

CREATE TABLE purpose_version (
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  version INTEGER NOT NULL CHECK (version > 0),
  since INTEGER NOT NULL,
  material INTEGER NOT NULL DEFAULT 0 CHECK (material IN (0, 1)),
  PRIMARY KEY (purpose_no, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE purpose_wording (
  purpose_no INTEGER NOT NULL,
  version INTEGER NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  PRIMARY KEY (purpose_no, version, language),
  FOREIGN KEY (purpose_no, version) REFERENCES purpose_version (purpose_no, version)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE request (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER REFERENCES contact (no),
  unknown_name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection',
    'withdrawal', 'automated_decision')),
  received TEXT NOT NULL,
  received_on TEXT NOT NULL,
  how TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'waiting_identity', 'extended', 'answered', 'refused')),
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE request_event (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  request_no INTEGER NOT NULL REFERENCES request (no),
  kind TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}',
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE restriction (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  since INTEGER NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  lifted_at INTEGER,
  lifted_reason TEXT NOT NULL DEFAULT '',
  lifted_by TEXT NOT NULL DEFAULT '',
  told_on TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE source (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect')),
  origin TEXT NOT NULL CHECK (origin IN ('self', 'other', 'unknown')),
  import_no INTEGER REFERENCES import (no),
  row INTEGER,
  text TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE unblocked (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  hashes TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  language TEXT NOT NULL,
  zone TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE vault_key (
  kind TEXT PRIMARY KEY CHECK (kind IN ('sign', 'seal')),
  public BLOB NOT NULL CHECK (length(public) = 32),
  secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;

CREATE TRIGGER audit_fact_no_delete BEFORE DELETE ON audit_fact
  WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE erasing.contact_id = old.contact_id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_fact_no_update BEFORE UPDATE ON audit_fact BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_leaf_no_delete BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_leaf_no_update BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER consent_event_no_delete BEFORE DELETE ON consent_event
  WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN contact ON contact.id = erasing.contact_id WHERE contact.no = old.contact_no)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER consent_event_no_update BEFORE UPDATE ON consent_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER consent_status_counted AFTER INSERT ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = new.contact_no) = 'person'
  BEGIN
    INSERT INTO consent_count (purpose_no, status, expires, people) VALUES (new.purpose_no, new.status, new.expires, 1)
      ON CONFLICT DO UPDATE SET people = people + 1;
  END;

CREATE TRIGGER consent_status_recounted AFTER UPDATE OF status, expires ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = new.contact_no) = 'person'
  BEGIN
    UPDATE consent_count SET people = people - 1
      WHERE purpose_no = old.purpose_no AND status = old.status AND expires = old.expires;
    INSERT INTO consent_count (purpose_no, status, expires, people) VALUES (new.purpose_no, new.status, new.expires, 1)
      ON CONFLICT DO UPDATE SET people = people + 1;
  END;

CREATE TRIGGER consent_status_uncounted AFTER DELETE ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = old.contact_no) = 'person'
  BEGIN
    UPDATE consent_count SET people = people - 1
      WHERE purpose_no = old.purpose_no AND status = old.status AND expires = old.expires;
  END;

CREATE TRIGGER contact_kind_counted AFTER UPDATE OF kind ON contact WHEN new.kind <> old.kind
  BEGIN
    UPDATE consent_count SET people = people + CASE new.kind WHEN 'person' THEN 1 ELSE -1 END
      WHERE (purpose_no, status, expires) IN (SELECT purpose_no, status, expires FROM consent_status WHERE contact_no = new.no);
    INSERT OR IGNORE INTO consent_count (purpose_no, status, expires, people)
      SELECT purpose_no, status, expires, 1 FROM consent_status WHERE contact_no = new.no AND new.kind = 'person';
  END;
