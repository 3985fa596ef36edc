-- Where a transaction is on chain whose script failed, null for one that is not on chain.
ALTER TABLE given_up_report
    ADD COLUMN block_hash   TEXT,
    ADD COLUMN block_height BIGINT,
    ADD COLUMN block_slot   BIGINT,
    ADD COLUMN block_time   BIGINT,
    ADD COLUMN fee_lovelace BIGINT;
