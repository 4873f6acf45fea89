//! The one place that starts tasks, so that every task can be stopped.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    future::Future,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::FutureExt as _;
use tokio::task::AbortHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Starts tasks, tells them to stop, and waits for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Supervisor {
    tracker: TaskTracker,
    stop: CancellationToken,
    running: Arc<Mutex<Running>>,
}

#[derive(Debug, Default)]
struct Running {
    next: u64,
    tasks: BTreeMap<u64, (Cow<'static, str>, Option<AbortHandle>)>,
}

/// How a shutdown ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shutdown {
    Clean,
    /// These tasks were aborted at the deadline.
    Aborted(Vec<String>),
}

impl Supervisor {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A supervisor whose tasks stop with the given token.
    pub(crate) fn under(stop: CancellationToken) -> Self {
        Self {
            stop,
            ..Self::default()
        }
    }

    /// Cancelled once the tasks are asked to stop.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.stop
    }

    /// Starts a task; a panic inside it ends that task alone, and is logged.
    pub(crate) fn spawn<F>(&self, name: impl Into<Cow<'static, str>>, future: F) -> AbortHandle
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let name = name.into();
        let id = self.register(name.clone());
        let entry = Entry {
            id,
            running: Arc::clone(&self.running),
        };
        let task = self.tracker.spawn(async move {
            let _entry = entry;
            if AssertUnwindSafe(future).catch_unwind().await.is_err() {
                tracing::error!(task = %name, "task panicked");
            }
        });
        let handle = task.abort_handle();
        if let Some((_, slot)) = lock(&self.running).tasks.get_mut(&id) {
            *slot = Some(handle.clone());
        }
        handle
    }

    /// Asks every task to stop and waits until the deadline; then aborts those still there.
    pub(crate) async fn shutdown(&self, deadline: Duration) -> Shutdown {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(deadline, self.tracker.wait())
            .await
            .is_ok()
        {
            return Shutdown::Clean;
        }
        let left: Vec<_> = std::mem::take(&mut lock(&self.running).tasks)
            .into_values()
            .collect();
        let mut names = Vec::with_capacity(left.len());
        for (name, handle) in left {
            tracing::warn!(task = %name, "task did not stop in time");
            if let Some(handle) = handle {
                handle.abort();
            }
            names.push(name.into_owned());
        }
        Shutdown::Aborted(names)
    }

    fn register(&self, name: Cow<'static, str>) -> u64 {
        let mut running = lock(&self.running);
        running.next += 1;
        let id = running.next;
        running.tasks.insert(id, (name, None));
        id
    }
}

/// Takes its task off the list when it ends, however it ends.
struct Entry {
    id: u64,
    running: Arc<Mutex<Running>>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        lock(&self.running).tasks.remove(&self.id);
    }
}

fn lock(running: &Mutex<Running>) -> std::sync::MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn a_panic_ends_only_its_own_task() {
        let supervisor = Supervisor::new();
        supervisor.spawn("broken", async { panic!("on purpose") });
        let stop = supervisor.stopping().clone();
        supervisor.spawn("patient", async move { stop.cancelled().await });

        let shutdown = supervisor.shutdown(Duration::from_secs(5)).await;

        assert_eq!(shutdown, Shutdown::Clean);
    }

    #[tokio::test]
    async fn a_task_that_ignores_the_stop_is_named_and_aborted() {
        let supervisor = Supervisor::new();
        supervisor.spawn("stubborn", pending());

        let shutdown = supervisor.shutdown(Duration::from_millis(20)).await;

        assert_eq!(shutdown, Shutdown::Aborted(vec!["stubborn".to_owned()]));
    }
}
