-- Deleted registrations keep their row, so that who deleted one sees that the view has it, but no list shows them.
ALTER TABLE registration_view ADD COLUMN deleted BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX registration_view_changes ON registration_view (network, updated_at, id);
