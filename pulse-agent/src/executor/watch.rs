//! Stays with one process from its start to its end, and ends it when it must.

use std::time::Duration;

use bytes::Bytes;
use pulse_api::{frames::Reason, status::Stream};
use rustix::process::Signal;
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    pipes::Pipes,
    reaper::{Exit, Reaper},
    record::Key,
    tree::Tree,
};

/// How long the outputs of an ended process may stay open before what holds them is killed.
const LINGER: Duration = Duration::from_millis(250);
/// How long a result waits for outputs that nobody can be found to hold.
const GIVE_UP: Duration = Duration::from_millis(1500);
/// How long KILL is repeated before the result goes out regardless.
const RESISTANCE: Duration = Duration::from_secs(30);

/// Asks for the end of an attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    pub(crate) reason: Reason,
    pub(crate) grace: Duration,
}

/// How long a process runs before its start is worth a message of its own: most commands are over
/// by then, and say both at once.
const SHORT: Duration = Duration::from_millis(5);

/// What is learned about a running attempt.
#[derive(Debug)]
pub(crate) enum News {
    /// It is not over at once.
    Lasting(Key),
    Output(Key, Stream, Bytes),
    Ended(Key, Ending),
}

/// How an attempt's process ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending {
    /// Absent when the process could not be made to end.
    pub(crate) exit: Option<Exit>,
    pub(crate) reason: Option<Reason>,
}

/// One process and everything around it.
pub(crate) struct Watch {
    pub(crate) key: Key,
    pub(crate) tree: Tree,
    pub(crate) pipes: Pipes,
    pub(crate) reaper: Reaper,
    pub(crate) exit: oneshot::Receiver<Exit>,
    pub(crate) orders: mpsc::Receiver<Order>,
    pub(crate) news: mpsc::Sender<News>,
    pub(crate) timeout: Duration,
    pub(crate) kill_grace: Duration,
}

enum Wake {
    Exited(Exit),
    Ordered(Order),
    Drained,
    TimeUp,
}

impl Watch {
    /// Reports output and, last, the end.
    pub(crate) async fn run(mut self) {
        let time_up = Instant::now() + self.timeout;
        let mut look_at = time_up.min(Instant::now() + SHORT);
        let mut exit = None;
        let order = loop {
            match self.pump(exit, look_at).await {
                Wake::Exited(how) => {
                    exit = Some(how);
                    break None;
                }
                Wake::Ordered(order) => break Some(order),
                Wake::TimeUp if look_at < time_up => {
                    look_at = time_up;
                    let _ = self.news.send(News::Lasting(self.key)).await;
                }
                Wake::TimeUp => {
                    break Some(Order {
                        reason: Reason::Timeout,
                        grace: self.kill_grace,
                    });
                }
                Wake::Drained => {}
            }
        };
        match order {
            Some(order) => exit = self.end(order).await,
            None => self.settle(exit).await,
        }
        let ending = Ending {
            exit,
            reason: order.map(|order| order.reason),
        };
        let _ = self.news.send(News::Ended(self.key, ending)).await;
    }

    /// Passes output on until something else happens.
    async fn pump(&mut self, exit: Option<Exit>, deadline: Instant) -> Wake {
        let mut can_be_ordered = true;
        loop {
            let has_output = !self.pipes.is_done();
            tokio::select! {
                // Output comes last: a flood must not hold up a timeout.
                biased;
                how = &mut self.exit, if exit.is_none() => {
                    // The sender lives as long as the executor.
                    return Wake::Exited(how.unwrap_or(Exit::Signal(9)));
                }
                order = self.orders.recv(), if can_be_ordered => match order {
                    Some(order) => return Wake::Ordered(order),
                    None => can_be_ordered = false,
                },
                () = tokio::time::sleep_until(deadline) => return Wake::TimeUp,
                piece = self.pipes.next(), if has_output => match piece {
                    Some((stream, bytes)) => {
                        let _ = self.news.send(News::Output(self.key, stream, bytes)).await;
                    }
                    None => return Wake::Drained,
                },
            }
        }
    }

    /// TERM, grace, then KILL until nothing is left.
    async fn end(&mut self, order: Order) -> Option<Exit> {
        let mut exit = None;
        let mut kill_at = Instant::now() + order.grace;
        self.tree.signal(Signal::TERM);
        while Instant::now() < kill_at {
            let look_at = kill_at.min(Instant::now() + Duration::from_millis(50));
            let deadline = if exit.is_some() { look_at } else { kill_at };
            match self.pump(exit, deadline).await {
                Wake::Exited(how) => exit = Some(how),
                Wake::Ordered(again) => kill_at = kill_at.min(Instant::now() + again.grace),
                Wake::Drained | Wake::TimeUp => {}
            }
            if exit.is_some() && self.tree.is_empty() {
                break;
            }
        }
        exit = self.kill(exit).await;
        self.drain(exit).await;
        exit
    }

    async fn kill(&mut self, mut exit: Option<Exit>) -> Option<Exit> {
        let give_up = Instant::now() + RESISTANCE;
        let mut pause = Duration::from_millis(2);
        while Instant::now() < give_up {
            if exit.is_some() && self.tree.is_empty() {
                return exit;
            }
            if exit.is_some() {
                self.tree.signal_members(Signal::KILL);
            } else {
                self.tree.signal(Signal::KILL);
            }
            if let Wake::Exited(how) = self.pump(exit, Instant::now() + pause).await {
                exit = Some(how);
            }
            pause = (pause * 2).min(Duration::from_millis(100));
        }
        tracing::error!(job.id = %self.key.job_id, "processes of a step resist being killed");
        exit
    }

    /// Clears up behind a process that ended by itself.
    async fn settle(&mut self, exit: Option<Exit>) {
        self.pump_out(exit, LINGER / 50).await;
        let has_orphans = self.tree.has_orphans(&self.reaper);
        if self.pipes.is_done() && !has_orphans {
            return;
        }
        self.pump_out(exit, LINGER).await;
        self.kill(exit).await;
        self.drain(exit).await;
    }

    async fn drain(&mut self, exit: Option<Exit>) {
        self.pump_out(exit, GIVE_UP).await;
    }

    async fn pump_out(&mut self, exit: Option<Exit>, limit: Duration) {
        let deadline = Instant::now() + limit;
        while !self.pipes.is_done() {
            match self.pump(exit, deadline).await {
                Wake::TimeUp | Wake::Drained => return,
                Wake::Exited(_) | Wake::Ordered(_) => {}
            }
        }
    }
}
