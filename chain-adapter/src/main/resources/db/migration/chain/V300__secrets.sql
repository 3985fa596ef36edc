-- How the master key follows from the operator's encryption key, and something sealed under it that proves it right.
create table vault_key (
    version            int primary key,
    scrypt_cost        int         not null,
    scrypt_block_size  int         not null,
    scrypt_parallelism int         not null,
    salt               bytea       not null,
    proof              bytea       not null,
    created_at         timestamptz not null default now()
);

-- Wallet mnemonics and provider keys, sealed.
create table secret (
    id         text primary key,
    kind       text        not null,
    ciphertext bytea       not null,
    created_at timestamptz not null default now()
);
