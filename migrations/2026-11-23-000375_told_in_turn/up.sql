-- What a channel is told of one monitor it is told in the order in which it happened.
alter table notifications add column monitor text;
comment on column notifications.monitor is 'The monitor that it tells of: a channel is told of it in the order of the numbers.';
update notifications n set monitor = i.monitor from incidents i where i.number = n.incident and n.status = 'waiting';
create index notifications_in_turn on notifications (channel, monitor, number) where status = 'waiting' and monitor is not null;
