alter table workers drop column protocol;
