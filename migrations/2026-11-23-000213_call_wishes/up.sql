-- How often it was wished that what a step runs ends, and how many of these wishes it has heard of.
alter table calls
    add column stop_wishes integer not null default 0,
    add column stops_told integer not null default 0;
comment on column calls.stop_wishes is 'How often it was wished that the execution ends, counting what asks for more than before: the first wish, one with less time, each by force.';
comment on column calls.stops_told is 'How many of these wishes that execution has heard of. Written with its own rows, never with those of the execution whose step it is.';
update calls set stop_wishes = 1 where stop_by is not null and status <> 'ended';
