-- What the sweep for forgotten wishes looks for now and then; at any time few of all records.
CREATE INDEX payment_view_pending ON payment_view (id) WHERE next_action_phase IN ('Requested', 'Initiated');
CREATE INDEX purchase_view_pending ON purchase_view (id) WHERE next_action_phase IN ('Requested', 'Initiated');
CREATE INDEX registration_view_pending ON registration_view (id)
    WHERE phase IN ('RegistrationRequested', 'RegistrationInitiated', 'DeregistrationRequested', 'DeregistrationInitiated');
