-- Wallets hear of what they were to pay themselves with. After V355, which makes the table.
ALTER TABLE given_up_report DROP CONSTRAINT given_up_report_role_check;
ALTER TABLE given_up_report ADD CONSTRAINT given_up_report_role_check
    CHECK (role IN ('Payment', 'Purchase', 'Registration', 'PaymentSource', 'Wallet'));
