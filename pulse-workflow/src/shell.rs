//! Quoting of values for the language that will read them, and where quoting can work.
//!
//! Nothing here runs anything.

use crate::expression::ExpressionFault;
use crate::model::Runtime;
use crate::template::Template;

/// Writes text as one literal of the runtime's language.
pub(crate) fn quote_for(runtime: Runtime, text: &str) -> String {
    match runtime {
        Runtime::Shell | Runtime::Bash => quote(text),
        // A JSON string is a string literal in both languages.
        Runtime::Python | Runtime::Node => serde_json::Value::from(text).to_string(),
    }
}

/// Writes text as one word of a POSIX shell.
pub(crate) fn quote(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Finds the expressions that stand where their quotes would not protect them.
///
/// Inside quotes of the command's own, the quotes put around a value are mere characters, and the
/// shell would run a `$(…)` in it.
pub(crate) fn misplaced(template: &Template, runtime: Runtime) -> Vec<ExpressionFault> {
    if !matches!(runtime, Runtime::Shell | Runtime::Bash) {
        return Vec::new();
    }
    let mut reader = Reader {
        open: vec![Inside::Plain],
        heredoc: false,
        word_start: true,
    };
    let mut faults = Vec::new();
    for (text, expression) in template.quoted_places() {
        reader.read(text);
        if let Some(offset) = expression {
            if let Some(place) = reader.unsafe_place() {
                faults.push(ExpressionFault {
                    message: format!("`${{{{ … }}}}` stands inside {place}, where its own quotes do not protect it"),
                    hint: Some("take those quotes away, or pass the value through `env`".to_owned()),
                    offset,
                });
            }
            reader.word_start = false;
        }
    }
    faults
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Plain,
    Single,
    Double,
    /// `$( … )`, inside which quoting starts afresh.
    Substitution,
    Backticks,
}

/// Follows a shell's quotes through a text.
struct Reader {
    open: Vec<Inside>,
    heredoc: bool,
    word_start: bool,
}

impl Reader {
    fn read(&mut self, text: &str) {
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let inside = self.open.last().copied().unwrap_or(Inside::Plain);
            let next = rest.peek().copied();
            match (inside, c) {
                (Inside::Single, '\'')
                | (Inside::Double, '"')
                | (Inside::Backticks, '`')
                | (Inside::Substitution, ')') => {
                    self.open.pop();
                }
                (Inside::Single, _) => {}
                (_, '\\') => {
                    rest.next();
                }
                (_, '`') => self.open.push(Inside::Backticks),
                (_, '$') if next == Some('(') => {
                    rest.next();
                    self.open.push(Inside::Substitution);
                }
                (Inside::Double, _) => {}
                (_, '\'') => self.open.push(Inside::Single),
                (_, '"') => self.open.push(Inside::Double),
                (Inside::Substitution, '(') => self.open.push(Inside::Substitution),
                (_, '<') if next == Some('<') => self.heredoc(&mut rest),
                (_, '#') if self.word_start => {
                    while rest.peek().is_some_and(|c| *c != '\n') {
                        rest.next();
                    }
                }
                (Inside::Plain | Inside::Substitution | Inside::Backticks, _) => {}
            }
            self.word_start = c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(');
        }
    }

    /// `<<` opens a here-document, `<<<` does not.
    fn heredoc(&mut self, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
        rest.next();
        if rest.peek() == Some(&'<') {
            rest.next();
        } else {
            self.heredoc = true;
        }
    }

    fn unsafe_place(&self) -> Option<&'static str> {
        if self.heredoc {
            return Some("a here-document, or after one");
        }
        self.open.iter().find_map(|inside| match inside {
            Inside::Plain | Inside::Substitution => None,
            Inside::Single => Some("single quotes"),
            // Quotes inside `"$( … )"` work, but telling the two apart is left to `env`.
            Inside::Double => Some("double quotes"),
            Inside::Backticks => Some("backticks"),
        })
    }
}
