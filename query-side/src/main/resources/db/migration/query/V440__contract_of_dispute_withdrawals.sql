-- Every record that is answered as it is rendered says of which contract it is. A row of a process that runs an older version has none until
-- its next event.
ALTER TABLE dispute_withdrawal_view ADD COLUMN smart_contract_address TEXT;

UPDATE dispute_withdrawal_view SET smart_contract_address = wire_json::json -> 'PaymentSource' ->> 'smartContractAddress';
