//! The floor's server.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::StatusCode,
    response::Response,
    routing::{get, post},
    serve::ListenerExt as _,
};
use tokio::{net::TcpListener, sync::mpsc};

use super::{
    Answer, Done, Job, Wish,
    pool::{self, Pool},
};
use crate::say;

struct Floor {
    pool: Pool,
    agents: Mutex<Vec<mpsc::UnboundedSender<Job>>>,
    /// Who waits for a run's results.
    waiting: Mutex<HashMap<i64, mpsc::UnboundedSender<Done>>>,
}

/// Serves until the process is ended.
pub(crate) async fn serve(
    listen: SocketAddr,
    database: &str,
    pool_size: u32,
) -> anyhow::Result<()> {
    let floor = Arc::new(Floor {
        pool: pool::open(database, pool_size).await?,
        agents: Mutex::default(),
        waiting: Mutex::default(),
    });
    let router = Router::new()
        .route("/run", post(run))
        .route("/agents", get(agents))
        .route("/agent", get(connect))
        .with_state(floor);
    let listener = TcpListener::bind(listen).await?;
    say::line(&listener.local_addr()?.to_string())?;
    let listener = listener.tap_io(|stream| {
        // Slower without, and otherwise the same.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await?;
    Ok(())
}

/// How many agents are connected.
async fn agents(State(floor): State<Arc<Floor>>) -> Json<usize> {
    Json(lock(&floor.agents).len())
}

async fn run(
    State(floor): State<Arc<Floor>>,
    Json(wish): Json<Wish>,
) -> Result<Json<Answer>, (StatusCode, String)> {
    carry_out(&floor, &wish)
        .await
        .map(Json)
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")))
}

async fn carry_out(floor: &Floor, wish: &Wish) -> anyhow::Result<Answer> {
    let id = floor.pool.get().await?.insert(&wish.command).await?;
    let (sender, mut results) = mpsc::unbounded_channel();
    lock(&floor.waiting).insert(id, sender);
    let sent = send(floor, id, wish);
    let mut exit_code = 0;
    for _ in 0..sent {
        let Some(done) = results.recv().await else {
            break;
        };
        exit_code = exit_code.max(done.exit_code);
    }
    lock(&floor.waiting).remove(&id);
    anyhow::ensure!(sent == wish.agents, "only {sent} of {} agents", wish.agents);
    floor.pool.get().await?.update(id, exit_code).await?;
    Ok(Answer { id, exit_code })
}

fn send(floor: &Floor, id: i64, wish: &Wish) -> usize {
    let agents = lock(&floor.agents);
    let job = || Job {
        id,
        command: wish.command.clone(),
    };
    agents
        .iter()
        .take(wish.agents)
        .filter(|agent| agent.send(job()).is_ok())
        .count()
}

async fn connect(State(floor): State<Arc<Floor>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| async move { converse(&floor, socket).await })
}

async fn converse(floor: &Floor, mut socket: WebSocket) {
    let (sender, mut jobs) = mpsc::unbounded_channel();
    lock(&floor.agents).push(sender);
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => {
                let Ok(text) = serde_json::to_string(&job) else { return };
                if socket.send(Message::Text(text.into())).await.is_err() {
                    return;
                }
            }
            frame = socket.recv() => {
                let Some(Ok(frame)) = frame else { return };
                let Ok(text) = frame.to_text() else { return };
                let Ok(done) = serde_json::from_str::<Done>(text) else { continue };
                if let Some(waiting) = lock(&floor.waiting).get(&done.id) {
                    // A client that hung up waits no more.
                    let _ = waiting.send(done);
                }
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
