-- Processes of the node that share this database, so that they can deal out their work among themselves.
CREATE TABLE node_process (
    id         TEXT        NOT NULL PRIMARY KEY,
    -- Names of event processors and of other work that several processes share.
    works_at   TEXT[]      NOT NULL,
    -- Into how many parts it would have the busy event processors divided; the youngest process is followed.
    segments   INT         NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    -- By the database's clock: those of the processes may differ.
    heard_at   TIMESTAMPTZ NOT NULL
);
