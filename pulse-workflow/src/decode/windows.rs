//! The `windows` of a document.

use jiff::Timestamp;

use super::fields::{Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::model::{WhenDenied, Window, Windows};

const PATH: &str = "windows";
const KEYS: Keys = Keys {
    known: keys::WINDOWS,
    later: &[],
};
const DENY: Keys = Keys {
    known: keys::DENY,
    later: &[],
};

/// How many windows a document may have.
const MOST: usize = 20;
/// A shorter one is a number that was meant to be minutes or hours.
const SHORTEST_MS: u64 = 60_000;
const LONGEST_MS: u64 = 31 * 24 * 3_600_000;
/// Where it is looked whether a window ever comes: nothing here knows what time it is.
const ONCE: Timestamp = Timestamp::constant(1_767_225_600, 0);

impl Decoder<'_> {
    pub(super) fn windows(&mut self, node: &Node) -> Option<Windows> {
        let fields = self.fields(node, PATH, KEYS)?;
        let Some((key, list)) = fields.entry("deny") else {
            let message = "`windows` needs `deny`: a list of the times at which nothing starts";
            self.fault(node.at, PATH, message);
            return None;
        };
        let when_denied = fields.get("when_denied").and_then(|node| {
            let words: Vec<&str> = WhenDenied::ALL.iter().map(|when| when.as_str()).collect();
            self.word(node, &join(PATH, "when_denied"), &words)
        });
        let path = join(PATH, "deny");
        let items = self.list(list, &path)?;
        if items.is_empty() || items.len() > MOST {
            let count = items.len();
            let message = format!("{count} windows; there are at least one and at most {MOST}");
            self.fault(list.at, &path, message);
            return None;
        }
        let deny: Vec<Window> = items
            .iter()
            .zip(0..)
            .filter_map(|(item, at)| self.window(item, &format!("{path}[{at}]")))
            .collect();
        if deny.len() < items.len() {
            return None;
        }
        // One that never comes takes long to tell: the first is enough.
        let never = deny
            .iter()
            .position(|window| window.cron.next_after(ONCE).is_none());
        if let Some(at) = never {
            let path = format!("{path}[{at}]");
            let fields = self.open_fields(&items[at], &path);
            let cron = fields.and_then(|fields| fields.get("cron"));
            let spot = cron.map_or(items[at].at, |cron| cron.at);
            let complaint = Complaint::new(spot, "no such day ever comes")
                .hint("`pulsectl schedule preview --cron '0 0 24 12 *'` shows when one would come");
            self.complain(complaint, &join(&path, "cron"));
            return None;
        }
        let windows = Windows {
            deny,
            when_denied: when_denied.and_then(WhenDenied::parse).unwrap_or_default(),
        };
        if !windows.ever_opens(ONCE) {
            let message = "the windows follow each other without a gap: nothing could ever start";
            let complaint = Complaint::new(key.at, message)
                .hint("let one end before the next begins, or write few long ones in place of many short ones");
            self.complain(complaint, &path);
        }
        Some(windows)
    }

    fn window(&mut self, node: &Node, path: &str) -> Option<Window> {
        let fields = self.fields(node, path, DENY)?;
        let cron = self.cron(fields, path, "a window");
        let length_ms = if let Some(node) = fields.get("for") {
            self.window_length(node, &join(path, "for"))
        } else {
            let message = "a window needs `for`, how long it lasts, such as `8h`";
            self.fault(node.at, path, message);
            None
        };
        Some(Window {
            cron: cron?,
            length_ms: length_ms?,
        })
    }

    fn window_length(&mut self, node: &Node, path: &str) -> Option<u64> {
        let length = self.duration(node, path)?;
        if !(SHORTEST_MS..=LONGEST_MS).contains(&length) {
            let complaint = Complaint::new(node.at, "a window lasts between a minute and 31 days")
                .hint("write `30m`, `8h` or `10d`; a bare number is milliseconds");
            self.complain(complaint, path);
            return None;
        }
        Some(length)
    }
}
