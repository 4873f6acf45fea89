//! The `triggers` of a document.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::cron::{Cron, CronFault};
use crate::document::{Complaint, Node};
use crate::model::{CatchUp, EventTrigger, InputSpec, Overlap, ScheduleTrigger, Webhook};

const PATH: &str = "triggers";
const TRIGGERS: Keys = Keys {
    known: keys::TRIGGERS,
    later: &[],
};
const SCHEDULE: Keys = Keys {
    known: keys::SCHEDULE,
    later: &[],
};

/// How many schedules a document may have.
const MOST: usize = 20;

/// What starts a workflow by itself.
#[derive(Default)]
pub(super) struct Triggers {
    pub(super) schedules: Vec<ScheduleTrigger>,
    pub(super) webhooks: Vec<Webhook>,
    pub(super) events: Vec<EventTrigger>,
}

impl Decoder<'_> {
    /// Reads `triggers`: what starts a workflow with these inputs.
    pub(super) fn triggers(&mut self, document: Fields<'_>, inputs: &[InputSpec]) -> Triggers {
        let node = document.get(PATH);
        let Some(fields) = node.and_then(|node| self.fields(node, PATH, TRIGGERS)) else {
            return Triggers::default();
        };
        let webhooks = fields
            .get("webhook")
            .map(|node| self.webhooks((node, &join(PATH, "webhook")), inputs));
        let webhooks = webhooks.unwrap_or_default();
        let taken: Vec<&str> = webhooks
            .iter()
            .map(|webhook| webhook.name.as_str())
            .collect();
        let events = fields
            .get("event")
            .map(|node| self.events((node, &join(PATH, "event")), (&taken, inputs)));
        Triggers {
            schedules: self.schedules(fields, inputs),
            events: events.unwrap_or_default(),
            webhooks,
        }
    }

    fn schedules(&mut self, fields: Fields<'_>, inputs: &[InputSpec]) -> Vec<ScheduleTrigger> {
        let Some((key, node)) = fields.entry("schedule") else {
            return Vec::new();
        };
        let path = join(PATH, "schedule");
        // Nobody is there to give an input when the clock starts it.
        let missing = inputs
            .iter()
            .find(|spec| spec.required && spec.default.is_none());
        if let Some(spec) = missing {
            let message = if spec.secret {
                format!("input `{}` is secret, and a schedule gives none", spec.name)
            } else {
                format!(
                    "input `{}` has no default, and a schedule gives none",
                    spec.name
                )
            };
            let hint = if spec.secret {
                "store it with `pulsectl secret set NAME`, and name it under `secrets`"
            } else {
                "give it a `default`, or make the schedule with `pulsectl schedule create WORKFLOW -p KEY=VALUE`"
            };
            let complaint = Complaint::new(key.at, message).hint(hint);
            self.complain(complaint, &path);
        }
        let items = self.list(node, &path).unwrap_or_default();
        if items.len() > MOST {
            let message = format!("{} schedules; the limit is {MOST}", items.len());
            self.fault(node.at, &path, message);
        }
        items
            .iter()
            .zip(0..)
            .filter_map(|(item, at)| self.schedule(item, &format!("{path}[{at}]")))
            .collect()
    }

    fn schedule(&mut self, node: &Node, path: &str) -> Option<ScheduleTrigger> {
        let fields = self.fields(node, path, SCHEDULE)?;
        let cron = self.cron(fields, path, "a schedule");
        let overlap = fields.get("overlap").and_then(|node| {
            let words: Vec<&str> = Overlap::ALL
                .iter()
                .map(|overlap| overlap.as_str())
                .collect();
            self.word(node, &join(path, "overlap"), &words)
        });
        let catch_up = fields.get("catch_up").and_then(|node| {
            let words: Vec<&str> = CatchUp::ALL.iter().map(|policy| policy.as_str()).collect();
            self.word(node, &join(path, "catch_up"), &words)
        });
        Some(ScheduleTrigger {
            cron: cron?,
            overlap: overlap.and_then(Overlap::parse).unwrap_or_default(),
            catch_up: catch_up.and_then(CatchUp::parse).unwrap_or_default(),
        })
    }

    /// Reads the `cron` and `timezone` of such a thing; each has its own faults in its own place.
    pub(super) fn cron(&mut self, fields: Fields<'_>, path: &str, what: &str) -> Option<Cron> {
        let Some(node) = fields.get("cron") else {
            let message = format!("{what} needs `cron`, such as `30 2 * * *`");
            self.fault(fields.node.at, path, message);
            return None;
        };
        let text = self.text(node, &join(path, "cron"))?;
        let zone = match fields.get("timezone") {
            None => "UTC".to_owned(),
            Some(node) => {
                let path = join(path, "timezone");
                let name = self.name(node, &path)?;
                if let Err(fault) = crate::cron::zone(&name) {
                    self.complain_of(node, &path, fault);
                    return None;
                }
                name
            }
        };
        let read = Cron::parse(&text, &zone);
        read.map_err(|fault| self.complain_of(node, &join(path, "cron"), fault))
            .ok()
    }

    fn complain_of(&mut self, node: &Node, path: &str, fault: CronFault) {
        let complaint = Complaint {
            at: node.at,
            message: fault.message,
            hint: fault.hint,
        };
        self.complain(complaint, path);
    }
}
