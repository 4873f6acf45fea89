//! Whether the worker is to rest: by the server's word, and by what its own host has asked for since.
//!
//! Each drain has an id, so that nothing late is taken for something else, and each wish of the host
//! is said until the server has answered it. Why: decision 0115.

use pulse_api::{
    DrainId,
    frames::{DrainState, FromAgent, Resumed},
    status::DrainMode,
};

use super::relay::{Outcome, Relay};
use crate::wire::{self, ToExecutor};

/// What the worker is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Take offers.
    Not,
    /// Stay, and leave to the server what runs here.
    Hold,
    /// Leave once it is idle.
    Exit,
}

/// A drain that somebody on the host has asked for.
#[derive(Debug, Clone, Copy)]
struct Own {
    id: DrainId,
    /// Whether the server may have heard of it.
    is_said: bool,
    /// Whether the server knows of it.
    is_taken: bool,
}

/// Which drains are on.
#[derive(Debug, Default)]
pub(crate) struct Drains {
    /// By the server's last word.
    on: Option<(DrainId, DrainMode)>,
    own: Option<Own>,
    /// Those that were taken back on the host, as far as the server may not know.
    taken_back: Vec<DrainId>,
    /// Whether what the server says next, it says having heard all that was said before it.
    is_heard: bool,
}

impl Drains {
    /// What the worker is to do now.
    pub(crate) fn wanted(&self) -> Rest {
        match self.on {
            _ if self.own.is_some() => Rest::Exit,
            Some((_, DrainMode::Hold)) => Rest::Hold,
            Some((id, DrainMode::Exit)) if !self.taken_back.contains(&id) => Rest::Exit,
            Some(_) | None => Rest::Not,
        }
    }

    /// Somebody on the host wants it to leave, whatever the server makes of its own drain.
    pub(crate) fn ask(&mut self) {
        self.own.get_or_insert_with(|| Own {
            id: DrainId::new(),
            is_said: false,
            is_taken: false,
        });
    }

    /// Somebody on the host wants it to stay. What the server holds is the server's.
    pub(crate) fn take_back(&mut self) {
        let exits = self.on.filter(|(_, mode)| *mode == DrainMode::Exit);
        let own = self.own.take().filter(|own| own.is_said);
        let own = own.map(|own| own.id);
        for id in exits.map(|(id, _)| id).into_iter().chain(own) {
            if !self.taken_back.contains(&id) {
                self.taken_back.push(id);
            }
        }
    }

    /// A new connection: what was said over the last one is heard by now, or lost.
    pub(crate) fn connected(&mut self) {
        self.is_heard = true;
    }

    /// The server says which drain is on, and which of the host's own it has taken last.
    pub(crate) fn hear(&mut self, on: Option<(DrainId, DrainMode)>, taken: Option<DrainId>) {
        let before = self.on.map(|(id, _)| id);
        self.on = on;
        let on = on.map(|(id, _)| id);
        // One of the host's own that the server is yet to hear of may still come to be on.
        let is_over = std::mem::take(&mut self.is_heard);
        let may_come = |id| !is_over && before != Some(id) && taken != Some(id);
        self.taken_back
            .retain(|id| on == Some(*id) || may_come(*id));
        if let Some(own) = &mut self.own {
            own.is_taken |= taken == Some(own.id);
        }
        // Whoever has ended it knew of it.
        self.own = self.own.filter(|own| on.is_some() || !own.is_taken);
    }

    /// The host's own drain that the server has not taken yet; it is about to be told.
    pub(crate) fn asked(&mut self) -> Option<DrainId> {
        let own = self.own.as_mut().filter(|own| !own.is_taken)?;
        own.is_said = true;
        Some(own.id)
    }

    /// The drains that the server is to be told are taken back, where one of them may be on.
    pub(crate) fn taken_back(&self) -> &[DrainId] {
        &self.taken_back
    }
}

impl Relay<'_> {
    /// Does what the server says, as far as the host has not asked for something else since.
    pub(super) async fn hear_of_drains(
        &mut self,
        on: Option<(DrainId, DrainMode)>,
        taken: Option<DrainId>,
    ) -> Option<Outcome> {
        let before = self.drains.wanted();
        self.drains.hear(on, taken);
        match (before, self.drains.wanted()) {
            (_, Rest::Exit) if self.leaving.is_leaving() => None,
            (_, Rest::Exit) => self.drain("the server").await,
            (Rest::Hold, Rest::Hold) if self.executor.was_told() => None,
            (Rest::Not, Rest::Not) => None,
            (_, Rest::Hold) => {
                let name = &self.credential.name;
                tracing::info!(
                    "held by the server until `pulsectl worker resume {name}`: it alone decides what runs here"
                );
                self.leaving.stay();
                self.tell(ToExecutor::Drain(wire::DrainMode::Hold)).await
            }
            (Rest::Hold | Rest::Exit, Rest::Not) => {
                self.leaving.stay();
                self.tell(ToExecutor::Resume).await
            }
        }
    }

    /// Leaves as soon as nothing runs any more.
    pub(super) async fn drain(&mut self, by: &str) -> Option<Outcome> {
        tracing::info!(
            by,
            "draining: nothing more is started, running steps end by themselves"
        );
        self.leaving.drain();
        self.begin_drain().await
    }

    /// Tells the executor, which may be another one than before.
    pub(super) async fn begin_drain(&mut self) -> Option<Outcome> {
        let told = self.tell(ToExecutor::Drain(wire::DrainMode::Exit)).await;
        if told.is_some() {
            return told;
        }
        self.act().await
    }

    /// Somebody on this host wants the worker to go on.
    pub(super) async fn resume(&mut self) -> Option<Outcome> {
        self.leaving.stay();
        self.drains.take_back();
        self.say_drains(None);
        self.tell(ToExecutor::Resume).await
    }

    /// Somebody on this host has told the executor to go on.
    pub(super) fn resumed(&mut self) {
        // Unless that was before the executor heard of the last drain.
        if let Some(load) = &self.pace.load
            && self.executor.has_heard_all(load)
        {
            self.leaving.stay();
            self.drains.take_back();
            self.say_drains(None);
        }
    }

    /// Says what the server may not know of the drains of this host, and how far one has come.
    pub(super) fn say_drains(&mut self, outstanding: Option<u32>) {
        if !self.pace.is_online {
            return;
        }
        for id in self.drains.taken_back() {
            let drain = Some(*id);
            self.uplink.send(&FromAgent::Resumed(Resumed { drain }));
        }
        if let Some(outstanding) = outstanding {
            let asked = self.drains.asked();
            self.uplink
                .send(&FromAgent::DrainState(DrainState { outstanding, asked }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exit() -> (DrainId, DrainMode) {
        (DrainId::new(), DrainMode::Exit)
    }

    #[test]
    fn what_the_server_says_counts_where_the_host_has_asked_for_nothing() {
        let (mut drains, drain) = (Drains::default(), exit());
        assert_eq!(drains.wanted(), Rest::Not);

        drains.hear(Some(drain), None);
        assert_eq!((drains.wanted(), drains.asked()), (Rest::Exit, None));
        drains.hear(Some((DrainId::new(), DrainMode::Hold)), None);
        assert_eq!(drains.wanted(), Rest::Hold);
        drains.hear(None, None);

        assert_eq!(drains.wanted(), Rest::Not);
    }

    #[test]
    fn a_drain_of_the_host_lasts_until_somebody_who_knows_of_it_ends_it() {
        let mut drains = Drains::default();
        drains.ask();
        let own = drains.asked();

        drains.hear(None, None);
        assert_eq!(drains.wanted(), Rest::Exit);
        drains.hear(own.map(|id| (id, DrainMode::Exit)), own);
        assert_eq!((drains.wanted(), drains.asked()), (Rest::Exit, None));
        drains.hear(None, own);

        assert_eq!(drains.wanted(), Rest::Not);
    }

    #[test]
    fn a_drain_of_the_host_that_was_ended_before_it_heard_of_it_is_not_asked_for_again() {
        let mut drains = Drains::default();
        drains.ask();
        let own = drains.asked();

        drains.connected();
        drains.hear(None, own);

        assert_eq!((drains.wanted(), drains.asked()), (Rest::Not, None));
    }

    #[test]
    fn a_drain_that_was_taken_back_is_off_until_there_is_another() {
        let (mut drains, drain) = (Drains::default(), exit());
        drains.hear(Some(drain), None);

        drains.take_back();
        assert_eq!(drains.wanted(), Rest::Not);
        drains.connected();
        drains.hear(Some(drain), None);
        assert_eq!(
            (drains.wanted(), drains.taken_back()),
            (Rest::Not, [drain.0].as_slice())
        );
        drains.hear(Some(exit()), None);

        assert_eq!(
            (drains.wanted(), drains.taken_back()),
            (Rest::Exit, [].as_slice())
        );
    }

    #[test]
    fn a_drain_of_the_host_that_was_taken_back_does_not_come_back_with_the_servers_answer() {
        let mut drains = Drains::default();
        drains.ask();
        let own = drains.asked();
        drains.take_back();

        drains.hear(None, None);
        drains.hear(own.map(|id| (id, DrainMode::Exit)), own);
        assert_eq!(drains.wanted(), Rest::Not);
        drains.hear(None, own);

        assert_eq!(drains.taken_back(), []);
    }

    #[test]
    fn what_was_taken_back_is_off_although_only_the_drain_was_heard() {
        let mut drains = Drains::default();
        drains.ask();
        let own = drains.asked();
        drains.take_back();

        drains.connected();
        drains.hear(own.map(|id| (id, DrainMode::Exit)), own);
        assert_eq!(drains.wanted(), Rest::Not);
        assert_eq!(drains.taken_back().first().copied(), own);
        drains.connected();
        drains.hear(None, own);

        assert_eq!(drains.taken_back(), []);
    }

    #[test]
    fn a_host_that_changes_its_mind_three_times_has_the_last_word() {
        let (mut drains, drain) = (Drains::default(), exit());
        drains.hear(Some(drain), None);

        drains.take_back();
        drains.ask();
        assert_eq!(drains.wanted(), Rest::Exit);
        drains.take_back();
        drains.connected();
        drains.hear(Some(drain), None);

        assert_eq!(drains.wanted(), Rest::Not);
    }

    #[test]
    fn who_was_asked_on_the_host_leaves_although_the_servers_drain_becomes_a_hold() {
        let mut drains = Drains::default();
        drains.hear(Some(exit()), None);

        drains.ask();
        drains.hear(Some((DrainId::new(), DrainMode::Hold)), None);

        assert_eq!(drains.wanted(), Rest::Exit);
    }

    #[test]
    fn what_the_server_never_heard_of_is_not_taken_back_there() {
        let mut drains = Drains::default();

        drains.ask();
        drains.take_back();

        assert_eq!(
            (drains.wanted(), drains.taken_back()),
            (Rest::Not, [].as_slice())
        );
    }

    #[test]
    fn who_leaves_by_the_hosts_wish_leaves_although_the_server_holds_it() {
        let mut drains = Drains::default();
        let hold = Some((DrainId::new(), DrainMode::Hold));
        drains.hear(hold, None);

        drains.ask();
        let own = drains.asked();
        drains.hear(hold, own);
        assert_eq!(drains.wanted(), Rest::Exit);
        drains.take_back();

        assert_eq!(drains.wanted(), Rest::Hold);
    }
}
