-- What a sensor has started is remembered when its document does not have it any more.
alter table sensors add column retired_at timestamptz;
comment on column sensors.retired_at is
    'Since when the newest version of its workflow does not have it; null while it does.';
comment on table sensors is
    'The webhooks of the newest version of each workflow, and those of earlier ones for as long as their deliveries are remembered.';
-- The same bytes are looked for among those of retired sensors too.
create index sensor_deliveries_digest on sensor_deliveries (digest) where execution_id is not null;
