-- Sales that nothing is locked for and whose payByTime is over: each ends once the chain was followed so far that nothing can be locked for
-- it any more, and its row goes.
CREATE TABLE awaited_end (
    number       BIGSERIAL   NOT NULL,
    role         TEXT        NOT NULL CHECK (role IN ('Payment', 'Purchase')),
    aggregate_id TEXT        NOT NULL,
    source_id    TEXT        NOT NULL,
    -- Unix ms: a lock in a later block does not count.
    pay_by_time  BIGINT      NOT NULL,
    failures     INT         NOT NULL DEFAULT 0,
    -- Why the record could not take note yet, null before it was tried.
    error        TEXT,
    retry_at     TIMESTAMPTZ NOT NULL,
    awaited_since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (role, aggregate_id)
);

CREATE INDEX awaited_end_source ON awaited_end (source_id, pay_by_time);
