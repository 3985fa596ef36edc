CREATE TABLE handled (number BIGSERIAL PRIMARY KEY, handler TEXT, id TEXT, active BOOLEAN, first_xact TEXT, second_xact TEXT);
CREATE TABLE counter_view (id TEXT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE one_digit (id TEXT, sequence BIGINT, digit VARCHAR(1));
