alter table workers drop column meta_at;
