-- The end of a window is looked for so far and no farther: what is shown says which of the two it is.
alter table windows add column is_at_least boolean not null default false;
comment on column windows.is_at_least is 'Whether the execution waits at least until then: that is as far as the end was looked for.';
