-- Wallets pay themselves: so that there is an output to put up as collateral, or fewer and larger ones to pay with.
ALTER TABLE chain_action DROP CONSTRAINT chain_action_role_check;
ALTER TABLE chain_action ADD CONSTRAINT chain_action_role_check
    CHECK (role IN ('Payment', 'Purchase', 'Registration', 'PaymentSource', 'Wallet'));
