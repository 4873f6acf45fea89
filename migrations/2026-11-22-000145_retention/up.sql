-- Executions that ended long ago are removed, and what they wrote may go before them.
alter table executions
    -- Since when what its jobs wrote is gone, or is going.
    add column outputs_removed_at timestamptz,
    -- Whether rows of outputs may be there.
    add column outputs_left boolean not null default true;
-- Also for those that have not ended: nothing is removed of them. One index on the way of every execution, not two.
create index executions_by_end on executions (completed_at) where outputs_left;
create index executions_bare_by_end on executions (completed_at) where not outputs_left;
