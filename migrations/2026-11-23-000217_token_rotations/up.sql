-- Which rotation has given a token its secret: a call that is repeated takes none back that came after it.
alter table tokens add column rotation uuid;
