//! What this host proves itself with, and what it proved itself with before.
//!
//! Earlier generations are kept for one case: a server whose database was restored does not know
//! the newest any more. Elsewhere they are worthless, and showing one locks this host out; so none
//! is shown but right after the server has said that it never gave out the one after it.

use pulse_api::WorkerId;
use serde::{Deserialize, Serialize};

/// How many earlier generations are kept: two weeks of daily ones, with some to spare.
const KEPT: usize = 16;

/// What enrolment, and each rotation since, gave this host.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Credential {
    pub(crate) worker_id: WorkerId,
    pub(crate) name: String,
    /// The server that issued it.
    pub(crate) server: String,
    #[serde(rename = "credential")]
    newest: String,
    /// The ones before, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<String>,
    /// How many steps before the newest the one is that is shown now. Never kept: whoever starts
    /// anew begins with the newest.
    #[serde(skip)]
    back: usize,
    pub(crate) heartbeat_interval_ms: u64,
    pub(crate) region: String,
}

/// Where a new one came from.
pub(crate) struct Origin {
    pub(crate) name: String,
    pub(crate) server: String,
    pub(crate) region: String,
    pub(crate) heartbeat_interval_ms: u64,
}

impl Credential {
    /// The first one of a worker.
    pub(crate) fn first(worker_id: WorkerId, secret: String, origin: Origin) -> Self {
        Self {
            worker_id,
            name: origin.name,
            server: origin.server,
            newest: secret,
            earlier: Vec::new(),
            back: 0,
            heartbeat_interval_ms: origin.heartbeat_interval_ms,
            region: origin.region,
        }
    }

    /// The one that is shown now.
    pub(crate) fn secret(&self) -> &str {
        self.back
            .checked_sub(1)
            .and_then(|at| self.earlier.get(at))
            .unwrap_or(&self.newest)
    }

    /// Whether the one that is shown now is an earlier one.
    pub(crate) fn is_earlier(&self) -> bool {
        self.back > 0
    }

    /// How many earlier ones are kept.
    pub(crate) fn earlier(&self) -> usize {
        self.earlier.len()
    }

    /// Goes on to the one before, because the server has never given out this one. False where
    /// none is left: then the newest is up again.
    pub(crate) fn step_back(&mut self) -> bool {
        let has_more = self.back < self.earlier.len();
        self.back = if has_more { self.back + 1 } else { 0 };
        has_more
    }

    /// Begins with the newest again: another server may answer by now.
    pub(crate) fn start_over(&mut self) {
        self.back = 0;
    }

    /// What is kept once this worker is given another.
    ///
    /// The newest of all stays before the one that asked: the server that had not given it out may
    /// have been a copy, and the one that had would take the older one for stolen.
    pub(crate) fn followed_by(&self, fresh: String) -> Self {
        let earlier = std::iter::once(&self.newest).chain(&self.earlier);
        Self {
            earlier: earlier.take(KEPT).cloned().collect(),
            newest: fresh,
            back: 0,
            ..self.clone()
        }
    }
}

#[cfg(test)]
impl Credential {
    /// One of a host that was given so many since its enrolment.
    pub(crate) fn after(rotations: usize) -> Self {
        let origin = Origin {
            name: "web-1".to_owned(),
            server: "https://pulse.example".to_owned(),
            region: "fra".to_owned(),
            heartbeat_interval_ms: 20_000,
        };
        let first = Self::first(WorkerId::new(), "secret-0".to_owned(), origin);
        (1..=rotations).fold(first, |it, number| {
            it.followed_by(format!("secret-{number}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that is shown to a server that knows none of it.
    fn walk(credential: &mut Credential) -> Vec<String> {
        let mut shown = vec![credential.secret().to_owned()];
        while credential.step_back() {
            shown.push(credential.secret().to_owned());
        }
        shown
    }

    #[test]
    fn earlier_generations_are_shown_newest_first_and_each_once() {
        let mut credential = Credential::after(3);

        let shown = walk(&mut credential);

        assert_eq!(shown, ["secret-3", "secret-2", "secret-1", "secret-0"]);
        assert_eq!(credential.secret(), "secret-3");
    }

    #[test]
    fn only_so_many_earlier_generations_are_kept() {
        let mut credential = Credential::after(KEPT + 5);

        let shown = walk(&mut credential);

        assert_eq!(shown.len(), KEPT + 1);
        assert_eq!(shown.last().unwrap(), "secret-5");
    }

    #[test]
    fn what_a_restored_server_gives_keeps_the_generations_that_it_did_not_know() {
        let mut credential = Credential::after(2);
        credential.step_back();
        credential.step_back();

        let mut fresh = credential.followed_by("fresh".to_owned());

        assert!(!fresh.is_earlier());
        assert_eq!(
            walk(&mut fresh),
            ["fresh", "secret-2", "secret-1", "secret-0"]
        );
    }

    #[test]
    fn a_file_keeps_the_generations_and_not_which_one_was_shown() {
        let mut credential = Credential::after(1);
        credential.step_back();

        let text = serde_json::to_string(&credential).unwrap();
        let mut read: Credential = serde_json::from_str(&text).unwrap();

        assert_eq!(walk(&mut read), ["secret-1", "secret-0"]);
    }

    #[test]
    fn a_file_of_an_older_version_has_no_earlier_generation() {
        let mut file = serde_json::to_value(Credential::after(1)).unwrap();
        file.as_object_mut().unwrap().remove("earlier");

        let mut read: Credential = serde_json::from_value(file).unwrap();

        assert!(!read.step_back());
        assert_eq!(read.secret(), "secret-1");
    }
}
