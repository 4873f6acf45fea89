-- What starts workflows by the clock, and what came of each moment that was due.
create type schedule_overlap as enum ('skip', 'queue', 'allow', 'replace');
create type schedule_missed as enum ('skip', 'once', 'all');
create type slot_result as enum ('started', 'skipped', 'missed', 'refused');

create table schedules (
    id uuid primary key,
    -- A dot is in the names of those that a document makes only.
    name text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,62}([.][0-9]+)?$'),
    workflow_id uuid not null references workflows (id) on delete restrict,
    -- Its place in the document that makes it; null for one that a person has made.
    position integer check (position >= 0),
    cron text not null,
    timezone text not null,
    overlap schedule_overlap not null,
    missed schedule_missed not null,
    inputs jsonb not null default '{}',
    -- Whose rights count at each start, for one that a person has made.
    owner text not null,
    owner_token uuid references tokens (id) on delete set null,
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    paused_at timestamptz,
    paused_by text,
    -- When it is due next; null where no moment comes any more.
    next_due_at timestamptz,
    unique (workflow_id, position),
    check ((paused_at is null) = (paused_by is null))
);
comment on table schedules is 'What starts workflows by the clock. The timer is next_due_at.';
create index schedules_due on schedules (next_due_at) where next_due_at is not null and paused_at is null;
create index schedules_by_token on schedules (owner_token) where owner_token is not null;

create table schedule_slots (
    schedule_id uuid not null references schedules (id) on delete cascade,
    due_at timestamptz not null,
    result slot_result not null,
    -- Why nothing was started.
    detail text,
    -- No foreign key: the execution's row is written by the same statement, and goes before this one.
    execution_id uuid,
    number bigint,
    decided_at timestamptz not null default now(),
    primary key (schedule_id, due_at),
    check ((result = 'started') = (execution_id is not null))
);
comment on table schedule_slots is 'What came of each moment that was due: written in the transaction that starts, so that each starts once.';
create index schedule_slots_by_execution on schedule_slots (execution_id) where execution_id is not null;
