-- That blocks are gone can be held back like what the chain shows: then these say whose record it is, and from which block on the chain goes
-- on, and transaction_hash is 'rollback to ' and that block's hash. They are null for what the chain shows.
ALTER TABLE held_back_observation
    ADD COLUMN role           TEXT CHECK (role IN ('Payment', 'Purchase')),
    ADD COLUMN back_to_height BIGINT,
    ADD COLUMN back_to_hash   TEXT,
    ADD COLUMN back_to_slot   BIGINT,
    ADD COLUMN back_to_time   BIGINT;
