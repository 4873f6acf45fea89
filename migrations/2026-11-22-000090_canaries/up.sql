-- Whether the first batch of a rollout is its canary: known when it begins, and told to people ever after.
alter table rollouts add column canary boolean not null default false;
