//! The HTTP door: a table of routes, and one guard in front of all of them.

mod audit;
mod body;
mod docs;
mod enroll_tokens;
pub(crate) mod events;
mod executions;
pub(crate) mod guard;
mod headers;
mod health;
mod jobs;
mod limits;
pub(crate) mod listener;
mod metrics;
mod notifications;
pub(crate) mod openapi;
pub(crate) mod problem;
mod prompts;
mod proxy;
mod query;
mod reads;
mod regions;
mod routes;
mod schedules;
mod secrets;
mod sensors;
mod settings;
pub(super) mod site;
mod stream;
mod text;
mod tokens;
mod unread;
mod users;
mod workers;
mod workflows;

pub(crate) use self::routes::router;
