-- What a record that waits for an operator says, so that many can be found by it.
ALTER TABLE payment_view ADD COLUMN error_type TEXT, ADD COLUMN error_note TEXT;
ALTER TABLE purchase_view ADD COLUMN error_type TEXT, ADD COLUMN error_note TEXT;

UPDATE payment_view SET error_type = state::jsonb #>> '{state,next,errorType}', error_note = state::jsonb #>> '{state,next,errorNote}'
WHERE next_action_phase = 'WaitingForManualAction';
UPDATE purchase_view SET error_type = state::jsonb #>> '{state,next,errorType}', error_note = state::jsonb #>> '{state,next,errorNote}'
WHERE next_action_phase = 'WaitingForManualAction';
