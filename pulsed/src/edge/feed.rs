//! Following everything that happens: one follower, whatever door it stands at.
//!
//! It is woken when something was committed; what it tells is always read from the store, so what
//! a follower misses is only ever late.

use std::{collections::VecDeque, time::Duration};

use pulse_api::http::events::Event;
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::Instant,
};

use crate::{
    app::App,
    domain::{
        access,
        events::{self, Cursor, PAGE},
    },
    model::{access::User, grant::Reach},
};

/// How often a follower looks without having been told.
const LOOK: Duration = Duration::from_secs(15);
/// How often it is looked whether a follower is still let in.
const CHECK: Duration = Duration::from_secs(5);
/// How long it waits at least between two looks: what happens meanwhile is read together.
const REST: Duration = Duration::from_millis(50);
/// How long it waits after the store could not be read.
const AWAY: Duration = Duration::from_secs(1);

/// What a follower does at the end of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtEnd {
    Wait,
    /// Leaves once everything was told that was committed when this transaction had not begun.
    LeaveBefore(i64),
}

/// How long somebody who leaves waits for older transactions at most.
const LEAVE: Duration = Duration::from_secs(2);

/// Somebody who follows everything.
pub(super) struct Feed {
    app: App,
    who: User,
    at: Cursor,
    at_end: AtEnd,
    ready: VecDeque<(Cursor, Event)>,
    bell: watch::Receiver<u64>,
    next: Next,
    /// When to look again whether they are still let in.
    check_at: Instant,
    begun_at: Instant,
    /// Bounds how many there are.
    _place: OwnedSemaphorePermit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Read,
    /// Nothing more is stored: wait for the bell, and until then at most.
    Wait(Instant),
    Leave,
}

impl Feed {
    /// A follower from a place on; `None` when there are too many.
    pub(super) fn open(app: &App, who: User, (at, at_end): (Cursor, AtEnd)) -> Option<Self> {
        let (place, bell) = app.switchboard().follow_all()?;
        Some(Self {
            app: app.clone(),
            who,
            at,
            at_end,
            ready: VecDeque::new(),
            bell,
            next: Next::Read,
            check_at: Instant::now() + CHECK,
            begun_at: Instant::now(),
            _place: place,
        })
    }

    /// The next event and the place after it; `None` at the end, when the replica stops, or when
    /// whoever follows may no longer do so.
    pub(super) async fn next(&mut self) -> Option<(Cursor, Event)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if !self.is_let_in().await {
                return None;
            }
            match self.next {
                Next::Read => self.read().await,
                Next::Wait(until) => self.wait(until).await?,
                Next::Leave => return None,
            }
        }
    }

    async fn wait(&mut self, until: Instant) -> Option<()> {
        let stop = self.app.supervisor().stopping().clone();
        tokio::select! {
            () = stop.cancelled() => return None,
            rung = self.bell.changed() => rung.ok()?,
            () = tokio::time::sleep_until(until) => {}
            () = tokio::time::sleep_until(self.check_at) => return Some(()),
        }
        // A busy server rings for every commit.
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(REST) => {}
        }
        self.bell.mark_unchanged();
        self.next = Next::Read;
        Some(())
    }

    /// A token that was revoked ends its streams too. Whoever asks may go away before the answer,
    /// and then it is asked again.
    async fn is_let_in(&mut self) -> bool {
        if Instant::now() < self.check_at {
            return true;
        }
        let again = access::again(&self.app, &self.who).await;
        self.check_at = Instant::now() + CHECK;
        match again {
            Ok(Some(who)) => {
                self.who = who;
                true
            }
            Ok(None) => false,
            Err(error) => {
                tracing::debug!(%error, "a follower is looked up again later");
                true
            }
        }
    }

    async fn read(&mut self) {
        let reach = Reach::of(&self.who);
        let outcome = events::from(&self.app, self.at, &reach).await;
        self.next = match outcome {
            Ok(found) => {
                let is_last = i64::try_from(found.len()).is_ok_and(|count| count < PAGE);
                if let Some((at, _)) = found.last() {
                    self.at = *at;
                }
                let seen = found
                    .into_iter()
                    .filter_map(|(at, event)| Some((at, event?)));
                self.ready.extend(seen);
                if is_last {
                    self.rest().await
                } else {
                    Next::Read
                }
            }
            Err(error) => {
                tracing::debug!(%error, "a follower waits for the database");
                Next::Wait(Instant::now() + AWAY)
            }
        };
    }

    /// How long to wait: shortly where something waits for an older transaction to end.
    async fn rest(&self) -> Next {
        let Ok(edge) = events::edge(&self.app).await else {
            return Next::Wait(Instant::now() + AWAY);
        };
        match self.at_end {
            AtEnd::LeaveBefore(tx) => {
                let is_told = edge.settled.tx >= tx || !edge.is_hidden;
                if is_told || self.begun_at.elapsed() > LEAVE {
                    Next::Leave
                } else {
                    Next::Wait(Instant::now() + REST)
                }
            }
            AtEnd::Wait if edge.is_hidden => Next::Wait(Instant::now() + REST),
            AtEnd::Wait => Next::Wait(Instant::now() + LOOK),
        }
    }
}
