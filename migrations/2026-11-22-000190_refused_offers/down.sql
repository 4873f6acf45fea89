comment on column jobs.ever_offered is null;
