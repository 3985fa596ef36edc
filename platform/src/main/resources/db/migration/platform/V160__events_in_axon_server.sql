-- Its one row, if there is one, says that this node's events are in Axon Server: they began there, or were moved. What of them is in
-- DomainEventEntry ends where they were moved, and stays.
CREATE TABLE events_in_axon_server (
    only_one       BOOLEAN     NOT NULL PRIMARY KEY DEFAULT TRUE CHECK (only_one),
    since          TIMESTAMPTZ NOT NULL,
    -- How many were copied from here, and the hash over all of them.
    copied         BIGINT      NOT NULL,
    sha256         TEXT,
    -- The newest that Axon Server is known to have had, by which a wrong or older Axon Server is told. Position -1: none.
    known_position BIGINT      NOT NULL,
    known_event    TEXT
);
