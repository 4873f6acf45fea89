alter table executions drop column stop_reason;
