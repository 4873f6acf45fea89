//! Function blocks: named commands that an agent offers, and what may be given to them.
//!
//! The server checks what a step gives when it starts it, and the agent checks it again
//! before it starts anything. What a block runs is known to the agent alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use regex_lite::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The block by which every agent examines itself.
pub const DOCTOR: &str = "pulse.doctor";

/// The input of `pulse.doctor` that says whether it speaks to people or to programs.
pub const FORMAT: &str = "format";

/// What the names of pulse's own blocks begin with.
pub const OWN_PREFIX: &str = "pulse.";

/// The most blocks that one worker may offer.
pub const MOST_BLOCKS: usize = 100;

/// The most inputs that one block may have.
const MOST_INPUTS: usize = 50;

/// The longest value that is given to a block, in bytes.
const LONGEST_VALUE: usize = 32 * 1024;

/// A named command that an agent offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionBlock {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default)]
    pub inputs: Inputs,
    /// Milliseconds after which the agent ends it, whatever the step allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
}

/// What a block takes: the part of JSON Schema that texts in an environment can carry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    #[serde(default, rename = "type")]
    pub kind: ObjectKind,
    #[serde(default)]
    pub properties: BTreeMap<String, Input>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// Always `false`: what a block does not name, it is not given.
    #[serde(default, rename = "additionalProperties")]
    pub additional: Never,
}

/// The word `object`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    #[default]
    Object,
}

/// The value `false`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "bool", into = "bool")]
pub struct Never;

impl TryFrom<bool> for Never {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value {
            Err("additionalProperties can only be false")
        } else {
            Ok(Self)
        }
    }
}

impl From<Never> for bool {
    fn from(_: Never) -> Self {
        false
    }
}

/// One input of a block.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Input {
    #[serde(default, rename = "type")]
    pub kind: InputKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, rename = "enum", skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Value>>,
    /// A regular expression that the whole text must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
}

/// What kind of value an input takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    #[default]
    String,
    Number,
    Integer,
    Boolean,
}

impl InputKind {
    const fn phrase(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Number => "a number",
            Self::Integer => "a whole number",
            Self::Boolean => "true or false",
        }
    }
}

/// What is wrong with one value that a block was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    pub input: String,
    pub message: String,
}

impl fmt::Display for InputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.input, self.message)
    }
}

impl FunctionBlock {
    /// The block by which every agent examines itself.
    pub fn doctor() -> Self {
        let format = Input {
            values: Some(vec!["text".into(), "json".into()]),
            default: Some("text".into()),
            ..Input::default()
        };
        Self {
            name: DOCTOR.to_owned(),
            description: Some("What keeps this host from working, and how to mend it".to_owned()),
            inputs: Inputs {
                properties: BTreeMap::from([(FORMAT.to_owned(), format)]),
                ..Inputs::default()
            },
            timeout_ms: Some(60_000),
        }
    }

    /// What is wrong with the block itself, in one sentence.
    pub fn fault(&self) -> Option<String> {
        if !is_name(&self.name) {
            return Some(format!(
                "`{}` is no name of a function block: letters, digits, `.`, `_`, `-` and `/`, at most 128",
                self.name
            ));
        }
        let inputs = &self.inputs;
        if inputs.properties.len() > MOST_INPUTS {
            return Some(format!("{}: at most {MOST_INPUTS} inputs", self.name));
        }
        let missing = |name: &&String| !inputs.properties.contains_key(*name);
        if let Some(name) = inputs.required.iter().find(missing) {
            return Some(format!("{}: `{name}` is required, but no input", self.name));
        }
        let variables: BTreeSet<String> = inputs
            .properties
            .keys()
            .map(|name| variable(name))
            .collect();
        if variables.len() < inputs.properties.len() {
            let sentence = "two inputs come to the same variable";
            return Some(format!("{}: {sentence}", self.name));
        }
        inputs
            .properties
            .iter()
            .find_map(|(name, input)| Some(format!("{}: {name}: {}", self.name, input.fault()?)))
    }
}

/// Whether a text can name a function block.
pub fn is_name(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b))
}

/// The variable in which a block finds an input.
pub fn variable(input: &str) -> String {
    let part: String = input
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    format!("PULSE_INPUT_{part}")
}

impl Inputs {
    /// The texts that the block finds in its environment, by input; or everything that is wrong.
    pub fn resolve(
        &self,
        given: &Map<String, Value>,
    ) -> Result<BTreeMap<String, String>, Vec<InputFault>> {
        let mut faults = self.faults_of_names(given);
        let mut texts = BTreeMap::new();
        for (name, input) in &self.properties {
            let Some(value) = given.get(name).or(input.default.as_ref()) else {
                continue;
            };
            match input.text(value) {
                Ok(text) => {
                    texts.insert(name.clone(), text);
                }
                Err(message) => faults.push(InputFault {
                    input: name.clone(),
                    message,
                }),
            }
        }
        if faults.is_empty() {
            Ok(texts)
        } else {
            Err(faults)
        }
    }

    /// Names that the block does not know, and names that it misses.
    pub fn faults_of_names(&self, given: &Map<String, Value>) -> Vec<InputFault> {
        let fault = |input: &String, message: String| InputFault {
            input: input.clone(),
            message,
        };
        let known = || {
            let names: Vec<&str> = self.properties.keys().map(String::as_str).collect();
            match names.as_slice() {
                [] => "the block takes nothing".to_owned(),
                names => format!("no such input; the block takes {}", names.join(", ")),
            }
        };
        let unknown = given
            .keys()
            .filter(|name| !self.properties.contains_key(*name))
            .map(|name| fault(name, known()));
        let has_default = |name: &&String| {
            self.properties
                .get(*name)
                .is_some_and(|input| input.default.is_some())
        };
        let missing = self
            .required
            .iter()
            .filter(|name| !given.contains_key(*name) && !has_default(name))
            .map(|name| fault(name, "it is required".to_owned()));
        unknown.chain(missing).collect()
    }
}

impl Input {
    fn fault(&self) -> Option<String> {
        if let Some(pattern) = &self.pattern
            && let Err(error) = whole(pattern)
        {
            return Some(format!("the pattern cannot be read: {error}"));
        }
        if let Some(default) = &self.default
            && let Err(message) = self.text(default)
        {
            return Some(format!("the default is not valid: {message}"));
        }
        None
    }

    /// A value as the text of a variable, or why it cannot be given.
    ///
    /// A text that reads like a number is one where a number is asked for: what expressions
    /// are filled into is always text.
    fn text(&self, value: &Value) -> Result<String, String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                return Err(format!("it must be {}", self.kind.phrase()));
            }
        };
        if text.len() > LONGEST_VALUE {
            return Err(format!("it is longer than {LONGEST_VALUE} bytes"));
        }
        if text.contains('\0') {
            return Err("it holds a NUL character".to_owned());
        }
        self.check_kind(&text)?;
        self.check_length(&text)?;
        if let Some(values) = &self.values {
            let shown: Vec<String> = values.iter().map(plain).collect();
            if !shown.contains(&text) {
                return Err(format!("it must be one of {}", shown.join(", ")));
            }
        }
        match self.pattern.as_deref().map(whole) {
            Some(Ok(regex)) if !regex.is_match(&text) => Err(format!(
                "it must match {}",
                self.pattern.as_deref().unwrap_or_default()
            )),
            Some(Err(_)) => Err("the block's pattern cannot be read".to_owned()),
            Some(Ok(_)) | None => Ok(text),
        }
    }

    fn check_kind(&self, text: &str) -> Result<(), String> {
        let wrong = || Err(format!("it must be {}", self.kind.phrase()));
        let number = match self.kind {
            InputKind::String => return Ok(()),
            InputKind::Boolean if matches!(text, "true" | "false") => return Ok(()),
            InputKind::Boolean => return wrong(),
            #[expect(clippy::cast_precision_loss, reason = "compared with limits only")]
            InputKind::Integer => text.parse::<i64>().ok().map(|whole| whole as f64),
            InputKind::Number => text.parse::<f64>().ok().filter(|number| number.is_finite()),
        };
        let Some(number) = number else {
            return wrong();
        };
        if let Some(least) = self.minimum.filter(|least| number < *least) {
            return Err(format!("it must be at least {least}"));
        }
        if let Some(most) = self.maximum.filter(|most| number > *most) {
            return Err(format!("it must be at most {most}"));
        }
        Ok(())
    }

    fn check_length(&self, text: &str) -> Result<(), String> {
        if self.min_length.is_none() && self.max_length.is_none() {
            return Ok(());
        }
        let length = text.chars().count();
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(format!("it must have at least {least} characters"));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            return Err(format!("it must have at most {most} characters"));
        }
        Ok(())
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A part of the text is not enough: `$` alone would let a second line through.
fn whole(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(&format!(r"\A(?:{pattern})\z"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inputs(value: Value) -> Inputs {
        serde_json::from_value(value).unwrap()
    }

    fn faults(inputs: &Inputs, given: Value) -> Vec<String> {
        let Value::Object(given) = given else {
            panic!("an object");
        };
        match inputs.resolve(&given) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn values_become_texts_and_defaults_fill_in() {
        let inputs = inputs(json!({
            "properties": {"service": {}, "count": {"type": "integer", "default": 2}, "dry": {"type": "boolean"}},
            "required": ["service", "count"],
        }));
        let given = json!({"service": "nginx; reboot", "dry": "true"});

        let texts = inputs.resolve(given.as_object().unwrap()).unwrap();

        assert_eq!(texts["service"], "nginx; reboot");
        assert_eq!(
            (texts["count"].as_str(), texts["dry"].as_str()),
            ("2", "true")
        );
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let inputs = inputs(json!({
            "properties": {
                "service": {"enum": ["nginx", "api"]},
                "count": {"type": "integer", "minimum": 1, "maximum": 5},
                "tag": {"pattern": "v[0-9]+", "maxLength": 4},
            },
            "required": ["service"],
        }));

        let said = faults(&inputs, json!({"count": 9, "tag": "v1\nx", "extra": 1}));

        assert_eq!(said.len(), 4, "{said:?}");
        assert!(faults(&inputs, json!({"service": "sshd"}))[0].contains("one of nginx, api"));
        assert!(faults(&inputs, json!({"service": "api", "count": 1.5}))[0].contains("whole"));
        assert!(faults(&inputs, json!({"service": ["api"]}))[0].contains("text"));
        assert_eq!(
            faults(&inputs, json!({"service": "api", "tag": "v12"})),
            [""; 0]
        );
    }

    #[test]
    fn a_pattern_binds_the_whole_text() {
        let inputs = inputs(json!({"properties": {"tag": {"pattern": "a|b"}}}));

        assert!(faults(&inputs, json!({"tag": "a"})).is_empty());
        for text in ["ab", "xb", "a\n", "b; reboot"] {
            assert_eq!(faults(&inputs, json!({"tag": text})).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_block_that_contradicts_itself_is_found() {
        let fault = |inputs: Value| {
            let block = json!({"name": "x", "inputs": inputs});
            serde_json::from_value::<FunctionBlock>(block)
                .unwrap()
                .fault()
        };

        assert!(
            fault(json!({"required": ["a"]}))
                .unwrap()
                .contains("no input")
        );
        assert!(fault(json!({"properties": {"a": {"pattern": "("}}})).is_some());
        assert!(fault(json!({"properties": {"a-b": {}, "a_b": {}}})).is_some());
        let default = json!({"properties": {"a": {"type": "integer", "default": "x"}}});
        assert!(fault(default).is_some());
        assert!(fault(json!({"properties": {"a": {"default": "x"}}})).is_none());
        assert!(!is_name("-x") && !is_name("a b") && is_name("net/cisco.reload"));
    }

    #[test]
    fn more_than_the_schema_can_carry_is_refused() {
        assert!(serde_json::from_value::<Inputs>(json!({"additionalProperties": true})).is_err());
        assert!(serde_json::from_value::<Inputs>(json!({"anyOf": []})).is_err());
    }
}
