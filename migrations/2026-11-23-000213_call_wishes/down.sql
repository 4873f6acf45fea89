alter table calls drop column stop_wishes, drop column stops_told;
