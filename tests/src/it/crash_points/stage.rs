//! What is asked of a server that dies over it, and how one sees in the database what has come of it.

use pulse_tests::{World, steps};
use reqwest::Method;
use serde_json::{Value, json};

use super::super::audit::entries::newest;

/// A token lets somebody in for a test's length.
const TTL: u32 = 3600;

/// A call that is about to be made.
pub(super) struct Staged {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) body: Value,
    /// SQL: what has come of it, each counted, separated by blanks; 1 everywhere when it was done.
    pub(super) effects: String,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Call {
    Run(Run),
    Document(Document),
    Fleet(Fleet),
    Access(Access),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Start,
    /// With a secret input, which is sealed.
    StartSecretly,
    Answer,
    /// An answer that ends what was given a secret input, which is wiped.
    End,
    Cancel,
    Pause,
    Retry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    Apply,
    Rename,
    Delete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fleet {
    Enroll,
    Drain,
    Resume,
    Change,
    Remove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    CreateToken,
    RevokeToken,
    Issue,
    AddRegion,
}

impl Call {
    /// The verb at whose transaction the server dies.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Run(Run::Start | Run::StartSecretly) => "start::Start",
            Self::Run(Run::Answer | Run::End) => "prompts::Respond",
            Self::Run(Run::Cancel) => "cancel::Cancel",
            Self::Run(Run::Pause) => "pause::SetPause",
            Self::Run(Run::Retry) => "retry::Retry",
            Self::Document(Document::Apply) => "apply::Apply",
            Self::Document(Document::Rename) => "rename::Rename",
            Self::Document(Document::Delete) => "change::Delete",
            Self::Access(Access::CreateToken) => "tokens::Create",
            Self::Access(Access::RevokeToken) => "tokens::Revoke",
            Self::Access(Access::Issue) => "enroll_tokens::Issue",
            Self::Access(Access::AddRegion) => "regions::Create",
            Self::Fleet(Fleet::Enroll) => "enroll::Enroll",
            Self::Fleet(Fleet::Drain) => "orders::drain",
            Self::Fleet(Fleet::Resume) => "orders::resume",
            Self::Fleet(Fleet::Change) => "orders::patch",
            Self::Fleet(Fleet::Remove) => "orders::remove",
        }
    }

    /// Makes what the call needs, under a name of its own.
    pub(super) async fn stage(self, world: &World, name: &str) -> Staged {
        match self {
            Self::Run(run) => run.stage(world).await,
            Self::Document(document) => document.stage(world, name).await,
            Self::Fleet(Fleet::Enroll) => enrolment(world, name).await,
            Self::Fleet(fleet) => fleet.stage(world, name).await,
            Self::Access(access) => access.stage(world, name).await,
        }
    }
}

impl Run {
    async fn stage(self, world: &World) -> Staged {
        let wait = json!({"name": "Wait", "type": "wait", "duration": "1h"});
        let of = |column: &str, value: &str, action: &str, number: i64| {
            format!(
                "select (select count(*) from executions where number = {number} \
                 and {column} {value}) || ' ' || (select count(*) from audit \
                 where action = '{action}' \
                 and subject = (select id::text from executions where number = {number}))"
            )
        };
        let newest = world
            .database
            .ask("select coalesce(max(number), 0) from executions");
        let newest: i64 = newest.await[0].parse().unwrap();
        let added = "select (select count(*) from executions where number > {after}) || ' ' || \
             (select count(distinct execution_id) from timeline t join executions e \
              on e.id = t.execution_id where e.number > {after}) || ' ' || \
             (select count(distinct execution_id) from steps s join executions e \
              on e.id = s.execution_id where e.number > {after})";
        match self {
            Self::Start => Staged {
                method: Method::POST,
                path: "/executions".to_owned(),
                body: json!({"definition": {"steps": [wait]}}),
                effects: added.replace("{after}", &newest.to_string()),
            },
            Self::StartSecretly => {
                let sealed = " || ' ' || (select count(*) from secret_inputs i join executions e \
                     on e.id = i.execution_id where e.number > {after} and i.sealed is not null)";
                Staged {
                    method: Method::POST,
                    path: "/executions".to_owned(),
                    body: secretly(&wait),
                    effects: format!("{added}{sealed}").replace("{after}", &newest.to_string()),
                }
            }
            Self::End => {
                let body = secretly(&steps::prompt("ask"));
                let begun = world.admin().post("/executions", &body).await.is(201);
                let number = begun["number"].as_i64().unwrap();
                let prompt = world.prompt(number).await["number"].as_i64().unwrap();
                Staged {
                    method: Method::POST,
                    path: format!("/prompts/{prompt}/answer"),
                    body: json!({"response": "Yes"}),
                    effects: format!(
                        "select (select count(*) from executions where number = {number} \
                         and status = 'completed') || ' ' || (select count(*) from secret_inputs i \
                         join executions e on e.id = i.execution_id where e.number = {number} \
                         and i.sealed is null)"
                    ),
                }
            }
            Self::Answer => {
                let question = json!({"steps": [steps::prompt("ask"), wait]});
                let number = world.run(&question).await;
                let prompt = world.prompt(number).await["number"].as_i64().unwrap();
                Staged {
                    method: Method::POST,
                    path: format!("/prompts/{prompt}/answer"),
                    body: json!({"response": "Yes"}),
                    effects: format!(
                        "select (select count(*) from prompts where number = {prompt} \
                         and status = 'answered') || ' ' || (select count(*) from audit \
                         where action = 'prompt.answer' and subject = 'prompt {prompt}') || ' ' \
                         || (select count(*) from steps s join executions e \
                         on e.id = s.execution_id where e.number = {number} \
                         and s.status = 'running' and s.step_id = 'wait')"
                    ),
                }
            }
            Self::Retry => {
                let short = json!({"steps": [{"name": "A", "type": "wait", "duration": "10ms"}]});
                let ended = world.complete(&short).await["number"].as_i64().unwrap();
                Staged {
                    method: Method::POST,
                    path: format!("/executions/{ended}/retry"),
                    body: json!({}),
                    effects: added.replace("{after}", &ended.to_string()),
                }
            }
            Self::Cancel | Self::Pause => {
                let number = world.run(&json!({"steps": [wait]})).await;
                let (verb, column, value) = if self == Self::Cancel {
                    ("cancel", "status", "= 'cancelled'")
                } else {
                    ("pause", "paused_at", "is not null")
                };
                Staged {
                    method: Method::POST,
                    path: format!("/executions/{number}/{verb}"),
                    body: json!({}),
                    effects: of(column, value, &format!("execution.{verb}"), number),
                }
            }
        }
    }
}

/// The start of something that is given a secret input, with this as its only step.
fn secretly(step: &Value) -> Value {
    let inputs = json!({"token": {"secret": true}});
    json!({"definition": {"inputs": inputs, "steps": [step]}, "inputs": {"token": "hunter2hunter2"}})
}

impl Document {
    async fn stage(self, world: &World, name: &str) -> Staged {
        let document = json!({"steps": [{"name": "W", "type": "wait", "duration": "1h"}]});
        let path = format!("/workflows/{name}");
        let called = match self {
            Self::Rename => format!("is-{name}"),
            Self::Apply | Self::Delete => name.to_owned(),
        };
        if self != Self::Apply {
            world.admin().put(&path, &document.to_string()).await.ok();
        }
        let (method, fact, (action, body)) = match self {
            Self::Apply => (
                Method::PUT,
                "workflow_versions v join workflows w on w.id = v.workflow_id \
                 where w.deleted_at is null and",
                ("apply", document),
            ),
            Self::Delete => (
                Method::DELETE,
                "workflows w where w.deleted_at is not null and",
                ("delete", json!({})),
            ),
            Self::Rename => (
                Method::PATCH,
                "workflows w where w.deleted_at is null and",
                ("rename", json!({"name": called})),
            ),
        };
        Staged {
            method,
            path,
            body,
            effects: format!(
                "select (select count(*) from {fact} w.name = '{called}') || ' ' || \
                 (select count(*) from audit where action = 'workflow.{action}' \
                 and subject like '%{called}%')"
            ),
        }
    }
}

/// Enrols a host; the call has a key of its own kind.
async fn enrolment(world: &World, name: &str) -> Staged {
    let token = world.enroll_token().await;
    let key = format!("a long enough enrolment key of {name}");
    Staged {
        method: Method::POST,
        path: "/workers/enroll".to_owned(),
        body: json!({"token": token, "name": name, "enrollment_key": key}),
        effects: format!(
            "select count(distinct w.id) || ' ' || count(distinct e.worker_id) || ' ' || \
                     (select count(*) from audit where action = 'worker.enroll' \
                      and subject = (select id::text from workers where name = '{name}')) \
                     from workers w left join enrolments e on e.worker_id = w.id \
                     where w.name = '{name}'"
        ),
    }
}

impl Fleet {
    async fn stage(self, world: &World, name: &str) -> Staged {
        let (id, _) = world.enroll(name).await;
        let path = format!("/workers/{id}");
        let held = json!({"mode": "hold"});
        let (method, path, body, fact, action) = match self {
            Self::Drain => {
                let path = format!("{path}/drain");
                (Method::POST, path, held, "admin_state = 'held'", "drain")
            }
            Self::Resume => {
                world
                    .admin()
                    .post(&format!("{path}/drain"), &held)
                    .await
                    .ok();
                let path = format!("{path}/resume");
                (
                    Method::POST,
                    path,
                    json!({}),
                    "admin_state = 'active'",
                    "resume",
                )
            }
            Self::Change => {
                let body = json!({"groups": ["web"]});
                (Method::PATCH, path, body, "groups = '{web}'", "change")
            }
            Self::Enroll | Self::Remove => (
                Method::DELETE,
                path,
                json!({}),
                "status = 'deleted'",
                "remove",
            ),
        };
        Staged {
            method,
            path,
            body,
            effects: format!(
                "select (select count(*) from workers where id = '{id}' and {fact}) || ' ' || \
                 (select count(*) from audit where action = 'worker.{action}' \
                 and subject = '{id}')"
            ),
        }
    }
}

impl Access {
    async fn stage(self, world: &World, name: &str) -> Staged {
        let token = json!({"name": name, "role": "viewer", "ttl_seconds": TTL});
        let (method, path, body, fact, action) = match self {
            Self::CreateToken => {
                let fact = format!("tokens where name = '{name}'");
                (
                    Method::POST,
                    "/tokens".to_owned(),
                    token,
                    fact,
                    "token.create",
                )
            }
            Self::RevokeToken => {
                let made = world.admin().post("/tokens", &token).await.is(201);
                let id = made["id"].as_str().unwrap();
                let fact = format!("tokens where id = '{id}' and revoked_at is not null");
                let path = format!("/tokens/{id}");
                (Method::DELETE, path, json!({}), fact, "token.revoke")
            }
            Self::Issue => {
                let body = json!({"region": "iad", "name": name});
                let fact = format!("enroll_tokens where name = '{name}'");
                let path = "/workers/enroll-tokens".to_owned();
                (Method::POST, path, body, fact, "enroll_token.issue")
            }
            Self::AddRegion => {
                let body = json!({"code": name, "name": "a region"});
                let fact = format!("regions where code = '{name}'");
                (
                    Method::POST,
                    "/regions".to_owned(),
                    body,
                    fact,
                    "region.create",
                )
            }
        };
        let newest = newest(world).await;
        Staged {
            method,
            path,
            body,
            effects: format!(
                "select (select count(*) from {fact}) || ' ' || \
                 (select count(*) from audit where action = '{action}' and id > {newest})"
            ),
        }
    }
}
