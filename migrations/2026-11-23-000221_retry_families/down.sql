drop trigger executions_have_a_family on executions;
drop function note_family();
alter table executions drop column family;
