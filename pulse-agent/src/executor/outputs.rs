//! The `key=value` file that a step may leave behind, and what is taken from it.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Read as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

const BYTES_LIMIT: usize = 64 * 1024;
const KEYS_LIMIT: usize = 100;
/// As JSON, where a control character takes six bytes; a result must fit into a frame.
const ENCODED_LIMIT: usize = 160 * 1024;

/// What a step left, and what had to be left out of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outputs {
    pub(crate) values: BTreeMap<String, String>,
    /// A sentence for people when something was not taken.
    pub(crate) complaint: Option<String>,
}

/// Reads the file and removes it; without one there are no outputs. Nobody but this process's user
/// can put another one in its place: the folder is not the step's.
pub(crate) fn collect(path: &Path) -> Outputs {
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(
            (rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK)
                .bits()
                .cast_signed(),
        )
        .open(path);
    // A name of somebody else's file would show what only this process may read.
    let is_own = |file: &fs::File| {
        file.metadata()
            .is_ok_and(|found| found.is_file() && found.nlink() == 1)
    };
    let Ok(file) = opened.and_then(|file| {
        is_own(&file)
            .then_some(file)
            .ok_or_else(|| io::ErrorKind::InvalidInput.into())
    }) else {
        return Outputs::default();
    };
    let mut bytes = Vec::new();
    let limit = BYTES_LIMIT as u64 + 1;
    let _ = file.take(limit).read_to_end(&mut bytes);
    let _ = fs::remove_file(path);
    parse(&bytes)
}

/// Takes `key=value` lines and `key<<END … END` blocks.
///
/// Beyond a limit nothing is taken at all: what is cut off there may be half a value, or the one
/// that was to replace an earlier one.
pub(crate) fn parse(bytes: &[u8]) -> Outputs {
    if bytes.len() > BYTES_LIMIT {
        return Outputs::refused(&format!("there are more than {BYTES_LIMIT} bytes of them"));
    }
    let mut outputs = Outputs::default();
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let mut encoded = 0;
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        let (key, value) = match split(line) {
            Some((key, Value::Line(value))) => (key, value.to_owned()),
            Some((key, Value::Until(end))) => {
                let Some(block) = block(&mut lines, end) else {
                    return Outputs::refused(&format!("the block of {key} has no end"));
                };
                (key, block)
            }
            None => {
                outputs.complain("an output line without `=` was left out".to_owned());
                continue;
            }
        };
        if outputs.values.len() == KEYS_LIMIT && !outputs.values.contains_key(key) {
            return Outputs::refused(&format!("there are more than {KEYS_LIMIT} keys"));
        }
        let value = value.replace('\0', "\u{fffd}");
        encoded += serde_json::to_string(&value).map_or(0, |text| text.len());
        if encoded > ENCODED_LIMIT {
            return Outputs::refused("they hold too many control characters");
        }
        outputs.values.insert(key.to_owned(), value);
    }
    outputs
}

/// The lines up to the one that ends them.
fn block<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> Option<String> {
    let mut block = Vec::new();
    loop {
        let line = lines.next()?;
        if line == end {
            return Some(block.join("\n"));
        }
        block.push(line);
    }
}

enum Value<'a> {
    Line(&'a str),
    Until(&'a str),
}

fn split(line: &str) -> Option<(&str, Value<'_>)> {
    let equals = line.find('=');
    let block = line.find("<<");
    let (key, value) = match (equals, block) {
        (Some(at), Some(block)) if block < at => (&line[..block], Value::Until(&line[block + 2..])),
        (Some(at), _) => (&line[..at], Value::Line(&line[at + 1..])),
        (None, Some(block)) => (&line[..block], Value::Until(&line[block + 2..])),
        (None, None) => return None,
    };
    let key = key.trim();
    let is_name = !key.is_empty() && key.len() <= 128 && !key.contains(char::is_whitespace);
    is_name.then_some((key, value))
}

impl Outputs {
    fn refused(why: &str) -> Self {
        Self {
            values: BTreeMap::new(),
            complaint: Some(format!("the outputs were not taken: {why}")),
        }
    }

    fn complain(&mut self, sentence: String) {
        self.complaint.get_or_insert(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        parse(text.as_bytes()).values.into_iter().collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn a_line_gives_a_key_and_the_rest_of_the_line() {
        assert_eq!(
            values("url=http://x/?a=b\n"),
            [pair("url", "http://x/?a=b")]
        );
    }

    #[test]
    fn a_block_keeps_its_lines() {
        let text = "notes<<EOF\none=1\ntwo\nEOF\nafter=x";

        assert_eq!(
            values(text),
            [pair("after", "x"), pair("notes", "one=1\ntwo")]
        );
    }

    #[test]
    fn a_value_may_contain_the_mark_of_a_block() {
        assert_eq!(values("shift=a<<b"), [pair("shift", "a<<b")]);
    }

    #[test]
    fn the_last_of_two_equal_keys_wins() {
        assert_eq!(values("a=1\na=2\n"), [pair("a", "2")]);
    }

    #[test]
    fn a_line_without_a_key_is_left_out_and_said() {
        let outputs = parse(b"nonsense\n=x\na=1");

        assert_eq!(outputs.values.len(), 1);
        assert!(outputs.complaint.is_some());
    }

    #[test]
    fn beyond_a_limit_nothing_is_taken() {
        use std::fmt::Write as _;
        let mut keys = "k1=old\n".to_owned();
        for key in 0..150 {
            writeln!(keys, "k{key}=v").unwrap();
        }
        let cut = format!("a={}\nv=1234567890\n", "x".repeat(BYTES_LIMIT - 6));

        for text in [keys.as_str(), &cut, "a=1\nnotes<<EOF\none\n"] {
            let outputs = parse(text.as_bytes());
            assert!(outputs.values.is_empty(), "{outputs:?}");
            assert!(outputs.complaint.unwrap().contains("not taken"));
        }
    }
}
