//! Reading a selector.

use super::{Key, Rule, SelectorError, is_word_character};

const DEEPEST: u32 = 32;
const KEYS: [&str; 8] = [
    "name",
    "group",
    "role",
    "region",
    "runtime",
    "block",
    "label",
    "capability",
];

/// Reads all of a text as a rule.
pub(super) fn rule(source: &str) -> Result<Rule, SelectorError> {
    let mut parser = Parser {
        characters: source.chars().collect(),
        at: 0,
        depth: 0,
    };
    let rule = parser.any()?;
    parser.skip_blanks();
    if parser.at < parser.characters.len() {
        return Err(parser.unexpected("`&&`, `||` or the end"));
    }
    Ok(rule)
}

struct Parser {
    characters: Vec<char>,
    at: usize,
    depth: u32,
}

impl Parser {
    fn any(&mut self) -> Result<Rule, SelectorError> {
        let mut rules = vec![self.all()?];
        while self.take("||") {
            rules.push(self.all()?);
        }
        Ok(if rules.len() == 1 {
            rules.swap_remove(0)
        } else {
            Rule::Any(rules)
        })
    }

    fn all(&mut self) -> Result<Rule, SelectorError> {
        let mut rules = vec![self.one()?];
        while self.take("&&") || self.take(",") {
            rules.push(self.one()?);
        }
        Ok(if rules.len() == 1 {
            rules.swap_remove(0)
        } else {
            Rule::All(rules)
        })
    }

    fn one(&mut self) -> Result<Rule, SelectorError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(format!("a selector is at most {DEEPEST} levels deep")));
        }
        let rule = if self.take("!") {
            Rule::Not(Box::new(self.one()?))
        } else if self.take("(") {
            let inner = self.any()?;
            self.expect(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(rule)
    }

    fn comparison(&mut self) -> Result<Rule, SelectorError> {
        let key = self.key()?;
        if self.take("!=") {
            let values = vec![self.value()?];
            return Ok(Rule::Not(Box::new(Rule::In { key, values })));
        }
        if self.take("==") || self.take("=") {
            return Ok(Rule::In {
                key,
                values: vec![self.value()?],
            });
        }
        self.skip_blanks();
        let start = self.at;
        match self.word() {
            Some(word) if word == "in" => Ok(Rule::In {
                key,
                values: self.values()?,
            }),
            Some(word) if word == "not" && self.word().as_deref() == Some("in") => {
                Ok(Rule::Not(Box::new(Rule::In {
                    key,
                    values: self.values()?,
                })))
            }
            Some(_) | None => {
                self.at = start;
                Err(self.unexpected("`=`, `!=` or `in (…)`"))
            }
        }
    }

    fn key(&mut self) -> Result<Key, SelectorError> {
        self.skip_blanks();
        let start = self.at;
        let Some(word) = self.word() else {
            return Err(self.unexpected("a key such as `role`"));
        };
        match word.as_str() {
            "name" => Ok(Key::Name),
            "group" | "groups" => Ok(Key::Group),
            "role" => Ok(Key::Role),
            "region" => Ok(Key::Region),
            "runtime" | "runtimes" => Ok(Key::Runtime),
            "block" | "blocks" => Ok(Key::Block),
            _ => match word.split_once('.') {
                Some(("label" | "labels", label)) if !label.is_empty() => {
                    Ok(Key::Label(label.to_owned()))
                }
                Some(("capability" | "capabilities", path)) if !path.is_empty() => {
                    Ok(Key::Capability(path.to_owned()))
                }
                Some(_) | None => self.bare_label(start, word),
            },
        }
    }

    /// A label without `label.` in front of it; what looks like a mistyped key is none.
    fn bare_label(&mut self, start: usize, word: String) -> Result<Key, SelectorError> {
        let first = word.split('.').next().unwrap_or_default().to_lowercase();
        let near = KEYS
            .into_iter()
            .find(|key| strsim::damerau_levenshtein(&first, key) <= 1);
        let Some(near) = near else {
            return Ok(Key::Label(word));
        };
        self.at = start;
        let mut error = self.wrong(format!("unknown key `{word}` in a selector"));
        error.hint = Some(if near == first {
            format!("a label of that name is `label.{word}`")
        } else {
            format!("did you mean `{near}`? a label of that name is `label.{word}`")
        });
        Err(error)
    }

    fn values(&mut self) -> Result<Vec<String>, SelectorError> {
        self.expect("(")?;
        let mut values = vec![self.value()?];
        while self.take(",") {
            values.push(self.value()?);
        }
        self.expect(")")?;
        Ok(values)
    }

    fn value(&mut self) -> Result<String, SelectorError> {
        self.skip_blanks();
        let Some(quote) = self.peek().filter(|c| *c == '"' || *c == '\'') else {
            return self.word().ok_or_else(|| self.unexpected("a value"));
        };
        self.at += 1;
        let rest = &self.characters[self.at..];
        let Some(length) = rest.iter().position(|c| *c == quote) else {
            return Err(self.wrong("the quote is never closed".to_owned()));
        };
        let value = rest[..length].iter().collect();
        self.at += length + 1;
        Ok(value)
    }

    fn word(&mut self) -> Option<String> {
        self.skip_blanks();
        let start = self.at;
        while self.peek().is_some_and(is_word_character) {
            self.at += 1;
        }
        (self.at > start).then(|| self.characters[start..self.at].iter().collect())
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let found = token
            .chars()
            .zip(self.characters[self.at..].iter())
            .all(|(a, b)| a == *b)
            && self.characters.len() - self.at >= token.len();
        // `!` of `!=` belongs to a comparison.
        if !found || (token == "!" && self.characters.get(self.at + 1) == Some(&'=')) {
            return false;
        }
        self.at += token.len();
        true
    }

    fn expect(&mut self, token: &str) -> Result<(), SelectorError> {
        if self.take(token) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{token}`")))
        }
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn unexpected(&self, wanted: &str) -> SelectorError {
        match self.peek() {
            Some(c) => self.wrong(format!("expected {wanted}, found `{c}`")),
            None => self.wrong(format!("expected {wanted}, found the end")),
        }
    }

    fn wrong(&self, message: String) -> SelectorError {
        SelectorError {
            message,
            hint: None,
            offset: self.at,
        }
    }
}
