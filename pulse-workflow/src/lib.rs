//! What a workflow means: reading documents, expressions, selectors and the pure planner.
//!
//! Nothing here does I/O, reads a clock or draws random numbers: the server and the command line
//! use the same code and can therefore never disagree.

pub mod adhoc;
mod cron;
mod decode;
mod document;
mod duration;
pub mod expression;
mod fault;
pub mod inputs;
mod load;
pub mod model;
pub mod planner;
pub mod preview;
mod rename;
pub mod render;
pub mod retry;
mod schema;
pub mod secrets;
mod shell;
pub mod targets;
mod template;
pub mod text;

pub use cron::{Cron, CronFault, Due, Shift};
pub use decode::slug;
pub use fault::{Fault, Faults};
pub use load::{EventSource, Loaded, Site, Source, load};
pub use model::{
    Action, After, Agent, AgentVerb, Call, CallBook, Callee, CatchUp, Check, Concurrency,
    Condition, DEEPEST_CALLS, Decided, Defaults, Denied, EventKind, EventTrigger, Execute, Expect,
    Given, Group, Health, HookKind, InputKind, InputSpec, Instance, Judgement, NewErrors, NotBy,
    Notify, OnExceed, Order, Overlap, Payload, Permissions, Prompt, RetryFor, RetryPolicy,
    Rollback, RolledBackAfter, Rollout, Runtime, Sandbox, ScheduleTrigger, Section, Seen, Share,
    Spread, Step, StepKind, StepPath, StepRow, Terms, Trial, Unfoldable, Wait, Webhook, WhenDenied,
    WhenFull, Window, Windows, Workflow, trial_of, trials_of,
};
pub use planner::{
    Asked, CallSpec, ExecutionFacts, HostFacts, JobStatus, Move, NoticeSpec, Plan, Progress,
    PromptSpec, Purpose, Rest, RolloutFacts, SkipReason, Snapshot, StepFacts, StepStatus, Stop,
    Verdict, advance, changed_hosts, outputs, step_outcome,
};
pub use preview::{Preview, preview, preview_on};
pub use rename::renamed;
pub use render::{INPUT_PREFIX, JobSpec, RenderError, Task, input_variable, render, unfilled};
pub use schema::schema;
pub use targets::{Host, Needs, Offline, Selection, Selector, Targets, is_label_key, step_targets};

/// A JSON object in document order.
pub type Map = serde_json::Map<String, serde_json::Value>;
