alter table workers drop column host_drain;
alter table drains drop column id;
