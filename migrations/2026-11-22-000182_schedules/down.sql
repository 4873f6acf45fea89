drop table schedule_slots;
drop table schedules;
drop type slot_result;
drop type schedule_missed;
drop type schedule_overlap;
