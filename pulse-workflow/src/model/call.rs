//! A step that runs another workflow, and which workflows lead to which.
//!
//! What the other workflow is, and whether there is one, only the server knows.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Action, Workflow};
use crate::template::Template;

/// How many workflows may run inside each other: the first one, what it runs, and so on.
pub const DEEPEST_CALLS: usize = 8;

/// The workflow that a step runs, and what it is given.
#[derive(Clone, Debug)]
pub struct Call {
    pub callee: Callee,
    pub with: BTreeMap<String, Given>,
}

/// A workflow by its name, in its newest version where none is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Callee {
    pub name: String,
    pub version: Option<i32>,
}

impl std::fmt::Display for Callee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.version {
            None => f.write_str(&self.name),
            Some(version) => write!(f, "{}@{version}", self.name),
        }
    }
}

/// What an input of the other workflow is given.
#[derive(Clone, Debug)]
pub enum Given {
    Value(Json),
    /// A text that is nothing but one expression gives its value, any other a text.
    Text(Template),
}

impl Given {
    pub(crate) fn reads_stdout(&self) -> bool {
        match self {
            Self::Value(_) => false,
            Self::Text(text) => text.reads_stdout(),
        }
    }
}

impl Workflow {
    /// The workflows that steps of this one run, each once.
    pub fn callees(&self) -> Vec<&Callee> {
        let mut callees: Vec<&Callee> = self
            .all_steps()
            .filter_map(|step| match &step.action {
                Action::Workflow(call) => Some(&call.callee),
                Action::Execute(_)
                | Action::Prompt(_)
                | Action::Wait { .. }
                | Action::Group(_)
                | Action::Agent(_)
                | Action::Notify(_) => None,
            })
            .collect();
        callees.sort_unstable();
        callees.dedup();
        callees
    }

    /// Whether any step runs another workflow.
    pub fn has_calls(&self) -> bool {
        self.all_steps()
            .any(|step| matches!(step.action, Action::Workflow(_)))
    }

    /// Whether any step may have another workflow start: by itself, or by a channel that starts one.
    pub fn may_start_others(&self) -> bool {
        self.all_steps()
            .any(|step| matches!(step.action, Action::Workflow(_) | Action::Notify(_)))
    }
}

/// Which workflows run which, as far as they have been looked at.
#[derive(Debug, Default)]
pub struct CallBook(BTreeMap<Callee, Vec<Callee>>);

impl CallBook {
    pub fn knows(&self, workflow: &Callee) -> bool {
        self.0.contains_key(workflow)
    }

    pub fn note(&mut self, workflow: Callee, callees: Vec<Callee>) {
        self.0.insert(workflow, callees);
    }

    /// The chain of workflows by which one leads to that of this name, both included; the shortest.
    pub fn way(&self, from: &Callee, name: &str) -> Option<Vec<String>> {
        let mut ways = std::collections::VecDeque::from([vec![from]]);
        let mut seen = vec![from];
        while let Some(way) = ways.pop_front() {
            let last = way.last().copied()?;
            if last.name == name {
                return Some(way.iter().map(ToString::to_string).collect());
            }
            for next in self.0.get(last).into_iter().flatten() {
                if !seen.contains(&next) {
                    seen.push(next);
                    ways.push_back(way.iter().copied().chain([next]).collect());
                }
            }
        }
        None
    }

    /// The longest chain that begins with a workflow; of what goes round in circles, as much as says
    /// that it is too long.
    pub fn longest(&self, from: &Callee) -> Vec<String> {
        // What is so many steps away, and by which it was come to: each is looked at once per step,
        // however many ways lead there.
        let mut levels = vec![BTreeMap::from([(from, from)])];
        while levels.len() <= DEEPEST_CALLS
            && let Some(last) = levels.last()
        {
            let next: BTreeMap<_, _> = last
                .keys()
                .flat_map(|by| {
                    let callees = self.0.get(*by).into_iter().flatten();
                    callees.map(move |callee| (callee, *by))
                })
                .collect();
            if next.is_empty() {
                break;
            }
            levels.push(next);
        }
        let mut longest = Vec::new();
        let mut at = levels.last().and_then(|last| last.keys().next().copied());
        for level in levels.iter().rev() {
            longest.extend(at.map(ToString::to_string));
            at = at.and_then(|callee| level.get(callee).copied());
        }
        longest.reverse();
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Callee {
        Callee {
            name: name.to_owned(),
            version: None,
        }
    }

    fn book(calls: &[(&str, &[&str])]) -> CallBook {
        let mut book = CallBook::default();
        for (name, callees) in calls {
            book.note(
                named(name),
                callees.iter().map(|name| named(name)).collect(),
            );
        }
        book
    }

    #[test]
    fn a_chain_that_leads_back_is_named_by_its_shortest_way() {
        let book = book(&[
            ("b", &["c", "d"]),
            ("c", &["e"]),
            ("e", &["a"]),
            ("d", &["a"]),
        ]);

        assert_eq!(book.way(&named("b"), "a").unwrap(), ["b", "d", "a"]);
        assert_eq!(book.way(&named("b"), "z"), None);
    }

    #[test]
    fn many_ways_to_one_end_are_not_walked_one_by_one() {
        let mut book = CallBook::default();
        let level = |depth: usize| (0..200).map(move |at| named(&format!("{depth}-{at}")));
        book.note(named("first"), level(1).collect());
        for depth in 1..DEEPEST_CALLS {
            for callee in level(depth) {
                book.note(callee, level(depth + 1).collect());
            }
        }

        let longest = book.longest(&named("first"));

        assert_eq!(longest.len(), DEEPEST_CALLS + 1);
        assert_eq!(longest.first().unwrap(), "first");
        assert!(longest.last().unwrap().starts_with("8-"), "{longest:?}");
    }

    #[test]
    fn a_circle_elsewhere_is_too_long_and_ends() {
        let book = book(&[("b", &["c"]), ("c", &["b"])]);

        assert!(book.way(&named("b"), "a").is_none());
        assert!(book.longest(&named("b")).len() > DEEPEST_CALLS);
        assert_eq!(book.longest(&named("z")), ["z"]);
    }
}
