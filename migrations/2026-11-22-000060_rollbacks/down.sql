drop index rollouts_to_roll_back;
alter table rollouts drop column rollback_wanted;
