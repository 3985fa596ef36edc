-- Disputed withdrawals, see V200 for what the columns of every view mean.
CREATE TABLE dispute_withdrawal_view (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version      BIGINT           NOT NULL,
    created_at   TIMESTAMPTZ(3)   NOT NULL,
    updated_at   TIMESTAMPTZ(3)   NOT NULL,
    network      TEXT             NOT NULL,
    owner_key_id TEXT             NOT NULL,
    -- Transaction hash, # and index of the escrow's output.
    escrow       TEXT             NOT NULL,
    status       TEXT             NOT NULL,
    state        TEXT             NOT NULL,
    wire_json    TEXT             NOT NULL
);

CREATE INDEX dispute_withdrawal_view_newest ON dispute_withdrawal_view (network, created_at DESC, id DESC);
CREATE INDEX dispute_withdrawal_view_escrow ON dispute_withdrawal_view (escrow);
