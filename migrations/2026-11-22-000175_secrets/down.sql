drop table secret_versions;
drop table secrets;
drop table secret_keys;
