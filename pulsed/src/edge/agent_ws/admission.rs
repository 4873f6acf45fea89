//! How many agents may be coming in at once: the others are asked to come again in a moment.
//!
//! After a restart of the server the whole fleet dials at the same time. Whoever is let in is let in
//! quickly; nobody waits in a queue that only grows.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use pulse_api::ProblemCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{app::App, edge::http::problem::Refusal};

/// How many agents may be on their way from the first byte to the welcome.
const COMING_IN: usize = 64;
/// The longest that an agent is asked to stay away, in seconds: enough to spread a large fleet.
const LONGEST_PAUSE: u32 = 5;

/// The places for agents that are coming in.
#[derive(Clone)]
pub(crate) struct Admission {
    app: App,
    places: Arc<Semaphore>,
}

/// A place, taken until the agent is welcomed or turned away.
#[derive(Debug, Clone)]
pub(super) struct Admitted {
    _place: Arc<OwnedSemaphorePermit>,
}

impl Admission {
    pub(crate) fn new(app: App) -> Self {
        Self {
            app,
            places: Arc::new(Semaphore::new(COMING_IN)),
        }
    }

    /// Lets only so many at once through to a route.
    pub(crate) fn in_front_of(&self, handler: MethodRouter<App>) -> MethodRouter<App> {
        let admission = self.clone();
        handler.route_layer(from_fn(move |request: Request, next: Next| {
            let admission = admission.clone();
            async move { admission.pass(request, next).await }
        }))
    }

    async fn pass(&self, mut request: Request, next: Next) -> Response {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            self.app.meters().session_refused();
            return later();
        };
        let admitted = Admitted {
            _place: Arc::new(place),
        };
        request.extensions_mut().insert(admitted);
        next.run(request).await
    }
}

/// Asks an agent to come again, each at a time of its own.
fn later() -> Response {
    let seconds = 1 + getrandom::u32().unwrap_or(0) % LONGEST_PAUSE;
    let refusal = Refusal::new(
        ProblemCode::Busy,
        "many agents are connecting at this moment",
    )
    .hint(format!("come again in {seconds} s"));
    let mut response = refusal.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
