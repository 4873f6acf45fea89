-- Values that steps get in their environment. What is here is of no use without the server's key file.
create table secret_keys (
    id text primary key check (id ~ '^[0-9a-f]{16}$'),
    sentinel bytea not null,
    is_current boolean not null,
    created_at timestamptz not null default now()
);
comment on table secret_keys is 'Which keys of the key file secrets are sealed under. The keys themselves are not here: a sentinel tells whether a file has the right one.';
create unique index secret_keys_current on secret_keys (is_current) where is_current;

create table secrets (
    id uuid primary key,
    name text not null unique check (name ~ '^[A-Z_][A-Z0-9_]{0,63}$'),
    version integer not null check (version > 0),
    key_id text not null references secret_keys (id) on delete restrict,
    sealed bytea not null,
    workflows text[] check (workflows <> '{}'),
    regions text[] check (regions <> '{}'),
    created_at timestamptz not null default now(),
    created_by text not null,
    set_at timestamptz not null default now(),
    set_by text not null
);
comment on table secrets is 'Secrets in their newest version, sealed. Without a list of workflows or regions, all of them may use one.';
create index secrets_by_key on secrets (key_id);

create table secret_versions (
    secret_id uuid not null references secrets (id) on delete cascade,
    version integer not null,
    set_at timestamptz not null default now(),
    set_by text not null,
    primary key (secret_id, version)
);
comment on table secret_versions is 'Who has set a secret, and when. Earlier values are not kept.';
