drop table windows;
