-- Executions that had to do with the windows of their documents.
create table windows (
    execution_id uuid primary key references executions (id) on delete cascade deferrable initially deferred,
    -- Until when it does not begin; null once it may.
    held_until timestamptz,
    -- The window, for people.
    said text,
    -- Whether no window holds it, nor what runs inside of it.
    is_overridden boolean not null default false,
    check (held_until is null or (said is not null and not is_overridden))
);
comment on table windows is 'Executions that wait for the end of a window that denies starts, and those that were started in one all the same. Rows of what has ended are swept.';
create index windows_held on windows (held_until) where held_until is not null;
