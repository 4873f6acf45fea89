//! Filling in a few fields, one after the other: which key does what, and what it looks like.
//!
//! Pure: reading keys and drawing happen elsewhere.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use pulse_api::http::prompts::FieldView;
use serde_json::{Map, Value};

use super::{Device, picker::Key, sanitize};
use crate::follow::Given;

/// What a key led to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fill {
    Stay,
    Done(Map<String, Value>),
    /// Away from the first field.
    Back,
}

/// Fields, one of them being filled in.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    fields: Vec<FieldView>,
    at: usize,
    text: String,
    filled: Map<String, Value>,
    complaint: Option<String>,
}

impl Form {
    /// The fields that nothing was given for; none where that is all of them.
    pub(crate) fn new(fields: &[FieldView], given: &Map<String, Value>) -> Option<Self> {
        let open = fields
            .iter()
            .filter(|field| !given.contains_key(&field.name));
        let fields: Vec<FieldView> = open.cloned().collect();
        (!fields.is_empty()).then(|| Self {
            fields,
            at: 0,
            text: String::new(),
            filled: given.clone(),
            complaint: None,
        })
    }

    pub(crate) fn give(&mut self, given: &Given) -> Fill {
        match given {
            Given::Key(key) => self.press(*key),
            Given::Line(line) => {
                self.text.clone_from(line);
                self.enter()
            }
            Given::Resized => Fill::Stay,
            Given::Closed => Fill::Back,
        }
    }

    fn press(&mut self, key: Key) -> Fill {
        match key {
            Key::Char(c) => {
                self.complaint = None;
                self.text.push(c);
            }
            Key::Erase => {
                self.text.pop();
            }
            Key::Enter => return self.enter(),
            Key::Escape if self.at == 0 => return Fill::Back,
            Key::Escape | Key::Up => self.go_back(),
            Key::Down | Key::First | Key::Last => {}
        }
        Fill::Stay
    }

    /// Returns to the field before, as it was filled in.
    fn go_back(&mut self) {
        self.at = self.at.saturating_sub(1);
        let before = self.filled.remove(&self.fields[self.at].name);
        self.text = before
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default();
        self.complaint = None;
    }

    /// Takes what was typed for a field, and goes on to the next.
    fn enter(&mut self) -> Fill {
        let field = &self.fields[self.at];
        let text = self.text.trim().to_owned();
        if let Err(complaint) = fits(field, &text) {
            self.complaint = Some(complaint);
            return Fill::Stay;
        }
        if !text.is_empty() {
            self.filled.insert(field.name.clone(), Value::String(text));
        }
        self.text.clear();
        self.complaint = None;
        self.at += 1;
        if self.at < self.fields.len() {
            return Fill::Stay;
        }
        Fill::Done(self.filled.clone())
    }

    pub(crate) fn draw(&self, title: &str, device: Device) -> String {
        let mark = AnsiColor::Cyan.on_default().bold();
        let dim = Style::new().dimmed();
        let mut text = sanitize::lines(title);
        for field in self.fields.iter().take(self.at) {
            let filled = self.filled.get(&field.name).and_then(Value::as_str);
            let filled = sanitize::cell(filled.unwrap_or("-"));
            let _ = write!(text, "\n  {}: {filled}", sanitize::cell(&field.name));
        }
        let Some(field) = self.fields.get(self.at) else {
            return text;
        };
        let asked = sanitize::cell(&question(field));
        let hint = "Enter to go on, Esc to go back";
        let told = self.complaint.as_deref().unwrap_or(hint);
        let told = sanitize::cell(told);
        let _ = match device {
            Device::Dumb => write!(text, "\n  {asked}"),
            Device::Screen => {
                let typed = sanitize::cell(&self.text);
                write!(
                    text,
                    "\n{mark}❯ {asked}{mark:#} {typed}▏\n{dim}{told}{dim:#}"
                )
            }
        };
        if device == Device::Dumb && self.complaint.is_some() {
            let _ = write!(text, "\n({told})");
        }
        text
    }
}

/// What is asked: the name, what it may be, and what is taken without an answer.
fn question(field: &FieldView) -> String {
    let kind = match field.kind.as_str() {
        "string" => String::new(),
        "enum" => field.values.join(", "),
        "boolean" => "true or false".to_owned(),
        "list" => "several with commas".to_owned(),
        other => other.to_owned(),
    };
    let about = field.description.clone().unwrap_or_default();
    let notes: Vec<String> = [about, kind]
        .into_iter()
        .filter(|note| !note.is_empty())
        .collect();
    let notes = match notes.as_slice() {
        [] => String::new(),
        some => format!(" ({})", some.join("; ")),
    };
    let fallback = match (&field.default, field.required) {
        (Some(Value::String(text)), _) => format!(" [{text}]"),
        (Some(other), _) => format!(" [{other}]"),
        (None, false) => " [nothing]".to_owned(),
        (None, true) => String::new(),
    };
    format!("{}{notes}{fallback}:", field.name)
}

/// What can be seen to be wrong here; the server checks the rest.
fn fits(field: &FieldView, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return if field.required {
            Err(format!("{} is needed", field.name))
        } else {
            Ok(())
        };
    }
    let is_fine = match field.kind.as_str() {
        "number" => text.parse::<f64>().is_ok(),
        "enum" => field.values.iter().any(|value| value == text),
        "boolean" => ["true", "false", "yes", "no", "on", "off", "1", "0"]
            .contains(&text.to_lowercase().as_str()),
        _ => true,
    };
    if is_fine {
        return Ok(());
    }
    Err(match field.kind.as_str() {
        "enum" => format!("{} is one of {}", field.name, field.values.join(", ")),
        kind => format!("{} is a {kind}", field.name),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        let fields: Vec<FieldView> = serde_json::from_value(json!([
            {"name": "version", "type": "string", "required": true},
            {"name": "hosts", "type": "number", "required": false, "default": 2},
        ]))
        .unwrap();
        Form::new(&fields, &Map::new()).unwrap()
    }

    fn typed(form: &mut Form, text: &str) -> Fill {
        for c in text.chars() {
            form.press(Key::Char(c));
        }
        form.press(Key::Enter)
    }

    #[test]
    fn fields_are_filled_in_one_after_the_other() {
        let mut form = form();

        assert_eq!(typed(&mut form, "1.2"), Fill::Stay);
        let Fill::Done(filled) = typed(&mut form, "") else {
            panic!("not done");
        };

        assert_eq!(Value::Object(filled), json!({"version": "1.2"}));
    }

    #[test]
    fn what_is_needed_cannot_be_left_out_and_a_number_is_one() {
        let mut form = form();

        assert_eq!(typed(&mut form, ""), Fill::Stay);
        assert!(
            form.draw("Go?", Device::Screen)
                .contains("version is needed")
        );
        typed(&mut form, "1.2");
        assert_eq!(typed(&mut form, "many"), Fill::Stay);
        assert!(
            form.draw("Go?", Device::Screen)
                .contains("hosts is a number")
        );
    }

    #[test]
    fn escape_goes_back_a_field_and_then_to_the_options() {
        let mut form = form();
        typed(&mut form, "1.2");

        assert_eq!(form.press(Key::Escape), Fill::Stay);
        form.press(Key::Erase);
        typed(&mut form, "3");
        assert_eq!(form.filled["version"], "1.3");
        assert_eq!(form.press(Key::Escape), Fill::Stay);
        assert_eq!(form.press(Key::Escape), Fill::Back);
    }

    #[test]
    fn what_was_given_is_not_asked() {
        let form = form();
        let given = [("version".to_owned(), json!("1"))].into_iter().collect();

        let rest = Form::new(&form.fields, &given).unwrap();

        assert_eq!(rest.fields.len(), 1);
        assert_eq!(rest.fields[0].name, "hosts");
    }
}
