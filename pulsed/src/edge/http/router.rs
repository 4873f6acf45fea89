//! The router over the table of routes, and what surrounds each call.

use std::{any::Any, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::Request,
    http::Method,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use pulse_api::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;

use super::{
    guard::{self, Asks, Takes},
    limits::Limits,
    openapi,
    problem::Refusal,
    routes::{Place, table},
};
use crate::{app::App, edge::agent_ws::admission::Admission, model::access::Access};

/// The router over the table.
pub(crate) fn router(app: App) -> Router {
    let limits = Arc::new(Limits::new(&app.config().limits));
    let admission = Admission::new(app.clone());
    let mut api = Router::new();
    let mut root = Router::new();
    for route in table() {
        let guard = guard::Guard {
            // A worker that comes, or that beats, does not wait behind calls.
            app: match route.access {
                Access::Worker => app.reserved(),
                Access::Open
                | Access::Viewer
                | Access::Approver
                | Access::Operator
                | Access::Admin
                | Access::Anybody
                | Access::Scraper => app.clone(),
            },
            access: route.access,
            about: route.about,
            takes: match (route.told.body, route.access) {
                (None, Access::Worker) => Takes::Anything,
                (None, _) => Takes::Nothing,
                (Some(_), _) => Takes::Body,
            },
            asks: match (&route.told.query, route.access) {
                (None, Access::Worker | Access::Anybody) => Asks::Anything,
                (None, _) => Asks::Nothing,
                (Some(_), _) => Asks::Parameters,
            },
            body_limit: route.told.body_limit.unwrap_or(guard::BODY_LIMIT),
            limits: Arc::clone(&limits),
        };
        let handler = route
            .handler
            .route_layer(from_fn(move |request: Request, next: Next| {
                guard::pass(guard.clone(), request, next)
            }));
        let handler = if route.place == Place::AgentSocket {
            admission.in_front_of(handler)
        } else {
            handler
        };
        let handler = timed(&app, (method_name(&route.method), route.path), handler);
        for path in route.place.roots(route.path) {
            root = root.route(path, handler.clone());
        }
        if route.place != Place::Root {
            api = api.route(route.path, handler);
        }
    }
    Router::new()
        .nest("/api/v1", api.clone())
        .nest("/api", api)
        .merge(root)
        .fallback(fallback)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(trace))
        .with_state(app)
}

/// Measures how long calls of a route take, and counts how they are answered.
fn timed(
    app: &App,
    names: (&'static str, &'static str),
    handler: MethodRouter<App>,
) -> MethodRouter<App> {
    let seconds = app.meters().call_seconds(names.0, names.1);
    let app = app.clone();
    handler.route_layer(from_fn(move |request: Request, next: Next| {
        let (app, seconds) = (app.clone(), seconds.clone());
        async move {
            let asked_at = Instant::now();
            let response = next.run(request).await;
            seconds.observe(asked_at.elapsed().as_secs_f64());
            app.meters().called(names, response.status().as_u16());
            response
        }
    }))
}

/// The name of a method that the table uses.
fn method_name(method: &Method) -> &'static str {
    const NAMES: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let found = NAMES.into_iter().find(|name| *name == method.as_str());
    found.unwrap_or("other")
}

async fn fallback() -> Refusal {
    unknown()
}

/// Nothing is there.
pub(super) fn unknown() -> Refusal {
    Refusal::new(ProblemCode::UnknownRoute, "there is no such endpoint")
        .hint("GET /api/v1/openapi.json lists them")
}

async fn wrong_method() -> Refusal {
    Refusal::new(
        ProblemCode::MethodNotAllowed,
        "this endpoint knows other methods",
    )
}

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
