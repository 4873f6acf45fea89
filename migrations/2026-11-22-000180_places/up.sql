-- Executions that need a place in a group, and those that have one.
create table places (
    -- The order of the queue: given under the lock of the group.
    id bigint generated always as identity primary key,
    execution_id uuid not null references executions (id) on delete cascade deferrable initially deferred,
    name text not null,
    -- How many places the group has, as the execution's document says.
    most integer not null check (most >= 1),
    -- Whether it asks the oldest of the group to end.
    makes_room boolean not null default false,
    asked_at timestamptz not null default now(),
    -- Since when it has the place; null while it waits for it.
    begun_at timestamptz,
    unique (execution_id, name)
);
comment on table places is 'Places in the groups of `concurrency`: one is held while it has begun and its execution has not ended. Rows of what has ended are swept.';
create index places_by_name on places (name, id);
create index places_waiting on places (id) where begun_at is null;
