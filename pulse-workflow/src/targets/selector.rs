//! The selector language: `role=web && region in (iad, fra) && !name=web-3`.
//!
//! A key is one of the built-in ones, or else a label. Parsing and matching only; which hosts exist
//! is the caller's affair.

use serde::Serialize;
use serde_json::Value;

use super::Host;

/// A parsed selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    source: String,
    rule: Rule,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    In { key: Key, values: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Group,
    Role,
    Region,
    Runtime,
    Block,
    Label(String),
    /// Dotted, as in `sandbox.level`.
    Capability(String),
}

/// Why a text is no selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{message} at character {}", offset + 1)]
pub struct SelectorError {
    pub message: String,
    pub hint: Option<String>,
    /// Counted from 0, in characters.
    pub offset: usize,
}

const LONGEST: usize = 4096;
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
/// Whether a selector can ask for a label with this key.
pub fn is_label_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 128 && key.chars().all(is_word_character)
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || "-_./:@+*".contains(c)
}

/// What a worker's role can be; any other value of `role` is that of a label.
const ROLES: [&str; 3] = ["action", "sensor", "hybrid"];

impl Selector {
    /// Reads a selector; a comma outside of `in (…)` means `&&`.
    pub fn parse(source: &str) -> Result<Self, SelectorError> {
        if source.len() > LONGEST {
            return Err(SelectorError {
                message: format!("a selector is at most {LONGEST} bytes"),
                hint: None,
                offset: 0,
            });
        }
        let characters: Vec<char> = source.chars().collect();
        let mut parser = Parser {
            characters,
            at: 0,
            depth: 0,
        };
        let rule = parser.any()?;
        parser.skip_blanks();
        if parser.at < parser.characters.len() {
            return Err(parser.unexpected("`&&`, `||` or the end"));
        }
        Ok(Self {
            source: source.trim().to_owned(),
            rule,
        })
    }

    pub fn matches(&self, host: &Host) -> bool {
        self.rule.matches(host)
    }

    /// Whether it asks for names and nothing else.
    pub fn asks_for_names_only(&self) -> bool {
        self.rule.asks_for_names_only()
    }

    /// The selector as written.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Rule {
    fn asks_for_names_only(&self) -> bool {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().all(Self::asks_for_names_only),
            Self::Not(rule) => rule.asks_for_names_only(),
            Self::In { key, .. } => *key == Key::Name,
        }
    }

    fn matches(&self, host: &Host) -> bool {
        match self {
            Self::All(rules) => rules.iter().all(|rule| rule.matches(host)),
            Self::Any(rules) => rules.iter().any(|rule| rule.matches(host)),
            Self::Not(rule) => !rule.matches(host),
            Self::In { key, values } => {
                let is = |found: &str| values.iter().any(|value| value == found);
                match key {
                    Key::Name => is(&host.name),
                    Key::Group => host.groups.iter().any(|group| is(group)),
                    Key::Role => is(&host.role) || is_labelled(host, values),
                    Key::Region => is(&host.region),
                    Key::Runtime => host.runtimes.iter().any(|runtime| is(runtime)),
                    Key::Block => host.blocks.iter().any(|block| is(block)),
                    Key::Capability(path) => {
                        capability(&host.capabilities, path).is_some_and(|found| has(found, &is))
                    }
                    Key::Label(label) => host.labels.get(label).is_some_and(|value| is(value)),
                }
            }
        }
    }
}

/// What a host says of one capability: a key as it is, or a way into what is inside it.
fn capability<'a>(all: &'a Value, path: &str) -> Option<&'a Value> {
    if let Some(found) = all.get(path) {
        return Some(found);
    }
    path.match_indices('.')
        .find_map(|(dot, _)| capability(all.get(&path[..dot])?, &path[dot + 1..]))
}

/// Whether a value, or an entry of a list, reads as what is asked for.
fn has(found: &Value, is: &impl Fn(&str) -> bool) -> bool {
    match found {
        Value::String(text) => is(text),
        Value::Bool(_) | Value::Number(_) => is(&found.to_string()),
        Value::Array(entries) => entries.iter().any(|entry| has(entry, is)),
        Value::Null | Value::Object(_) => false,
    }
}

/// Whether the label `role` has one of the values that are no role of a worker.
fn is_labelled(host: &Host, values: &[String]) -> bool {
    let label = host.labels.get("role");
    label.is_some_and(|label| values.contains(label) && !ROLES.contains(&label.as_str()))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn host() -> Host {
        Host {
            name: "web-3".into(),
            groups: vec!["web".into(), "eu".into()],
            role: "web".into(),
            region: "fra".into(),
            runtimes: vec!["shell".into(), "python".into()],
            labels: [("zone".to_owned(), "b".to_owned())].into(),
            ..Host::default()
        }
    }

    fn matches(text: &str) -> bool {
        Selector::parse(text)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .matches(&host())
    }

    #[test]
    fn the_documented_form_works() {
        assert!(!matches("role=web && region in (iad, fra) && !name=web-3"));
        assert!(matches("role=web && region in (iad, fra) && !name=web-4"));
    }

    #[test]
    fn and_binds_tighter_than_or() {
        assert!(matches("role=web || role=db && region=iad"));
        assert!(!matches("(role=web || role=db) && region=iad"));
    }

    #[test]
    fn a_comma_means_and() {
        assert!(matches("region=fra,role!=db"));
        assert!(!matches("region=fra,role=db"));
    }

    #[test]
    fn groups_runtimes_and_labels_are_keys() {
        assert!(matches("group=eu && runtime=python && label.zone == b"));
        assert!(!matches("label.rack=b"));
        assert!(matches("label.rack != b"));
    }

    #[test]
    fn capabilities_and_blocks_are_keys() {
        let capabilities =
            json!({"gpu": true, "disks": ["ssd", "hdd"], "sandbox": {"level": "full"}, "a.b": 5});
        let host = Host {
            capabilities: capabilities.into(),
            blocks: vec!["restart-nginx".into()],
            ..host()
        };
        let matches = |text: &str| Selector::parse(text).unwrap().matches(&host);

        assert!(matches(
            "capability.gpu=true && capability.disks=ssd && block=restart-nginx"
        ));
        assert!(matches("capability.sandbox.level=full && capability.a.b=5"));
        assert!(!matches("capability.tpu=true"));
        assert!(matches("capability.tpu != true"));
    }

    #[test]
    fn a_quoted_value_may_hold_blanks() {
        assert!(matches("name not in ('web 3', \"x\")"));
    }

    #[test]
    fn a_key_that_is_not_built_in_is_a_label() {
        assert!(matches("zone=b"));
        assert!(matches("zone in (a, b) && region=fra"));
        assert!(!matches("rack=b7"));
        assert!(matches("rack!=b7"));
    }

    #[test]
    fn a_role_that_no_worker_can_have_is_that_of_the_label() {
        let host = Host {
            role: "action".into(),
            labels: [("role".to_owned(), "web".to_owned())].into(),
            ..Host::default()
        };
        let matches = |text| Selector::parse(text).unwrap().matches(&host);

        assert!(matches("role=web"));
        assert!(matches("role=action"));
        assert!(!matches("role=sensor"));
        assert!(!matches("role!=web"));
    }

    #[test]
    fn what_looks_like_a_mistyped_key_is_no_label() {
        let error = Selector::parse("rgion!=fra").unwrap_err();

        assert_eq!(
            error.hint.as_deref(),
            Some("did you mean `region`? a label of that name is `label.rgion`")
        );
        assert_eq!(error.offset, 0);
        assert!(Selector::parse("label.rgion!=fra").is_ok());
        assert!(Selector::parse("label.=fra").is_err());
    }

    #[test]
    fn broken_text_is_refused_where_it_breaks() {
        for (text, offset) in [
            ("", 0),
            ("role", 4),
            ("role=", 5),
            ("role=web &&", 11),
            ("role=web)", 8),
            ("(role=a", 7),
        ] {
            assert_eq!(Selector::parse(text).unwrap_err().offset, offset, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(Selector::parse(&"!".repeat(4000)).is_err());
        assert!(Selector::parse(&"(".repeat(4000)).is_err());
    }
}
