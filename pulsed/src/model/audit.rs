//! The chain over the audit trail: each link seals its row and everything before it.

use sha2::{Digest, Sha256};

/// A place in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    /// Counted from 1, without gaps.
    pub(crate) seq: i64,
    pub(crate) sha256: [u8; 32],
}

impl Link {
    /// What the first link follows.
    pub(crate) const START: Self = Self {
        seq: 0,
        sha256: [0; 32],
    };

    /// The next link, over the canonical text of its row.
    pub(crate) fn next(self, row: &str) -> Self {
        let seq = self.seq + 1;
        let mut hash = Sha256::new();
        hash.update(self.sha256);
        hash.update(seq.to_be_bytes());
        hash.update(row);
        Self {
            seq,
            sha256: hash.finalize().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_depends_on_its_row_its_place_and_everything_before_it() {
        let first = Link::START.next("a");

        assert_eq!(first.next("b"), Link::START.next("a").next("b"));
        assert_ne!(first, Link::START.next("A"));
        assert_ne!(first.next("b"), Link::START.next("A").next("b"));
        let elsewhere = Link { seq: 5, ..first };
        assert_ne!(first.next("b").sha256, elsewhere.next("b").sha256);
    }
}
