//! `/health`, `/user`, and the state of the service.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use pulse_api::{
    PROTOCOL,
    http::health::{
        DatabaseView, HealthView, QueueView, ServerStatusView, UserView, WorkerCountsView,
    },
};

use super::guard::Actor;
use crate::{app::App, domain::server, model::access::Via};

/// Says whether the service works; 503 while the database is away.
pub(super) async fn health(State(app): State<App>) -> Response {
    let is_there = server::is_database_there(&app).await;
    let (code, status, database) = if is_there {
        (StatusCode::OK, "ok", "connected")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "degraded", "disconnected")
    };
    let auth = match app.config().sso {
        Some(_) => "sso",
        None => "token",
    };
    let view = HealthView {
        status: status.to_owned(),
        timestamp: app.now(),
        database: database.to_owned(),
        auth: auth.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    (code, Json(view)).into_response()
}

/// Says who calls.
pub(super) async fn user(Actor(user): Actor) -> Json<UserView> {
    let token_expires_at = match user.via {
        Via::Token { expires_at, .. } => Some(expires_at),
        Via::Proxy | Via::Console => None,
    };
    Json(UserView {
        username: user.username,
        display_name: user.display_name,
        email: user.email,
        groups: user.groups,
        role: user.role,
        token_expires_at,
    })
}

/// Shows the whole service.
pub(super) async fn status(State(app): State<App>) -> Json<ServerStatusView> {
    let timers = app.timers().views();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let certificate_expires_at = app.certificate().map(|shown| shown.expires_at());
    let view = match server::overview(&app).await {
        Ok(overview) => ServerStatusView {
            status: "ok".to_owned(),
            version,
            protocol: PROTOCOL,
            database: overview.database,
            replicas: overview.replicas,
            certificate_expires_at,
            migration: overview.migration,
            workers: overview.workers,
            agents: overview.agents,
            queue: overview.queue,
            timers,
        },
        Err(error) => {
            tracing::warn!(%error, "the database is away");
            ServerStatusView {
                status: "degraded".to_owned(),
                version,
                protocol: PROTOCOL,
                database: DatabaseView {
                    connected: false,
                    version: None,
                    bytes: None,
                },
                replicas: Vec::new(),
                certificate_expires_at,
                migration: None,
                workers: WorkerCountsView::default(),
                agents: Vec::new(),
                queue: QueueView::default(),
                timers,
            }
        }
    };
    Json(view)
}
