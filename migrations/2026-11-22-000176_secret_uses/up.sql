-- Which secrets a version of a workflow names, so that it can be asked who uses one.
alter table workflow_versions add column secrets text[] not null default '{}';
