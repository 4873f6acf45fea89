drop index executions_bare_by_end;
drop index executions_by_end;
alter table executions drop column outputs_left, drop column outputs_removed_at;
