create table renames (
    worker_id uuid not null references workers (id) on delete cascade,
    name text not null,
    renamed_at timestamptz not null default now(),
    primary key (worker_id, renamed_at)
);
comment on table renames is 'What workers were called until when, as long as an execution is open that began before.';
create index renames_by_name on renames (name, renamed_at);
