-- What whoever asked first for an execution's end gave as the reason.
alter table executions add column stop_reason text;
