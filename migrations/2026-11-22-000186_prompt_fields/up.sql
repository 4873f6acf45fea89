-- What questions ask beside their options, and what was filled in.
alter table prompts add column fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array');
alter table prompt_answers add column fields jsonb check (jsonb_typeof(fields) = 'object');
alter table steps add column fields jsonb check (jsonb_typeof(fields) = 'object');
