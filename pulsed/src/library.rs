//! Documents that have been read: a digest always means the same workflow, so it is read once.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use pulse_workflow::{Faults, Source, Workflow, adhoc};
use sha2::{Digest, Sha256};

/// How many workflows are kept; beyond it the library starts anew.
const CAPACITY: usize = 1_024;

/// Workflows by the digest of their text.
#[derive(Default)]
pub(crate) struct Library {
    shelf: Mutex<HashMap<Vec<u8>, Arc<Workflow>>>,
    /// Digests of documents that had their row when they were last seen.
    stored: Mutex<HashSet<Vec<u8>>>,
    /// What documents of their own are known by in lists, by their digests; nothing for those
    /// without a command.
    headlines: Mutex<HashMap<Vec<u8>, Option<String>>>,
}

impl Library {
    /// The workflow with this digest, if it has been read before.
    pub(crate) fn find(&self, sha256: &[u8]) -> Option<Arc<Workflow>> {
        self.shelf
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(sha256)
            .cloned()
    }

    /// Reads a document, and keeps it under its digest.
    pub(crate) fn read(&self, text: &str) -> Result<(Vec<u8>, Arc<Workflow>), Faults> {
        let sha256 = digest(text);
        if let Some(workflow) = self.find(&sha256) {
            return Ok((sha256, workflow));
        }
        let loaded = pulse_workflow::load(&Source {
            name: "workflow",
            text,
        })?;
        let workflow = Arc::new(loaded.workflow);
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() >= CAPACITY {
            shelf.clear();
        }
        shelf.insert(sha256.clone(), Arc::clone(&workflow));
        Ok((sha256, workflow))
    }
}

impl Library {
    /// Whether the document with this digest is known to have had its row.
    pub(crate) fn is_stored(&self, sha256: &[u8]) -> bool {
        self.stored
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(sha256)
    }

    /// Notes that the document with this digest has its row.
    pub(crate) fn mark_stored(&self, sha256: Vec<u8>) {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        if stored.len() >= CAPACITY {
            stored.clear();
        }
        stored.insert(sha256);
    }

    /// Forgets which documents had their rows: one of them has it no longer.
    pub(crate) fn forget_stored(&self) {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        stored.clear();
    }
}

/// How many characters of a command a list gets.
const HEADLINE: usize = 200;

impl Library {
    /// Whether a document has been looked at for what lists call it.
    pub(crate) fn knows_headline(&self, sha256: &[u8]) -> bool {
        self.known_headlines().contains_key(sha256)
    }

    /// What a document is known by in lists, where it has a command and has been looked at.
    pub(crate) fn headline(&self, sha256: &[u8]) -> Option<String> {
        self.known_headlines().get(sha256).cloned().flatten()
    }

    fn known_headlines(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Option<String>>> {
        self.headlines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at documents for what lists call them. Most are of no use for anything else, so they
    /// do not get on the shelf; one that cannot be read has nothing to be known by.
    pub(crate) fn note_headlines(
        &self,
        documents: impl Iterator<Item = (Vec<u8>, Option<String>)>,
    ) {
        let found: Vec<_> = documents
            .map(|(sha256, text)| {
                let headline = text.as_deref().and_then(headline);
                (sha256, headline)
            })
            .collect();
        let mut known = self.known_headlines();
        if known.len() + found.len() > 4 * CAPACITY {
            known.clear();
        }
        known.extend(found);
    }
}

fn headline(text: &str) -> Option<String> {
    let source = Source {
        name: "workflow",
        text,
    };
    let loaded = pulse_workflow::load(&source).ok()?;
    adhoc::headline(&loaded.workflow, HEADLINE)
}

/// The digest that a document is stored under.
pub(crate) fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
