//! What an expression's text must satisfy before the JavaScript parser sees it.
//!
//! The parser recurses, so anything that could nest it deeply is bounded here, in one linear pass
//! over the text. Also refused here: whatever could make this pass and the parser disagree about
//! where a string ends, such as comments and regular expressions.

use super::ExpressionFault;

/// The longest expression, in bytes.
pub(crate) const LONGEST: usize = 4096;
/// How deep brackets may nest.
const DEEPEST: usize = 32;
/// How many operators that nest to the right an expression may have.
const RIGHTWARD: usize = 64;

const REFUSED: &[&str] = &[
    "arguments",
    "async",
    "await",
    "case",
    "catch",
    "class",
    "const",
    "debugger",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "instanceof",
    "let",
    "new",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "try",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

pub(super) fn check(source: &str) -> Result<(), ExpressionFault> {
    if source.len() > LONGEST {
        let message = format!(
            "the expression has {} bytes; the limit is {LONGEST}",
            source.len()
        );
        return Err(ExpressionFault {
            message,
            hint: None,
            offset: 0,
        });
    }
    if source.trim().is_empty() {
        return Err(ExpressionFault {
            message: "the expression is empty".into(),
            hint: None,
            offset: 0,
        });
    }
    Guard {
        bytes: source.as_bytes(),
        at: 0,
        open: Vec::new(),
        rightward: 0,
        before: Before::Operator,
    }
    .run(source)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing, or something that a value must follow.
    Operator,
    /// An arrow, after which `{` would open a block.
    Arrow,
    Dot,
    Value,
    /// A closing brace: what `/` would mean here is not worth finding out.
    Brace,
}

struct Guard<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<u8>,
    rightward: usize,
    before: Before,
}

impl Guard<'_> {
    fn run(mut self, source: &str) -> Result<(), ExpressionFault> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'\'' | b'"' => self.string(byte)?,
                b'`' => {
                    self.at += 1;
                    self.push(b'`')?;
                    self.template()?;
                }
                b'(' | b'[' | b'{' => self.opening(byte)?,
                b')' | b']' | b'}' => self.closing(byte)?,
                b'\\' => return Err(self.wrong("`\\` has no place outside of a string")),
                b'/' => self.slash()?,
                byte if is_word(byte) => self.word(source)?,
                _ => self.operator(byte)?,
            }
        }
        match self.open.last() {
            Some(open) => Err(self.wrong(&format!("`{}` is never closed", char::from(*open)))),
            None => Ok(()),
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn string(&mut self, quote: u8) -> Result<(), ExpressionFault> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 1,
                b'\n' | b'\r' => break,
                _ if byte == quote => {
                    self.at += 1;
                    self.before = Before::Value;
                    return Ok(());
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = start;
        Err(self.wrong("the string is never closed"))
    }

    /// Passes the text of a template string up to its end or the next `${`.
    fn template(&mut self) -> Result<(), ExpressionFault> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    self.open.pop();
                    self.before = Before::Value;
                    return Ok(());
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.push(b'$')?;
                    self.before = Before::Operator;
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        Err(self.wrong("the template string is never closed"))
    }

    fn opening(&mut self, byte: u8) -> Result<(), ExpressionFault> {
        if byte == b'{' && self.before != Before::Operator {
            return Err(self
                .wrong("blocks of statements are not supported")
                .hinted("an expression is a single value, and so is the body of `=>`"));
        }
        self.at += 1;
        self.push(byte)?;
        self.before = Before::Operator;
        Ok(())
    }

    fn closing(&mut self, byte: u8) -> Result<(), ExpressionFault> {
        let wanted = match byte {
            b')' => b'(',
            b']' => b'[',
            _ if self.open.last() == Some(&b'$') => b'$',
            _ => b'{',
        };
        if self.open.last() != Some(&wanted) {
            return Err(self.wrong(&format!("`{}` closes nothing", char::from(byte))));
        }
        self.open.pop();
        self.at += 1;
        if wanted == b'$' {
            return self.template();
        }
        self.before = if byte == b'}' {
            Before::Brace
        } else {
            Before::Value
        };
        Ok(())
    }

    fn push(&mut self, byte: u8) -> Result<(), ExpressionFault> {
        self.open.push(byte);
        if self.open.len() > DEEPEST {
            return Err(self.wrong(&format!("nested more than {DEEPEST} levels deep")));
        }
        Ok(())
    }

    fn slash(&mut self) -> Result<(), ExpressionFault> {
        if matches!(self.peek(1), Some(b'/' | b'*')) {
            return Err(self.wrong("comments are not supported in an expression"));
        }
        if self.before != Before::Value {
            return Err(self
                .wrong("regular expressions are not supported")
                .hinted("use `includes`, `startsWith`, `endsWith` or `split`"));
        }
        self.at += 1;
        self.before = Before::Operator;
        Ok(())
    }

    fn word(&mut self, source: &str) -> Result<(), ExpressionFault> {
        let start = self.at;
        while self.peek(0).is_some_and(is_word) {
            self.at += 1;
        }
        let word = source.get(start..self.at).unwrap_or_default();
        let property = self.before == Before::Dot;
        self.before = Before::Value;
        if property {
            return Ok(());
        }
        if REFUSED.contains(&word) {
            self.at = start;
            return Err(self.wrong(&format!("`{word}` is not supported in an expression")));
        }
        if word == "typeof" {
            self.nest()?;
        }
        if word == "typeof" || word == "in" {
            self.before = Before::Operator;
        }
        Ok(())
    }

    fn operator(&mut self, byte: u8) -> Result<(), ExpressionFault> {
        let two = (byte, self.peek(1));
        let value = matches!(self.before, Before::Value | Before::Brace);
        self.before = Before::Operator;
        match two {
            (b'=', Some(b'>')) => {
                self.nest()?;
                self.before = Before::Arrow;
                self.at += 1;
            }
            (b'+', Some(b'+')) | (b'-', Some(b'-')) => {
                return Err(self.wrong("`++` and `--` are not supported"));
            }
            (b'*', Some(b'*')) => {
                self.nest()?;
                self.at += 1;
            }
            (b'?', Some(b'?')) => self.at += 1,
            (b'?', Some(b'.')) => {
                self.before = Before::Dot;
                self.at += 1;
            }
            (b'?', _) => self.nest()?,
            (b'!' | b'~' | b'+' | b'-', _) if !value => self.nest()?,
            (b'.', Some(b'.')) => self.at += 2,
            (b'.', _) => self.before = Before::Dot,
            (_, _) => {}
        }
        self.at += 1;
        Ok(())
    }

    fn nest(&mut self) -> Result<(), ExpressionFault> {
        self.rightward += 1;
        if self.rightward > RIGHTWARD {
            return Err(self.wrong("too many nested operators"));
        }
        Ok(())
    }

    fn wrong(&self, message: &str) -> ExpressionFault {
        let offset = self.at.min(self.bytes.len());
        ExpressionFault {
            message: message.to_owned(),
            hint: None,
            offset,
        }
    }
}

impl ExpressionFault {
    pub(super) fn hinted(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}
