//! What the operating system may ask of the link.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

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
