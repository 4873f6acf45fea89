-- Which drain it is; one that was asked for on the host has the id that the host gave it.
alter table drains add column id uuid not null default gen_random_uuid();
-- The last drain that was asked for on the host and is known here: taken once, however often it is said.
alter table workers add column host_drain uuid;
