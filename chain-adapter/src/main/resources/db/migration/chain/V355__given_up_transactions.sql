-- Transactions that were given up and the records that have to hear of it, written together with the giving up. A row goes once its record
-- has taken note; later ones of the same record wait behind it.
CREATE TABLE given_up_report (
    number           BIGSERIAL   NOT NULL PRIMARY KEY,
    source_id        TEXT        NOT NULL,
    role             TEXT        NOT NULL CHECK (role IN ('Payment', 'Purchase', 'Registration', 'PaymentSource')),
    aggregate_id     TEXT        NOT NULL,
    -- The chain action's, whose own row may be gone by then.
    parameters       JSONB       NOT NULL,
    transaction_hash TEXT        NOT NULL,
    valid_until_slot BIGINT      NOT NULL,
    reason           TEXT        NOT NULL,
    another          BOOLEAN     NOT NULL,
    failures         INT         NOT NULL DEFAULT 0,
    -- Why the record could not take note yet, null before it was tried.
    error            TEXT,
    retry_at         TIMESTAMPTZ NOT NULL,
    given_up_at      TIMESTAMPTZ NOT NULL,
    UNIQUE (role, aggregate_id, transaction_hash)
);

CREATE INDEX given_up_report_source ON given_up_report (source_id);
