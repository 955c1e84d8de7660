-- What else a purpose may rest on.

-- Existing customers may be sent messages about similar products (Directive 2002/58/EC, Art. 13(2)), where the owner says that
-- they could object when they gave their address. Until now the gate let every such purpose through: it goes on as before,
-- until the owner says otherwise.
ALTER TABLE purpose ADD COLUMN soft_opt_in INTEGER NOT NULL DEFAULT 0 CHECK (soft_opt_in IN (0, 1));
UPDATE purpose SET soft_opt_in = 1 WHERE basis = 'legitimate_interests' AND marketing = 1;

-- About special categories of data (Art. 9): a yes counts only when it was given expressly.
ALTER TABLE purpose ADD COLUMN special INTEGER NOT NULL DEFAULT 0 CHECK (special IN (0, 1));
