-- When the first and the last of the events happened that a row of the projection rests on: on a day before them all, nothing
-- was known; on a day after them all, the row says how it stood. Only on a day between them are events asked.

-- Counting follows what is counted, and nothing else.
DROP TRIGGER consent_status_recounted;
CREATE TRIGGER consent_status_recounted AFTER UPDATE OF status, expires ON consent_status
  WHEN (SELECT kind FROM contact WHERE no = new.contact_no) = 'person'
  BEGIN
    UPDATE consent_count SET people = people - 1
      WHERE purpose_no = old.purpose_no AND status = old.status AND expires = old.expires;
    INSERT INTO consent_count (purpose_no, status, expires, people) VALUES (new.purpose_no, new.status, new.expires, 1)
      ON CONFLICT DO UPDATE SET people = people + 1;
  END;

ALTER TABLE consent_status ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consent_status ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
UPDATE consent_status AS s SET (first_at, last_at) = (
  SELECT coalesce(min(happened_at), 0), coalesce(max(happened_at), 0) FROM consent_event e
  WHERE e.purpose_no = s.purpose_no
    AND e.contact_no IN (SELECT s.contact_no UNION ALL SELECT no FROM contact WHERE merged_into = s.contact_no));

-- Of a day that is over only those are read of whom something was known by then, and from the index alone.
CREATE INDEX consent_status_by_first
  ON consent_status (purpose_no, first_at, last_at, contact_no, status, expires, since, version);
