-- Consent at a glance: where everybody stands towards a purpose, and stood on any day.

-- All that a list of one purpose shows, read from the index alone.
DROP INDEX consent_status_by_purpose;
CREATE INDEX consent_status_by_purpose ON consent_status (purpose_no, status, expires, contact_no, since, version);

-- Whose answers came after a day.
CREATE INDEX consent_event_by_purpose ON consent_event (purpose_no, happened_at, contact_no);
