//! SIGINT and SIGTERM: the first asks, the second insists.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::failure::Failure;

/// The exit code of a process that a person interrupted.
const INTERRUPTED: i32 = 130;

/// The signals that end a process.
#[derive(Debug)]
pub(crate) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Option<Signal>,
}

impl Signals {
    pub(crate) fn listen() -> Result<Self, Failure> {
        let open = |kind| {
            signal(kind).map_err(|error| Failure::because("cannot listen for signals", &error))
        };
        Ok(Self {
            interrupt: open(SignalKind::interrupt())?,
            terminate: open(SignalKind::terminate())?,
            hangup: Some(open(SignalKind::hangup())?),
        })
    }

    /// Hands over SIGHUP, which means something else to a service than to a program in a terminal.
    pub(crate) fn keep_hangup(&mut self) -> Option<Signal> {
        self.hangup.take()
    }

    /// Cancels the token at the first signal and leaves at once at the second.
    pub(crate) async fn obey(mut self, stop: CancellationToken) {
        self.next().await;
        stop.cancel();
        self.next().await;
        std::process::exit(INTERRUPTED);
    }

    /// The next signal, by name.
    pub(crate) async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
            () = hangup(self.hangup.as_mut()) => "SIGHUP",
        }
    }
}

async fn hangup(signal: Option<&mut Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
