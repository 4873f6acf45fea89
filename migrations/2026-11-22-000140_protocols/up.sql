-- The version of the agent protocol that the worker's link said last; nothing where it names none.
alter table workers add column protocol integer;
