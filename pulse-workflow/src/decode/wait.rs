//! How long a step waits, or until what.

use super::Decoder;
use super::fields::{Fields, join};
use crate::document::Complaint;
use crate::model::{StepKind, Wait};

/// How long a wait looks away where it does not say.
const EVERY_MS: u64 = 10_000;

/// How often a wait may look, in milliseconds.
const OFTENEST_MS: u64 = 100;

impl Decoder<'_> {
    pub(super) fn wait(&mut self, fields: Fields<'_>, path: &str) -> Option<Wait> {
        let (duration, until) = (fields.get("duration"), fields.entry("until"));
        if let (Some((key, _)), Some(_)) = (fields.entry("every"), duration)
            && until.is_none()
        {
            self.fault(key.at, &join(path, "every"), "`every` belongs to `until`");
        }
        match (duration, until) {
            (Some(node), None) => {
                let duration_ms = self.duration(node, &join(path, "duration"))?;
                Some(Wait::For { duration_ms })
            }
            (None, Some((_, node))) => {
                let condition = self.condition(node, &join(path, "until"));
                let every_ms = self.every(fields, path);
                Some(Wait::Until {
                    condition: condition?,
                    every_ms,
                })
            }
            (Some(_), Some((key, _))) => {
                let message = "a step waits for a `duration` or `until` something, not both";
                self.fault(key.at, &join(path, "until"), message);
                None
            }
            (None, None) => {
                let complaint = Complaint::new(fields.node.at, "a wait step needs a `duration`")
                    .hint("or `until`, an expression that it waits for");
                self.complain(complaint, path);
                None
            }
        }
    }

    fn every(&mut self, fields: Fields<'_>, path: &str) -> u64 {
        let Some(node) = fields.get("every") else {
            return EVERY_MS;
        };
        let path = join(path, "every");
        let every = self.duration(node, &path);
        if every.is_some_and(|every| every < OFTENEST_MS) {
            let message = format!("a wait looks every {OFTENEST_MS} ms at most");
            self.fault(node.at, &path, message);
        }
        every.unwrap_or(EVERY_MS)
    }
}

/// Whether a `timeout` of the step itself has a meaning.
pub(super) fn may_time_out(fields: Fields<'_>, kind: StepKind) -> bool {
    match kind {
        StepKind::Execute
        | StepKind::Prompt
        | StepKind::Agent
        | StepKind::Workflow
        | StepKind::Notify => true,
        StepKind::Wait => fields.has("until"),
        StepKind::Group => false,
    }
}
