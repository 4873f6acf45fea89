//! The `retry` of a step or of `defaults`.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::model::{RetryFor, RetryPolicy};

const KEYS: Keys = Keys {
    known: keys::RETRY,
    later: &[],
};

/// How often a job may be started again.
const MOST: u32 = 100;

impl Decoder<'_> {
    pub(super) fn retry(&mut self, node: &Node, path: &str) -> Option<RetryPolicy> {
        let fields = self.fields(node, path, KEYS)?;
        let Some(max) = fields.get("max") else {
            self.fault(
                node.at,
                path,
                "`retry` needs `max`: how many attempts may follow the first",
            );
            return None;
        };
        let max_path = join(path, "max");
        let most = self.whole(max, &max_path)?;
        if most == 0 || most > MOST {
            self.fault(max.at, &max_path, format!("`max` is between 1 and {MOST}"));
            return None;
        }
        let mut duration = |key: &str| {
            fields
                .get(key)
                .map(|node| self.duration(node, &join(path, key)))
        };
        let delay_ms = duration("delay").flatten().unwrap_or(0);
        let max_delay_ms = duration("max_delay").flatten();
        let backoff = fields
            .get("backoff")
            .and_then(|node| self.word(node, &join(path, "backoff"), &["fixed", "exponential"]));
        let jitter = fields
            .get("jitter")
            .and_then(|node| self.boolean(node, &join(path, "jitter")));
        let causes = self.causes(fields, path);
        Some(RetryPolicy {
            max: most,
            delay_ms,
            exponential: backoff == Some("exponential"),
            max_delay_ms,
            jitter: jitter.unwrap_or(false),
            causes,
        })
    }

    /// Without `for`, an attempt that failed or took too long is repeated, a lost one never.
    fn causes(&mut self, fields: Fields<'_>, path: &str) -> Vec<RetryFor> {
        let Some(node) = fields.get("for") else {
            return vec![RetryFor::Failed, RetryFor::Timeout];
        };
        let path = join(path, "for");
        let names = self.names(node, &path).unwrap_or_default();
        if names.is_empty() {
            self.fault(node.at, &path, "an empty `for` would retry nothing");
        }
        let mut causes = Vec::new();
        for (name, at) in names.iter().zip(0..) {
            if let Some(cause) = cause(name) {
                causes.push(cause);
                continue;
            }
            let complaint = Complaint::new(node.at, format!("unknown cause `{name}`"))
                .hint("it is one of failed, timeout, lost, exit:<code>");
            self.complain(complaint, &format!("{path}[{at}]"));
        }
        causes
    }
}

fn cause(name: &str) -> Option<RetryFor> {
    match name {
        "failed" => Some(RetryFor::Failed),
        "timeout" => Some(RetryFor::Timeout),
        "lost" => Some(RetryFor::Lost),
        _ => {
            let code = name.strip_prefix("exit:")?.trim().parse().ok()?;
            (1..=255).contains(&code).then_some(RetryFor::Exit(code))
        }
    }
}
