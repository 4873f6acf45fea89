drop index sensor_deliveries_digest;
delete from sensors where retired_at is not null;
alter table sensors drop column retired_at;
comment on table sensors is 'The webhooks of the newest version of each workflow.';
