-- Channels that people are told things by, and what is to be told.
alter type step_kind add value if not exists 'notify';
create type channel_kind as enum ('slack', 'discord', 'webhook', 'email', 'workflow');
create type notification_event as enum ('completed', 'failed', 'cancelled', 'timed_out', 'prompt', 'step', 'test');
create type notification_status as enum ('waiting', 'delivered', 'failed', 'dropped');

create table notification_channels (
    name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind channel_kind not null,
    -- What was applied. What only some may know is named in it by the names of secrets.
    spec jsonb not null,
    -- Of what it is told by itself.
    events notification_event[] not null,
    -- Of which workflows; null for all of them.
    workflows text[],
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_by text not null,
    updated_at timestamptz not null default now(),
    check (not events && array['step', 'test']::notification_event[])
);
comment on table notification_channels is 'Where people are told things: their names, and how what is told gets there. Never a secret.';

create table notifications (
    -- What the receiver knows it by: the same however often it is tried.
    id uuid primary key default gen_random_uuid(),
    number bigint not null generated always as identity unique,
    -- By name: a step may name a channel that is not there.
    channel text not null,
    event notification_event not null,
    execution_id uuid references executions (id) on delete cascade deferrable initially deferred,
    -- The step whose message it is, and which ends with it.
    step_path text,
    message text,
    -- The number of the prompt that is open.
    prompt bigint,
    status notification_status not null default 'waiting',
    -- How often it was tried. Whoever tries it has counted: what they report is of that try.
    attempts integer not null default 0,
    -- When it is tried next; while it is tried, when nobody is believed to try it any more.
    due_at timestamptz not null default now(),
    give_up_at timestamptz not null,
    last_error text,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    check ((status = 'waiting') = (ended_at is null)),
    check ((event = 'test') = (execution_id is null)),
    check ((event = 'step') = (step_path is not null)),
    check ((event = 'step') = (message is not null)),
    check ((event = 'prompt') = (prompt is not null))
);
comment on table notifications is 'What is to be told, written together with what it tells of, and what came of it.';
create index notifications_due on notifications (channel, due_at) where status = 'waiting';
create index notifications_by_channel on notifications (channel, number);
create index notifications_by_execution on notifications (execution_id) where execution_id is not null;
create index notifications_ended on notifications (ended_at) where ended_at is not null;
