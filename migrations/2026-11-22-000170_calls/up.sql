-- Steps that run other workflows, each as an execution of its own.
alter type step_kind add value if not exists 'workflow';
create type call_status as enum ('wanted', 'running', 'ended');

create table calls (
    execution_id uuid not null references executions (id) on delete cascade deferrable initially deferred,
    step_path text not null,
    status call_status not null default 'wanted',
    workflow text not null,
    -- The newest at the time when it begins, where there is none.
    version integer,
    inputs jsonb not null,
    timeout_ms bigint,
    -- The number of the execution that it became.
    child bigint,
    -- What that execution has given, written with its end.
    outputs jsonb,
    -- Who has ended the execution whose step it is, while it ran.
    stop_by text,
    stop_grace_ms bigint,
    primary key (execution_id, step_path),
    check (status <> 'running' or child is not null),
    check ((stop_by is null) = (stop_grace_ms is null))
);
comment on table calls is 'Executions that steps want, and those that they have become. A row is what rings: the two executions are never locked together.';
create index calls_open on calls (execution_id) where status <> 'ended';
create index calls_by_child on calls (child) where child is not null;

alter table executions
    -- The number of the execution whose step runs this one, and the path of that step.
    add column parent bigint,
    add column parent_step text,
    -- How far whoever started it reached then: what its steps may run. Only where they run workflows.
    add column reach jsonb,
    add check ((parent is null) = (parent_step is null));
create unique index executions_by_parent on executions (parent, parent_step) where parent is not null;
