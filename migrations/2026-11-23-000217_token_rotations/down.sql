alter table tokens drop column rotation;
