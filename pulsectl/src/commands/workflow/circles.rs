//! Documents of one call that would run each other in circles: refused before any of them is stored.
//!
//! What is stored already, only the server knows; it looks again at each.

use pulse_workflow::{CallBook, Callee, Loaded, Source, load};

use super::validate::Named;
use crate::error::Failure;

/// Refuses documents that lead back to themselves by way of each other.
pub(super) fn refuse(documents: &[Named]) -> Result<(), Failure> {
    let newest = |name: &str| Callee {
        name: name.to_owned(),
        version: None,
    };
    let loaded: Vec<(&Named, Loaded)> = documents
        .iter()
        .filter_map(|named| {
            let source = Source {
                name: &named.document.place,
                text: &named.document.text,
            };
            // What is wrong with it otherwise was told already.
            Some((named, load(&source).ok()?))
        })
        .collect();
    let mut book = CallBook::default();
    for (named, loaded) in &loaded {
        let callees = loaded.workflow.callees().into_iter().cloned();
        book.note(newest(&named.name), callees.collect());
    }
    let mut told = Vec::new();
    for (named, loaded) in &loaded {
        for call in &loaded.calls {
            let Some(way) = book.way(&call.named, &named.name) else {
                continue;
            };
            let chain = format!("{} -> {}", named.name, way.join(" -> "));
            let hint = "a workflow cannot run what runs it";
            let mut fault = call.fault(format!("it would run in circles: {chain}"), hint);
            fault.line += named.document.lines_before;
            told.push(fault.render(&named.document.place));
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    Err(Failure::usage("workflows would run each other in circles; nothing was sent").details(told))
}
