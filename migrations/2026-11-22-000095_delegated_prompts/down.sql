alter table prompts drop constraint prompts_are_delegated_by_somebody;
alter table prompts drop column delegated_by;
alter table prompts drop column delegated_to;
