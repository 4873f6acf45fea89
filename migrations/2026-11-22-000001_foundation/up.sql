-- The tables that everything else stands on. State columns are enums; what a state
-- demands of its row is a CHECK; what has ended stays ended, by trigger.

create type worker_status as enum ('online', 'unreachable', 'offline', 'deleted');
create type admin_state as enum ('active', 'draining', 'drained', 'held');
create type worker_role as enum ('action', 'sensor', 'hybrid');
create type worker_type as enum ('local', 'remote', 'container');
create type job_status as enum ('pending', 'polled', 'running', 'succeeded', 'failed', 'timed_out', 'cancelled', 'lost');
create type step_status as enum ('waiting', 'ready', 'running', 'succeeded', 'failed', 'skipped', 'cancelled');
create type step_kind as enum ('execute', 'prompt', 'wait', 'group', 'agent');
create type rollout_status as enum ('going', 'resting', 'rested', 'unhealthy');
create type job_awaits as enum ('drain', 'restart', 'reboot');
create type execution_status as enum ('pending', 'running', 'waiting', 'completed', 'failed', 'cancelled', 'timed_out');
create type prompt_status as enum ('open', 'answered', 'expired', 'cancelled');
create type enroll_token_status as enum ('issued', 'consumed', 'expired', 'revoked');
create type credential_status as enum ('fresh', 'active', 'superseded', 'cloned', 'revoked');
create type drain_mode as enum ('exit', 'hold');
create type on_deadline as enum ('leave', 'cancel');
create type user_role as enum ('viewer', 'operator', 'admin');

-- Every offer takes the next number: a report under an older one changes nothing.
create sequence fences;
-- Every connection of an agent takes the next number: an older connection changes nothing.
create sequence session_epochs;

create table servers (
    id uuid primary key,
    name text not null,
    version text not null,
    sessions integer not null default 0,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
);
comment on table servers is 'Replicas of pulsed on this database; one is alive while it was seen lately.';

create table regions (
    code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
    name text not null,
    lat double precision,
    lon double precision,
    created_at timestamptz not null default now()
);
comment on table regions is 'Place labels for workers.';
insert into regions (code, name) values ('iad', 'Washington, D.C.');

create table users (
    username text primary key check (length(username) between 1 and 256),
    display_name text,
    email text,
    groups text[] not null default '{}',
    role user_role,
    fixed_role user_role,
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
);
comment on table users is 'People whom a trusted proxy has named, as it named them last. Without a role, no group of theirs lets them in.';

create table settings (
    is_only boolean primary key default true check (is_only),
    multi_region_enabled boolean not null default false
);
comment on table settings is 'What holds for the whole installation: one row.';
insert into settings default values;

create table tokens (
    id uuid primary key,
    name text not null,
    username text not null,
    owner text references users (username) on delete cascade,
    groups text[] not null default '{}',
    workflows text[],
    role user_role not null,
    secret_sha256 bytea not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
comment on table tokens is 'Ways in for people and scripts; only a digest of the secret is kept. One with an owner never gives more than the owner has now.';
create index tokens_by_user on tokens (username);
create index tokens_by_owner on tokens (owner);

create table workers (
    id uuid primary key,
    name text not null,
    kind worker_type not null,
    role worker_role not null,
    region text not null references regions (code) on delete restrict,
    host text,
    port integer,
    status worker_status not null,
    admin_state admin_state not null default 'active',
    groups text[] not null default '{}',
    labels jsonb not null default '{}',
    capabilities jsonb not null default '{}',
    function_blocks jsonb not null default '[]',
    meta jsonb not null default '{}',
    metrics jsonb,
    slots integer not null default 5 check (slots between 0 and 10000),
    boot_id text,
    version text,
    generation integer not null default 1,
    session_epoch bigint,
    server_id uuid,
    held_by uuid,
    link_id text,
    mark jsonb,
    clone jsonb,
    is_shared boolean not null default false,
    restart_wanted_at timestamptz,
    restart_scope text check (restart_scope in ('link', 'executor')),
    rotate_wanted_at timestamptz,
    last_heartbeat timestamptz,
    deleted_reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status = 'deleted') = (deleted_reason is not null)),
    check ((restart_wanted_at is null) = (restart_scope is null))
) with (fillfactor = 70);
comment on table workers is 'Agents of hosts: what the server observes (status) and what an operator wants (admin_state).';
create index workers_by_server on workers (server_id) where server_id is not null;
create unique index workers_by_name on workers (name) where status <> 'deleted';
create index workers_by_region on workers (region);
create index workers_by_group on workers using gin (groups);

create table credentials (
    id uuid primary key,
    worker_id uuid not null references workers (id) on delete cascade,
    status credential_status not null default 'active',
    generation integer not null default 1 check (generation >= 1),
    secret_sha256 bytea not null,
    created_at timestamptz not null default now(),
    used_at timestamptz,
    ended_at timestamptz,
    unique (worker_id, generation),
    check ((status in ('fresh', 'active')) = (ended_at is null))
);
comment on table credentials is 'What a worker proves itself with, a generation after the other; only a digest of the secret is kept.';
create unique index credentials_in_use on credentials (worker_id) where status = 'active';
create unique index credentials_fresh on credentials (worker_id) where status = 'fresh';

create table drains (
    worker_id uuid primary key references workers (id) on delete cascade,
    mode drain_mode not null,
    reason text,
    asked_by text not null,
    asked_at timestamptz not null default now(),
    deadline_at timestamptz,
    on_deadline on_deadline not null default 'leave',
    passed_at timestamptz
);
comment on table drains is 'The drain that a worker is under, with its deadline: the timer is this row.';
create index drains_due on drains (deadline_at) where passed_at is null and deadline_at is not null;

create table enroll_tokens (
    id uuid primary key,
    status enroll_token_status not null default 'issued',
    secret_sha256 bytea not null,
    region text not null references regions (code) on delete restrict,
    role worker_role not null,
    groups text[] not null default '{}',
    labels jsonb not null default '{}',
    name text,
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    uses integer not null default 1 check (uses between 1 and 1000),
    used integer not null default 0 check (used between 0 and uses),
    ended_at timestamptz,
    check ((status = 'issued') = (ended_at is null)),
    check ((status = 'consumed') = (used = uses))
);
comment on table enroll_tokens is 'Rights to enrol hosts, one unless more were asked for.';
create index enroll_tokens_by_region on enroll_tokens (region);
create index enroll_tokens_issued on enroll_tokens (expires_at) where status = 'issued';

create table enrolments (
    worker_id uuid primary key references workers (id) on delete cascade,
    token_id uuid not null references enroll_tokens (id) on delete cascade,
    key_sha256 bytea,
    at timestamptz not null default now()
);
comment on table enrolments is 'Which token enrolled which worker, and the digest of the key that the host made for it.';
create index enrolments_by_token on enrolments (token_id);

create table definitions (
    sha256 bytea primary key,
    source text not null,
    created_at timestamptz not null default now()
);
comment on table definitions is 'Workflow documents by the digest of their text; never changed, so an execution keeps exactly what it started with.';

create table workflows (
    id uuid primary key,
    name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    description text,
    version integer not null,
    grants jsonb,
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
comment on table workflows is 'Named documents; a deleted one keeps its history. grants: the groups that may view, run and answer, by the newest version.';
create unique index workflows_by_name on workflows (name) where deleted_at is null;

create table workflow_versions (
    workflow_id uuid not null references workflows (id) on delete restrict,
    version integer not null,
    definition bytea not null references definitions (sha256) on delete restrict,
    message text,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (workflow_id, version)
);
comment on table workflow_versions is 'Every version that a workflow has had.';
create index workflow_versions_by_definition on workflow_versions (definition);

create table executions (
    id uuid primary key,
    number bigint generated always as identity unique,
    workflow_id uuid references workflows (id) on delete restrict,
    workflow_name text,
    workflow_version integer,
    definition bytea not null references definitions (sha256) on delete no action deferrable initially deferred,
    status execution_status not null,
    outcome text,
    started_by text not null,
    reason text,
    inputs jsonb not null default '{}',
    targets jsonb,
    stop text check (stop in ('cancelled', 'timed_out')),
    stop_requested_by text,
    stop_grace_ms bigint,
    paused_at timestamptz,
    paused_by text,
    retry_of bigint,
    undo_of bigint,
    last_seq bigint not null default 0,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    deadline_at timestamptz,
    completed_at timestamptz,
    check ((status in ('completed', 'failed', 'cancelled', 'timed_out')) = (completed_at is not null)),
    check (completed_at is null or deadline_at is null)
) with (fillfactor = 80);
comment on table executions is 'Runs of workflows. The row is the lock under which its steps, jobs and timeline move.';
create index executions_by_workflow on executions (workflow_id);
create index executions_by_definition on executions (definition);
-- Cleared when it ends: an index that depends on the status would make every move of the row write all indexes.
create index executions_by_deadline on executions (deadline_at) where deadline_at is not null;

create index executions_undoing on executions (undo_of) where undo_of is not null;

create table steps (
    execution_id uuid not null references executions (id) on delete cascade deferrable initially deferred,
    path text not null,
    index integer not null,
    step_id text not null,
    name text not null,
    kind step_kind not null,
    status step_status not null default 'waiting',
    reason text,
    detail text,
    response text,
    jobs_total integer not null default 0,
    jobs_open integer not null default 0,
    jobs_bad integer not null default 0,
    ended_order bigint,
    due_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    primary key (execution_id, path),
    check (jobs_open between 0 and jobs_total and jobs_bad between 0 and jobs_total),
    check ((status in ('succeeded', 'failed', 'skipped', 'cancelled')) = (completed_at is not null)),
    check (completed_at is null or due_at is null)
) with (fillfactor = 80);
comment on table steps is 'Entries of the document inside an execution.';
create index steps_by_due on steps (due_at) where due_at is not null;

create table rollouts (
    execution_id uuid not null references executions (id) on delete cascade deferrable initially deferred,
    step_path text not null,
    status rollout_status not null default 'going',
    -- In the order of their turns: the id and the name of each.
    hosts jsonb not null,
    sizes jsonb not null,
    batch integer not null default 0 check (batch >= 0),
    detail text,
    -- For an undo: the steps that had begun on each host.
    undoes jsonb,
    look_at timestamptz,
    rest_since timestamptz,
    began_at timestamptz not null default now(),
    primary key (execution_id, step_path),
    foreign key (execution_id, step_path) references steps (execution_id, path) on delete cascade
        deferrable initially deferred,
    check ((status = 'resting') = (look_at is not null))
);
comment on table rollouts is 'Which hosts a step goes over, batch by batch, and where it stands between two of them.';
create index rollouts_resting on rollouts (look_at) where status = 'resting';

create table jobs (
    id uuid not null,
    attempt integer not null check (attempt >= 1),
    execution_id uuid not null,
    step_path text not null,
    -- No foreign key: workers are never deleted (their trigger sees to it), and the check would lock the worker's
    -- row for every job. Whoever adds a job has read that row.
    worker_id uuid not null,
    worker_name text not null,
    status job_status not null,
    fence bigint,
    spec jsonb not null,
    timeout_ms bigint not null,
    ever_offered boolean not null default false,
    not_before timestamptz,
    give_up_at timestamptz,
    -- What ends the job other than a process; what was true before, and what must be after.
    awaits job_awaits,
    awaits_before text,
    awaits_version text,
    offer_expires_at timestamptz,
    cancel_requested_at timestamptz,
    evidence_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    started_at timestamptz,
    completed_at timestamptz,
    exit_code integer,
    signal integer,
    reason text,
    detail text,
    outputs jsonb,
    last_output_seq bigint not null default 0,
    output_bytes bigint not null default 0,
    output_sha256 text,
    late_status text,
    late_exit integer,
    late_at timestamptz,
    primary key (id, attempt),
    unique (execution_id, step_path, worker_id, attempt),
    -- Deferred, so that one transaction may write steps and their jobs in any order.
    foreign key (execution_id, step_path) references steps (execution_id, path) on delete cascade
        deferrable initially deferred,
    check ((status = 'polled') = (offer_expires_at is not null)),
    check (status not in ('polled', 'running') or fence is not null),
    check ((status in ('succeeded', 'failed', 'timed_out', 'cancelled', 'lost')) = (completed_at is not null))
) with (fillfactor = 70);
comment on table jobs is 'One attempt of one step on one worker. Only a report under the current fence moves it.';
create index jobs_pending on jobs (worker_id, created_at) where status = 'pending';
create index jobs_in_hand on jobs (worker_id) where status in ('polled', 'running');
create index jobs_to_cancel on jobs (worker_id) where status in ('polled', 'running') and cancel_requested_at is not null;
create index jobs_awaiting on jobs (worker_id) where awaits is not null and completed_at is null;
create index jobs_bad on jobs (completed_at) where status in ('failed', 'timed_out', 'lost');
create index jobs_ended on jobs (worker_id, completed_at) where completed_at is not null;
create index jobs_offers on jobs (offer_expires_at) where status = 'polled';

create table outputs (
    job_id uuid not null,
    attempt integer not null,
    seq bigint not null check (seq >= 1),
    execution_id uuid not null,
    log_seq bigint not null,
    stream smallint not null check (stream in (1, 2)),
    byte_offset bigint not null check (byte_offset >= 0),
    at timestamptz not null default now(),
    data bytea not null,
    primary key (job_id, attempt, seq),
    foreign key (job_id, attempt) references jobs (id, attempt) on delete cascade
);
comment on table outputs is 'What jobs wrote, byte for byte; stream 1 is stdout, 2 is stderr.';
alter table outputs alter column data set storage external;
create unique index outputs_by_execution on outputs (execution_id, log_seq);

create table timeline (
    -- No foreign key: it is only written together with its execution's row, and goes with it by trigger.
    execution_id uuid not null,
    last_seq bigint not null,
    seqs bigint[] not null,
    whats jsonb[] not null,
    at timestamptz not null default now(),
    -- The transaction that wrote it: what it says is in order once no older one can commit any more.
    tx bigint not null default pg_current_xact_id()::text::bigint,
    primary key (execution_id, last_seq),
    check (cardinality(seqs) > 0 and cardinality(whats) = cardinality(seqs) and seqs[cardinality(seqs)] = last_seq)
);
comment on table timeline is 'What happened in an execution, in order; shares its numbers with outputs.log_seq. A row is what one transaction says of one execution: a row for each entry would cost the hot path most of its writes.';
create index timeline_by_tx on timeline (tx);

create function take_timeline() returns trigger language plpgsql as $$
begin
    delete from timeline where execution_id = old.id;
    return null;
end
$$;
create trigger executions_take_their_timeline after delete on executions
    for each row execute function take_timeline();

create view entries as
    select t.execution_id, e.seq, t.last_seq, t.at, t.tx, e.what
    from timeline t cross join unnest(t.seqs, t.whats) as e (seq, what);
comment on view entries is 'The timeline, an entry in each row.';

create table events (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    tx bigint not null default pg_current_xact_id()::text::bigint,
    what jsonb not null
);
comment on table events is 'What happened to workers and workflows; what happened in executions is in timeline.';
create index events_by_tx on events (tx);
create index events_by_age on events (at);

create function note_worker() returns trigger language plpgsql as $$
begin
    insert into events (what) values (jsonb_build_object('event', 'worker', 'worker_id', new.id,
        'worker', new.name, 'region', new.region, 'status', new.status, 'admin_state', new.admin_state));
    return null;
end
$$;
create trigger workers_are_noted after insert on workers for each row execute function note_worker();
create trigger workers_moves_are_noted after update of status, admin_state on workers for each row
    when (old.status <> new.status or old.admin_state <> new.admin_state) execute function note_worker();

create function note_workflow() returns trigger language plpgsql as $$
begin
    insert into events (what) values (jsonb_build_object('event', 'workflow', 'workflow_id', new.id,
        'workflow', new.name, 'change', case when tg_op = 'INSERT' then 'created'
            when new.deleted_at is not null then 'deleted' else 'updated' end));
    return null;
end
$$;
create trigger workflows_are_noted after insert or update on workflows for each row execute function note_workflow();

create table prompts (
    id uuid primary key,
    number bigint generated always as identity unique,
    execution_id uuid not null,
    step_path text not null,
    status prompt_status not null default 'open',
    message text not null,
    options text[] not null check (cardinality(options) > 0),
    default_option text,
    opened_at timestamptz not null default now(),
    expires_at timestamptz,
    response text,
    answered_by text,
    answered_at timestamptz,
    comment text,
    foreign key (execution_id, step_path) references steps (execution_id, path) on delete cascade
        deferrable initially deferred,
    check ((status = 'answered') = (response is not null)),
    check ((response is null) or (response = any (options)))
);
comment on table prompts is 'Questions that executions wait on.';
create index prompts_by_execution on prompts (execution_id);
create index prompts_open on prompts (expires_at) where status = 'open';

create table idempotency_keys (
    principal text not null,
    key text not null,
    request_sha256 bytea not null,
    body jsonb not null,
    created_at timestamptz not null default now(),
    primary key (principal, key)
);
comment on table idempotency_keys is 'Answers of calls that carried a key, for the same call made again.';
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    subject text not null,
    detail jsonb not null default '{}'
);
comment on table audit is 'Who did what; rows are only ever added.';
-- Small, and costs writers next to nothing: rows come in the order of their time.
create index audit_by_time on audit using brin (at);

create function expect_rows(moved bigint, expected bigint) returns void language plpgsql as $$
begin
    if moved <> expected then
        raise exception 'the row has moved on';
    end if;
end
$$;
comment on function expect_rows is 'Fails a write, and its transaction, that did not find every row as it was read.';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of % is not allowed', tg_op, tg_table_name using errcode = '42501';
end
$$;
create trigger workers_are_kept before delete on workers
    for each row execute function refuse_change();
create trigger workers_table_is_kept before truncate on workers
    for each statement execute function refuse_change();
create trigger audit_is_append_only before update or delete on audit
    for each row execute function refuse_change();
create trigger audit_is_kept before truncate on audit
    for each statement execute function refuse_change();

create table audit_unsealed (
    audit_id bigint primary key
);
comment on table audit_unsealed is 'Rows of the audit trail that are not in its chain yet; written with them, emptied by a timer.';

create table audit_seals (
    seq bigint primary key check (seq >= 1),
    audit_id bigint not null unique references audit (id) on delete restrict,
    sha256 bytea not null check (octet_length(sha256) = 32),
    sealed_at timestamptz not null default now()
);
comment on table audit_seals is 'The chain over the audit trail, without gaps: each digest is over the one before it and its row.';
create trigger audit_seals_are_append_only before update or delete on audit_seals
    for each row execute function refuse_change();
create trigger audit_seals_are_kept before truncate on audit_seals
    for each statement execute function refuse_change();

create function refuse_revival() returns trigger language plpgsql as $$
begin
    raise exception '% has ended as %, and cannot become %', tg_table_name, old.status, new.status
        using errcode = '23514';
end
$$;
create trigger jobs_stay_ended before update of status on jobs for each row
    when (old.status in ('succeeded', 'failed', 'timed_out', 'cancelled', 'lost') and new.status <> old.status)
    execute function refuse_revival();
create trigger steps_stay_ended before update of status on steps for each row
    when (old.status in ('succeeded', 'failed', 'skipped', 'cancelled') and new.status <> old.status)
    execute function refuse_revival();
create trigger executions_stay_ended before update of status on executions for each row
    when (old.status in ('completed', 'failed', 'cancelled', 'timed_out') and new.status <> old.status)
    execute function refuse_revival();
create trigger prompts_stay_ended before update of status on prompts for each row
    when (old.status <> 'open' and new.status <> old.status)
    execute function refuse_revival();
create trigger enroll_tokens_stay_ended before update of status on enroll_tokens for each row
    when (old.status <> 'issued' and new.status <> old.status)
    execute function refuse_revival();
