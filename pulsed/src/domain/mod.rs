//! Verbs: one use-case is one verb is one transaction.
//!
//! A verb locks and loads through the store, decides in pure code, and writes
//! through the store. No HTTP, no sockets, no diesel. Doors call verbs through
//! `perform`, which begins, commits, repeats and announces.

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod calls;
mod engine;
pub(crate) mod enroll_tokens;
mod entries;
pub(crate) mod events;
pub(crate) mod executions;
pub(crate) mod jobs;
pub(crate) mod lookups;
pub(crate) mod maintenances;
pub(crate) mod metrics;
pub(crate) mod monitors;
pub(crate) mod notifications;
pub(crate) mod once;
pub(crate) mod places;
pub(crate) mod prompts;
pub(crate) mod regions;
pub(crate) mod rollouts;
pub(crate) mod schedules;
pub(crate) mod secret_inputs;
pub(crate) mod secrets;
pub(crate) mod sensors;
pub(crate) mod server;
pub(crate) mod settings;
pub(crate) mod steps;
pub(crate) mod tokens;
pub(crate) mod users;
mod verb;
pub(crate) mod windows;
pub(crate) mod workers;
pub(crate) mod workflows;

pub(crate) use self::{
    engine::EngineError,
    verb::{Repeatable, Verb, perform, perform_once},
};
/// What doors need to know of the store: its failures, how busy it is, how callers name things.
pub(crate) use crate::store::{
    PoolUse, StoreError,
    audit::Filter as AuditFilter,
    executions::{Filter as ExecutionFilter, Name as ExecutionName},
    prompts::Name as PromptName,
    regions::Filter as RegionFilter,
    workers::{
        Found as FoundWorker,
        views::{Filter as WorkerFilter, WithDeleted},
    },
    workflows::Name as WorkflowName,
};
