//! Every route with what it asks of its caller: the only table there is.
//!
//! The router, the OpenAPI document and the test that walks all roles are made
//! from it, so a route without a declared access cannot exist.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::Request,
    handler::Handler,
    http::Method,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use pulse_api::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    enroll_tokens, executions, guard, health, jobs, limits::WrongTokens, openapi, problem::Refusal,
    prompts, regions, tokens, workers, workflows,
};
use crate::{app::App, edge::agent_ws, model::access::Access};

/// One route.
pub(super) struct Route {
    pub(super) method: Method,
    /// Below `/api/v1`, or below `/api`, or as it is: see `place`.
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) summary: &'static str,
    /// The names of the schemas of body and answer; `[]` behind a name means a page of them.
    pub(super) body: Option<&'static str>,
    pub(super) answer: &'static str,
    pub(super) place: Place,
    handler: MethodRouter<App>,
}

/// Under which prefixes a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `/api/v1`, and `/api` for the third seed's clients.
    Api,
    /// Those two, and as it is for the fourth seed's clients.
    ApiAndRoot,
}

struct Table(Vec<Route>);

impl Table {
    fn add<H, T>(
        &mut self,
        (method, path, access): (Method, &'static str, Access),
        (summary, body, answer): (&'static str, Option<&'static str>, &'static str),
        handler: H,
    ) where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let place = if path.starts_with("/workers") || path == "/health" {
            Place::ApiAndRoot
        } else {
            Place::Api
        };
        let handler = on(filter, handler);
        self.0.push(Route {
            method,
            path,
            access,
            summary,
            body,
            answer,
            place,
            handler,
        });
    }
}

/// Every route.
pub(super) fn table() -> Vec<Route> {
    let mut table = Table(Vec::new());
    service(&mut table);
    fleet(&mut table);
    documents(&mut table);
    runs(&mut table);
    table.0
}

use Access::{Admin, Open, Operator, Viewer, Worker};

fn service(t: &mut Table) {
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    t.add(
        (get.clone(), "/health", Open),
        ("Says whether the service works", None, "HealthView"),
        health::health,
    );
    t.add(
        (get.clone(), "/user", Viewer),
        ("Says who calls", None, "UserView"),
        health::user,
    );
    t.add(
        (get.clone(), "/server/status", Viewer),
        ("Shows the whole service", None, "ServerStatusView"),
        health::status,
    );
    t.add(
        (get.clone(), "/openapi.json", Open),
        ("Describes this interface", None, "object"),
        openapi::serve,
    );
    t.add(
        (get.clone(), "/audit", Admin),
        ("Shows who did what", None, "object[]"),
        health::audit,
    );
    t.add(
        (get.clone(), "/tokens", Viewer),
        ("Lists tokens", None, "TokenView[]"),
        tokens::list,
    );
    t.add(
        (post, "/tokens", Viewer),
        ("Makes a token", Some("CreateToken"), "CreatedToken"),
        tokens::create,
    );
    t.add(
        (delete, "/tokens/{id}", Viewer),
        ("Revokes a token", None, ""),
        tokens::revoke,
    );
    t.add(
        (get, "/regions", Viewer),
        ("Lists regions", None, "RegionView[]"),
        regions::list,
    );
}

fn fleet(t: &mut Table) {
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    t.add(
        (post.clone(), "/workers/enroll-tokens", Admin),
        (
            "Issues an enrolment token",
            Some("IssueEnrollToken"),
            "IssuedEnrollToken",
        ),
        enroll_tokens::issue,
    );
    t.add(
        (get.clone(), "/workers/enroll-tokens", Admin),
        ("Lists enrolment tokens", None, "EnrollTokenView[]"),
        enroll_tokens::list,
    );
    t.add(
        (delete.clone(), "/workers/enroll-tokens/{id}", Admin),
        ("Revokes an enrolment token", None, ""),
        enroll_tokens::revoke,
    );
    t.add(
        (post.clone(), "/workers/enroll", Open),
        (
            "Enrols a host with a one-shot token",
            Some("Enroll"),
            "Enrolled",
        ),
        workers::enroll,
    );
    t.add(
        (post.clone(), "/workers/register", Worker),
        (
            "Registers an enrolled host again",
            Some("WorkerAbout"),
            "Registered",
        ),
        workers::register,
    );
    t.add(
        (post.clone(), "/workers/heartbeat", Worker),
        (
            "Takes a sign of life in the third seed's form",
            Some("SeedHeartbeat"),
            "object",
        ),
        workers::heartbeat,
    );
    t.add(
        (post.clone(), "/workers/{id}/ping", Worker),
        ("Takes a sign of life", Some("PingBody"), "object"),
        workers::ping,
    );
    t.add(
        (post.clone(), "/workers/{id}/unregister", Worker),
        ("Takes a goodbye", None, "object"),
        workers::unregister,
    );
    t.add(
        (get.clone(), "/workers", Viewer),
        ("Lists workers", None, "WorkerView[]"),
        workers::list,
    );
    t.add(
        (get.clone(), "/workers/online", Viewer),
        ("Lists workers that are online", None, "WorkerView[]"),
        workers::online,
    );
    t.add(
        (get.clone(), "/workers/{id}", Viewer),
        ("Shows a worker", None, "WorkerView"),
        workers::show,
    );
    t.add(
        (get.clone(), "/workers/{id}/function-blocks", Viewer),
        ("Lists what a worker offers by name", None, "object[]"),
        workers::function_blocks,
    );
    t.add(
        (get.clone(), "/workers/{id}/jobs", Viewer),
        ("Lists a worker's jobs", None, "JobView[]"),
        jobs::of_worker,
    );
    t.add(
        (post.clone(), "/workers/{id}/drain", Operator),
        (
            "Lets a worker finish and start nothing more",
            Some("DrainWorker"),
            "WorkerView",
        ),
        workers::drain,
    );
    t.add(
        (post.clone(), "/workers/{id}/resume", Operator),
        ("Lets a worker start jobs again", None, "WorkerView"),
        workers::resume,
    );
    t.add(
        (post.clone(), "/workers/{id}/command", Admin),
        (
            "Runs one command on a worker",
            Some("RunCommand"),
            "CommandAccepted",
        ),
        executions::command,
    );
    t.add(
        (Method::PATCH, "/workers/{id}", Admin),
        (
            "Changes groups, labels, name or region",
            Some("PatchWorker"),
            "WorkerView",
        ),
        workers::patch,
    );
    t.add(
        (delete, "/workers/{id}", Admin),
        ("Removes a worker and revokes its credential", None, ""),
        workers::remove,
    );
    t.add(
        (post.clone(), "/workers/cleanup", Admin),
        (
            "Deletes workers that have been offline for a day",
            None,
            "object",
        ),
        workers::clean_up,
    );
    t.add(
        (post, "/workers/cleanup-offline", Admin),
        ("Deletes workers that are offline", None, "object"),
        workers::clean_up_offline,
    );
    t.add(
        (get, "/agent", Worker),
        ("The agents' socket", None, ""),
        agent_ws::door::open,
    );
}

fn documents(t: &mut Table) {
    let (get, post) = (Method::GET, Method::POST);
    t.add(
        (get.clone(), "/workflows", Viewer),
        ("Lists workflows", None, "WorkflowView[]"),
        workflows::list,
    );
    t.add(
        (post.clone(), "/workflows", Admin),
        (
            "Creates a workflow in the third seed's form",
            Some("CreateWorkflow"),
            "WorkflowView",
        ),
        workflows::create,
    );
    t.add(
        (post.clone(), "/workflows/validate", Viewer),
        ("Checks a document", Some("document"), "ValidWorkflow"),
        workflows::validate,
    );
    t.add(
        (get.clone(), "/workflows/{name}", Viewer),
        ("Shows a workflow", None, "WorkflowView"),
        workflows::show,
    );
    t.add(
        (Method::PUT, "/workflows/{name}", Admin),
        (
            "Makes a document the newest version",
            Some("document"),
            "AppliedWorkflow",
        ),
        workflows::apply,
    );
    t.add(
        (Method::DELETE, "/workflows/{name}", Admin),
        ("Deletes a workflow; its history stays", None, ""),
        workflows::delete,
    );
    t.add(
        (get.clone(), "/workflows/{name}/versions", Viewer),
        ("Lists a workflow's versions", None, "WorkflowVersionView[]"),
        workflows::versions,
    );
    t.add(
        (get, "/workflows/{name}/versions/{version}", Viewer),
        ("Shows a version", None, "WorkflowVersionView"),
        workflows::version,
    );
    t.add(
        (post, "/workflows/{name}/plan", Viewer),
        (
            "Shows what a run would do",
            Some("PlanWorkflow"),
            "PlanView",
        ),
        workflows::plan,
    );
}

fn runs(t: &mut Table) {
    let (get, post) = (Method::GET, Method::POST);
    t.add(
        (post.clone(), "/executions", Operator),
        (
            "Starts an execution",
            Some("StartExecution"),
            "ExecutionView",
        ),
        executions::start,
    );
    t.add(
        (get.clone(), "/executions", Viewer),
        ("Lists executions, newest first", None, "ExecutionView[]"),
        executions::list,
    );
    t.add(
        (get.clone(), "/executions/{id}", Viewer),
        ("Shows an execution", None, "ExecutionView"),
        executions::show,
    );
    t.add(
        (post.clone(), "/executions/{id}/respond", Operator),
        (
            "Answers the prompt of an execution",
            Some("Respond"),
            "PromptView",
        ),
        prompts::respond,
    );
    t.add(
        (post.clone(), "/executions/{id}/cancel", Operator),
        (
            "Ends an execution early",
            Some("CancelExecution"),
            "ExecutionView",
        ),
        executions::cancel,
    );
    t.add(
        (post.clone(), "/executions/{id}/retry", Operator),
        (
            "Runs an execution again",
            Some("RetryExecution"),
            "ExecutionView",
        ),
        executions::retry,
    );
    t.add(
        (get.clone(), "/executions/{id}/logs", Viewer),
        ("Shows what the jobs wrote", None, "Entry[]"),
        executions::logs,
    );
    t.add(
        (get.clone(), "/executions/{id}/events", Viewer),
        ("Follows an execution's timeline (SSE)", None, "Entry"),
        executions::events,
    );
    t.add(
        (get.clone(), "/jobs/{id}", Viewer),
        ("Shows a job", None, "JobView"),
        jobs::show,
    );
    t.add(
        (get.clone(), "/jobs/{id}/output", Viewer),
        ("What a job wrote, byte for byte", None, "bytes"),
        jobs::output,
    );
    t.add(
        (get.clone(), "/prompts", Viewer),
        ("Lists prompts", None, "PromptView[]"),
        prompts::list,
    );
    t.add(
        (get, "/prompts/{id}", Viewer),
        ("Shows a prompt", None, "PromptView"),
        prompts::show,
    );
    t.add(
        (post, "/prompts/{id}/answer", Operator),
        ("Answers a prompt", Some("Respond"), "PromptView"),
        prompts::answer,
    );
}

/// The router over the table.
pub(crate) fn router(app: App) -> Router {
    let wrong_tokens = Arc::new(WrongTokens::default());
    let mut api = Router::new();
    let mut root = Router::new();
    for route in table() {
        let guard = guard::Guard {
            app: app.clone(),
            access: route.access,
            wrong_tokens: Arc::clone(&wrong_tokens),
        };
        let handler = route
            .handler
            .route_layer(from_fn(move |request: Request, next: Next| {
                guard::pass(guard.clone(), request, next)
            }));
        if route.place == Place::ApiAndRoot {
            root = root.route(route.path, handler.clone());
        }
        api = api.route(route.path, handler);
    }
    Router::new()
        .nest("/api/v1", api.clone())
        .nest("/api", api)
        .merge(root)
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(trace))
        .with_state(app)
}

async fn unknown() -> Refusal {
    Refusal::new(ProblemCode::UnknownRoute, "there is no such endpoint")
        .hint("GET /api/v1/openapi.json lists them")
}

async fn wrong_method() -> Refusal {
    Refusal::new(
        ProblemCode::MethodNotAllowed,
        "this endpoint knows other methods",
    )
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    Refusal::new(ProblemCode::Internal, "the server could not do this").into_response()
}

/// Gives every request an id that its problem document and its log lines share.
async fn trace(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!("request", trace_id = %id, method = %request.method(), path = request.uri().path());
    let response = tracing::Instrument::instrument(next.run(request), span).await;
    openapi::with_trace_id(response, &id).await
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_route_is_there_twice() {
        let routes = table();
        let unique: HashSet<_> = routes.iter().map(|r| (r.method.clone(), r.path)).collect();

        assert_eq!(unique.len(), routes.len());
    }

    #[test]
    fn only_these_routes_are_open() {
        let open: Vec<_> = table()
            .iter()
            .filter(|r| r.access == Access::Open)
            .map(|r| r.path)
            .collect();

        assert_eq!(open, ["/health", "/openapi.json", "/workers/enroll"]);
    }
}
