-- What runs an execution again belongs to it, however many retries lie between: also once those are removed.
alter table executions add column family bigint;
comment on column executions.family is 'The number of the first execution that this one runs again, by way of others too; nothing where it runs none again.';
create function note_family() returns trigger language plpgsql as $$
begin
    select coalesce(e.family, e.number) into new.family from executions e where e.number = new.retry_of;
    new.family := coalesce(new.family, new.retry_of);
    return new;
end
$$;
create trigger executions_have_a_family before insert on executions for each row
    when (new.retry_of is not null) execute function note_family();
with recursive up (number, origin) as (
    select number, retry_of from executions where retry_of is not null
    union all
    select u.number, e.retry_of from up u join executions e on e.number = u.origin where e.retry_of is not null
)
update executions e set family = f.first
from (select number, min(origin) as first from up group by number) f
where f.number = e.number;
create index executions_by_family on executions (family) where family is not null;
