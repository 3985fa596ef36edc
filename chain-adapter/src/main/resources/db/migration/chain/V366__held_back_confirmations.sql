-- Registrations, too, hear later that blocks are gone when the node failed at telling them.
ALTER TABLE held_back_observation DROP CONSTRAINT held_back_observation_role_check;
ALTER TABLE held_back_observation ADD CONSTRAINT held_back_observation_role_check CHECK (role IN ('Payment', 'Purchase', 'Registration'));
