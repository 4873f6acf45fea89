//! When a document brings back what its steps have done.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::Complaint;
use crate::model::spread::Lists;
use crate::model::{OnExceed, Rollback, RolledBackAfter};

const KEYS: Keys = Keys {
    known: keys::ROLLBACK,
    later: &[],
};

impl Decoder<'_> {
    pub(super) fn rollback(&mut self, fields: Fields<'_>) -> Option<Rollback> {
        let node = fields.get("rollback")?;
        let fields = self.fields(node, "rollback", KEYS)?;
        if let Some(node) = fields.get("order") {
            self.word(node, "rollback.order", &["reverse"]);
        }
        let mut after = Vec::new();
        match fields.get("after") {
            None => after.extend([RolledBackAfter::Failed, RolledBackAfter::Cancelled]),
            Some(node) => {
                let words = RolledBackAfter::ALL.map(RolledBackAfter::as_str);
                let items = self.list(node, "rollback.after")?;
                if items.is_empty() {
                    self.fault(node.at, "rollback.after", "`after` is empty");
                }
                for (item, at) in items.iter().zip(0..) {
                    let path = format!("rollback.after[{at}]");
                    let word = self.word(item, &path, &words);
                    let found = RolledBackAfter::ALL.into_iter();
                    after.extend(found.filter(|found| word == Some(found.as_str())));
                }
            }
        }
        Some(Rollback { after })
    }

    /// What is to be brought back must say how, and only once.
    pub(super) fn check_rollback(&mut self, fields: Fields<'_>, lists: &Lists) {
        let Some((key, _)) = fields.entry("rollback") else {
            return;
        };
        let main = &lists[0];
        if !main.iter().any(|step| step.rollback().is_some()) {
            let complaint = Complaint::new(key.at, "`rollback` has nothing to bring back").hint(
                "give a step that changes its host a `rollback`: the command that brings it back",
            );
            self.complain(complaint, "rollback");
        }
        let twice = main.iter().find(|step| {
            let rollout = step.rollout();
            rollout.is_some_and(|rollout| rollout.on_exceed != OnExceed::Stop)
        });
        if let Some(step) = twice {
            let message = format!(
                "the `rollback` of the document brings back what {} rolls out",
                step.path
            );
            let complaint = Complaint::new(key.at, message)
                .hint("leave `on_exceed` out there: its hosts would be brought back twice");
            self.complain(complaint, "rollback");
        }
        if main.iter().any(|step| step.path.as_str() == "rollback") {
            let message = "with a `rollback` of the document no step may have the id `rollback`";
            self.fault(key.at, &join("", "rollback"), message);
        }
    }
}
