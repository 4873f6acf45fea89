//! The only place that listens for signals.
//!
//! Once something has listened, a signal ends this process no longer by itself. So `heard` stands
//! behind every command: what nobody else attends to ends the command there.

use std::{
    cell::Cell,
    future::poll_fn,
    task::{Context, Poll, ready},
};

use tokio::signal::unix::{self, SignalKind};

use crate::error::{Failure, Kind};

thread_local! {
    /// How many look at signals now; none before anything has listened.
    static ATTENTIVE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// What a signal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// It is time to go, at once.
    End,
}

/// The signals that end a program, for as long as somebody looks at them.
#[derive(Debug)]
pub(crate) struct Signals(Streams);

impl Signals {
    pub(crate) fn listen() -> Result<Self, Failure> {
        let streams = Streams::open()?;
        ATTENTIVE.set(Some(ATTENTIVE.get().unwrap_or_default() + 1));
        Ok(Self(streams))
    }

    /// Gives the next signal; dropping the future loses none.
    pub(crate) async fn next(&mut self) -> Signal {
        poll_fn(|context| self.0.poll(context)).await
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        ATTENTIVE.set(ATTENTIVE.get().map(|count| count.saturating_sub(1)));
    }
}

#[derive(Debug)]
struct Streams([(unix::Signal, Signal); 4]);

impl Streams {
    fn open() -> Result<Self, Failure> {
        Ok(Self([
            (listen(SignalKind::interrupt())?, Signal::Interrupt),
            (listen(SignalKind::quit())?, Signal::End),
            (listen(SignalKind::terminate())?, Signal::End),
            (listen(SignalKind::hangup())?, Signal::End),
        ]))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
        for (stream, meaning) in &mut self.0 {
            if stream.poll_recv(context).is_ready() {
                return Poll::Ready(*meaning);
            }
        }
        Poll::Pending
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where it is listened")]
fn listen(kind: SignalKind) -> Result<unix::Signal, Failure> {
    unix::signal(kind)
        .map_err(|error| Failure::general("could not listen for signals").because(&error))
}

/// An end by signal, without words.
pub(crate) fn interrupted() -> Failure {
    Failure::new(Kind::Interrupted, "")
}

/// Waits for a program that the keys belong to meanwhile: it decides what Ctrl-C means.
pub(crate) fn left_to<T>(other: impl FnOnce() -> T) -> Result<T, Failure> {
    use tokio::runtime::{Builder, Handle};

    let own = if Handle::try_current().is_ok() {
        None
    } else {
        let built = Builder::new_current_thread().enable_all().build();
        Some(built.map_err(|error| Failure::general("could not start").because(&error))?)
    };
    let _entered = own.as_ref().map(tokio::runtime::Runtime::enter);
    let _interrupts = listen(SignalKind::interrupt())?;
    // From now on somebody has to look.
    ATTENTIVE.set(Some(ATTENTIVE.get().unwrap_or_default()));
    Ok(other())
}

/// Does what every signal ends with exit code 130.
pub(crate) async fn interruptible<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut signals = Signals::listen()?;
    tokio::select! {
        biased;
        done = work => done,
        _ = signals.next() => Err(interrupted()),
    }
}

/// Runs a command that signals end whenever it does not look at them itself.
///
/// Until it has listened for the first time they end the process, and nothing is set up here.
pub(crate) async fn heard<T>(
    command: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut streams: Option<Streams> = None;
    // Looked at whenever the command has been: that is how it learns that something listens.
    let unattended = poll_fn(|context| {
        let Some(attentive) = ATTENTIVE.get() else {
            return Poll::Pending;
        };
        let streams = match &mut streams {
            Some(streams) => streams,
            none => match Streams::open() {
                Ok(opened) => none.insert(opened),
                Err(failure) => return Poll::Ready(failure),
            },
        };
        ready!(streams.poll(context));
        if attentive == 0 {
            return Poll::Ready(interrupted());
        }
        // Whoever attends has seen it too; the next one has to wake this again.
        context.waker().wake_by_ref();
        Poll::Pending
    });
    tokio::select! {
        biased;
        done = command => done,
        failure = unattended => Err(failure),
    }
}
