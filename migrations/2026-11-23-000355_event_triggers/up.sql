-- Documents may wait for what happens in pulse itself: such a sensor is delivered events.
alter type sensor_kind add value if not exists 'event';
alter table sensors
    drop constraint sensors_secrets_check,
    add column events notification_event[] not null default '{}',
    -- Of which workflows, and of which monitors; null for all of them.
    add column workflows text[],
    add column monitors text[],
    add constraint sensors_secrets check (cardinality(secrets) <= 2),
    -- What is delivered from outside is signed. A value that was just added cannot be used before the commit:
    -- an event sensor is told by what it waits for.
    add constraint sensors_waits check ((cardinality(secrets) > 0) <> (cardinality(events) > 0)),
    add constraint sensors_of_webhooks
        check (cardinality(events) > 0 or num_nonnulls(workflows, monitors) = 0);
comment on table sensors is
    'The webhooks and events of the newest version of each workflow, and those of earlier ones for as long as their deliveries are remembered.';
create index sensors_waiting on sensors (id) where events <> '{}' and retired_at is null;

alter table sensor_deliveries
    -- Null until it is decided what comes of an event.
    alter column result drop not null,
    -- What an event is about. No foreign keys: that may be forgotten first.
    add column about_execution uuid,
    add column about_prompt bigint,
    add column about_incident bigint,
    add constraint sensor_deliveries_about
        check (num_nonnulls(about_execution, about_incident) < 2 and (about_prompt is null or about_execution is not null)),
    add constraint sensor_deliveries_decided
        check (result is not null or num_nonnulls(about_execution, about_incident) = 1);
comment on column sensor_deliveries.digest is
    'Of what the signature vouches for, or of the event and what it is about: the same is delivered once, whatever else comes with it.';
comment on table sensor_deliveries is
    'What came of each genuine delivery: written in the transaction that starts, so that each starts once. Events are written with what happens, and decided afterwards.';
create index sensor_deliveries_undecided on sensor_deliveries (id) where result is null;
