-- What is looked at again and again, what each look gave, and what came of it.
create type monitor_kind as enum ('http', 'tcp', 'tls', 'dns', 'icmp', 'heartbeat');
create type monitor_status as enum ('unknown', 'up', 'down', 'paused');
create type check_result as enum ('good', 'failed', 'unable', 'lost');

create table monitors (
    id uuid primary key,
    name text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind monitor_kind not null,
    -- What was applied, with every value that it did not give.
    spec jsonb not null,
    -- Of the spec, what statements ask for. No regions: any one worker looks.
    regions text[] not null,
    interval_ms bigint not null check (interval_ms > 0),
    timeout_ms bigint not null check (timeout_ms > 0),
    -- How far its moments are from whole intervals: monitors that were made together look one after the other.
    offset_ms bigint not null check (offset_ms >= 0),
    status monitor_status not null default 'unknown',
    status_since timestamptz not null default now(),
    -- When it is looked at next, or by when it has to report.
    next_due_at timestamptz,
    paused_by text,
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_by text not null,
    updated_at timestamptz not null default now(),
    check ((status = 'paused') = (paused_by is not null)),
    check ((status = 'paused') = (next_due_at is null))
);
comment on table monitors is 'What is looked at again and again. Whoever changes anything of a monitor holds the lock of its row.';
create index monitors_due on monitors (next_due_at) where next_due_at is not null;

create table monitor_regions (
    monitor_id uuid not null references monitors (id) on delete cascade,
    -- A region, or `any` where the monitor names none.
    region text not null,
    -- What it says: what it has found, unless nothing was heard of it lately.
    status monitor_status not null default 'unknown',
    finding monitor_status not null default 'unknown',
    -- Good looks in a row; failed ones below zero.
    streak integer not null default 0,
    -- Looks in a row of which nothing is known.
    silences integer not null default 0 check (silences >= 0),
    -- The moment of the newest look that counted: none that is older counts any more.
    newest_due_at timestamptz,
    primary key (monitor_id, region),
    check (status in ('unknown', finding)),
    check (finding <> 'paused')
);
comment on table monitor_regions is 'What each region finds of a monitor.';

create table checks (
    id uuid primary key default gen_random_uuid(),
    -- None for one that only tries what a monitor would see.
    monitor_id uuid references monitors (id) on delete cascade,
    region text not null,
    -- The moment that it is for.
    due_at timestamptz not null,
    probe jsonb,
    -- No foreign key: it is looked for only while the look is open, and history needs the name alone.
    worker_id uuid,
    -- Its name at that time.
    worker text,
    timeout_ms bigint not null,
    expires_at timestamptz not null,
    result check_result,
    latency_ms integer,
    detail text,
    ended_at timestamptz,
    unique (monitor_id, region, due_at),
    check ((monitor_id is null) = (probe is not null)),
    check ((result is null) = (ended_at is null))
);
comment on table checks is 'The looks of the last thirty days: one of each region for each moment of a monitor.';
create index checks_open on checks (expires_at) where ended_at is null;
create index checks_by_worker on checks (worker_id) where ended_at is null;
create index checks_newest on checks (monitor_id, due_at desc, id desc);
create index checks_old on checks (due_at);

create table monitor_flips (
    monitor_id uuid not null references monitors (id) on delete cascade,
    at timestamptz not null default now(),
    id bigint generated always as identity,
    status monitor_status not null,
    primary key (monitor_id, at, id)
);
comment on table monitor_flips is 'Each change of the status of a monitor: how long it was up is counted from them.';

create table incidents (
    number bigint primary key generated always as identity,
    -- It outlives its monitor.
    monitor_id uuid references monitors (id) on delete set null,
    monitor text not null,
    cause text not null,
    regions text[] not null,
    opened_at timestamptz not null default now(),
    -- When channels were told; never while it was in a maintenance.
    told_at timestamptz,
    closed_at timestamptz,
    closed_because text,
    check ((closed_at is null) = (closed_because is null))
);
comment on table incidents is 'The times in which monitors were down.';
create unique index incidents_open on incidents (monitor_id) where closed_at is null;
create index incidents_untold on incidents (number) where closed_at is null and told_at is null;
create index incidents_by_monitor on incidents (monitor_id, number);
create index incidents_closed on incidents (closed_at) where closed_at is not null;

create table maintenances (
    number bigint primary key generated always as identity,
    -- By name; those of the selector where there is none.
    monitors text[] not null,
    selector text,
    from_at timestamptz not null,
    until_at timestamptz not null,
    reason text,
    created_by text not null,
    created_at timestamptz not null default now(),
    check (from_at < until_at),
    check ((cardinality(monitors) > 0) <> (selector is not null))
);
comment on table maintenances is 'Times in which nobody is told that a monitor is down.';
create index maintenances_until on maintenances (until_at);

-- A value that was just added cannot be used before the commit: what a notification is about is told by what
-- it refers to.
alter type notification_event add value if not exists 'monitor_down';
alter type notification_event add value if not exists 'monitor_up';
alter table notification_channels add column monitors text[];
alter table notifications
    add column incident bigint references incidents (number) on delete cascade,
    drop constraint notifications_check1,
    add constraint notifications_about check ((event = 'test') = (num_nonnulls(execution_id, incident) = 0)),
    add constraint notifications_about_one check (num_nonnulls(execution_id, incident) < 2);
create index notifications_by_incident on notifications (incident) where incident is not null;
