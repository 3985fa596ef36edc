-- Transactions at a contract that are to be recorded whether or not a provider's list shows them: they are read by their hashes. Each is
-- gone from here once it is recorded.
CREATE TABLE awaited_transaction (
    number        BIGSERIAL   NOT NULL,
    source_id     TEXT        NOT NULL,
    hash          TEXT        NOT NULL,
    -- Of the block it is in, null if that is not known: it is read once the follower has passed by there.
    block_height  BIGINT,
    -- Whether it is recorded once more, though it was before: something earlier of the same escrow was found only after it.
    again         BOOLEAN     NOT NULL,
    why           TEXT        NOT NULL,
    failures      INT         NOT NULL DEFAULT 0,
    retry_at      TIMESTAMPTZ NOT NULL,
    awaited_since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source_id, hash)
);

-- How far the follower had come already when it recorded this, null for what it recorded in its turn. A rollback to between that and its
-- block takes records back to before it, though it is still on chain.
ALTER TABLE observed_transaction ADD COLUMN late_at_height BIGINT;

-- What was passed by until now.
INSERT INTO awaited_transaction (source_id, hash, block_height, again, why, retry_at, awaited_since)
SELECT DISTINCT sent.source_id, sent.hash, sent.block_height, FALSE, 'it is ours', now(), now()
FROM chain_transaction sent JOIN chain_action action ON action.transaction_hash = sent.hash
WHERE sent.status = 'Confirmed' AND action.role IN ('Payment', 'Purchase')
  AND NOT EXISTS (SELECT 1 FROM observed_transaction seen WHERE seen.source_id = sent.source_id AND seen.hash = sent.hash);
