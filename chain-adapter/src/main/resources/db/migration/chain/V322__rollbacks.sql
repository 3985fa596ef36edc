-- What is known of the chain that each payment source's provider shows, besides how far it was followed.
CREATE TABLE source_standing (
    source_id       TEXT        NOT NULL PRIMARY KEY,
    -- Rollbacks so far: who decides by what the chain showed looks whether it has changed meanwhile.
    rollbacks       BIGINT      NOT NULL DEFAULT 0,
    -- Why nothing is done for this source, null while all is well.
    stopped_because TEXT,
    stopped_at      TIMESTAMPTZ,
    -- Whether the records of its open sales say so.
    told            BOOLEAN     NOT NULL DEFAULT FALSE
);

-- When it was last taken from "on chain for good" back to "sent", null if never. Its block stays what it was until it is in another.
ALTER TABLE chain_transaction ADD COLUMN rolled_back_at TIMESTAMPTZ;

CREATE INDEX chain_transaction_block ON chain_transaction (source_id, block_height);

-- Why no other transaction may be built for it, null while one may: what could happen twice, and was on chain once, is left to an operator.
ALTER TABLE chain_action ADD COLUMN not_again TEXT;

ALTER TABLE escrow_position ADD COLUMN source_id TEXT;

UPDATE escrow_position AS position SET source_id = (SELECT action.source_id FROM chain_action AS action
    WHERE action.role = position.role AND action.aggregate_id = position.aggregate_id LIMIT 1);

-- A record is named by its kind too, so that it can be told when the transaction's block is gone.
ALTER TABLE observed_transaction ADD COLUMN payments TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE observed_transaction ADD COLUMN purchases TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE observed_transaction DROP COLUMN recorded_on;
