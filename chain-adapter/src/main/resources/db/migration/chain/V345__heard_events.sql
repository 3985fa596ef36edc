-- The newest event of each aggregate that has said what it wants done on chain. What older events say, when they are read again,
-- has been said already, and a newer one may have said otherwise.
CREATE TABLE heard_event (
    role            TEXT   NOT NULL,
    aggregate_id    TEXT   NOT NULL,
    sequence_number BIGINT NOT NULL,
    PRIMARY KEY (role, aggregate_id)
);

CREATE INDEX chain_action_live ON chain_action (role, aggregate_id) WHERE status IN ('Wanted', 'Signed', 'Submitted') AND NOT unwanted;
