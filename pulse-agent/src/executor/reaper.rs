//! Collects every child that ends, and tells whoever waits for it.
//!
//! The executor is a subreaper: orphans of steps come here too and must not
//! stay behind as zombies.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use rustix::{
    io::Errno,
    process::{Pid, WaitOptions, wait},
};
use tokio::sync::oneshot;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Code(i32),
    Signal(i32),
}

/// The children that somebody waits for.
#[derive(Clone, Default)]
pub(crate) struct Reaper {
    leaders: Rc<RefCell<HashMap<i32, oneshot::Sender<Exit>>>>,
    is_childless: Rc<Cell<bool>>,
}

impl Reaper {
    /// Waits for a child. Call it in the same turn that started the child.
    pub(crate) fn expect(&self, pid: Pid) -> oneshot::Receiver<Exit> {
        self.is_childless.set(false);
        let (sender, receiver) = oneshot::channel();
        self.leaders
            .borrow_mut()
            .insert(pid.as_raw_nonzero().get(), sender);
        receiver
    }

    /// Whether the process is the first of a running attempt.
    pub(crate) fn is_leader(&self, pid: i32) -> bool {
        self.leaders.borrow().contains_key(&pid)
    }

    /// Whether nothing that was started here is left: orphans come only from children.
    pub(crate) fn is_childless(&self) -> bool {
        self.is_childless.get()
    }

    /// Collects everything that has ended.
    pub(crate) fn reap(&self) {
        loop {
            let (pid, status) = match wait(WaitOptions::NOHANG) {
                Ok(Some(ended)) => ended,
                Ok(None) => return,
                Err(error) => return self.is_childless.set(error == Errno::CHILD),
            };
            let exit = status
                .exit_status()
                .map(Exit::Code)
                .or_else(|| status.terminating_signal().map(Exit::Signal));
            let Some(exit) = exit else { continue };
            let leader = self
                .leaders
                .borrow_mut()
                .remove(&pid.as_raw_nonzero().get());
            if let Some(leader) = leader {
                let _ = leader.send(exit);
            }
        }
    }
}
