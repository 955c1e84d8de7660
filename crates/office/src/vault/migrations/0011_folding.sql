-- What is folded of consent events stands in the index whole: of everybody at once it is read in one sweep, not row by row.

DROP INDEX consent_event_by_contact;

CREATE INDEX consent_event_to_fold ON consent_event (contact_no, purpose_no, id, happened_at, version, answer, channels, prefer,
  expires, share, guardian, explicit, unconfirmed, corrects);

-- What acts say of nobody in particular: those that recorded an answer of many are found among them.
CREATE INDEX audit_fact_of_nobody ON audit_fact (seq) WHERE contact_id IS NULL;
