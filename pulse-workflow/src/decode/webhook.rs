//! The `webhook` of a document's `triggers`.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Node, Shape};
use crate::expression::Occasion;
use crate::model::{HookKind, InputSpec, Webhook};
use crate::secrets::fault_of_name;

const WEBHOOK: Keys = Keys {
    known: keys::WEBHOOK,
    later: &[],
};

/// How many webhooks a document may have.
const MOST: usize = 20;
/// How many secrets one may have: the one of today, and the one before or after it.
const MOST_SECRETS: usize = 2;

impl Decoder<'_> {
    /// Reads one webhook, or a list of them.
    pub(super) fn webhooks(
        &mut self,
        (node, path): (&Node, &str),
        inputs: &[InputSpec],
    ) -> Vec<Webhook> {
        let Shape::List(items) = &node.shape else {
            return self.webhook((node, path), inputs).into_iter().collect();
        };
        if items.is_empty() || items.len() > MOST {
            let count = items.len();
            let message = format!("{count} webhooks; there are at least one and at most {MOST}");
            self.fault(node.at, path, message);
        }
        let mut webhooks: Vec<Webhook> = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            let Some(webhook) = self.webhook((item, &path), inputs) else {
                continue;
            };
            if webhooks.iter().any(|other| other.name == webhook.name) {
                let message = format!("two webhooks are called `{}`", webhook.name);
                let complaint = Complaint::new(item.at, message)
                    .hint("give each a `name`: it is the end of its address");
                self.complain(complaint, &path);
                continue;
            }
            webhooks.push(webhook);
        }
        webhooks
    }

    fn webhook(&mut self, (node, path): (&Node, &str), inputs: &[InputSpec]) -> Option<Webhook> {
        let fields = self.fields(node, path, WEBHOOK)?;
        let name = match fields.get("name") {
            None => Some(Webhook::UNNAMED.to_owned()),
            Some(node) => self.sensor_name((node, &join(path, "name")), "a webhook"),
        };
        let kind = self.hook_kind(fields, path);
        let secrets = self.hook_secrets(fields, path);
        let reaction = self.reaction((fields, path), (Occasion::Delivery, inputs));
        Some(Webhook {
            name: name?,
            kind: kind?,
            secrets: secrets?,
            reaction: reaction?,
        })
    }

    fn hook_kind(&mut self, fields: Fields<'_>, path: &str) -> Option<HookKind> {
        let words: Vec<&str> = HookKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let Some(node) = fields.get("kind") else {
            let complaint = Complaint::new(fields.node.at, "a webhook needs `kind`: who delivers")
                .hint(format!("one of {}", words.join(", ")));
            self.complain(complaint, path);
            return None;
        };
        let word = self.word(node, &join(path, "kind"), &words)?;
        HookKind::parse(word)
    }

    fn hook_secrets(&mut self, fields: Fields<'_>, path: &str) -> Option<Vec<String>> {
        let Some(node) = fields.get("secret") else {
            let message = "a webhook needs `secret`: without a signature anybody could start it";
            let complaint = Complaint::new(fields.node.at, message)
                .hint("the name of a secret, such as `DEPLOY_HOOK`; `pulsectl secret set` keeps its value");
            self.complain(complaint, path);
            return None;
        };
        let path = join(path, "secret");
        let names = match &node.shape {
            Shape::List(_) => self.names(node, &path)?,
            Shape::Scalar(_) | Shape::Mapping(_) => vec![self.name(node, &path)?],
        };
        if names.is_empty() || names.len() > MOST_SECRETS {
            let count = names.len();
            let complaint = Complaint::new(node.at, format!("{count} secrets for one webhook"))
                .hint("one; two while one takes the other's place");
            self.complain(complaint, &path);
            return None;
        }
        if let Some(fault) = names.iter().find_map(|name| fault_of_name(name)) {
            let complaint = Complaint::new(node.at, fault);
            self.complain(complaint.hint("such as `DEPLOY_HOOK`"), &path);
            return None;
        }
        Some(names)
    }
}
