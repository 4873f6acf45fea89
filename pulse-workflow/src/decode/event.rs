//! The `event` of a document's `triggers`.

use super::fields::{Fields, Keys, join, shortened};
use super::workflow::is_workflow_name;
use super::{Decoder, keys};
use crate::document::{Complaint, Node, Shape};
use crate::expression::Occasion;
use crate::load::EventSource;
use crate::model::{EventKind, EventTrigger, InputSpec};

const EVENT: Keys = Keys {
    known: keys::EVENT,
    later: &[],
};

/// How many such triggers a document may have.
const MOST: usize = 20;
/// How many workflows or monitors one may name.
const MOST_NAMED: usize = 100;

impl Decoder<'_> {
    /// Reads a list of them; names that webhooks have are taken.
    pub(super) fn events(
        &mut self,
        (node, path): (&Node, &str),
        (taken, inputs): (&[&str], &[InputSpec]),
    ) -> Vec<EventTrigger> {
        let Some(items) = self.list(node, path) else {
            return Vec::new();
        };
        if items.is_empty() || items.len() > MOST {
            let count = items.len();
            let message = format!("{count} events; there are at least one and at most {MOST}");
            self.fault(node.at, path, message);
        }
        let mut events: Vec<EventTrigger> = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            let Some(event) = self.event((item, &path), inputs) else {
                continue;
            };
            let name = event.name.as_str();
            if taken.contains(&name) || events.iter().any(|other| other.name == name) {
                let message = format!("two triggers are called `{name}`");
                let complaint = Complaint::new(item.at, message)
                    .hint("give each a `name`: `pulsectl sensor` knows it by that");
                self.complain(complaint, &path);
                continue;
            }
            events.push(event);
        }
        events
    }

    fn event(&mut self, (node, path): (&Node, &str), inputs: &[InputSpec]) -> Option<EventTrigger> {
        let fields = self.fields(node, path, EVENT)?;
        let name = match fields.get("name") {
            None => Some(EventTrigger::UNNAMED.to_owned()),
            Some(node) => self.sensor_name((node, &join(path, "name")), "an event"),
        };
        let on = self.event_kinds(fields, path);
        let of = |kinds: &[EventKind], is_wanted: fn(EventKind) -> bool| {
            kinds.iter().any(|kind| is_wanted(*kind))
        };
        let kinds = on.as_deref().unwrap_or(&EventKind::ALL);
        let has_executions = of(kinds, |kind| !kind.is_of_monitors());
        let has_monitors = of(kinds, EventKind::is_of_monitors);
        let workflows = self.event_sources((fields, path), ("workflows", has_executions));
        let monitors = self.event_sources((fields, path), ("monitors", has_monitors));
        let reaction = self.reaction((fields, path), (Occasion::Event, inputs));
        Some(EventTrigger {
            name: name?,
            on: on?,
            workflows: workflows?,
            monitors: monitors?,
            reaction: reaction?,
        })
    }

    /// Reads `on`: one word, or several, each once.
    fn event_kinds(&mut self, fields: Fields<'_>, path: &str) -> Option<Vec<EventKind>> {
        let words: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let Some(node) = fields.get("on") else {
            let complaint = Complaint::new(fields.node.at, "an event needs `on`: what happens")
                .hint(format!("one or more of {}", words.join(", ")));
            self.complain(complaint, path);
            return None;
        };
        let path = join(path, "on");
        let Shape::List(items) = &node.shape else {
            let word = self.word(node, &path, &words)?;
            return EventKind::parse(word).map(|kind| vec![kind]);
        };
        if items.is_empty() {
            self.fault(node.at, &path, "`on` names nothing that happens");
            return None;
        }
        let mut kinds = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            let word = self.word(item, &path, &words);
            let Some(kind) = word.and_then(EventKind::parse) else {
                continue;
            };
            if kinds.contains(&kind) {
                let message = format!("`{}` is listed twice", kind.as_str());
                self.fault(item.at, &path, message);
                continue;
            }
            kinds.push(kind);
        }
        (kinds.len() == items.len()).then_some(kinds)
    }

    /// Reads the workflows or the monitors that it must happen to, where one of the events happens to such.
    fn event_sources(
        &mut self,
        (fields, path): (Fields<'_>, &str),
        (key, happens): (&str, bool),
    ) -> Option<Vec<String>> {
        let Some((at, node)) = fields.entry(key) else {
            return Some(Vec::new());
        };
        let path = join(path, key);
        if !happens {
            let message = format!("nothing in `on` happens to {key}");
            self.fault(at.at, &path, message);
        }
        let names = self.names(node, &path)?;
        if names.is_empty() || names.len() > MOST_NAMED {
            let count = names.len();
            let complaint = Complaint::new(node.at, format!("{count} {key} for one event")).hint(
                format!("at least one and at most {MOST_NAMED}; all of them without `{key}`"),
            );
            self.complain(complaint, &path);
        }
        let Shape::List(items) = &node.shape else {
            return None;
        };
        for (item, name) in items.iter().zip(&names) {
            if !is_workflow_name(name) {
                let message = format!("`{}` is no name of one of the {key}", shortened(name));
                self.fault(item.at, &path, message);
                continue;
            }
            let source = match key {
                "workflows" => EventSource::Workflow(name.clone()),
                _ => EventSource::Monitor(name.clone()),
            };
            let site = self.site(source, (item, &path));
            self.sources.push(site);
        }
        Some(names)
    }
}
