//! The floor's agent: a socket, and a process for each job.

use std::{net::SocketAddr, process::Stdio};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{net::TcpStream, process::Command, task::JoinSet};
use tokio_tungstenite::{client_async, tungstenite::Message};

use super::{Done, Job};

/// Runs what the server sends until it hangs up.
pub(crate) async fn work(server: SocketAddr) -> anyhow::Result<()> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let (mut socket, _) = client_async(format!("ws://{server}/agent"), stream).await?;
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            frame = socket.next() => {
                let Some(frame) = frame else { return Ok(()) };
                if let Message::Text(text) = frame? {
                    running.spawn(start(serde_json::from_str(&text)?));
                }
            }
            Some(done) = running.join_next() => {
                let text = serde_json::to_string(&done?)?;
                socket.send(Message::Text(text.into())).await?;
            }
        }
    }
}

async fn start(job: Job) -> Done {
    let status = Command::new("sh")
        .arg("-c")
        .arg(job.command)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .await;
    let exit_code = status.ok().and_then(|status| status.code());
    Done {
        id: job.id,
        exit_code: exit_code.unwrap_or(255),
    }
}
