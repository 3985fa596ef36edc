-- Orders to read a contract's list of transactions once more from a block on. What is recorded already is not read again.
CREATE TABLE rereading (
    number         BIGSERIAL   NOT NULL PRIMARY KEY,
    source_id      TEXT        NOT NULL,
    why            TEXT        NOT NULL,
    -- Unix ms: from the newest block before that time on; null where the order names the block.
    from_time      BIGINT,
    -- First block to read, null until that is known.
    from_height    BIGINT,
    -- The last transaction of the list that was looked at, and how many were not recorded until then.
    done_height    BIGINT,
    done_index     INT,
    found          INT         NOT NULL DEFAULT 0,
    ordered_at     TIMESTAMPTZ NOT NULL,
    -- When and up to which block it was done, whose time is in Unix ms.
    finished_at    TIMESTAMPTZ,
    through_height BIGINT,
    through_time   BIGINT
);

CREATE INDEX rereading_source ON rereading (source_id, number);

-- When a provider's list was last found to lack something, and what.
ALTER TABLE source_standing ADD COLUMN incomplete_at TIMESTAMPTZ;
ALTER TABLE source_standing ADD COLUMN incomplete_note TEXT;
