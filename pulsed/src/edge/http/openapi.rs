//! The OpenAPI document, made from the table of routes and the bodies' own schemas.

use axum::{
    Json,
    body::{Body, to_bytes},
    http::header,
    response::Response,
};
use pulse_api::{http, problem::MEDIA_TYPE};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::routes::{Place, Route, table};
use crate::model::access::Access;

#[derive(OpenApi)]
#[openapi(components(schemas(
    pulse_api::Problem,
    http::audit::AuditEntry,
    http::audit::AuditVerification,
    http::events::Event,
    http::executions::CancelExecution,
    http::executions::Entry,
    http::executions::ExecutionSummary,
    http::executions::ExecutionView,
    http::executions::RetryExecution,
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
    http::settings::PatchSettings,
    http::settings::SettingsView,
    http::tokens::CreateToken,
    http::tokens::CreatedToken,
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
    http::workflows::PlanView,
    http::workflows::PlanWorkflow,
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
    let mut paths = Map::new();
    for route in table() {
        let path = match route.place {
            Place::Root => route.path.to_owned(),
            Place::Api | Place::ApiAndRoot | Place::AgentSocket => format!("/api/v1{}", route.path),
        };
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        entry[route.method.as_str().to_ascii_lowercase()] = operation(&route);
    }
    let mut components = schemas
        .get("components")
        .cloned()
        .unwrap_or_else(|| json!({}));
    components["securitySchemes"] = json!({
        "token": {"type": "http", "scheme": "bearer"},
        "credential": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "pulse",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Runs commands and workflows on a fleet of hosts. The same paths answer below /api, and the workers' ones at the root, for older clients.",
        },
        "paths": paths,
        "components": components,
    })
}

fn operation(route: &Route) -> Value {
    let method = route.method.as_str().to_ascii_lowercase();
    let plain = route.path.replace(['/', '{', '}'], "_").replace('-', "_");
    let mut operation = json!({
        "operationId": format!("{method}{plain}"),
        "summary": route.summary,
        "x-pulse-access": access(route.access),
        "x-pulse-also-at-root": matches!(route.place, Place::ApiAndRoot | Place::AgentSocket),
        "responses": {
            "default": {
                "description": "A problem",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    });
    operation["responses"]["2XX"] = answer(route.answer);
    let parameters: Vec<Value> = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if !route.body.is_empty() {
        let content = match route.body {
            "document" => json!({
                "application/yaml": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "object"}},
            }),
            name => json!({"application/json": {"schema": schema(name)}}),
        };
        operation["requestBody"] = json!({"required": true, "content": content});
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
