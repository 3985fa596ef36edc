-- What the node wants done on chain, one row per wish, kept for ever: a wish is its aggregate's event, and asking twice is one row.
CREATE TABLE chain_action (
    id               TEXT        NOT NULL PRIMARY KEY,
    number           BIGSERIAL   NOT NULL,
    role             TEXT        NOT NULL CHECK (role IN ('Payment', 'Purchase', 'Registration')),
    aggregate_id     TEXT        NOT NULL,
    source_id        TEXT        NOT NULL,
    -- Wallets that may pay and sign; empty for any purchasing wallet of the source.
    wallet_ids       TEXT[]      NOT NULL,
    kind             TEXT        NOT NULL,
    parameters       JSONB       NOT NULL,
    -- Unix ms: from when it may be done, and (null: no limit) until when it makes sense.
    not_before       BIGINT      NOT NULL,
    not_after        BIGINT,
    status           TEXT        NOT NULL
        CHECK (status IN ('Wanted', 'Signed', 'Submitted', 'Confirmed', 'Failed', 'Abandoned')),
    -- Its aggregate does not want it any more, but a transaction that does it may still land.
    unwanted         BOOLEAN     NOT NULL DEFAULT FALSE,
    transaction_hash TEXT,
    -- Transactions that came to nothing so far, and tries in vain to build one.
    lost_transactions INT        NOT NULL DEFAULT 0,
    failed_builds    INT         NOT NULL DEFAULT 0,
    retry_at         TIMESTAMPTZ NOT NULL,
    error            TEXT,
    created_at       TIMESTAMPTZ NOT NULL,
    updated_at       TIMESTAMPTZ NOT NULL,
    CHECK ((transaction_hash IS NOT NULL) = (status IN ('Signed', 'Submitted', 'Confirmed')) OR status IN ('Failed', 'Abandoned'))
);

CREATE INDEX chain_action_wanted ON chain_action (source_id, retry_at) WHERE status = 'Wanted';
CREATE INDEX chain_action_transaction ON chain_action (transaction_hash);
CREATE INDEX chain_action_aggregate ON chain_action (aggregate_id);

-- Every transaction we signed, stored before it is first sent, so that exactly these bytes can be sent again.
CREATE TABLE chain_transaction (
    hash              TEXT        NOT NULL PRIMARY KEY,
    number            BIGSERIAL   NOT NULL,
    source_id         TEXT        NOT NULL,
    wallet_id         TEXT        NOT NULL,
    wallet_vkey       TEXT        NOT NULL,
    wallet_address    TEXT        NOT NULL,
    bytes             BYTEA       NOT NULL,
    valid_until_slot  BIGINT      NOT NULL,
    fee_lovelace      BIGINT      NOT NULL,
    agent_identifier  TEXT,
    status            TEXT        NOT NULL CHECK (status IN ('Signed', 'Submitted', 'Confirmed', 'Failed', 'Dropped')),
    -- Counted before sending: 0 means that nobody can have seen it.
    submit_attempts   INT         NOT NULL DEFAULT 0,
    submit_at         TIMESTAMPTZ NOT NULL,
    last_reply        TEXT,
    -- Height at which we first saw the chain beyond valid_until_slot.
    expired_at_height BIGINT,
    signed_at         TIMESTAMPTZ NOT NULL,
    submitted_at      TIMESTAMPTZ,
    last_checked_at   TIMESTAMPTZ,
    block_hash        TEXT,
    block_height      BIGINT
);

CREATE INDEX chain_transaction_open ON chain_transaction (source_id, number) WHERE status IN ('Signed', 'Submitted');

-- Outputs that our open transactions spend or put up. One open transaction at most spends an output; several may share a collateral.
CREATE TABLE utxo_reservation (
    output_hash      TEXT NOT NULL,
    output_index     INT  NOT NULL,
    transaction_hash TEXT NOT NULL REFERENCES chain_transaction (hash),
    kind             TEXT NOT NULL CHECK (kind IN ('Input', 'Collateral')),
    PRIMARY KEY (output_hash, output_index, transaction_hash, kind)
);

CREATE UNIQUE INDEX utxo_reservation_spent_once ON utxo_reservation (output_hash, output_index) WHERE kind = 'Input';
CREATE INDEX utxo_reservation_transaction ON utxo_reservation (transaction_hash);

-- Change of our open transactions, spendable before they are on chain.
CREATE TABLE pending_change (
    transaction_hash TEXT  NOT NULL REFERENCES chain_transaction (hash),
    output_index     INT   NOT NULL,
    wallet_id        TEXT  NOT NULL,
    utxo             JSONB NOT NULL,
    -- Unconfirmed transactions in a row that lead here, 1 for change of a transaction that spends confirmed outputs only.
    depth            INT   NOT NULL,
    PRIMARY KEY (transaction_hash, output_index)
);

CREATE INDEX pending_change_wallet ON pending_change (wallet_id);

-- Where each escrow of ours stands, as its aggregate last recorded it.
CREATE TABLE escrow_position (
    role             TEXT   NOT NULL,
    aggregate_id     TEXT   NOT NULL,
    -- The newest transaction of the escrow, and the index of the escrow's output in it, null once the escrow has ended.
    transaction_hash TEXT   NOT NULL,
    output_index     INT,
    -- Unix ms from which our own party may act again.
    cooldown_until   BIGINT NOT NULL,
    PRIMARY KEY (role, aggregate_id)
);
