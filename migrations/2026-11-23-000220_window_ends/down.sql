alter table windows drop column is_at_least;
