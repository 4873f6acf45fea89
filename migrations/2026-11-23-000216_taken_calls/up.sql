-- What a step that was taken over had run: its executions are asked who has answered there.
alter table calls add column taken_from bigint;
comment on column calls.taken_from is 'The number of the execution that the step ran in the execution that it was taken over from.';
with recursive origins (execution_id, step_path, retry_of) as (
    select c.execution_id, c.step_path, e.retry_of
    from calls c join executions e on e.id = c.execution_id
    where c.child is null and c.status = 'ended' and e.retry_of is not null
), found (execution_id, step_path, child, retry_of) as (
    select o.execution_id, o.step_path, c.child, case when c.child is null then p.retry_of end
    from origins o join executions p on p.number = o.retry_of
    join calls c on c.execution_id = p.id and c.step_path = o.step_path
    union all
    select f.execution_id, f.step_path, c.child, case when c.child is null then p.retry_of end
    from found f join executions p on p.number = f.retry_of
    join calls c on c.execution_id = p.id and c.step_path = f.step_path
)
update calls c set taken_from = f.child
from found f
where f.execution_id = c.execution_id and f.step_path = c.step_path and f.child is not null;
