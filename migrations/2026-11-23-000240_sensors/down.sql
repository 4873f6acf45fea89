drop table sensor_deliveries;
drop table sensors;
drop type delivery_result;
drop type sensor_kind;
