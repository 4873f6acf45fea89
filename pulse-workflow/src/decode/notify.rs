//! A step that sends a message: `channel` and `message`.

use super::Decoder;
use super::fields::{Fields, join, shortened};
use super::workflow::is_workflow_name;
use crate::document::{Complaint, Node, is_invisible};
use crate::expression::Place;
use crate::model::Notify;

impl Decoder<'_> {
    pub(super) fn notify(&mut self, fields: Fields<'_>, path: &str) -> Option<Notify> {
        let channel = fields.get("channel");
        if channel.is_none() {
            let complaint = Complaint::new(fields.node.at, "a notify step needs a `channel`")
                .hint("`pulsectl notify ls` shows which there are");
            self.complain(complaint, path);
        }
        let channel = channel.and_then(|node| self.channel(node, &join(path, "channel")));
        let Some(node) = fields.get("message") else {
            self.fault(fields.node.at, path, "a notify step needs a `message`");
            return None;
        };
        let at = join(path, "message");
        let message = self.template(node, &at, Place::Text)?;
        if is_invisible(message.source()) {
            self.fault(node.at, &at, "a message that says nothing");
            return None;
        }
        Some(Notify {
            channel: channel?,
            message,
        })
    }

    fn channel(&mut self, node: &Node, path: &str) -> Option<String> {
        let name = self.name(node, path)?;
        if !is_workflow_name(&name) {
            let message = format!("`{}` names no channel", shortened(&name));
            let complaint = Complaint::new(node.at, message)
                .hint("lower case letters, digits and `-`, at most 63");
            self.complain(complaint, path);
            return None;
        }
        let site = self.site(name.clone(), (node, path));
        self.channels.push(site);
        Some(name)
    }
}
