-- Payment sources want things on chain too: outputs that carry their scripts.
ALTER TABLE chain_action DROP CONSTRAINT chain_action_role_check;
ALTER TABLE chain_action ADD CONSTRAINT chain_action_role_check CHECK (role IN ('Payment', 'Purchase', 'Registration', 'PaymentSource'));
