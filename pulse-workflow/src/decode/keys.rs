//! Every key of the language, in one place.

pub(crate) const DOCUMENT: &[&str] = &[
    "name",
    "description",
    "inputs",
    "targets",
    "pick",
    "offline",
    "defaults",
    "steps",
    "on_failure",
    "finally",
    "rollback",
    "timeout",
    "permissions",
    "concurrency",
    "windows",
    "triggers",
    "secrets",
];

/// Keys of a document that this version does not carry out.
pub(super) const DOCUMENT_LATER: &[&str] = &["outputs", "rollout"];

pub(crate) const DEFAULTS: &[&str] = &["timeout", "shell", "env", "working_dir", "user", "retry"];

pub(crate) const PERMISSIONS: &[&str] = &["run", "answer", "view"];

pub(crate) const CONCURRENCY: &[&str] = &["group", "limit", "when_full"];

pub(crate) const WINDOWS: &[&str] = &["deny", "when_denied"];
pub(crate) const DENY: &[&str] = &["cron", "for", "timezone"];

pub(crate) const TRIGGERS: &[&str] = &["schedule", "webhook", "event"];
pub(crate) const SCHEDULE: &[&str] = &["cron", "timezone", "overlap", "catch_up"];

pub(crate) const WEBHOOK: &[&str] = &["name", "kind", "secret", "when", "inputs"];

pub(crate) const EVENT: &[&str] = &["name", "on", "workflows", "monitors", "when", "inputs"];

pub(crate) const INPUT: &[&str] = &[
    "type",
    "default",
    "required",
    "values",
    "pattern",
    "description",
    "secret",
];

/// What a prompt asks beside its options: whatever an input may be, but for a secret.
pub(crate) const FIELD: &[&str] = &[
    "type",
    "default",
    "required",
    "values",
    "pattern",
    "description",
];

pub(crate) const RETRY: &[&str] = &["max", "delay", "backoff", "max_delay", "jitter", "for"];

pub(crate) const STEP: &[&str] = &[
    "name",
    "id",
    "type",
    "condition",
    "needs",
    "timeout",
    "continue_on_error",
    "command",
    "script",
    "runtime",
    "uses",
    "with",
    "targets",
    "pick",
    "offline",
    "retry",
    "env",
    "working_dir",
    "user",
    "sandbox",
    "literal",
    "message",
    "options",
    "approvals",
    "not_by",
    "fields",
    "default",
    "duration",
    "until",
    "every",
    "steps",
    "matrix",
    "foreach",
    "rollout",
    "agent",
    "version",
    "expect",
    "rollback",
    "workflow",
    "channel",
];

/// Keys of a step that this version does not carry out.
pub(super) const STEP_LATER: &[&str] = &[
    "secrets",
    "concurrency",
    "permissions",
    "outputs",
    "windows",
    "notify",
];

pub(super) const EXECUTE: &[&str] = &[
    "command",
    "script",
    "runtime",
    "uses",
    "with",
    "targets",
    "pick",
    "offline",
    "retry",
    "env",
    "working_dir",
    "user",
    "sandbox",
    "literal",
    "rollout",
    "expect",
    "rollback",
];

/// Keys of an execute step that a function block says itself.
pub(super) const OF_BLOCKS: &[&str] = &["runtime", "env", "working_dir", "user"];

pub(crate) const SANDBOX: &[&str] = &[
    "no_new_privileges",
    "memory_mib",
    "processes",
    "cpus",
    "cpu_seconds",
    "open_files",
    "file_size_mib",
    "read",
    "write",
];

/// What a step does in place of running a workflow.
pub(super) const OF_COMMANDS: &[&str] = &["command", "script", "uses"];

pub(super) const WORKFLOW: &[&str] = &["workflow", "with"];
pub(super) const PROMPT: &[&str] = &[
    "message",
    "options",
    "approvals",
    "not_by",
    "fields",
    "default",
];
pub(super) const NOTIFY: &[&str] = &["channel", "message"];
pub(super) const WAIT: &[&str] = &["duration", "until", "every"];
pub(super) const GROUP: &[&str] = &[
    "steps", "matrix", "foreach", "rollout", "targets", "pick", "offline",
];
pub(super) const AGENT: &[&str] = &["agent", "version", "targets", "pick", "offline"];

pub(crate) const ROLLBACK: &[&str] = &["order", "after"];

pub(crate) const ROLLOUT: &[&str] = &[
    "batches",
    "max_unavailable",
    "order",
    "pause",
    "max_fail",
    "on_exceed",
    "health",
];

pub(crate) const HEALTH: &[&str] = &[
    "after",
    "doctor",
    "command",
    "workflow",
    "with",
    "timeout",
    "for",
    "runs",
    "within",
    "max_failures",
    "new_errors",
];
