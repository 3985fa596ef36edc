-- Scripts by their hash; only bytes that have that hash are ever stored.
create table script (
    hash  text primary key check (hash ~ '^[0-9a-f]{56}$'),
    bytes bytea not null
);

-- What the chain adapter needs of a payment source to act for it; written before the source's event, never after.
create table chain_source (
    id                        text primary key,
    network                   text   not null,
    smart_contract_address    text   not null,
    policy_id                 text   not null,
    required_admin_signatures int    not null,
    admin_addresses           text[] not null,
    fee_address               text   not null,
    fee_rate_permille         int    not null,
    cooldown_ms               bigint not null,
    provider_url              text   not null,
    -- Outputs that carry the scripts (CIP-33), as hash#index.
    escrow_script_output      text,
    registry_script_output    text
);

-- The public side of the hot wallets' keys.
create table chain_wallet (
    id         text primary key,
    source_id  text not null references chain_source (id),
    network    text not null,
    public_key bytea not null,
    vkey       text not null,
    address    text not null
);
