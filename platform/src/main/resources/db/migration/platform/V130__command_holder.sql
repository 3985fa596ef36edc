-- Which process handles commands, or did last; see CommandLease. Whether it is still there a lock says, and not this row.
CREATE TABLE command_holder (
    one      BOOLEAN     PRIMARY KEY DEFAULT TRUE CHECK (one),
    process  TEXT        NOT NULL,
    since    TIMESTAMPTZ NOT NULL,
    released BOOLEAN     NOT NULL
);
