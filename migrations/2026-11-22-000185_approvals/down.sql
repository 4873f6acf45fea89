drop table prompt_answers;
alter table prompts drop column not_by;
alter table prompts drop column approvals;
