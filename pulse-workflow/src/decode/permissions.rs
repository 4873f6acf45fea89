//! The `permissions` of a document.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::Node;
use crate::model::Permissions;

const PATH: &str = "permissions";
const KEYS: Keys = Keys {
    known: keys::PERMISSIONS,
    later: &[],
};

/// The longest name of a group, in bytes.
const LONGEST: usize = 256;

impl Decoder<'_> {
    pub(super) fn permissions(&mut self, node: &Node) -> Permissions {
        let Some(fields) = self.fields(node, PATH, KEYS) else {
            return Permissions::default();
        };
        Permissions {
            run: self.groups(fields, "run"),
            answer: self.groups(fields, "answer"),
            view: self.groups(fields, "view"),
        }
    }

    /// An empty list is a list of nobody, which is not the same as no list.
    fn groups(&mut self, fields: Fields<'_>, key: &str) -> Option<Vec<String>> {
        let node = fields.get(key)?;
        let path = join(PATH, key);
        let groups = self.names(node, &path).unwrap_or_default();
        for (group, at) in groups.iter().zip(0..) {
            if group.len() > LONGEST || group.contains(',') {
                let path = format!("{path}[{at}]");
                self.fault(
                    node.at,
                    &path,
                    "a group has at most 256 bytes and no commas",
                );
            }
        }
        Some(groups)
    }
}
