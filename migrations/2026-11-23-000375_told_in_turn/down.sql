drop index notifications_in_turn;
alter table notifications drop column monitor;
