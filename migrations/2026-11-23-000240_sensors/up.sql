-- What starts workflows from outside, and what came of each delivery.
create type sensor_kind as enum ('gitea', 'github', 'gitlab', 'generic');
create type delivery_result as enum ('started', 'ignored', 'skipped', 'refused');

create table sensors (
    id uuid primary key,
    workflow_id uuid not null references workflows (id) on delete restrict,
    -- The end of its address.
    name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind sensor_kind not null,
    -- Names, not references: a secret may be set after the document is applied, and removed before.
    secrets text[] not null check (cardinality(secrets) between 1 and 2),
    condition text,
    created_at timestamptz not null default now(),
    paused_at timestamptz,
    paused_by text,
    unique (workflow_id, name),
    check ((paused_at is null) = (paused_by is null))
);
comment on table sensors is 'The webhooks of the newest version of each workflow.';

create table sensor_deliveries (
    sensor_id uuid not null references sensors (id) on delete cascade,
    -- Of what the signature vouches for: the same bytes are the same delivery, whatever else comes with them.
    digest bytea not null check (length(digest) = 32),
    id bigint generated always as identity unique,
    -- What the sender calls the delivery and the event; nobody vouches for that.
    delivery text,
    event text,
    result delivery_result not null,
    -- Why nothing was started.
    detail text,
    -- No foreign key: the execution's row is written by the same statement, and goes before this one.
    execution_id uuid,
    number bigint,
    times integer not null default 1,
    received_at timestamptz not null default now(),
    last_at timestamptz not null default now(),
    primary key (sensor_id, digest),
    check ((result = 'started') = (execution_id is not null)),
    check ((execution_id is null) = (number is null))
);
comment on table sensor_deliveries is 'What came of each genuine delivery: written in the transaction that starts, so that each starts once.';
create index sensor_deliveries_newest on sensor_deliveries (sensor_id, id desc);
create index sensor_deliveries_old on sensor_deliveries (last_at);
