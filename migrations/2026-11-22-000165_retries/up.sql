-- Whether an execution was run again already.
create index executions_by_origin on executions (retry_of) where retry_of is not null;
