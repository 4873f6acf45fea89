//! From the parser's events to a tree of nodes.
//!
//! Events are pulled one at a time, so a document that nests too deeply or repeats itself too often
//! is refused before it costs anything.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScanError, Span};

use super::text::{Position, count};
use super::{ALIASES, COMPLAINTS, Complaint, DEEPEST, NODES, Scalar, scan};

/// One value of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Position,
    pub(crate) end: Position,
    pub(crate) shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Scalar(Scalar),
    List(Vec<Node>),
    /// Keys are texts; each appears once.
    Mapping(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) at: Position,
}

/// Reads the one document of a text.
///
/// Complaints that leave a usable tree come back beside it.
pub(crate) fn read(text: &str) -> Result<(Node, Vec<Complaint>), Complaint> {
    scan::check(text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let joined;
    let text = if text.trim_start().starts_with('{') && text.contains("\\u") {
        joined = scan::join_surrogates(text);
        &joined
    } else {
        text
    };
    let mut builder = Builder::new(text);
    let root = builder.document()?;
    Ok((root, builder.complaints))
}

struct Builder<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, (Node, usize, usize)>,
    aliases: usize,
    nodes: usize,
    complaints: Vec<Complaint>,
}

type Entries = Vec<(Key, Node)>;

/// A node, how many nodes it holds, and how deep it goes.
type Built = (Node, usize, usize);

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            anchors: HashMap::new(),
            aliases: 0,
            nodes: 0,
            complaints: Vec::new(),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Complaint> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(explain(&error)),
            None => Ok((Event::StreamEnd, Span::empty(Marker::new(0, 1, 0)))),
        }
    }

    fn document(&mut self) -> Result<Node, Complaint> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Complaint::new(
                        position(span.start),
                        "a second document starts here",
                    )
                    .hint("one file holds one workflow"));
                }
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                Event::Alias(_)
                | Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::SequenceEnd
                | Event::MappingStart(..)
                | Event::MappingEnd => root = Some(self.node(event, span, 1)?.0),
            }
        }
        root.ok_or_else(|| Complaint::new(Position::START, "the document is empty"))
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Built, Complaint> {
        let at = position(span.start);
        if depth > DEEPEST + 1 {
            return Err(too_deep(at));
        }
        self.spend(1, at)?;
        let (anchor, tag, shape, size, height) = match event {
            Event::Alias(anchor) => return self.alias(anchor, at, depth),
            Event::Scalar(text, style, anchor, tag) => {
                self.check_text(&text, at);
                let scalar = Scalar {
                    text: text.into_owned(),
                    style: style.into(),
                };
                (anchor, tag, Shape::Scalar(scalar), 1, 0)
            }
            Event::SequenceStart(anchor, tag) => {
                let (items, size, height) = self.list(depth, at)?;
                (anchor, tag, Shape::List(items), size + 1, height + 1)
            }
            Event::MappingStart(anchor, tag) => {
                let (entries, size, height) = self.mapping(depth, at)?;
                (anchor, tag, Shape::Mapping(entries), size + 1, height + 1)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return Err(Complaint::new(at, "the document ends too early")),
        };
        if tag.is_some() {
            self.complain(
                Complaint::new(at, "YAML tags are not supported")
                    .hint("a value that starts with `!` must be quoted"),
            );
        }
        let node = Node {
            at,
            end: position(span.end),
            shape,
        };
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size, height));
        }
        Ok((node, size, height))
    }

    fn list(&mut self, depth: usize, at: Position) -> Result<(Vec<Node>, usize, usize), Complaint> {
        if depth > DEEPEST {
            return Err(too_deep(at));
        }
        let (mut items, mut size, mut height) = (Vec::new(), 0, 0);
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok((items, size, height));
            }
            let (item, held, deep) = self.node(event, span, depth + 1)?;
            items.push(item);
            size += held;
            height = height.max(deep);
        }
    }

    fn mapping(
        &mut self,
        depth: usize,
        at: Position,
    ) -> Result<(Entries, usize, usize), Complaint> {
        if depth > DEEPEST {
            return Err(too_deep(at));
        }
        let mut entries = Entries::new();
        let mut seen: HashMap<String, u32> = HashMap::new();
        let (mut size, mut height) = (0, 0);
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok((entries, size, height));
            }
            let (key, held, _) = self.node(event, span, depth + 1)?;
            size += held;
            let (event, span) = self.next()?;
            let (value, held, deep) = self.node(event, span, depth + 1)?;
            size += held;
            height = height.max(deep);
            let Some(key) = self.key(key) else { continue };
            if let Some(line) = seen.get(&key.text) {
                let message = format!("key `{}` is written twice", key.text);
                let hint = format!("the first one is on line {line}");
                self.complaints
                    .push(Complaint::new(key.at, message).hint(hint));
                continue;
            }
            seen.insert(key.text.clone(), key.at.line);
            entries.push((key, value));
        }
    }

    /// A key that can be one: plain text, and no merge.
    fn key(&mut self, node: Node) -> Option<Key> {
        let Shape::Scalar(scalar) = node.shape else {
            let message = "a key must be text, not a list or a mapping";
            self.complain(
                Complaint::new(node.at, message)
                    .hint("quote the value, or write it as a block with `|`"),
            );
            return None;
        };
        if scalar.text == "<<" {
            self.complain(
                Complaint::new(node.at, "merge keys (`<<`) are not supported")
                    .hint("write the keys out, or put them under `defaults`"),
            );
            return None;
        }
        Some(Key {
            text: scalar.text,
            at: node.at,
        })
    }

    fn alias(&mut self, anchor: usize, at: Position, depth: usize) -> Result<Built, Complaint> {
        self.aliases += 1;
        if self.aliases > ALIASES {
            return Err(Complaint::new(at, format!("more than {ALIASES} aliases")));
        }
        let Some((node, size, height)) = self.anchors.get(&anchor) else {
            return Err(Complaint::new(at, "an alias inside its own anchor"));
        };
        let (size, height) = (*size, *height);
        if depth + height > DEEPEST + 1 {
            return Err(too_deep(at));
        }
        let mut copy = node.clone();
        copy.at = at;
        self.spend(size, at)?;
        Ok((copy, size, height))
    }

    fn complain(&mut self, complaint: Complaint) {
        if self.complaints.len() < COMPLAINTS {
            self.complaints.push(complaint);
        }
    }

    fn spend(&mut self, nodes: usize, at: Position) -> Result<(), Complaint> {
        self.nodes += nodes;
        if self.nodes > NODES {
            return Err(Complaint::new(
                at,
                format!("the document comes to more than {NODES} values"),
            ));
        }
        Ok(())
    }

    /// Escapes can bring in what the scan of the text could not see.
    fn check_text(&mut self, text: &str, at: Position) {
        if let Some((_, name)) = scan::forbidden_in(text) {
            self.complain(Complaint::new(
                at,
                format!("{name} is not allowed in a value"),
            ));
        }
    }
}

fn too_deep(at: Position) -> Complaint {
    Complaint::new(at, format!("nested more than {DEEPEST} levels deep"))
}

fn position(marker: Marker) -> Position {
    Position {
        line: count(marker.line().max(1)),
        column: count(marker.col() + 1),
    }
}

/// The parser's complaint in words that say what to write.
fn explain(error: &ScanError) -> Complaint {
    let at = position(*error.marker());
    let info = error.info();
    let quote = "quote the whole value, or write it as a block with `|`";
    let has = |text: &str| info.contains(text);
    let (message, hint) = if has("recursion limit") {
        return too_deep(at);
    } else if has("trailing content after") {
        ("text follows a closing quote".to_owned(), Some(quote))
    } else if has("mapping values are not allowed") {
        (
            "`: ` inside a value starts a mapping".to_owned(),
            Some(quote),
        )
    } else if has("unknown anchor") {
        (
            "a value that starts with `*` is an alias".to_owned(),
            Some(quote),
        )
    } else if has("scanning an anchor or alias") {
        (
            "a value that starts with `&` or `*` is an anchor or alias".to_owned(),
            Some(quote),
        )
    } else if has("unexpected character") {
        (
            "a value cannot start with this character".to_owned(),
            Some(quote),
        )
    } else if has("tab") {
        (info.to_owned(), Some("indent with spaces"))
    } else if has("did not find expected key") || has("did not find expected ',' or") {
        (
            "text follows the end of a list or mapping".to_owned(),
            Some(quote),
        )
    } else {
        (format!("not valid YAML: {info}"), None)
    };
    Complaint {
        at,
        message,
        hint: hint.map(str::to_owned),
    }
}
