delete from sensors where cardinality(events) > 0;
drop index sensor_deliveries_undecided;
alter table sensor_deliveries
    drop constraint sensor_deliveries_about,
    drop constraint sensor_deliveries_decided,
    drop column about_execution,
    drop column about_prompt,
    drop column about_incident,
    alter column result set not null;
comment on column sensor_deliveries.digest is null;
comment on table sensor_deliveries is
    'What came of each genuine delivery: written in the transaction that starts, so that each starts once.';
drop index sensors_waiting;
alter table sensors
    drop constraint sensors_secrets,
    drop constraint sensors_waits,
    drop constraint sensors_of_webhooks,
    drop column events,
    drop column workflows,
    drop column monitors,
    add constraint sensors_secrets_check check (cardinality(secrets) between 1 and 2);
comment on table sensors is
    'The webhooks of the newest version of each workflow, and those of earlier ones for as long as their deliveries are remembered.';
