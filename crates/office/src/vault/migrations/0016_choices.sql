-- What may be chosen in an own field of the type choice, in the owner's order, as a JSON list of texts. What somebody has already can
-- be chosen.
ALTER TABLE field ADD COLUMN choices TEXT NOT NULL DEFAULT '[]';

UPDATE field SET choices = (
  SELECT json_group_array(value)
  FROM (SELECT DISTINCT value FROM custom_value WHERE field_no = field.no AND value <> '' ORDER BY value)
) WHERE type = 'choice';
