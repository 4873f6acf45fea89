//! What a prompt asks, and of how many people.

use std::collections::BTreeMap;

use super::Decoder;
use super::fields::{Fields, join, shortened};
use super::nearest;
use crate::document::{Complaint, Node, Shape, is_invisible};
use crate::expression::Place;
use crate::model::{NotBy, Prompt, Terms};
use crate::template::Template;

/// How many options a prompt may offer.
const MOST_OPTIONS: usize = 50;

/// How many people one answer may take.
const PEOPLE: std::ops::RangeInclusive<u32> = 2..=20;

impl Decoder<'_> {
    pub(super) fn prompt(&mut self, fields: Fields<'_>, path: &str) -> Option<Prompt> {
        let Some(message) = fields.get("message") else {
            self.fault(fields.node.at, path, "a prompt step needs a `message`");
            return None;
        };
        let message = self.message(message, &join(path, "message"));
        let Some(options) = fields.get("options") else {
            self.fault(fields.node.at, path, "a prompt step needs `options`");
            return None;
        };
        let options = self.options(options, &join(path, "options"))?;
        let approvals = fields
            .get("approvals")
            .map(|node| self.approvals(node, &join(path, "approvals"), &options))
            .unwrap_or_default();
        let default = self.prompt_default(fields, path, (&options, &approvals));
        let asked = fields
            .get("fields")
            .map(|node| self.prompt_fields(node, &join(path, "fields")))
            .unwrap_or_default();
        let needed = asked
            .iter()
            .find(|spec| spec.required && spec.default.is_none());
        if let (Some(spec), Some(node)) = (needed, fields.get("default")) {
            let message = format!("nobody would fill in the field `{}`", spec.name);
            let complaint = Complaint::new(node.at, message)
                .hint("give the field a `default` or `required: false`, or leave out the `default` of the prompt");
            self.complain(complaint, &join(path, "default"));
        }
        let not_by = fields.get("not_by").and_then(|node| {
            let words = NotBy::ALL.map(NotBy::as_str);
            let word = self.word(node, &join(path, "not_by"), &words)?;
            NotBy::ALL.into_iter().find(|not| not.as_str() == word)
        });
        Some(Prompt {
            message: message?,
            options,
            default,
            terms: Terms { approvals, not_by },
            fields: asked,
        })
    }

    /// Reads a question; one that nobody can read is none.
    fn message(&mut self, node: &Node, path: &str) -> Option<Template> {
        let message = self.template(node, path, Place::Text)?;
        if is_invisible(message.source()) {
            self.fault(node.at, path, "a prompt without a question");
            return None;
        }
        Some(message)
    }

    fn options(&mut self, node: &Node, path: &str) -> Option<Vec<String>> {
        let options = self.names(node, path)?;
        if options.is_empty() || options.len() > MOST_OPTIONS {
            self.fault(
                node.at,
                path,
                format!("a prompt has 1 to {MOST_OPTIONS} options"),
            );
        }
        Some(options)
    }

    fn prompt_default(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        (options, approvals): (&[String], &BTreeMap<String, u32>),
    ) -> Option<String> {
        let node = fields.get("default")?;
        let path = join(path, "default");
        let default = self.name(node, &path)?;
        if !options.contains(&default) {
            let shown = shortened(&default);
            let complaint = Complaint::new(node.at, format!("`{shown}` is not an option"))
                .hint(format!("the options are {}", options.join(", ")));
            self.complain(complaint, &path);
        }
        if !fields.has("timeout") {
            self.fault(node.at, &path, "a `default` is taken only with a `timeout`");
        }
        if let Some(people) = approvals.get(&default) {
            let message =
                format!("`{default}` needs {people} people, and nobody would have said it");
            let complaint = Complaint::new(node.at, message)
                .hint("leave out the `default`, or name an option that one person may choose");
            self.complain(complaint, &path);
        }
        Some(default)
    }

    /// Reads how many people each option needs; one without a number needs one.
    fn approvals(&mut self, node: &Node, path: &str, options: &[String]) -> BTreeMap<String, u32> {
        let mut approvals = BTreeMap::new();
        if matches!(node.shape, Shape::Scalar(_)) {
            let option = options.first().map_or("Yes", String::as_str);
            let complaint = Complaint::new(
                node.at,
                "`approvals` says which option needs several people",
            )
            .hint(format!("write `approvals: {{{option}: 2}}`"));
            self.complain(complaint, path);
            return approvals;
        }
        let Some(fields) = self.open_fields(node, path) else {
            return approvals;
        };
        if fields.iter().next().is_none() {
            self.fault(node.at, path, "`approvals` is empty");
        }
        for (key, node) in fields.iter() {
            let path = join(path, &key.text);
            if !options.contains(&key.text) {
                let shown = shortened(&key.text);
                let complaint = Complaint::new(key.at, format!("`{shown}` is not an option"));
                let hint = match nearest(&key.text, options.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the options are {}", options.join(", ")),
                };
                self.complain(complaint.hint(hint), &path);
                continue;
            }
            let Some(people) = self.whole(node, &path) else {
                continue;
            };
            if !PEOPLE.contains(&people) {
                let message = format!(
                    "an answer may need {} to {} people; without a number it needs one",
                    PEOPLE.start(),
                    PEOPLE.end()
                );
                self.fault(node.at, &path, message);
            }
            approvals.insert(key.text.clone(), people);
        }
        approvals
    }
}
