//! Conditions and texts with expressions, and where inside a document they stand.

use super::{Decoder, Named, Read};
use crate::document::{Complaint, Node, Position, Scalar, Shape, Style, count};
use crate::expression::{Expression, ExpressionFault, Place};
use crate::model::{Condition, Runtime};
use crate::shell;
use crate::template::Template;

/// A scalar in its place.
#[derive(Clone, Copy)]
struct Spot<'n> {
    node: &'n Node,
    scalar: &'n Scalar,
    path: &'n str,
}

impl Decoder<'_> {
    pub(super) fn condition(&mut self, node: &Node, path: &str) -> Option<Condition> {
        self.truth(node, path, Place::Condition)
    }

    /// Reads an expression that gives true or false.
    pub(super) fn truth(&mut self, node: &Node, path: &str, place: Place) -> Option<Condition> {
        let scalar = self.scalar(node, path)?;
        self.warn_of_comment(node, scalar, path);
        match Expression::parse(scalar.text.trim_end(), place) {
            Ok(expression) => {
                self.note(Spot { node, scalar, path }, (&expression, 0));
                Some(Condition { expression })
            }
            Err(fault) => {
                self.complain_inside(Spot { node, scalar, path }, &fault);
                None
            }
        }
    }

    pub(super) fn template(&mut self, node: &Node, path: &str, place: Place) -> Option<Template> {
        let scalar = self.scalar(node, path)?;
        match Template::parse(&scalar.text, place) {
            Ok(template) => {
                for expression in template.expressions() {
                    self.note(Spot { node, scalar, path }, expression);
                }
                Some(template)
            }
            Err(faults) => {
                for fault in &faults {
                    self.complain_inside(Spot { node, scalar, path }, fault);
                }
                None
            }
        }
    }

    /// Reads a command or script, whose expressions will be quoted for its runtime.
    pub(super) fn body(&mut self, node: &Node, path: &str, runtime: Runtime) -> Option<Template> {
        let scalar = self.scalar(node, path)?;
        if scalar.text.trim().is_empty() {
            self.fault(node.at, path, "expected text, found only blanks");
            return None;
        }
        self.warn_of_comment(node, scalar, path);
        let template = self.template(node, path, Place::Job)?;
        for fault in shell::misplaced(&template, runtime) {
            self.complain_inside(Spot { node, scalar, path }, &fault);
        }
        for (offset, source) in template.raw_expressions() {
            let at = inside(self, Spot { node, scalar, path }, offset);
            let complaint = Complaint::new(at, format!("`raw({source})` is not quoted"))
                .hint("whoever chooses this value can run any command on the host");
            self.warn(complaint, path);
        }
        Some(template)
    }

    /// Remembers the steps and inputs that an expression names.
    fn note(&mut self, spot: Spot<'_>, (expression, offset): (&Expression, usize)) {
        let steps = expression
            .steps_read()
            .into_iter()
            .map(|(id, at)| (Named::Step(id.into()), at));
        let inputs = expression
            .inputs_read()
            .into_iter()
            .map(|(name, at)| (Named::Input(name.into()), at));
        for (root, axis, within) in expression.repeated_read() {
            let at = inside(self, spot, offset + within);
            self.check_repeated((root, axis), at, spot.path);
        }
        for (what, within) in steps.chain(inputs) {
            let at = inside(self, spot, offset + within);
            self.reads.push(Read {
                at,
                path: spot.path.to_owned(),
                scope: self.scope.clone(),
                what,
            });
        }
    }

    /// Says when YAML has cut a value at ` #`.
    fn warn_of_comment(&mut self, node: &Node, scalar: &Scalar, path: &str) {
        if scalar.style != Style::Plain {
            return;
        }
        let line = self.lines.line(node.end.line);
        let rest: String = line.chars().skip(node.end.column as usize - 1).collect();
        if rest.trim_start().starts_with('#') && rest.starts_with([' ', '\t']) {
            let complaint = Complaint::new(node.end, "the value ends here: ` #` starts a comment")
                .hint("quote the whole value if the rest belongs to it");
            self.warn(complaint, path);
        }
    }

    fn complain_inside(&mut self, spot: Spot<'_>, fault: &ExpressionFault) {
        let at = inside(self, spot, fault.offset);
        let complaint = Complaint {
            at,
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        };
        self.complain(complaint, spot.path);
    }
}

/// The place in the document of a byte of a scalar's text.
fn inside(decoder: &Decoder<'_>, spot: Spot<'_>, offset: usize) -> Position {
    let Spot { node, scalar, .. } = spot;
    let before = scalar.text.get(..offset).unwrap_or(&scalar.text);
    match scalar.style {
        Style::Literal => in_block(decoder, node, &scalar.text, before),
        Style::Plain | Style::Quoted if node.at.line == node.end.line => {
            let quote = u32::from(scalar.style == Style::Quoted);
            Position {
                line: node.at.line,
                column: node.at.column + quote + characters(before),
            }
        }
        // Folding has moved the text about: the start is the best there is.
        Style::Plain | Style::Quoted | Style::Folded => node.at,
    }
}

fn in_block(decoder: &Decoder<'_>, node: &Node, text: &str, before: &str) -> Position {
    let down = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let written = text[start..].lines().next().unwrap_or_default();
    // The parser places a block at its first line with text.
    let blank = text.bytes().take_while(|byte| *byte == b'\n').count();
    let line = (node.at.line + count(down)).saturating_sub(count(blank));
    match decoder.lines.line(line).find(written) {
        Some(indent) => {
            let indent = count(indent);
            Position {
                line,
                column: indent + 1 + characters(&before[start..]),
            }
        }
        None => node.at,
    }
}

fn characters(text: &str) -> u32 {
    count(text.chars().count())
}

/// Whether a node could be a scalar that holds an expression.
pub(super) fn holds_expression(node: &Node) -> bool {
    match &node.shape {
        Shape::Scalar(scalar) => scalar.text.contains("${{"),
        Shape::List(_) | Shape::Mapping(_) => false,
    }
}
