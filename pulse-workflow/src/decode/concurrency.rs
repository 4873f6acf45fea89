//! The `concurrency` of a document.

use super::fields::{Keys, join};
use super::{Decoder, keys};
use crate::document::Node;
use crate::expression::Place;
use crate::model::{Concurrency, WhenFull};

const PATH: &str = "concurrency";
const KEYS: Keys = Keys {
    known: keys::CONCURRENCY,
    later: &[],
};

/// The most places that a group may have.
const MOST: u32 = 1_000;

impl Decoder<'_> {
    pub(super) fn concurrency(&mut self, node: &Node) -> Option<Concurrency> {
        let fields = self.fields(node, PATH, KEYS)?;
        let Some(group) = fields.get("group") else {
            let message = "`concurrency` needs `group`: who shares a group shares its places";
            self.fault(node.at, PATH, message);
            return None;
        };
        let group_path = join(PATH, "group");
        self.text(group, &group_path)?;
        let template = self.template(group, &group_path, Place::Start)?;
        if let Some(literal) = template.as_literal()
            && let Err(message) = Concurrency::check_group(literal)
        {
            self.fault(group.at, &group_path, message);
        }
        let limit = match fields.get("limit") {
            None => 1,
            Some(node) => self.places(node)?,
        };
        let when_full = fields.get("when_full").and_then(|node| {
            let words: Vec<&str> = WhenFull::ALL.iter().map(|when| when.as_str()).collect();
            self.word(node, &join(PATH, "when_full"), &words)
        });
        Some(Concurrency {
            group: template,
            limit,
            when_full: when_full.and_then(WhenFull::parse).unwrap_or_default(),
        })
    }

    fn places(&mut self, node: &Node) -> Option<u32> {
        let path = join(PATH, "limit");
        let limit = self.whole(node, &path)?;
        if limit == 0 || limit > MOST {
            let message = format!("`limit` is between 1 and {MOST}");
            self.fault(node.at, &path, message);
            return None;
        }
        Some(limit)
    }
}
