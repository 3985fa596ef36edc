CREATE TABLE SagaEntry (
    sagaId         VARCHAR(255) NOT NULL PRIMARY KEY,
    revision       VARCHAR(255),
    sagaType       VARCHAR(255),
    serializedSaga BYTEA
);

CREATE TABLE AssociationValueEntry (
    id               BIGSERIAL NOT NULL PRIMARY KEY,
    -- The values may be blockchain identifiers, which are longer than 255 characters.
    associationKey   VARCHAR(255),
    associationValue TEXT,
    sagaType         VARCHAR(255),
    sagaId           VARCHAR(255)
);

-- By hash, since an index row has no room for a very long value.
CREATE INDEX AssociationValueEntry_value ON AssociationValueEntry USING hash (associationValue);
CREATE INDEX AssociationValueEntry_saga ON AssociationValueEntry (sagaId, sagaType);
