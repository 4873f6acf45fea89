-- Questions that several people have to answer alike.
alter table prompts add column approvals jsonb not null default '{}' check (jsonb_typeof(approvals) = 'object');
alter table prompts add column not_by text check (not_by = 'starter');
create table prompt_answers (
    prompt_id uuid not null references prompts (id) on delete cascade,
    answered_by text not null,
    response text not null,
    comment text,
    answered_at timestamptz not null default now(),
    primary key (prompt_id, answered_by)
);
comment on table prompt_answers is 'What each person has answered to a prompt whose approvals ask for several.';
