//! What an earlier executor left behind.

use std::fs;

use pulse_api::frames::{Claim, CommandResult, Reason};

use super::Engine;
use crate::executor::{
    attempts::{Attempt, Stage},
    record::{self, Key, Origin, Proven, Record},
    results,
    spool::Spool,
    tree,
};

impl Engine {
    /// Takes up what an earlier executor left, and ends what it left running.
    pub(crate) fn recover(&mut self, records: Vec<Record>) {
        for (key, proven) in record::replay(records) {
            match (proven.is_acked, proven.origin) {
                // Known, so that it is never started again, but nothing is left to say.
                (true, _) => self.attempts.remember(key, None),
                (false, None) if proven.exit.is_none() => self.attempts.remember(key, None),
                (false, origin) => self.take_up(key, proven, origin),
            }
        }
        self.sweep();
    }

    fn take_up(&mut self, key: Key, proven: Proven, origin: Option<Origin>) {
        let folder = self.parts.folder.join("spool");
        let fence = proven.fence;
        let (result, spool) = match (proven.exit, origin) {
            (Some((result, kept)), _) => (result, Spool::restore(&folder, &key.file_stem(), kept)),
            (None, Some(origin)) => {
                if proven.boot_id == self.parts.boot_id {
                    tree::kill_remains(key, proven.process);
                }
                let spool = Spool::salvage(&folder, &key.file_stem());
                let mut result = Box::new(self.lost(key.under(fence), origin, &proven.boot_id));
                result.last_seq = spool.last_seq();
                self.write(&Record::Exit {
                    key,
                    result: result.clone(),
                    output: Vec::new(),
                });
                (result, spool)
            }
            (None, None) => return,
        };
        let attempt = Attempt {
            fence,
            origin: results::origin(&result),
            started_at: result.timestamp,
            stage: Stage::Ended(result),
            is_condemned: false,
        };
        self.attempts.insert(key, attempt);
        self.spools.insert(key, spool);
    }

    /// Nothing proves how it ended, so it is never called a success.
    fn lost(&self, claim: Claim, origin: Origin, boot_id: &str) -> CommandResult {
        let reason = if boot_id == self.parts.boot_id {
            Reason::AgentRestart
        } else {
            Reason::HostRestart
        };
        tracing::warn!(job.id = %claim.job_id, reason = reason.as_str(), "an attempt was lost");
        results::lost(claim, origin, reason, self.server_now())
    }

    /// Removes files of attempts that nobody asks for any more.
    fn sweep(&self) {
        let wanted: Vec<String> = self.spools.keys().map(|key| key.file_stem()).collect();
        for folder in ["spool", "jobs"] {
            let Ok(entries) = fs::read_dir(self.parts.folder.join(folder)) else {
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name();
                let is_wanted = folder == "spool"
                    && name
                        .to_str()
                        .is_some_and(|name| wanted.iter().any(|stem| stem == name));
                if !is_wanted {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }
}
