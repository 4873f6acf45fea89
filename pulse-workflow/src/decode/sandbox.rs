//! The `sandbox` of a step.

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Node, Shape};
use crate::model::Sandbox;

const KEYS: Keys = Keys {
    known: keys::SANDBOX,
    later: &[],
};

impl Decoder<'_> {
    pub(super) fn sandbox(&mut self, node: &Node, path: &str) -> Option<Sandbox> {
        let fields = self.fields(node, path, KEYS)?;
        let no_new_privileges = fields
            .get("no_new_privileges")
            .and_then(|node| self.boolean(node, &join(path, "no_new_privileges")));
        if no_new_privileges == Some(false) {
            let message = "a step can only tighten what its host allows";
            self.fault(node.at, &join(path, "no_new_privileges"), message);
        }
        Some(Sandbox {
            no_new_privileges: no_new_privileges.unwrap_or(false),
            memory_mib: self.limit(fields, path, "memory_mib"),
            processes: self.limit(fields, path, "processes"),
            cpus: fields
                .get("cpus")
                .and_then(|node| self.cpus(node, &join(path, "cpus"))),
            cpu_seconds: self.limit(fields, path, "cpu_seconds"),
            open_files: self.limit(fields, path, "open_files"),
            file_size_mib: self.limit(fields, path, "file_size_mib"),
            read: self.paths(fields, path, "read"),
            write: self.paths(fields, path, "write"),
        })
    }

    fn limit(&mut self, fields: Fields<'_>, path: &str, key: &str) -> Option<u64> {
        let node = fields.get(key)?;
        let path = join(path, key);
        let limit = self.whole(node, &path)?;
        if limit == 0 {
            self.fault(node.at, &path, format!("`{key}` is at least 1"));
        }
        Some(u64::from(limit))
    }

    fn cpus(&mut self, node: &Node, path: &str) -> Option<f64> {
        let number = match &node.shape {
            Shape::Scalar(scalar) => scalar.as_number().and_then(|number| number.as_f64()),
            Shape::List(_) | Shape::Mapping(_) => None,
        };
        let cpus = number.filter(|cpus| (0.01..=4096.0).contains(cpus));
        if cpus.is_none() {
            self.fault(node.at, path, "`cpus` is a number from 0.01 to 4096");
        }
        cpus
    }

    fn paths(&mut self, fields: Fields<'_>, path: &str, key: &str) -> Option<Vec<String>> {
        let node = fields.get(key)?;
        let path = join(path, key);
        let paths = self.names(node, &path)?;
        if paths.iter().any(|path| !path.starts_with('/')) {
            self.fault(node.at, &path, "every path must start with `/`");
        }
        Some(paths)
    }
}
