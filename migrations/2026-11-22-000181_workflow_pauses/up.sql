-- Workflows of which nothing is started for the time being.
alter table workflows
    add column paused_at timestamptz,
    add column paused_by text,
    add column paused_reason text,
    add check ((paused_at is null) = (paused_by is null)),
    add check (paused_reason is null or paused_at is not null);
