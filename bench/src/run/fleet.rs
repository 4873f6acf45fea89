//! What a connected agent costs the server: a thousand of them, played by this process.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use pulse_api::{PROTOCOL, http::workers::Enrolled};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, mpsc},
    task::JoinSet,
    time,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

use super::{
    FLEET, Options, host,
    numbers::count,
    report::{Report, Row},
    stack::Stack,
};
use crate::say;

/// How many agents connect at the same time.
const AT_ONCE: usize = 16;
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long a server settles before it is looked at.
const SETTLING: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_mins(2);

/// Connects a fleet and looks at the server's memory before and after.
pub(super) async fn measure(
    options: &Options,
    stack: &mut Stack,
    report: &mut Report,
) -> anyhow::Result<()> {
    say::progress(&format!("enrolling {FLEET} agents"));
    let enrolled = enroll(stack).await?;
    // A server that has done nothing yet, so that memory of before is not reused unseen.
    stack.stop()?;
    stack.start(0)?;
    let server = stack.process("server")?;
    time::sleep(SETTLING).await;
    let before = host::memory(server)?;

    let mut agents = connect_all(stack.address()?, enrolled).await?;
    // Two rounds of heartbeats, at least.
    time::sleep(SETTLING + HEARTBEAT * 2).await;
    let after = host::memory(server)?;
    if let Some(ended) = agents.try_join_next() {
        ended??;
        anyhow::bail!("an agent was sent away");
    }
    let cost = cpu(options, server).await?;
    agents.shutdown().await;

    let kib = |bytes: u64| f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX));
    let each = kib(after.rss.saturating_sub(before.rss)) / count(FLEET);
    report.add(
        Row::of(
            format!("a connected agent in the server, of {FLEET}"),
            "KiB",
            each,
        )
        .at_most(32.0),
    );
    report.add(Row::of(
        format!("a server with {FLEET} agents, resident"),
        "MiB",
        kib(after.rss) / 1024.0,
    ));
    report.add(Row::of(
        format!("a server with {FLEET} idle agents, processor"),
        "%",
        cost,
    ));
    Ok(())
}

/// Connects every agent; they live until the set is dropped.
async fn connect_all(
    address: SocketAddr,
    enrolled: Vec<Enrolled>,
) -> anyhow::Result<JoinSet<anyhow::Result<()>>> {
    say::progress(&format!("connecting {FLEET} agents"));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let (connected, mut news) = mpsc::unbounded_channel();
    let mut agents = JoinSet::new();
    for worker in enrolled {
        let (turns, connected) = (Arc::clone(&turns), connected.clone());
        agents.spawn(async move {
            let turn = turns.acquire_owned().await?;
            let socket = connect(address, &worker).await?;
            drop(turn);
            let _ = connected.send(());
            live(socket).await
        });
    }
    drop(connected);
    let everybody = async {
        for _ in 0..FLEET {
            tokio::select! {
                Some(()) = news.recv() => {}
                Some(ended) = agents.join_next() => ended??,
            }
        }
        anyhow::Ok(())
    };
    time::timeout(PATIENCE, everybody)
        .await
        .context("the fleet does not connect")??;
    Ok(agents)
}

/// The share of a processor that the server takes while only heartbeats arrive.
async fn cpu(options: &Options, server: u32) -> anyhow::Result<f64> {
    let window = Duration::from_secs(if options.quick { 5 } else { 15 });
    let before = host::ran_for(server)?;
    time::sleep(window).await;
    let ran = Duration::from_nanos(host::ran_for(server)?.saturating_sub(before));
    Ok(100.0 * ran.as_secs_f64() / window.as_secs_f64())
}

async fn enroll(stack: &Stack) -> anyhow::Result<Vec<Enrolled>> {
    let token = stack.enroll_token()?;
    let mut client = stack.client().await?;
    let mut enrolled = Vec::new();
    for number in 0..FLEET {
        let body = json!({
            "token": token,
            "name": format!("fleet-{number}"),
            "capabilities": {"runtimes": ["shell"], "max_concurrent": 4},
        });
        let answer = client.post("/api/v1/workers/enroll", &body).await?;
        enrolled.push(serde_json::from_slice(&answer)?);
    }
    Ok(enrolled)
}

type Socket = WebSocketStream<TcpStream>;

/// Connects as a worker and says hello.
async fn connect(address: SocketAddr, worker: &Enrolled) -> anyhow::Result<Socket> {
    let mut request = format!("ws://{address}/api/v1/agent").into_client_request()?;
    let authorization = HeaderValue::from_str(&format!("Bearer {}", worker.credential))?;
    request.headers_mut().insert("authorization", authorization);
    let stream = TcpStream::connect(address).await?;
    let (mut socket, _) = client_async(request, stream).await?;
    let hello = json!({
        "type": "worker_connect", "worker_id": worker.worker_id, "protocol": PROTOCOL,
        "boot_id": "bench", "session": "bench", "running": [], "slots": 4,
        "capabilities": {"runtimes": ["shell"], "max_concurrent": 4}, "version": "0.1.0",
    });
    socket.send(Message::text(hello.to_string())).await?;
    loop {
        let frame = socket.next().await.context("the server hung up")??;
        if let Message::Text(text) = frame
            && serde_json::from_str::<Value>(&text)?["type"] == "welcome"
        {
            return Ok(socket);
        }
    }
}

/// Sends heartbeats and reads what comes, until the server hangs up.
async fn live(mut socket: Socket) -> anyhow::Result<()> {
    let beat = json!({
        "type": "heartbeat", "slots_free": 4,
        "metrics": {"cpu_percent": 1.5, "memory_used_bytes": 1_000_000_000_u64,
            "memory_total_bytes": 8_000_000_000_u64, "load_average": [0.1, 0.2, 0.3]},
    })
    .to_string();
    let mut beats = time::interval(HEARTBEAT);
    loop {
        tokio::select! {
            _ = beats.tick() => socket.send(Message::text(beat.clone())).await?,
            frame = socket.next() => {
                frame.context("the server hung up")??;
            }
        }
    }
}
