delete from notifications where incident is not null;
alter table notifications
    drop constraint notifications_about,
    drop constraint notifications_about_one,
    drop column incident,
    add constraint notifications_check1 check ((event = 'test') = (execution_id is null));
update notification_channels set events = array_remove(array_remove(events, 'monitor_down'), 'monitor_up');
update notification_channels set spec = case when spec ? 'on' then
    jsonb_set(spec, '{on}', (spec -> 'on') - 'monitor_down' - 'monitor_up') else spec end - 'monitors';
alter table notification_channels drop column monitors;
drop table maintenances;
drop table incidents;
drop table monitor_flips;
drop table checks;
drop table monitor_regions;
drop table monitors;
drop type check_result;
drop type monitor_status;
drop type monitor_kind;
