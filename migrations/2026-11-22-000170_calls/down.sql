drop index executions_by_parent;
alter table executions drop column parent, drop column parent_step, drop column reach;
drop table calls;
drop type call_status;
update steps set kind = 'group' where kind = 'workflow';
alter type step_kind rename to step_kind_with_workflow;
create type step_kind as enum ('execute', 'prompt', 'wait', 'group', 'agent');
alter table steps alter column kind type step_kind using kind::text::step_kind;
drop type step_kind_with_workflow;
