alter table tokens
    drop constraint tokens_previous,
    drop column previous_until,
    drop column previous_sha256;
