-- What the chain shows of an escrow, but its record could not take note of because the node failed at it. Nothing of it is kept
-- here but where to read it again. Later transactions of the same aggregate wait behind it, in this order.
CREATE TABLE held_back_observation (
    number           BIGSERIAL   NOT NULL PRIMARY KEY,
    source_id        TEXT        NOT NULL,
    aggregate_id     TEXT        NOT NULL,
    transaction_hash TEXT        NOT NULL,
    failures         INT         NOT NULL DEFAULT 1,
    retry_at         TIMESTAMPTZ NOT NULL,
    note             TEXT        NOT NULL,
    held_back_at     TIMESTAMPTZ NOT NULL,
    UNIQUE (aggregate_id, transaction_hash)
);

CREATE INDEX held_back_observation_source ON held_back_observation (source_id);
