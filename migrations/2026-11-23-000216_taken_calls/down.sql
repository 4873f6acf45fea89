alter table calls drop column taken_from;
