-- What had gone wrong when a person was asked how a rollout is to go on: the hosts, and the batch that was not well.
alter table rollouts add column asked jsonb;
