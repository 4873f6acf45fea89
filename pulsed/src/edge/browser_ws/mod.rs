//! The socket of browsers: what happens from now on, in the third seed's frames.
//!
//! Nothing is taken in here, and nothing is resumed: `GET /events` does that.

mod frames;

use std::time::Duration;

use axum::{
    extract::{
        FromRequestParts, Request, State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::{IntoResponse, Response},
};
use pulse_api::ProblemCode;

use super::{
    agent_ws,
    feed::{AtEnd, Feed},
};
use crate::{
    app::App,
    domain::events,
    edge::http::{guard::Caller, problem::Refusal, site::is_of_this_site},
    model::access::{Principal, User},
};

/// What a browser may send at most, since nothing of it is read.
const LARGEST: usize = 4 * 1024;
/// How far a socket may be behind before it is closed, in bytes.
const LARGEST_BACKLOG: usize = 256 * 1024;
/// How often an idle socket is asked for a sign of life.
const PING: Duration = Duration::from_secs(20);
/// How long one frame may take to leave.
const SEND_PATIENCE: Duration = Duration::from_secs(10);

/// Opens the socket: a worker's for a worker, the browsers' for a person.
pub(crate) async fn open(State(app): State<App>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &()).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.into_response(),
    };
    let request = Request::from_parts(parts, body);
    match caller.principal {
        Some(Principal::User(user)) => admit(&app, user, request)
            .await
            .unwrap_or_else(IntoResponse::into_response),
        Some(Principal::Worker(_)) | None => agent_ws::door::open(State(app), request).await,
    }
}

async fn admit(app: &App, user: User, request: Request) -> Result<Response, Refusal> {
    let (mut parts, _) = request.into_parts();
    if !is_of_this_site(&parts.headers, &parts.uri) {
        return Err(Refusal::new(
            ProblemCode::Forbidden,
            "this page belongs to another site",
        ));
    }
    let upgrade: WebSocketUpgrade = WebSocketUpgrade::from_request_parts(&mut parts, &())
        .await
        .map_err(|error| Refusal::new(ProblemCode::MalformedRequest, error.to_string()))?;
    let now = events::edge(app).await?.settled;
    let feed =
        Feed::open(app, user, (now, AtEnd::Wait)).ok_or_else(super::http::events::crowded)?;
    Ok(upgrade
        .read_buffer_size(LARGEST)
        .write_buffer_size(0)
        .max_write_buffer_size(LARGEST_BACKLOG)
        .max_message_size(LARGEST)
        .max_frame_size(LARGEST)
        .on_upgrade(move |socket| serve(feed, socket)))
}

async fn serve(mut feed: Feed, mut socket: WebSocket) {
    let mut pings = tokio::time::interval_at(tokio::time::Instant::now() + PING, PING);
    let mut is_answered = true;
    loop {
        let frames = tokio::select! {
            event = feed.next() => match event {
                Some((_, event)) => frames::of(&event),
                None => break,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Pong(_) | Message::Ping(_))) => {
                    is_answered = true;
                    continue;
                }
                Some(Ok(Message::Text(_) | Message::Binary(_))) => continue,
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            },
            _ = pings.tick() => {
                if !std::mem::take(&mut is_answered) {
                    return;
                }
                vec![Message::Ping(Vec::new().into())]
            }
        };
        for frame in frames {
            let sent = tokio::time::timeout(SEND_PATIENCE, socket.send(frame)).await;
            if !matches!(sent, Ok(Ok(()))) {
                return;
            }
        }
    }
    let goodbye = CloseFrame {
        code: axum::extract::ws::close_code::RESTART,
        reason: "the server is stopping".into(),
    };
    // The other side may be gone already.
    let _ = socket.send(Message::Close(Some(goodbye))).await;
}
