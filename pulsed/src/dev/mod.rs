//! `pulsed dev`: a private database, a server and workers, started and stopped together.
//!
//! Everything lives in one directory and runs as children of one process.
//! Nothing of the server itself is called here: the stack is made of the same
//! programs that are installed elsewhere.

mod children;
mod client;
mod detach;
mod keeper;
mod layout;
mod postgres;
mod processes;
mod stack;
mod sweep;

use std::{fs, net::SocketAddr, path::PathBuf, time::Duration};

use rustix::process::Signal;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::{
    cli::{Failure, Signals, say},
    config::Environment,
    supervisor::Supervisor,
};
use keeper::{Interrupted, Keeper};
use layout::Layout;

/// How long the stack's own process may take to end everything.
const GOODBYE: Duration = Duration::from_secs(25);

/// What to do with the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Foreground,
    Detach,
    /// What `Detach` starts.
    Detached,
    Stop,
}

#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) verb: Verb,
    pub(crate) dir: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    pub(crate) workers: u16,
    pub(crate) fast: bool,
    pub(crate) config: Option<PathBuf>,
}

/// Runs, starts or stops a stack.
pub(crate) fn run(options: &Options, environment: &Environment) -> Result<(), Failure> {
    if !options.listen.ip().is_loopback() {
        let text = format!(
            "{} can be reached from other hosts; dev mode cannot",
            options.listen
        );
        return Err(Failure::usage(text).hint("listen on 127.0.0.1, or use `pulsed serve`"));
    }
    if options.verb == Verb::Detached {
        // Away from the terminal; it fails only for a process that is away already.
        let _ = rustix::process::setsid();
    }
    let layout = Layout::open(options.dir.as_deref(), environment)?;
    let stop = CancellationToken::new();
    let _runtime = listen_for_signals(stop.clone())?;
    match options.verb {
        Verb::Stop => {
            stop_stack(&layout);
            Ok(())
        }
        Verb::Detach => detach::detach(options, &layout, &stop),
        Verb::Foreground | Verb::Detached => {
            let keeper = Keeper::new(layout.clone(), stop);
            run_stack(options, environment, &layout, keeper)
        }
    }
}

/// The shell's next lines, once a stack is up.
pub(crate) fn next_steps(layout: &Layout) -> String {
    let env = layout.env();
    format!(
        "pulse is up. Next:\n  . {}\n  pulsectl worker ls\nTo end it: {}",
        env.display(),
        layout.stop_command()
    )
}

fn run_stack(
    options: &Options,
    environment: &Environment,
    layout: &Layout,
    mut keeper: Keeper,
) -> Result<(), Failure> {
    let _lock = layout.lock()?;
    let _ = fs::remove_file(layout.env());
    layout
        .record_own_process()
        .map_err(|error| Failure::because("cannot write dev.pid", &error))?;
    // A stack whose process was killed may have left its children here.
    sweep::sweep(layout);
    let ended = match stack::start(&mut keeper, layout, options, environment) {
        Ok(()) => {
            say(&next_steps(layout));
            keeper.keep()
        }
        Err(Interrupted::Stopped) => Ok(()),
        Err(Interrupted::Failed(failure)) => Err(failure),
    };
    say("stopping");
    let _ = fs::remove_file(layout.env());
    keeper.end();
    let _ = fs::remove_file(layout.pid_file());
    ended
}

fn stop_stack(layout: &Layout) {
    let process = layout.running();
    if let Some(process) = &process {
        processes::end(
            std::slice::from_ref(process),
            &[
                (Signal::TERM, GOODBYE),
                (Signal::KILL, Duration::from_secs(1)),
            ],
        );
    }
    let left = sweep::sweep(layout);
    let _ = fs::remove_file(layout.env());
    let _ = fs::remove_file(layout.pid_file());
    let dir = layout.dir().display();
    match (process, left) {
        (None, 0) => say(&format!("nothing was running in {dir}")),
        (Some(_), 0) => say(&format!("stopped what ran in {dir}")),
        (_, left) => say(&format!("stopped what was left in {dir}: {left} processes")),
    }
}

/// Cancels the token at the first signal; later ones change nothing, as the end is bounded.
fn listen_for_signals(stop: CancellationToken) -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Failure::because("cannot start the runtime", &error))?;
    let entered = runtime.enter();
    let mut signals = Signals::listen()?;
    Supervisor::new().spawn("signals", async move {
        loop {
            signals.next().await;
            stop.cancel();
        }
    });
    drop(entered);
    Ok(runtime)
}
