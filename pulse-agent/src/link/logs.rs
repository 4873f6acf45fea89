//! Showing people from afar what this agent has logged.

use std::{io, path::Path, time::Duration};

use pulse_api::{
    agent_log::{LogSaid, LogWanted, ReadLog, WorkerLog},
    frames::FromAgent,
};
use rustix::fs::inotify;
use tokio::{
    net::unix::pipe,
    sync::mpsc,
    time::{Instant, sleep, sleep_until, timeout_at},
};

use super::{relay::Relay, uplink::text};
use crate::{own_log, state::State, supervisor::Supervisor};

/// How many may wait at once; the server lets fewer ask.
const AT_ONCE: usize = 16;
/// No answer waits longer for something to say.
const LONGEST: Duration = Duration::from_secs(30);
/// What is logged so soon after a line goes with it.
const GATHER: Duration = Duration::from_millis(100);

/// Those who have asked, and what they are told.
pub(crate) struct Logs {
    tasks: Supervisor,
    answers: mpsc::Sender<LogSaid>,
    answered: mpsc::Receiver<LogSaid>,
}

impl Default for Logs {
    fn default() -> Self {
        let (answers, answered) = mpsc::channel(1);
        Self {
            tasks: Supervisor::default(),
            answers,
            answered,
        }
    }
}

impl Logs {
    /// The next answer; never, while there is none. May be dropped and called again.
    pub(super) async fn next(&mut self) -> LogSaid {
        match self.answered.recv().await {
            Some(said) => said,
            None => std::future::pending().await,
        }
    }

    /// Answers at once, or as soon as there is something to say.
    pub(super) fn begin(&mut self, ask: ReadLog, state: &State) {
        self.tasks.reap();
        if self.tasks.count() >= AT_ONCE {
            return;
        }
        let (folder, answers) = (own_log::folder(state), self.answers.clone());
        self.tasks.start(async move {
            let wait = Duration::from_millis(ask.wait_ms).min(LONGEST);
            match answer(&folder, ask.wanted, Instant::now() + wait).await {
                Ok(log) => {
                    let ask_id = ask.ask_id;
                    // The link is about to end.
                    let _ = answers.send(LogSaid { ask_id, log }).await;
                }
                Err(error) => tracing::warn!(%error, "the kept log cannot be read"),
            }
        });
    }
}

impl Relay<'_> {
    /// Says what was logged; without a connection nobody waits for it here any more.
    pub(super) fn say_log(&mut self, said: LogSaid) {
        if self.pace.is_online {
            let frame = text(&FromAgent::LogSaid(said));
            self.uplink.outgoing.push_bulk(frame);
        }
    }
}

async fn answer(folder: &Path, wanted: LogWanted, until: Instant) -> io::Result<WorkerLog> {
    let mut log = own_log::read(folder, &wanted)?;
    let has_news = |log: &WorkerLog| !log.lines.is_empty() || log.missed;
    if has_news(&log) || Instant::now() >= until {
        return Ok(log);
    }
    let Ok(mut watch) = Watch::open(folder) else {
        // Where nothing can be kept, nothing comes.
        sleep_until(until).await;
        return Ok(log);
    };
    loop {
        let wanted = LogWanted {
            after: Some(log.cursor),
            ..LogWanted::default()
        };
        log = own_log::read(folder, &wanted)?;
        if has_news(&log) {
            return Ok(log);
        }
        match timeout_at(until, watch.changed()).await {
            Ok(changed) => changed?,
            Err(_) => return Ok(log),
        }
        sleep(GATHER).await;
    }
}

/// Tells that something was written into a folder, by whichever process.
struct Watch {
    /// It is read as a pipe is.
    changes: pipe::Receiver,
}

impl Watch {
    fn open(folder: &Path) -> io::Result<Self> {
        let changes =
            inotify::init(inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK)?;
        let what = inotify::WatchFlags::MODIFY | inotify::WatchFlags::CREATE;
        inotify::add_watch(&changes, folder, what)?;
        Ok(Self {
            changes: pipe::Receiver::from_owned_fd_unchecked(changes)?,
        })
    }

    /// Waits for the next change, and forgets those that came with it. May be dropped and called again.
    async fn changed(&mut self) -> io::Result<()> {
        self.changes.readable().await?;
        let mut names = [0; 4096];
        loop {
            match self.changes.try_read(&mut names) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}
