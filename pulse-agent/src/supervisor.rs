//! Starts tasks, and ends them all when it is dropped.

use std::future::Future;

use tokio::task::JoinSet;

/// The tasks of one part of the program, all on the calling thread.
#[derive(Default)]
pub(crate) struct Supervisor {
    tasks: JoinSet<()>,
}

impl Supervisor {
    /// Starts a task that ends with this supervisor at the latest.
    pub(crate) fn start(&mut self, task: impl Future<Output = ()> + 'static) {
        self.tasks.spawn_local(task);
    }

    /// How many have not ended, as far as `reap` knows.
    pub(crate) fn count(&self) -> usize {
        self.tasks.len()
    }

    /// Forgets tasks that have ended, and says so when one of them panicked.
    pub(crate) fn reap(&mut self) {
        while let Some(ended) = self.tasks.try_join_next() {
            if let Err(error) = ended {
                tracing::error!(%error, "a task of the agent failed");
            }
        }
    }
}
