-- Whom somebody has asked to answer; it gives no right, and takes none.
alter table prompts add column delegated_to text;
alter table prompts add column delegated_by text;
alter table prompts add constraint prompts_are_delegated_by_somebody check ((delegated_to is null) = (delegated_by is null));
