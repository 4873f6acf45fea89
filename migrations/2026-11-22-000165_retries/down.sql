drop index executions_by_origin;
