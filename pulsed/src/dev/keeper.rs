//! The children of a stack: started, watched, started again.

use std::{
    fmt::Write as _,
    fs::{self, OpenOptions},
    os::unix::process::{CommandExt as _, ExitStatusExt as _},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{layout::Layout, processes::Process, sweep};
use crate::{
    cli::{Failure, say},
    files,
};

/// How often the children are looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// The pause before a child is started again grows up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A child that has run for so long starts with a short pause again.
const HEALTHY_AFTER: Duration = Duration::from_secs(30);

/// The exit code of an agent whose worker was removed.
const REVOKED: i32 = 77;

/// How many lines of a log tell why something ended.
const TAIL: usize = 15;

/// When a child is started again after it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restart {
    Always,
    /// Not after a code by which an agent says that it wants to stay down.
    UnlessItMeansIt,
}

/// What to run under which name.
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) restart: Restart,
    pub(crate) command: Box<dyn FnMut() -> Command>,
}

struct Kept {
    service: Service,
    state: State,
    pause: Duration,
}

enum State {
    Running { child: Child, since: Instant },
    Waiting { until: Instant },
    Down,
}

/// Why waiting for something ended without it.
#[derive(Debug)]
pub(crate) enum Interrupted {
    /// Somebody asked the stack to stop.
    Stopped,
    Failed(Failure),
}

impl From<Failure> for Interrupted {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Keeps children running; until it is `settled`, a child that ends is a failure.
pub(crate) struct Keeper {
    layout: Layout,
    stop: CancellationToken,
    kept: Vec<Kept>,
    is_settled: bool,
}

impl Keeper {
    pub(crate) fn new(layout: Layout, stop: CancellationToken) -> Self {
        Self {
            layout,
            stop,
            kept: Vec::new(),
            is_settled: false,
        }
    }

    /// Starts a child and keeps it.
    pub(crate) fn start(&mut self, mut service: Service) -> Result<(), Failure> {
        // A stack's logs begin with the stack.
        let _ = fs::remove_file(self.layout.log_of(&service.name));
        let child = spawn(&self.layout, &mut service)?;
        let state = State::Running {
            child,
            since: Instant::now(),
        };
        self.kept.push(Kept {
            service,
            state,
            pause: Duration::ZERO,
        });
        self.record();
        Ok(())
    }

    /// From now on, children that end are started again.
    pub(crate) fn settle(&mut self) {
        self.is_settled = true;
    }

    /// Waits for something; fails when a child ends meanwhile, or when it takes too long.
    pub(crate) fn wait_for<T>(
        &mut self,
        what: &str,
        patience: Duration,
        mut look: impl FnMut() -> Result<Option<T>, Failure>,
    ) -> Result<T, Interrupted> {
        let start = Instant::now();
        loop {
            self.look_after()?;
            if let Some(found) = look()? {
                return Ok(found);
            }
            if self.stop.is_cancelled() {
                return Err(Interrupted::Stopped);
            }
            if start.elapsed() >= patience {
                let text = format!("{what} took more than {} s", patience.as_secs());
                let logs = self.layout.dir().join("logs");
                let hint = format!("the logs are in {}", logs.display());
                return Err(Interrupted::Failed(Failure::error(text).hint(hint)));
            }
            thread::sleep(GLANCE);
        }
    }

    /// Keeps the children running until the stack is asked to stop.
    pub(crate) fn keep(&mut self) -> Result<(), Failure> {
        while !self.stop.is_cancelled() {
            self.look_after()?;
            thread::sleep(GLANCE);
        }
        Ok(())
    }

    /// Ends all children, and what they left behind.
    pub(crate) fn end(mut self) {
        // The children's ends must be taken note of while the sweep waits for them.
        let mut children: Vec<Child> = Vec::new();
        for kept in self.kept.drain(..) {
            if let State::Running { child, .. } = kept.state {
                children.push(child);
            }
        }
        sweep::sweep(&self.layout);
        for mut child in children {
            let _ = child.try_wait();
        }
    }

    fn look_after(&mut self) -> Result<(), Failure> {
        let mut changed = false;
        for index in 0..self.kept.len() {
            changed |= self.look_after_one(index)?;
        }
        if changed {
            self.record();
        }
        Ok(())
    }

    fn look_after_one(&mut self, index: usize) -> Result<bool, Failure> {
        let kept = &mut self.kept[index];
        match &mut kept.state {
            State::Down => Ok(false),
            State::Waiting { until } if Instant::now() < *until => Ok(false),
            State::Waiting { .. } => {
                kept.state = match spawn(&self.layout, &mut kept.service) {
                    Ok(child) => State::Running {
                        child,
                        since: Instant::now(),
                    },
                    Err(failure) => {
                        // The program may be about to be replaced by a newer one.
                        failure.print();
                        State::Waiting {
                            until: Instant::now() + LONGEST_PAUSE,
                        }
                    }
                };
                Ok(true)
            }
            State::Running { child, since } => {
                let Ok(Some(status)) = child.try_wait() else {
                    return Ok(false);
                };
                let ran_for = since.elapsed();
                self.ended(index, status, ran_for)?;
                Ok(true)
            }
        }
    }

    fn ended(
        &mut self,
        index: usize,
        status: ExitStatus,
        ran_for: Duration,
    ) -> Result<(), Failure> {
        let kept = &mut self.kept[index];
        let name = &kept.service.name;
        if !self.is_settled {
            return Err(early_end(&self.layout, name, status));
        }
        if kept.service.restart == Restart::UnlessItMeansIt && is_final(status) {
            say(&format!("{name} ended ({}) and stays down", ending(status)));
            kept.state = State::Down;
            return Ok(());
        }
        kept.pause = if ran_for >= HEALTHY_AFTER {
            Duration::ZERO
        } else {
            (kept.pause * 2).clamp(Duration::from_millis(250), LONGEST_PAUSE)
        };
        say(&format!(
            "{name} ended ({}); starting it again",
            ending(status)
        ));
        kept.state = State::Waiting {
            until: Instant::now() + kept.pause,
        };
        Ok(())
    }

    /// Writes the children down for whoever has to clean up after this process.
    fn record(&self) {
        let mut text = String::new();
        for kept in &self.kept {
            let State::Running { child, .. } = &kept.state else {
                continue;
            };
            let process = i32::try_from(child.id()).ok().and_then(Process::find);
            if let Some(process) = process {
                let _ = writeln!(
                    text,
                    "{} {} {}",
                    kept.service.name, process.pid, process.started
                );
            }
        }
        if let Err(error) = files::replace(&self.layout.children(), &text, 0o644) {
            say(&format!(
                "cannot write {}: {error}",
                self.layout.children().display()
            ));
        }
    }
}

fn spawn(layout: &Layout, service: &mut Service) -> Result<Child, Failure> {
    let name = &service.name;
    let log = layout.log_of(name);
    let opened = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&log)
        .and_then(|output| Ok((output.try_clone()?, output)));
    let (output, errors) = opened
        .map_err(|error| Failure::because(&format!("cannot write {}", log.display()), &error))?;
    let mut command = (service.command)();
    // A group of its own, so that Ctrl-C reaches this process alone.
    command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        Failure::because(&format!("cannot start {name} ({program})"), &error)
    })
}

fn early_end(layout: &Layout, name: &str, status: ExitStatus) -> Failure {
    let log = layout.log_of(name);
    let mut text = format!("{name} ended ({})", ending(status));
    for line in tail(&log) {
        let _ = write!(text, "\n  {line}");
    }
    let hint = match status.code() {
        Some(REVOKED) => {
            let state = layout.workers().join(name);
            format!("to enrol it again, remove {}", state.display())
        }
        Some(_) | None => format!("the whole log is in {}", log.display()),
    };
    Failure::error(text).hint(hint)
}

/// Drained, wrong usage, revoked credential, wrong configuration: starting again helps nobody.
fn is_final(status: ExitStatus) -> bool {
    matches!(status.code(), Some(0 | 2 | 64 | REVOKED | 78))
}

fn ending(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => status.to_string(),
    }
}

/// The last lines of a log.
pub(crate) fn tail(log: &PathBuf) -> Vec<String> {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL);
    lines[from..]
        .iter()
        .map(|line| (*line).to_owned())
        .collect()
}
