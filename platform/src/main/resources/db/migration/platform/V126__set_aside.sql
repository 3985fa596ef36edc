-- Sequences of events that a processing group does not handle, from one event on that it could not read or failed at. The events
-- themselves are in the event store. Replaces a queue of copies, which nothing used.
CREATE TABLE set_aside (
    processing_group VARCHAR(255) NOT NULL,
    -- The aggregate's id; of an event without one, the event's.
    sequence         VARCHAR(255) NOT NULL,
    first_number     BIGINT       NOT NULL,
    -- The newest event of the sequence that the group has passed by; until there a retry goes.
    last_number      BIGINT       NOT NULL,
    event_name       VARCHAR(255) NOT NULL,
    event_index      BIGINT       NOT NULL,
    reason           TEXT         NOT NULL,
    since            TIMESTAMPTZ  NOT NULL,
    attempts         INT          NOT NULL,
    next_attempt     TIMESTAMPTZ  NOT NULL,
    PRIMARY KEY (processing_group, sequence)
);

DROP TABLE DeadLetterEntry;
