-- What kind of error the last try came to, in a column of its own; the text no longer begins with it.
ALTER TABLE chain_action ADD COLUMN error_type TEXT;

UPDATE chain_action SET error_type = CASE WHEN error LIKE 'InsufficientFunds: %' THEN 'InsufficientFunds' ELSE 'Unknown' END,
    error = CASE WHEN error LIKE 'InsufficientFunds: %' THEN substr(error, length('InsufficientFunds: ') + 1) ELSE error END
WHERE error IS NOT NULL;

CREATE INDEX chain_action_waits_for_money ON chain_action (source_id) WHERE status = 'Wanted' AND error_type = 'InsufficientFunds';
