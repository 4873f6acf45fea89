//! Agents that are played by this process: they connect, beat, answer, and come back when the server
//! was away, as real ones do. They start no processes.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use pulse_api::{
    PROTOCOL, WorkerId,
    http::workers::Enrolled,
    token::{self, TokenKind},
};
use serde_json::{Value, json};
use tokio::{net::TcpStream, task::JoinSet, time};
use tokio_postgres::NoTls;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        self, Message,
        client::IntoClientRequest as _,
        http::{HeaderValue, header},
        protocol::WebSocketConfig,
    },
};

use super::stack::Stack;

/// As the server asks for, give or take a fifth.
const HEARTBEAT_MS: u64 = 20_000;
const PING: Duration = Duration::from_secs(15);

/// What the agents of a herd share.
#[derive(Debug)]
pub(super) struct Herd {
    /// Where the server is, also when it is started again.
    server: SocketAddr,
    online: AtomicUsize,
    welcomes: AtomicUsize,
    turned_away: AtomicUsize,
    round_trips: Mutex<Vec<Duration>>,
}

impl Herd {
    pub(super) fn new(server: SocketAddr) -> Arc<Self> {
        Arc::new(Self {
            server,
            online: AtomicUsize::new(0),
            welcomes: AtomicUsize::new(0),
            turned_away: AtomicUsize::new(0),
            round_trips: Mutex::default(),
        })
    }

    /// How many are welcome at this moment.
    pub(super) fn online(&self) -> usize {
        self.online.load(Ordering::Relaxed)
    }

    /// How often one was asked to come again later.
    pub(super) fn turned_away(&self) -> usize {
        self.turned_away.load(Ordering::Relaxed)
    }

    /// How long pings took since the last look.
    pub(super) fn take_round_trips(&self) -> Vec<Duration> {
        std::mem::take(
            &mut *self
                .round_trips
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// How often one was welcome so far.
    pub(super) fn welcomes(&self) -> usize {
        self.welcomes.load(Ordering::Relaxed)
    }

    /// Waits until so many are online, and as many have become so since there were `earlier` welcomes.
    pub(super) async fn is_online(
        &self,
        wanted: usize,
        earlier: usize,
        bound: Duration,
    ) -> anyhow::Result<()> {
        let reached = async {
            while self.online() < wanted || self.welcomes() < earlier + wanted {
                time::sleep(Duration::from_millis(20)).await;
            }
        };
        time::timeout(bound, reached)
            .await
            .with_context(|| format!("only {} of {wanted} are online", self.online()))
    }
}

/// Enrols one host, and writes the others into the database; all share its secret.
pub(super) async fn enroll(stack: &Stack, count: usize) -> anyhow::Result<Vec<Host>> {
    let body = json!({"token": stack.enroll_token()?, "name": name(0)});
    let mut client = stack.client().await?;
    let answer = client.post("/api/v1/workers/enroll", &body).await?;
    let first: Enrolled = serde_json::from_slice(&answer)?;
    let parts = token::parse(&first.credential).context("the credential reads otherwise here")?;
    let url = stack.variable("PULSE_DATABASE_URL")?;
    let (database, connection) = tokio_postgres::connect(url, NoTls).await?;
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let insert = "\
        with made as (insert into workers (id, name, kind, role, region, status, last_heartbeat, slots) \
          select gen_random_uuid(), 'herd-' || n, 'remote', 'action', 'iad', 'online', now(), 4 \
          from generate_series(1, $1::bigint - 1) as n returning id), \
        given as (insert into credentials (id, worker_id, secret_sha256) \
          select gen_random_uuid(), made.id, \
            (select secret_sha256 from credentials where id = $2::text::uuid) from made \
          returning id, worker_id) \
        select worker_id::text, id::text from given";
    let count = i64::try_from(count)?;
    let rows = database
        .query(insert, &[&count, &parts.id.to_string()])
        .await?;
    let mut hosts = vec![Host {
        worker_id: first.worker_id,
        credential: first.credential.clone(),
    }];
    for row in &rows {
        let (worker, id): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let stem = token::stem(TokenKind::Agent, id.parse()?, parts.secret);
        let checksum = crc32fast::hash(stem.as_bytes());
        hosts.push(Host {
            worker_id: worker.parse()?,
            credential: format!("{stem}_{checksum:08x}"),
        });
    }
    Ok(hosts)
}

/// A host that is enrolled.
#[derive(Debug)]
pub(super) struct Host {
    worker_id: WorkerId,
    credential: String,
}

/// What a simulated host is called.
pub(super) fn name(number: usize) -> String {
    format!("herd-{number}")
}

/// Whether a simulated host is called so.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with("herd-")
}

/// Starts the agents; they end with the set.
pub(super) fn start(herd: &Arc<Herd>, hosts: Vec<Host>) -> JoinSet<()> {
    let mut agents = JoinSet::new();
    for host in hosts {
        agents.spawn(live(Arc::clone(herd), host));
    }
    agents
}

/// Connects again and again.
async fn live(herd: Arc<Herd>, host: Host) {
    let mut tries = 0_u32;
    loop {
        let pause = match connect(herd.server, &host).await {
            Ok(mut socket) => {
                tries = 0;
                herd.online.fetch_add(1, Ordering::Relaxed);
                herd.welcomes.fetch_add(1, Ordering::Relaxed);
                // A server that hangs up is dialled again.
                let _ = converse(&herd, &host, &mut socket).await;
                herd.online.fetch_sub(1, Ordering::Relaxed);
                Duration::ZERO
            }
            Err(Refused::Later(seconds)) => {
                herd.turned_away.fetch_add(1, Ordering::Relaxed);
                Duration::from_secs(seconds).mul_f64(0.5 + chance(&host, tries))
            }
            Err(Refused::Away) => Duration::from_secs(1).mul_f64(chance(&host, tries)),
        };
        tries += 1;
        time::sleep(pause).await;
    }
}

/// Between 0 and 1, another one for each host and try.
fn chance(host: &Host, tries: u32) -> f64 {
    let (_, low) = host.worker_id.0.as_u64_pair();
    let mixed = (low ^ u64::from(tries)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    f64::from(u32::try_from(mixed >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

type Socket = WebSocketStream<TcpStream>;

enum Refused {
    Later(u64),
    Away,
}

async fn connect(address: SocketAddr, host: &Host) -> Result<Socket, Refused> {
    match dial(address, host).await {
        Ok(socket) => Ok(socket),
        Err(error) => match error.downcast_ref::<tungstenite::Error>() {
            Some(tungstenite::Error::Http(answer)) => {
                let seconds = answer.headers().get(header::RETRY_AFTER);
                let seconds = seconds.and_then(|value| value.to_str().ok()?.parse().ok());
                Err(seconds.map_or(Refused::Away, Refused::Later))
            }
            _ => Err(Refused::Away),
        },
    }
}

async fn dial(address: SocketAddr, host: &Host) -> anyhow::Result<Socket> {
    let mut request = format!("ws://{address}/api/v1/agent").into_client_request()?;
    let authorization = HeaderValue::from_str(&format!("Bearer {}", host.credential))?;
    request.headers_mut().insert("authorization", authorization);
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = 4 * 1024;
    config.write_buffer_size = 4 * 1024;
    let stream = TcpStream::connect(address).await?;
    let (mut socket, _) = client_async_with_config(request, stream, Some(config)).await?;
    let hello = json!({
        "type": "worker_connect", "worker_id": host.worker_id, "protocol": PROTOCOL,
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

/// Beats, pings, and says of every offer that it went well.
async fn converse(herd: &Herd, host: &Host, socket: &mut Socket) -> anyhow::Result<()> {
    let beat = json!({
        "type": "heartbeat", "slots_free": 4,
        "metrics": {"cpu_percent": 1.5, "memory_used_bytes": 1_000_000_000_u64,
            "memory_total_bytes": 8_000_000_000_u64, "load_average": [0.1, 0.2, 0.3]},
    })
    .to_string();
    let interval = Duration::from_millis(HEARTBEAT_MS).mul_f64(0.8 + 0.4 * chance(host, 0));
    let mut beats = time::interval(interval);
    let mut pings = time::interval_at(time::Instant::now() + PING.mul_f64(chance(host, 1)), PING);
    let mut asked_at = Instant::now();
    loop {
        tokio::select! {
            _ = beats.tick() => socket.send(Message::text(beat.clone())).await?,
            _ = pings.tick() => {
                asked_at = Instant::now();
                socket.send(Message::text(r#"{"type":"ping"}"#)).await?;
            }
            frame = socket.next() => {
                let Message::Text(text) = frame.context("the server hung up")?? else { continue };
                let frame: Value = serde_json::from_str(&text)?;
                match frame["type"].as_str() {
                    Some("pong") => herd
                        .round_trips
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(asked_at.elapsed()),
                    Some("execute_command") => socket.send(result(host, &frame)).await?,
                    _ => {}
                }
            }
        }
    }
}

fn result(host: &Host, offer: &Value) -> Message {
    let result = json!({
        "type": "command_result", "execution_id": offer["execution_id"], "worker_id": host.worker_id,
        "success": true, "stdout": "", "stderr": "", "duration": 1,
        "timestamp": offer["expires_at"], "job_id": offer["job_id"], "attempt": offer["attempt"],
        "fence": offer["fence"], "exit_code": 0,
    });
    Message::text(result.to_string())
}
