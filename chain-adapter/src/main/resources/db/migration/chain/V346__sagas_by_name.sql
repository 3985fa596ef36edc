-- Sagas were stored under the names of their classes. The tables are the platform's, and not there where only this module's are.
DO $$
BEGIN
    IF to_regclass('SagaEntry') IS NOT NULL THEN
        UPDATE SagaEntry SET sagaType = regexp_replace(sagaType, '^io\.masumi\.node\.chain\.saga\.([A-Za-z]+)Saga$', 'masumi.saga.\1'), revision = '1'
            WHERE sagaType LIKE 'io.masumi.node.chain.saga.%';
        UPDATE AssociationValueEntry SET sagaType = regexp_replace(sagaType, '^io\.masumi\.node\.chain\.saga\.([A-Za-z]+)Saga$', 'masumi.saga.\1')
            WHERE sagaType LIKE 'io.masumi.node.chain.saga.%';
    END IF;
END $$;
