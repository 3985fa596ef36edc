CREATE TABLE seen (handler TEXT, id TEXT, number BIGINT, sum BIGINT, at BIGSERIAL, PRIMARY KEY (handler, id, number));
