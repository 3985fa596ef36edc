-- One word for what is tried again later, in code and tables: pending retry.
ALTER TABLE held_back_observation RENAME TO pending_retry;
ALTER TABLE pending_retry RENAME COLUMN held_back_at TO pending_since;
ALTER INDEX held_back_observation_source RENAME TO pending_retry_source;
