-- Disputed withdrawals that were put before admins: the transaction, and how far it is. It is sent again from here after any doubt.
CREATE TABLE dispute_withdrawal (
    id                    TEXT        NOT NULL PRIMARY KEY,
    source_id             TEXT        NOT NULL,
    transaction_hash      TEXT        NOT NULL UNIQUE,
    -- Without key witnesses while signatures are collected, with all of them from then on.
    bytes                 BYTEA       NOT NULL,
    escrow_hash           TEXT        NOT NULL,
    escrow_index          INT         NOT NULL,
    valid_until_slot      BIGINT      NOT NULL,
    status                TEXT        NOT NULL
        CHECK (status IN ('Collecting', 'Complete', 'Submitted', 'Confirmed', 'Expired', 'Superseded', 'Refused')),
    -- Nothing can change it any more, not even a rollback that we reckon with.
    settled               BOOLEAN     NOT NULL DEFAULT FALSE,
    submit_attempts       INT         NOT NULL DEFAULT 0,
    submit_at             TIMESTAMPTZ NOT NULL,
    last_reply            TEXT,
    -- Heights at which we first saw the escrow's output spent by something else, and the chain beyond valid_until_slot.
    escrow_gone_at_height BIGINT,
    expired_at_height     BIGINT,
    created_at            TIMESTAMPTZ NOT NULL
);

CREATE INDEX dispute_withdrawal_open ON dispute_withdrawal (source_id, created_at) WHERE NOT settled;
