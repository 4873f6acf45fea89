comment on column jobs.ever_offered is 'Whether its worker may have begun it: it was offered, and its worker has not said since that it did not start it.';
