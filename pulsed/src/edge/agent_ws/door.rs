//! Opening a socket: who comes in, and with what buffers.

use axum::{
    extract::FromRequestParts,
    extract::{Request, State, WebSocketUpgrade, ws::WebSocketUpgrade as Upgrade},
    response::{IntoResponse, Response},
};
use pulse_api::{FRAME_LIMIT, ProblemCode};

use super::{admission::Admitted, session};
use crate::{
    app::App,
    domain::access,
    edge::http::{guard::Caller, problem::Refusal},
    model::access::{Principal, Speaker},
};

/// Small buffers: a thousand idle agents cost a few MiB, not a hundred.
const BUFFER: usize = 4 * 1024;
/// How far a socket may be behind before it is closed, in bytes.
const LARGEST_BACKLOG: usize = 4 * FRAME_LIMIT;

/// Opens an agent's socket.
pub(crate) async fn open(State(app): State<App>, request: Request) -> Response {
    match admit(&app, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn admit(app: &App, request: Request) -> Result<Response, Refusal> {
    let (mut parts, _) = request.into_parts();
    if parts.headers.contains_key("origin") {
        return Err(Refusal::new(
            ProblemCode::Forbidden,
            "browsers do not speak as workers",
        ));
    }
    let caller = Caller::from_request_parts(&mut parts, &()).await?;
    let Some(Principal::Worker(who)) = caller.principal else {
        return Err(Refusal::new(ProblemCode::Forbidden, "this is for workers"));
    };
    if let Speaker::One(worker) = who
        && access::is_cleaned_up(&app.reserved(), worker).await?
    {
        return Err(
            Refusal::new(ProblemCode::WorkerDeleted, "this worker was cleaned up")
                .hint("POST /workers/register"),
        );
    }
    let upgrade: Upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &())
        .await
        .map_err(|error| Refusal::new(ProblemCode::MalformedRequest, error.to_string()))?;
    let place = parts.extensions.remove::<Admitted>();
    let app = app.clone();
    Ok(upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(LARGEST_BACKLOG)
        .max_message_size(FRAME_LIMIT)
        .max_frame_size(FRAME_LIMIT)
        .on_upgrade(move |socket| session::run(app, (who, caller.mark), (place, socket))))
}
