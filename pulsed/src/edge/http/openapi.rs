//! The OpenAPI document, made from the table of routes and the bodies' own schemas.

use axum::{
    Json,
    body::{Body, to_bytes},
    http::{Method, header},
    response::Response,
};
use pulse_api::{http, problem::MEDIA_TYPE};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{
    headers,
    query::Described,
    reads::Need,
    routes::{Route, table},
};
use crate::model::access::Access;

#[derive(OpenApi)]
#[openapi(components(schemas(
    pulse_api::Problem,
    http::audit::AuditEntry,
    http::audit::AuditVerification,
    pulse_api::agent_log::WorkerLog,
    http::events::Event,
    http::executions::CancelExecution,
    http::executions::Entry,
    http::executions::ExecutionSummary,
    http::executions::ExecutionView,
    http::executions::PruneExecutions,
    http::executions::PrunedExecutions,
    http::executions::RetryExecution,
    http::executions::UndoExecution,
    http::executions::StartExecution,
    http::health::HealthView,
    http::health::ServerStatusView,
    http::health::UserView,
    http::jobs::JobView,
    http::prompts::DelegatePrompt,
    http::prompts::PromptView,
    http::prompts::Respond,
    http::regions::CreateRegion,
    http::regions::PatchRegion,
    http::regions::RegionView,
    http::notifications::ChannelSpec,
    http::notifications::ChannelView,
    http::notifications::NotificationView,
    http::monitors::MonitorSpec,
    http::monitors::MonitorView,
    http::monitors::MonitorTest,
    http::monitors::CheckView,
    http::monitors::IncidentView,
    http::monitors::UptimeView,
    http::monitors::MaintenanceSpec,
    http::monitors::MaintenanceView,
    http::schedules::ScheduleSpec,
    http::schedules::ScheduleView,
    http::secrets::PutSecret,
    http::secrets::SecretUseView,
    http::secrets::SecretUser,
    http::secrets::SecretVersionView,
    http::secrets::SecretView,
    http::sensors::DeliveryView,
    http::sensors::HookAnswer,
    http::sensors::SensorView,
    http::settings::PatchSettings,
    http::settings::SettingsView,
    http::tokens::CreateToken,
    http::tokens::CreatedToken,
    http::tokens::RotateToken,
    http::tokens::RotatedToken,
    http::tokens::TokenView,
    http::users::PatchUser,
    http::users::UserRow,
    http::workers::CleanUpWorkers,
    http::workers::CleanedUp,
    http::workers::CommandAccepted,
    http::workers::DrainWorker,
    http::workers::Enroll,
    http::workers::EnrollTokenView,
    http::workers::Enrolled,
    http::workers::IssueEnrollToken,
    http::workers::IssuedEnrollToken,
    http::workers::FreshCredential,
    http::workers::PatchWorker,
    http::workers::RestartWorker,
    http::workers::PingBody,
    http::workers::Registered,
    http::workers::RunCommand,
    http::workers::SeedHeartbeat,
    http::workers::WorkerAbout,
    http::workers::WorkerView,
    http::workflows::AppliedWorkflow,
    http::workflows::CreateWorkflow,
    http::workflows::PauseWorkflow,
    http::workflows::PlanView,
    http::workflows::PlanWorkflow,
    http::workflows::RenameWorkflow,
    http::workflows::ValidWorkflow,
    http::workflows::WorkflowVersionView,
    http::workflows::WorkflowView,
)))]
struct Schemas;

/// Answers with the document.
pub(super) async fn serve() -> Json<Value> {
    Json(document())
}

/// The whole document.
pub(crate) fn document() -> Value {
    let schemas = serde_json::to_value(Schemas::openapi()).unwrap_or_default();
    let routes = table();
    let mut paths = Map::new();
    let mut add = |path: String, method: &Method, operation: Value| {
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        entry[method.as_str().to_ascii_lowercase()] = operation;
    };
    for route in &routes {
        add(route.home(), &route.method, operation(route));
    }
    for route in &routes {
        for path in route.older_paths() {
            let operation = older(route, &path);
            add(path, &route.method, operation);
        }
    }
    let mut components = schemas
        .get("components")
        .cloned()
        .unwrap_or_else(|| json!({}));
    components["responses"] = json!({"Problem": {
        "description": "A problem",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }});
    components["securitySchemes"] = json!({
        "token": {"type": "http", "scheme": "bearer"},
        "credential": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "pulse",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Runs commands and workflows on a fleet of hosts.",
        },
        "tags": tags(),
        "paths": paths,
        "components": components,
    })
}

/// What operations are told apart by: the noun that they are about, or that they are older names.
const OLDER: &str = "compatibility";

fn tags() -> Value {
    json!([
        {"name": "service", "description": "The service itself, and who uses it."},
        {"name": "workers", "description": "Hosts, and what enrols them."},
        {"name": "workflows", "description": "Documents that say what to do."},
        {"name": "executions", "description": "Runs of workflows, and of single commands."},
        {"name": "jobs", "description": "Single steps on single hosts, and what they wrote."},
        {"name": "prompts", "description": "Questions that executions wait on."},
        {"name": "notifications", "description": "Channels that people are told things by, and what they were told."},
        {"name": "monitors", "description": "What is looked at again and again, and when it was down."},
        {"name": "schedules", "description": "What starts workflows by the clock."},
        {"name": "sensors", "description": "What starts workflows from outside."},
        {"name": "regions", "description": "Labels of places."},
        {"name": "secrets", "description": "Values that steps get in their environment; none is ever shown."},
        {"name": "tokens", "description": "What people and scripts sign in with."},
        {"name": OLDER, "description": "The same operations under the paths that older clients know. New clients do not need them."},
    ])
}

/// The noun that a path is about.
fn noun(path: &str) -> &str {
    let noun = path.split('/').nth(1).unwrap_or_default();
    match noun {
        "hooks" => "sensors",
        "incidents" | "maintenances" => "monitors",
        "workers" | "executions" | "workflows" | "prompts" | "jobs" | "regions" | "schedules"
        | "monitors" | "notifications" | "secrets" | "sensors" | "tokens" => noun,
        _ => "service",
    }
}

/// The name of an operation: its method and its path.
fn id(method: &Method, path: &str) -> String {
    let plain = path.replace(['/', '{', '}', '-'], "_");
    format!("{}{plain}", method.as_str().to_ascii_lowercase())
}

/// An operation under a path of older clients: the same but for its name.
fn older(route: &Route, path: &str) -> Value {
    let mut operation = operation(route);
    let path = if path == "/" { "/root" } else { path };
    operation["operationId"] = format!("compat_{}", id(&route.method, path)).into();
    operation["summary"] = format!("The same as {} {}", route.method, route.home()).into();
    operation["tags"] = json!([OLDER]);
    operation
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": id(&route.method, route.path),
        "summary": route.summary,
        "tags": [noun(route.path)],
        "x-pulse-access": access(route.access),
        "responses": {
            "default": {"$ref": "#/components/responses/Problem"},
        },
    });
    operation["responses"]["2XX"] = answer(route.answer);
    let parameters = parameters(route);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(need) = route.told.body {
        let content = match route.body {
            "document" => json!({
                "application/yaml": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "object"}},
            }),
            "delivery" => json!({
                "application/json": {"schema": {}},
                "application/x-www-form-urlencoded": {"schema": {
                    "type": "object", "required": ["payload"], "properties": {"payload": {"type": "string"}},
                }},
            }),
            name => json!({"application/json": {"schema": schema(name)}}),
        };
        operation["requestBody"] = json!({"required": need == Need::Required, "content": content});
    }
    operation["security"] = match route.access {
        Access::Open => json!([]),
        Access::Worker | Access::Anybody => json!([{"token": []}, {"credential": []}]),
        Access::Viewer | Access::Approver | Access::Operator | Access::Admin | Access::Scraper => {
            json!([{"token": []}])
        }
    };
    operation
}

/// Everything that a call says beside its body.
fn parameters(route: &Route) -> Vec<Value> {
    let in_path = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    let in_query = route.told.query.iter().flatten();
    let key = route.takes_key().then(headers::idempotency_key);
    let in_header = route.told.headers.iter().cloned().chain(key);
    in_path
        .chain(in_query.map(|parameter| described("query", parameter)))
        .chain(in_header.map(|parameter| described("header", &parameter)))
        .collect()
}

fn described(place: &str, parameter: &Described) -> Value {
    let mut value = json!({
        "name": parameter.name,
        "in": place,
        "required": false,
        "description": parameter.description.trim(),
        "schema": parameter.schema,
    });
    if parameter.schema["type"] == "array" {
        value["style"] = "form".into();
        value["explode"] = false.into();
    }
    value
}

fn answer(name: &str) -> Value {
    match name {
        "" => json!({"description": "Done"}),
        "metrics" => json!({
            "description": "Done",
            "content": {"application/openmetrics-text": {"schema": {"type": "string"}}},
        }),
        "html" => json!({
            "description": "Done",
            "content": {"text/html": {"schema": {"type": "string"}}},
        }),
        "bytes" => json!({
            "description": "Done",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }),
        name => {
            let schema = match name.strip_suffix("[]") {
                Some(item) => json!({
                    "type": "object",
                    "required": ["items", "next_cursor"],
                    "properties": {
                        "items": {"type": "array", "items": schema(item)},
                        "next_cursor": {"type": ["string", "null"]},
                    },
                }),
                None => schema(name),
            };
            json!({"description": "Done", "content": {"application/json": {"schema": schema}}})
        }
    }
}

fn schema(name: &str) -> Value {
    match name {
        "object" => json!({"type": "object"}),
        name => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Open => "open",
        Access::Viewer => "viewer",
        Access::Approver => "approver",
        Access::Operator => "operator",
        Access::Admin => "admin",
        Access::Worker => "worker",
        Access::Scraper => "scraper",
        Access::Anybody => "anybody",
    }
}

/// The largest problem document, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// Writes the request's id into a problem document.
pub(super) async fn with_trace_id(response: Response, id: &str) -> Response {
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes() == MEDIA_TYPE.as_bytes());
    if !is_problem {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
    let mut problem: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    problem["trace_id"] = Value::from(id);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(problem.to_string()))
}
