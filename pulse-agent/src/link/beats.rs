//! Signs of life, and what the executor says of its load.

use pulse_api::frames::{FromAgent, Heartbeat};
use tokio::time::Instant;

use super::{
    backoff::roll,
    relay::{Outcome, Relay},
    status,
};
use crate::{
    clock, service_manager,
    wire::{DrainMode, Load, ToExecutor},
};

/// In a millisecond.
const NANOSECONDS: i64 = 1_000_000;

impl Relay<'_> {
    /// A heartbeat says how many slots are free, which only the executor knows.
    pub(super) async fn ask_load(&mut self) -> Option<Outcome> {
        let share = 0.8 + 0.4 * f64::from(roll()) / f64::from(u32::MAX);
        self.pace.heartbeat_at = Instant::now() + self.pace.interval.mul_f64(share);
        // While the line is full of output, the executor's answer waits behind what fills it. That
        // the executor lives, the output shows.
        if self.pace.is_online
            && !self.uplink.outgoing.has_room()
            && let Some(load) = self.pace.load.take()
        {
            self.beat(&load).await;
            self.pace.load = Some(load);
        }
        self.pace.is_heartbeat_asked = true;
        self.tell(ToExecutor::Status).await
    }

    /// A sign of life goes out.
    async fn beat(&mut self, load: &Load) {
        self.meter.look_at_disk().await;
        let mut metrics = self.meter.measure();
        let server = self.clock.offset_ns();
        metrics.clock_offset_ms =
            server.map(|server| (clock::wall_offset_ns() - server) / NANOSECONDS);
        let slots_free = load.slots_free();
        service_manager::status(&status::line(&self.credential, load));
        self.uplink.send(&FromAgent::Heartbeat(Heartbeat {
            metrics,
            slots_free,
            sent_at: Some(clock::timestamp(clock::boottime_ns())),
            held: load.held.clone(),
        }));
    }

    pub(super) async fn weigh(&mut self, load: &Load) -> Option<Outcome> {
        self.pace.load = Some(load.clone());
        if std::mem::take(&mut self.pace.is_heartbeat_asked) && self.pace.is_online {
            self.beat(load).await;
        }
        let is_current = self.executor.has_heard_all(load);
        let is_drained = load.draining == Some(DrainMode::Exit) && is_current;
        if is_drained && !self.leaving.is_leaving() {
            // Somebody asked the executor directly.
            self.drains.ask();
            self.leaving.drain();
        }
        self.say_drains(is_drained.then(|| load.outstanding()));
        if is_current {
            self.leaving.weigh(load, Instant::now());
        }
        self.act().await
    }
}
