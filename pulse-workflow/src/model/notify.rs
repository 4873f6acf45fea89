//! A message to a channel.

use super::{Action, Workflow};
use crate::template::Template;

/// A message to a channel, which the server knows by its name.
#[derive(Clone, Debug)]
pub struct Notify {
    pub channel: String,
    pub message: Template,
}

impl Workflow {
    /// Whether any step sends a message.
    pub fn has_notices(&self) -> bool {
        self.all_steps()
            .any(|step| matches!(step.action, Action::Notify(_)))
    }
}
