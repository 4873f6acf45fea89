//! The `secrets` of a document.

use super::Decoder;
use super::fields::Fields;
use crate::document::Complaint;
use crate::model::spread::Lists;
use crate::model::{Action, Defaults, Step};
use crate::secrets::fault_of_name;

const PATH: &str = "secrets";

/// How many secrets a workflow may name.
const MOST: usize = 32;

impl Decoder<'_> {
    pub(super) fn secrets(&mut self, fields: Fields<'_>) -> Vec<String> {
        let Some(node) = fields.get(PATH) else {
            return Vec::new();
        };
        let Some(names) = self.names(node, PATH) else {
            return Vec::new();
        };
        if names.len() > MOST {
            self.fault(node.at, PATH, format!("more than {MOST} secrets"));
        }
        let items = self.list(node, PATH).unwrap_or_default();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{PATH}[{at}]");
            let name = self.scalar(item, &path).map(|scalar| scalar.text.clone());
            if let Some(fault) = name.as_deref().and_then(fault_of_name) {
                let complaint = Complaint::new(item.at, fault);
                self.complain(complaint.hint("such as `DB_PASSWORD`"), &path);
            }
        }
        names
    }

    /// Refuses variables that would hide a secret, or be hidden by it.
    pub(super) fn check_secrets(
        &mut self,
        (fields, secrets): (Fields<'_>, &[String]),
        (defaults, lists): (&Defaults, &Lists),
    ) {
        let Some(node) = fields.get(PATH) else {
            return;
        };
        let steps = lists.iter().flatten();
        for name in secrets {
            let is_default = defaults.env.contains_key(name);
            let step = steps.clone().find(|step| sets(step, name));
            let by = match (is_default, step) {
                (true, _) => "`defaults`".to_owned(),
                (false, Some(step)) => format!("step `{}`", step.path),
                (false, None) => continue,
            };
            let message = format!("`{name}` is a variable of {by} too");
            let complaint = Complaint::new(node.at, message);
            self.complain(complaint.hint("call one of them something else"), PATH);
        }
    }
}

fn sets(step: &Step, name: &str) -> bool {
    match &step.action {
        Action::Execute(execute) => execute.env.contains_key(name),
        Action::Agent(_)
        | Action::Group(_)
        | Action::Prompt(_)
        | Action::Wait { .. }
        | Action::Workflow(_)
        | Action::Notify(_) => false,
    }
}
