-- How far each payment source's contract was followed: everything up to this transaction of this block is recorded.
CREATE TABLE follower_cursor (
    source_id         TEXT        NOT NULL PRIMARY KEY,
    slot              BIGINT      NOT NULL,
    block_hash        TEXT        NOT NULL,
    block_height      BIGINT      NOT NULL,
    block_time        BIGINT      NOT NULL,
    transaction_index INT         NOT NULL,
    updated_at        TIMESTAMPTZ NOT NULL
);

-- Blocks that the follower has seen, so that after a rollback it finds the last one that is still on the chain.
CREATE TABLE observed_block (
    source_id    TEXT   NOT NULL,
    block_height BIGINT NOT NULL,
    block_hash   TEXT   NOT NULL,
    slot         BIGINT NOT NULL,
    block_time   BIGINT NOT NULL,
    PRIMARY KEY (source_id, block_height)
);

-- What each transaction at the contract was taken for: the trace from which a rolled back block is undone.
CREATE TABLE observed_transaction (
    source_id         TEXT        NOT NULL,
    hash              TEXT        NOT NULL,
    block_height      BIGINT      NOT NULL,
    block_hash        TEXT        NOT NULL,
    transaction_index INT         NOT NULL,
    -- Identifiers' aggregates that it was recorded on.
    recorded_on       TEXT[]      NOT NULL,
    -- What could not be read or was refused, null when nothing was.
    note              TEXT,
    observed_at       TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source_id, hash)
);

CREATE INDEX observed_transaction_height ON observed_transaction (source_id, block_height);
