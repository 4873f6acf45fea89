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
    http::{HeaderMap, Uri, header, uri::Authority},
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
    edge::http::{guard::Caller, problem::Refusal},
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

/// Whether the page that asks was served from here. A program names no origin.
fn is_of_this_site(headers: &HeaderMap, uri: &Uri) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return true;
    };
    let origin: Option<Uri> = origin.to_str().ok().and_then(|text| text.parse().ok());
    let host: Option<Authority> = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.parse().ok())
        .or_else(|| uri.authority().cloned());
    let (Some(origin), Some(host)) = (origin, host) else {
        return false;
    };
    // A proxy passes the name on, and often not the port.
    let is_same = origin
        .host()
        .is_some_and(|name| name.eq_ignore_ascii_case(host.host()))
        && (host.port_u16().is_none() || port(&origin) == host.port_u16());
    is_same && origins.next().is_none()
}

fn port(origin: &Uri) -> Option<u16> {
    let usual = match origin.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        Some(_) | None => None,
    };
    origin.port_u16().or(usual)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_in(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_of_this_site(&headers, &Uri::from_static("/ws"))
    }

    #[test]
    fn a_page_of_this_site_and_a_program_are_let_in() {
        assert!(is_let_in("pulse.example", None));
        assert!(is_let_in("pulse.example", Some("https://pulse.example")));
        assert!(is_let_in(
            "pulse.example",
            Some("https://Pulse.example:8443")
        ));
        assert!(is_let_in(
            "pulse.example:443",
            Some("https://pulse.example")
        ));
        assert!(is_let_in("127.0.0.1:8080", Some("http://127.0.0.1:8080")));
    }

    #[test]
    fn a_page_of_another_site_or_of_none_is_not() {
        for origin in [
            "null",
            "https://evil.example",
            "https://pulse.example.evil.example",
            "file://",
            "",
        ] {
            assert!(!is_let_in("pulse.example", Some(origin)), "{origin}");
        }
        assert!(!is_let_in("127.0.0.1:8080", Some("http://127.0.0.1:9000")));
    }
}
