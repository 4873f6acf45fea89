-- When what a host says of itself besides was last written with a sign of life.
alter table workers add column meta_at timestamptz;
