-- What processes that share positions tell them by. Axon makes it when it is first asked, and of several processes that come up on an empty
-- database at the same moment all but one fail.
INSERT INTO TokenEntry (processorName, segment, token, tokenType, timestamp, owner)
VALUES ('__config', 0, convert_to('{"config":{"id":"' || gen_random_uuid() || '"}}', 'UTF8'), 'org.axonframework.eventhandling.tokenstore.ConfigToken',
        to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), NULL)
ON CONFLICT DO NOTHING;
