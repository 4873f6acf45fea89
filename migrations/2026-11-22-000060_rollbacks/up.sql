-- A rollout that exceeded what it may fail, and whose document says that its hosts are to be brought back.
alter table rollouts add column rollback_wanted boolean not null default false;
create index rollouts_to_roll_back on rollouts (execution_id) where rollback_wanted;
