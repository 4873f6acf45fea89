-- What is given for secret inputs. What is here is of no use without the server's key file.
create table secret_inputs (
    execution_id uuid primary key references executions (id) on delete cascade deferrable initially deferred,
    names text[] not null check (names <> '{}'),
    -- Null once the execution has ended.
    key_id text references secret_keys (id) on delete restrict,
    sealed bytea,
    check ((key_id is null) = (sealed is null))
);
comment on table secret_inputs is 'The secret inputs of executions, sealed as one value and wiped with the end; only their names stay.';
create index secret_inputs_by_key on secret_inputs (key_id) where key_id is not null;
