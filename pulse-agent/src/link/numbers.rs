//! This agent's own numbers, for whoever gathers them on this host: `GET /metrics`.
//!
//! Asked for at the moment, never kept: the executor counts, this only writes it down.

use std::{cell::Cell, convert::Infallible, fmt::Write as _, net::SocketAddr, rc::Rc};

use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode, body::Bytes, body::Incoming, header,
    server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use super::{Options, own::Own};
use crate::{
    control,
    state::State,
    supervisor::Supervisor,
    wire::{Counted, Load, ToExecutor},
};

/// How many may ask at once; whoever comes then waits in the listener's queue.
const MOST_CALLERS: usize = 8;

/// Begins to answer, where the configuration says an address.
pub(super) async fn start(tasks: &mut Supervisor, options: &Options, own: &Own) {
    if let Some(address) = own.config.metrics.listen
        && let Some(listener) = listen(address).await
    {
        let state = options.state.clone();
        tasks.start(serve(listener, state, own.connections.clone()));
    }
}

async fn serve(listener: TcpListener, state: State, connections: Rc<Cell<u64>>) {
    let mut callers = Supervisor::default();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            continue;
        };
        callers.reap();
        if callers.count() >= MOST_CALLERS {
            continue;
        }
        let (state, connections) = (state.clone(), connections.clone());
        callers.start(async move {
            let service = service_fn(|request| answer(request, &state, &connections));
            let served = http1::Builder::new()
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // Whoever asks is no reason to hold anything for long.
            let _ = tokio::time::timeout(std::time::Duration::from_secs(10), served).await;
        });
    }
}

async fn listen(address: SocketAddr) -> Option<TcpListener> {
    TcpListener::bind(address)
        .await
        .inspect(|_| tracing::info!(%address, "metrics are served"))
        .inspect_err(|error| tracing::error!(%error, %address, "metrics cannot be served"))
        .ok()
}

async fn answer(
    request: Request<Incoming>,
    state: &State,
    connections: &Cell<u64>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_asked = request.method() == Method::GET && request.uri().path() == "/metrics";
    let (status, body) = if is_asked {
        let load = control::ask(state, &ToExecutor::Status).await.ok();
        (StatusCode::OK, text(load.as_ref(), connections.get()))
    } else {
        (StatusCode::NOT_FOUND, "GET /metrics\n".to_owned())
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let kind = header::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

/// The numbers in Prometheus' text form.
fn text(load: Option<&Load>, connections: u64) -> String {
    let is_connected = load.is_some_and(|load| load.link_online);
    let mut numbers = vec![
        gauge(
            "executor_up",
            "Whether the executor answers.",
            u64::from(load.is_some()),
        ),
        gauge(
            "connected",
            "Whether the server is connected.",
            u64::from(is_connected),
        ),
        counter(
            "reconnects_total",
            "Connections to the server after the first.",
            connections.saturating_sub(1),
        ),
    ];
    if let Some(load) = load {
        numbers.extend(of_now(load));
        numbers.extend(of_counted(&load.counted));
    }
    numbers.iter().fold(String::new(), |mut text, number| {
        let Number {
            name,
            kind,
            help,
            value,
        } = number;
        let name = format!("pulse_agent_{name}");
        let _ = writeln!(
            text,
            "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}"
        );
        text
    })
}

struct Number {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: u64,
}

fn gauge(name: &'static str, help: &'static str, value: u64) -> Number {
    let kind = "gauge";
    Number {
        name,
        kind,
        help,
        value,
    }
}

fn counter(name: &'static str, help: &'static str, value: u64) -> Number {
    let kind = "counter";
    Number {
        name,
        kind,
        help,
        value,
    }
}

fn of_now(load: &Load) -> [Number; 5] {
    [
        gauge(
            "slots",
            "Steps that may run at once.",
            u64::from(load.slots),
        ),
        gauge("steps_running", "Steps that run.", u64::from(load.running)),
        gauge(
            "steps_waiting",
            "Offers that wait for a slot.",
            u64::from(load.queued),
        ),
        gauge(
            "results_unreported",
            "Results that the server has not acknowledged.",
            u64::from(load.unreported),
        ),
        gauge(
            "spool_bytes",
            "Output that is kept until the server has it.",
            load.counted.spool_bytes,
        ),
    ]
}

fn of_counted(counted: &Counted) -> [Number; 4] {
    [
        counter(
            "steps_started_total",
            "Steps that were started.",
            counted.started,
        ),
        counter(
            "failures_total",
            "Steps that did not succeed.",
            counted.failures,
        ),
        counter(
            "oom_kills_total",
            "Steps that used more memory than they may.",
            counted.oom_kills,
        ),
        counter(
            "sandbox_denials_total",
            "Steps that the policy or the sandbox of this host did not let start.",
            counted.denials,
        ),
    ]
}
