alter table steps drop column fields;
alter table prompt_answers drop column fields;
alter table prompts drop column fields;
