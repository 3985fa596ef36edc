-- A re-reading that cannot go on now is tried again later, and lets others go first. Setbacks are looks in which the provider answered, but
-- its answer lacked something.
ALTER TABLE rereading
    ADD COLUMN setbacks INT         NOT NULL DEFAULT 0,
    ADD COLUMN retry_at TIMESTAMPTZ NOT NULL DEFAULT now();

-- Height of the first block that was followed: what was before it nobody has looked for.
ALTER TABLE source_standing ADD COLUMN followed_from BIGINT;

INSERT INTO source_standing (source_id, followed_from)
SELECT source_id, COALESCE((SELECT min(block_height) FROM observed_transaction seen
                            WHERE seen.source_id = follower.source_id AND seen.late_at_height IS NULL), block_height)
FROM follower_cursor follower
ON CONFLICT (source_id) DO UPDATE SET followed_from = EXCLUDED.followed_from;
