-- What the window needs: contacts on lock, who was told that their data is held, drafts, a short name for each purpose.

-- A lock on a contact: stored, nothing else. `told_on` is the day on which the person heard that it was lifted.
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

CREATE INDEX restriction_by_contact ON restriction (contact_no);

-- Whom the business told that it holds their data (Art. 14): it covers the sources that were there by then.
CREATE TABLE informed (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_no INTEGER NOT NULL REFERENCES contact (no),
  told_on TEXT NOT NULL,
  how TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE INDEX informed_by_contact ON informed (contact_no, recorded_at);

CREATE INDEX source_to_tell ON source (contact_no, at) WHERE origin <> 'self';

-- Text in a dialog that nobody has saved yet. No fact, so no act: it is not in the audit chain, and goes with its contact.
CREATE TABLE draft (
  kind TEXT PRIMARY KEY,
  contact_no INTEGER REFERENCES contact (no) ON DELETE CASCADE,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX draft_by_contact ON draft (contact_no) WHERE contact_no IS NOT NULL;

-- For the heads of dense tables; empty where it follows from the title.
ALTER TABLE purpose ADD COLUMN short TEXT NOT NULL DEFAULT '';

-- Whose yes ends next.
CREATE INDEX consent_status_by_end ON consent_status (expires, contact_no, purpose_no) WHERE status = 'given' AND expires <> '';

-- How many people stand where, kept beside the projection by the triggers below: rings and tasks are read from it.
CREATE TABLE consent_count (
  purpose_no INTEGER NOT NULL REFERENCES purpose (no),
  status TEXT NOT NULL,
  expires TEXT NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (purpose_no, status, expires)
) STRICT, WITHOUT ROWID;

INSERT INTO consent_count (purpose_no, status, expires, people)
  SELECT purpose_no, status, expires, count(*) FROM consent_status JOIN contact ON contact.no = contact_no
  WHERE kind = 'person' GROUP BY 1, 2, 3;

CREATE TRIGGER consent_status_counted AFTER INSERT ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = new.contact_no) = 'person'
  BEGIN
    INSERT INTO consent_count (purpose_no, status, expires, people) VALUES (new.purpose_no, new.status, new.expires, 1)
      ON CONFLICT DO UPDATE SET people = people + 1;
  END;

CREATE TRIGGER consent_status_uncounted AFTER DELETE ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = old.contact_no) = 'person'
  BEGIN
    UPDATE consent_count SET people = people - 1
      WHERE purpose_no = old.purpose_no AND status = old.status AND expires = old.expires;
  END;

CREATE TRIGGER consent_status_recounted AFTER UPDATE ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = new.contact_no) = 'person'
  BEGIN
    UPDATE consent_count SET people = people - 1
      WHERE purpose_no = old.purpose_no AND status = old.status AND expires = old.expires;
    INSERT INTO consent_count (purpose_no, status, expires, people) VALUES (new.purpose_no, new.status, new.expires, 1)
      ON CONFLICT DO UPDATE SET people = people + 1;
  END;

CREATE TRIGGER contact_kind_counted AFTER UPDATE OF kind ON contact WHEN new.kind <> old.kind
  BEGIN
    UPDATE consent_count SET people = people + CASE new.kind WHEN 'person' THEN 1 ELSE -1 END
      WHERE (purpose_no, status, expires) IN (SELECT purpose_no, status, expires FROM consent_status WHERE contact_no = new.no);
    INSERT OR IGNORE INTO consent_count (purpose_no, status, expires, people)
      SELECT purpose_no, status, expires, 1 FROM consent_status WHERE contact_no = new.no AND new.kind = 'person';
  END;

CREATE INDEX contact_by_kind ON contact (kind) WHERE kind = 'organisation';

-- Search takes letters apart that Unicode does not: `Weiß` is found as `weiss`, `Ørsted` as `orsted`.
INSERT INTO contact_part (contact_part, rowid, words, digits) SELECT 'delete', no, words, digits FROM contact_text
  WHERE words GLOB '*[ßẞæÆœŒøØłŁđĐðÐþÞı]*';
INSERT INTO contact_start (contact_start, rowid, words) SELECT 'delete', no, words FROM contact_text
  WHERE words GLOB '*[ßẞæÆœŒøØłŁđĐðÐþÞı]*';
CREATE TEMP TABLE refolded AS SELECT no FROM contact_text WHERE words GLOB '*[ßẞæÆœŒøØłŁđĐðÐþÞı]*';
UPDATE contact_text SET words = replace(replace(replace(replace(replace(replace(words,
  'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe') WHERE no IN refolded;
UPDATE contact_text SET words = replace(replace(replace(replace(replace(replace(words,
  'ø', 'o'), 'Ø', 'o'), 'ł', 'l'), 'Ł', 'l'), 'đ', 'd'), 'Đ', 'd') WHERE no IN refolded;
UPDATE contact_text SET words = replace(replace(replace(replace(replace(words,
  'ð', 'd'), 'Ð', 'd'), 'þ', 'th'), 'Þ', 'th'), 'ı', 'i') WHERE no IN refolded;
INSERT INTO contact_part (rowid, words, digits) SELECT no, words, digits FROM contact_text WHERE no IN refolded;
INSERT INTO contact_start (rowid, words) SELECT no, words FROM contact_text WHERE no IN refolded;
DROP TABLE refolded;
