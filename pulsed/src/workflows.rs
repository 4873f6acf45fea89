//! Documents that have been read: a digest always means the same workflow, so it is read once.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use pulse_workflow::{Faults, Source, Workflow};
use sha2::{Digest, Sha256};

/// How many workflows are kept; beyond it the library starts anew.
const CAPACITY: usize = 1_024;

/// Workflows by the digest of their text.
#[derive(Default)]
pub(crate) struct Library {
    shelf: Mutex<HashMap<Vec<u8>, Arc<Workflow>>>,
    /// Digests of documents that have their row; a row is never deleted.
    stored: Mutex<HashSet<Vec<u8>>>,
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
    /// Whether the document with this digest is known to have its row.
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
}

/// The digest that a document is stored under.
pub(crate) fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
