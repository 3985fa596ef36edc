-- How often in a row the record of an action could not be told what becomes of it, since when, and why not.
ALTER TABLE chain_action
    ADD COLUMN untold       INT NOT NULL DEFAULT 0,
    ADD COLUMN untold_since TIMESTAMPTZ,
    ADD COLUMN untold_why   TEXT;

CREATE INDEX chain_action_untold ON chain_action (untold_since) WHERE untold > 0;
