-- A token may get a new secret under the same id, and the one before it may be good for a while longer.
alter table tokens
    add column previous_sha256 bytea,
    add column previous_until timestamptz,
    add constraint tokens_previous check ((previous_sha256 is null) = (previous_until is null));
