alter table workflows drop column paused_at, drop column paused_by, drop column paused_reason;
