//! What the operating system may ask of the link.

use std::{io, time::Duration};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::Instant,
};

use super::relay::{Outcome, Relay};
use crate::wire::ToExecutor;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// TERM, INT.
    Stop,
    /// QUIT.
    StopNow,
    /// USR1.
    Drain,
    /// USR2.
    Resume,
    /// HUP.
    Reload,
}

/// The signals that the link listens to.
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
    drain: Signal,
    resume: Signal,
    reload: Signal,
}

impl Signals {
    /// From here on these signals no longer end the process by themselves.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            drain: signal(SignalKind::user_defined1())?,
            resume: signal(SignalKind::user_defined2())?,
            reload: signal(SignalKind::hangup())?,
        })
    }

    /// The next call. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Call {
        tokio::select! {
            _ = self.terminate.recv() => Call::Stop,
            _ = self.interrupt.recv() => Call::Stop,
            _ = self.quit.recv() => Call::StopNow,
            _ = self.drain.recv() => Call::Drain,
            _ = self.resume.recv() => Call::Resume,
            _ = self.reload.recv() => Call::Reload,
        }
    }
}

impl Relay<'_> {
    /// Does what somebody on this host asks for.
    pub(super) async fn obey(&mut self, call: Call) -> Option<Outcome> {
        match call {
            Call::Stop if !self.inventory.detached => {
                tracing::info!("stopping; the executor and its steps go on");
                Some(Outcome::Left)
            }
            Call::Stop => {
                self.drains.ask();
                let grace = Duration::from_millis(self.own.config.stop_grace_ms);
                if self.leaving.stop(Instant::now(), grace) {
                    tracing::info!(
                        grace_ms = self.own.config.stop_grace_ms,
                        "stopping; running steps may end by themselves for a while"
                    );
                } else {
                    tracing::warn!("stopping now: running steps are cancelled");
                }
                self.begin_drain().await
            }
            Call::StopNow => {
                self.drains.ask();
                self.leaving.stop(Instant::now(), Duration::ZERO);
                self.begin_drain().await
            }
            Call::Drain => {
                self.drains.ask();
                self.drain("a signal").await
            }
            Call::Resume => self.resume().await,
            // The executor first: what the server is told of must be there.
            Call::Reload => self.tell(ToExecutor::Reload).await,
        }
    }
}
