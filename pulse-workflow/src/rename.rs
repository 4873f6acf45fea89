//! Giving a document another name, and leaving every other character of it as it is.

use crate::document::{self, Lines, Node, Position, Shape};
use crate::load::{Source, load};

/// The same document under another name; `None` where it says no name, or says it in a way in which it
/// cannot be replaced.
///
/// What comes back loads, and is called so.
pub fn renamed(text: &str, name: &str) -> Option<String> {
    let (root, _) = document::read(text).ok()?;
    let node = own_name(&root)?;
    let (start, end) = (offset(text, node.at)?, offset(text, node.end)?);
    let written = text.get(start..end)?;
    let name_there = match written.chars().next()? {
        quote @ ('"' | '\'') => format!("{quote}{name}{quote}"),
        // What YAML would read as something else than text.
        _ if !is_plain(name) => format!("\"{name}\""),
        _ => name.to_owned(),
    };
    let renamed = format!("{}{name_there}{}", &text[..start], &text[end..]);
    let source = Source {
        name,
        text: &renamed,
    };
    let is_so = load(&source).is_ok_and(|loaded| loaded.workflow.name.as_deref() == Some(name));
    is_so.then_some(renamed)
}

fn own_name(root: &Node) -> Option<&Node> {
    let Shape::Mapping(entries) = &root.shape else {
        return None;
    };
    let (_, node) = entries.iter().find(|(key, _)| key.text == "name")?;
    matches!(node.shape, Shape::Scalar(_)).then_some(node)
}

fn is_plain(name: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    name.starts_with(|c: char| c.is_ascii_lowercase()) && !WORDS.contains(&name)
}

/// The byte at a position.
fn offset(text: &str, at: Position) -> Option<usize> {
    let lines = Lines::new(text);
    let line = lines.line(at.line);
    let start = line.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let before = line.chars().take((at.column as usize).checked_sub(1)?);
    Some(start + before.map(char::len_utf8).sum::<usize>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_changes() {
        for (before, after) in [
            (
                "# what it is\nname: old # really\nsteps:\n- {name: old, command: echo old}\n",
                "# what it is\nname: new # really\nsteps:\n- {name: old, command: echo old}\n",
            ),
            (
                "{\"description\": \"é\", \"name\": \"old\", \"steps\": [{\"command\": \"df\"}]}",
                "{\"description\": \"é\", \"name\": \"new\", \"steps\": [{\"command\": \"df\"}]}",
            ),
            (
                "steps: [{command: df}]\r\nname: 'old'\r\n",
                "steps: [{command: df}]\r\nname: 'new'\r\n",
            ),
        ] {
            assert_eq!(renamed(before, "new").as_deref(), Some(after));
        }
    }

    #[test]
    fn a_name_that_yaml_reads_otherwise_is_quoted() {
        let text = "name: old\nsteps: [{command: df}]\n";

        for name in ["007", "true", "1e3"] {
            let renamed = renamed(text, name).unwrap();
            assert!(
                renamed.starts_with(&format!("name: \"{name}\"\n")),
                "{renamed}"
            );
        }
    }

    #[test]
    fn what_says_no_name_is_left_alone() {
        assert_eq!(renamed("steps: [{command: df}]\n", "new"), None);
        assert_eq!(
            renamed("name: [old]\nsteps: [{command: df}]\n", "new"),
            None
        );
    }
}
