-- Who wants to see what an agent has logged, and what the agent says: between the replica that was asked and
-- the one that has the agent's socket. Not worth its way through the log of PostgreSQL: what a crash takes away
-- is asked for again.
create unlogged table log_asks (
    id uuid primary key default gen_random_uuid(),
    worker_id uuid not null references workers (id) on delete cascade,
    -- Which lines.
    wanted jsonb not null,
    -- How long the agent may wait for something to say.
    wait_ms bigint not null,
    -- Nobody waits for the answer after this.
    expires_at timestamptz not null,
    answer jsonb
);
comment on table log_asks is
    'Who waits for what an agent has logged; a row goes once its answer was taken.';
create index log_asks_by_worker on log_asks (worker_id);
