update tokens set role = 'viewer' where role = 'approver';
update users set role = 'viewer' where role = 'approver';
update users set fixed_role = 'viewer' where fixed_role = 'approver';
alter type user_role rename to user_role_with_approver;
create type user_role as enum ('viewer', 'operator', 'admin');
alter table tokens alter column role type user_role using role::text::user_role;
alter table users
    alter column role type user_role using role::text::user_role,
    alter column fixed_role type user_role using fixed_role::text::user_role;
drop type user_role_with_approver;
