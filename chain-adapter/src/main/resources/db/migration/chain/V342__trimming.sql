-- What keeps an old transaction from being forgotten: an escrow of ours that stands in it, and an action that it is for.
CREATE INDEX escrow_position_transaction ON escrow_position (transaction_hash);
CREATE INDEX observed_transaction_age ON observed_transaction (source_id, observed_at);
CREATE INDEX chain_transaction_age ON chain_transaction (source_id, signed_at) WHERE status IN ('Confirmed', 'Failed', 'Dropped');
CREATE INDEX chain_action_age ON chain_action (source_id, updated_at) WHERE status IN ('Confirmed', 'Failed', 'Abandoned');
