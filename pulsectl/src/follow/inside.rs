//! The executions that steps of the followed one run: what happens in them is told as if the steps
//! were its own, under the step that runs them.

use std::collections::BTreeSet;

use futures_util::future::select_all;
use pulse_api::http::executions::{Entry, EntryKind, ExecutionView};

use super::Model;
use crate::{
    client::{Client, Followed, Stream},
    error::{Failure, Kind},
};

/// What is followed beside the execution itself.
#[derive(Default)]
pub(super) struct Inside {
    children: Vec<Child>,
    seen: BTreeSet<i64>,
}

struct Child {
    /// The path of the step that runs it.
    step: String,
    stream: Stream,
    model: Model,
}

/// An execution that a step runs.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) step: String,
    pub(super) number: i64,
}

impl Found {
    /// What an entry tells of such an execution.
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        let EntryKind::Step(step) = &entry.what else {
            return None;
        };
        Some(Self {
            step: step.step.clone(),
            number: step.execution?,
        })
    }
}

/// What happened inside.
pub(super) enum Happened {
    Begun(String),
    /// With whether a question in it is still open.
    Entry(Box<Entry>, bool),
    Nothing,
}

impl Inside {
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// Follows one more, unless it is followed already; one that may not be seen is left out.
    pub(super) async fn follow(&mut self, client: &Client, found: Found) -> Result<(), Failure> {
        if !self.seen.insert(found.number) {
            return Ok(());
        }
        let path = format!("/executions/{}", found.number);
        let view: ExecutionView = match client.get(&path).await {
            Ok(view) => view,
            Err(failure) if failure.kind == Kind::NotFound => return Ok(()),
            Err(failure) => return Err(failure),
        };
        let mut model = Model::default();
        model.begin(&view);
        self.children.push(Child {
            step: found.step,
            stream: Stream::attach(client, view),
            model,
        });
        Ok(())
    }

    /// Gives what happens next in any of them; dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Result<Happened, Failure> {
        let streams = self.children.iter_mut();
        let next = streams.map(|child| Box::pin(child.stream.next()));
        let (followed, at, _) = select_all(next).await;
        let child = &self.children[at];
        Ok(match followed? {
            Followed::Begun(begun) => {
                let view = begun.view.as_ref();
                let name = view.and_then(|view| view.workflow.name.as_deref());
                let name = name.unwrap_or_default();
                Happened::Begun(format!("{}: #{} {name} started", child.step, begun.number))
            }
            Followed::Entry(entry) => {
                let is_open = match &entry.what {
                    EntryKind::Prompt(prompt) => child.model.is_open(entry.seq, prompt),
                    EntryKind::Status(_)
                    | EntryKind::Step(_)
                    | EntryKind::Job(_)
                    | EntryKind::Output(_) => false,
                };
                match under(&child.step, *entry) {
                    Some(entry) => Happened::Entry(Box::new(entry), is_open),
                    None => Happened::Nothing,
                }
            }
            Followed::End(_) => {
                self.children.remove(at);
                Happened::Nothing
            }
            Followed::Lost | Followed::Back => Happened::Nothing,
        })
    }
}

/// The entry as one of the execution around; how the one inside stands as a whole, its step says.
fn under(step: &str, mut entry: Entry) -> Option<Entry> {
    let of = match &mut entry.what {
        EntryKind::Status(_) => return None,
        EntryKind::Step(entry) => &mut entry.step,
        EntryKind::Job(entry) => &mut entry.step,
        EntryKind::Prompt(entry) => &mut entry.step,
        EntryKind::Output(entry) => &mut entry.step,
    };
    *of = format!("{step}/{of}");
    Some(entry)
}
