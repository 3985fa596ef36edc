-- What reads are served from. Every row follows from events alone and can be rebuilt from them at any time:
--   version   sequence number of the newest event that the row shows
--   state     the folded events, which the next event is folded into (JSON)
--   wire_json the record as the HTTP API shows it, rendered when it changes so that a list only copies it
-- Ids are compared byte by byte, so that pages are the same whatever the database's locale.

CREATE TABLE payment_view (
    id                                              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version                                         BIGINT           NOT NULL,
    created_at                                      TIMESTAMPTZ(3)   NOT NULL,
    updated_at                                      TIMESTAMPTZ(3)   NOT NULL,
    network                                         TEXT             NOT NULL,
    payment_source_id                               TEXT             NOT NULL,
    payment_source_type                             TEXT             NOT NULL,
    smart_contract_address                          TEXT             NOT NULL,
    owner_key_id                                    TEXT             NOT NULL,
    blockchain_identifier                           TEXT             NOT NULL,
    agent_identifier                                TEXT             NOT NULL,
    agent_name                                      TEXT,
    result_hash                                     TEXT,
    on_chain_state                                  TEXT,
    next_action_phase                               TEXT             NOT NULL,
    amounts                                         TEXT[]           NOT NULL,
    next_action_last_changed_at                     TIMESTAMPTZ(3)   NOT NULL,
    on_chain_state_or_result_last_changed_at        TIMESTAMPTZ(3)   NOT NULL,
    next_action_or_on_chain_state_or_result_last_changed_at TIMESTAMPTZ(3) NOT NULL,
    state                                           TEXT             NOT NULL,
    wire_json                                       TEXT             NOT NULL,
    wire_json_with_history                          TEXT             NOT NULL
);

CREATE INDEX payment_view_newest ON payment_view (network, created_at DESC, id DESC);
CREATE INDEX payment_view_newest_of_owner ON payment_view (owner_key_id, network, created_at DESC, id DESC);
CREATE INDEX payment_view_manual ON payment_view (network, created_at DESC, id DESC)
    WHERE next_action_phase = 'WaitingForManualAction';

CREATE TABLE purchase_view (LIKE payment_view INCLUDING ALL);

CREATE TABLE registration_view (
    id                     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version                BIGINT           NOT NULL,
    created_at             TIMESTAMPTZ(3)   NOT NULL,
    updated_at             TIMESTAMPTZ(3)   NOT NULL,
    network                TEXT             NOT NULL,
    payment_source_id      TEXT             NOT NULL,
    payment_source_type    TEXT             NOT NULL,
    smart_contract_address TEXT             NOT NULL,
    owner_key_id           TEXT             NOT NULL,
    agent_identifier       TEXT,
    agent_name             TEXT             NOT NULL,
    phase                  TEXT             NOT NULL,
    amounts                TEXT[]           NOT NULL,
    state                  TEXT             NOT NULL,
    wire_json              TEXT             NOT NULL
);

CREATE INDEX registration_view_newest ON registration_view (network, created_at DESC, id DESC);
CREATE INDEX registration_view_agent ON registration_view (agent_identifier);

CREATE TABLE payment_source_view (
    id                     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version                BIGINT           NOT NULL,
    created_at             TIMESTAMPTZ(3)   NOT NULL,
    network                TEXT             NOT NULL,
    smart_contract_address TEXT             NOT NULL,
    state                  TEXT             NOT NULL
);

CREATE INDEX payment_source_view_newest ON payment_source_view (created_at DESC, id DESC);

CREATE TABLE hot_wallet_view (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version           BIGINT           NOT NULL,
    created_at        TIMESTAMPTZ(3)   NOT NULL,
    payment_source_id TEXT             NOT NULL,
    type              TEXT             NOT NULL,
    vkey              TEXT             NOT NULL,
    address           TEXT             NOT NULL,
    state             TEXT             NOT NULL
);

CREATE INDEX hot_wallet_view_newest ON hot_wallet_view (created_at DESC, id DESC);
CREATE INDEX hot_wallet_view_vkey ON hot_wallet_view (vkey);

CREATE TABLE api_key_view (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version    BIGINT           NOT NULL,
    created_at TIMESTAMPTZ(3)   NOT NULL,
    state      TEXT             NOT NULL
);

CREATE INDEX api_key_view_newest ON api_key_view (created_at DESC, id DESC);
