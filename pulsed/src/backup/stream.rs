//! The whole database as a stream, for somebody elsewhere: what `pg_dump` writes, and behind it what
//! proves that this was all.

use std::{io, path::PathBuf, time::Duration};

use pulse_api::backup::end;
use sha2::{Digest as _, Sha256};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _},
    process::{Child, Command},
    sync::mpsc::Sender,
    time::timeout,
};

use super::{BackupError, failed, tools::Tools};
use crate::{config::Secret, model::token::hex, store};

/// How much is read at once, in bytes.
const PIECE: usize = 64 * 1024;
/// How long whoever asked for it may take nothing.
const PATIENCE: Duration = Duration::from_mins(2);
/// How much of what `pg_dump` has to say is kept, in bytes.
const MOST_SAID: u64 = 8 * 1024;

/// Where a backup goes: its pieces one after the other, and nothing once this was all.
type Taker = Sender<Option<Vec<u8>>>;

/// What can write a backup here.
#[derive(Debug)]
pub(crate) struct Dump(Tools);

/// A `pg_dump` that runs; it ends with the value.
#[derive(Debug)]
pub(crate) struct Running(Child);

/// Why a stream broke off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("nobody takes it any more")]
    Gone,
    #[error("what pg_dump writes cannot be read")]
    Unread(#[from] io::Error),
    #[error("pg_dump failed: {0}")]
    Failed(String),
}

impl Dump {
    /// Looks for PostgreSQL's programs, which must be new enough for the database.
    pub(crate) async fn prepare(url: &Secret, named: Option<PathBuf>) -> Result<Self, BackupError> {
        let known = url.clone();
        let found = tokio::task::spawn_blocking(move || Tools::find(named.as_deref(), &known));
        let tools = found.await.map_err(|_| BackupError::NotInstalled)??;
        tools.fit(store::occupancy(url.expose()).await?.postgres)?;
        Ok(Self(tools))
    }

    pub(crate) fn start(self) -> Result<Running, BackupError> {
        let mut command = Command::from(self.0.dump());
        let child = command.kill_on_drop(true).spawn();
        Ok(Running(child.map_err(failed("run", "pg_dump".as_ref()))?))
    }
}

impl Running {
    /// Hands on everything and its end. Where it cannot, it lets go without the word that this was all.
    pub(crate) async fn hand_on(mut self, to: Taker) {
        if let Err(error) = self.copy(&to).await {
            tracing::warn!(%error, "a backup broke off");
        }
    }

    async fn copy(&mut self, to: &Taker) -> Result<(), Broken> {
        let (out, said) = (self.0.stdout.take(), self.0.stderr.take());
        let (Some(out), Some(said)) = (out, said) else {
            return Err(io::Error::from(io::ErrorKind::NotConnected).into());
        };
        // It is not to wait until somebody reads what it has to say.
        let (copied, said) = tokio::join!(
            async {
                let copied = pieces(out, to).await;
                if copied.is_err() {
                    // What has ended already needs no end.
                    let _ = self.0.start_kill();
                }
                copied
            },
            words(said)
        );
        let end = copied?;
        if !self.0.wait().await?.success() {
            return Err(Broken::Failed(said));
        }
        give(to, Some(end.into_bytes())).await?;
        give(to, None).await
    }
}

async fn give(to: &Taker, piece: Option<Vec<u8>>) -> Result<(), Broken> {
    let given = timeout(PATIENCE, to.send(piece)).await;
    given.ok().and_then(Result::ok).ok_or(Broken::Gone)
}

/// Hands on what is read; gives the end that belongs to it.
async fn pieces(mut out: impl AsyncRead + Unpin, to: &Taker) -> Result<String, Broken> {
    let (mut digest, mut length) = (Sha256::new(), 0);
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        let count = tokio::select! {
            count = out.read_buf(&mut piece) => count?,
            () = to.closed() => return Err(Broken::Gone),
        };
        if count == 0 {
            return Ok(end(length, &hex(&digest.finalize())));
        }
        digest.update(&piece);
        length += piece.len() as u64;
        give(to, Some(piece)).await?;
    }
}

async fn words(mut said: impl AsyncRead + Unpin) -> String {
    let mut kept = Vec::new();
    // What cannot be read was not said.
    let _ = (&mut said).take(MOST_SAID).read_to_end(&mut kept).await;
    let _ = tokio::io::copy(&mut said, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&kept).trim().to_owned()
}
