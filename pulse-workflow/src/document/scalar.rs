//! What a plain scalar is under the core schema of YAML 1.2.
//!
//! `Yes`, `no`, `on`, `12:30` and `0123` are texts or decimal numbers here, unlike in YAML 1.1.

use saphyr_parser::ScalarStyle;

/// A scalar's text, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Quoted,
    Literal,
    Folded,
}

impl From<ScalarStyle> for Style {
    fn from(style: ScalarStyle) -> Self {
        match style {
            ScalarStyle::Plain => Self::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Self::Quoted,
            ScalarStyle::Literal => Self::Literal,
            ScalarStyle::Folded => Self::Folded,
        }
    }
}

impl Scalar {
    pub(crate) fn is_null(&self) -> bool {
        self.style == Style::Plain
            && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        if self.style != Style::Plain {
            return None;
        }
        match self.text.as_str() {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// A number written without quotes.
    pub(crate) fn as_number(&self) -> Option<serde_json::Number> {
        if self.style != Style::Plain {
            return None;
        }
        if let Some(whole) = integer(&self.text) {
            return Some(whole.into());
        }
        let digits = self.text.bytes().any(|byte| byte.is_ascii_digit());
        let shape = self
            .text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        if !digits || !shape {
            return None;
        }
        serde_json::Number::from_f64(self.text.parse().ok()?)
    }
}

fn integer(text: &str) -> Option<i64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok();
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i64::from_str_radix(digits, 8).ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar {
        Scalar {
            text: text.into(),
            style: Style::Plain,
        }
    }

    #[test]
    fn words_of_old_yaml_stay_text() {
        for text in [
            "Yes", "no", "on", "off", "y", "12:30", ".inf", "0x", "1_000", "-", "e", ".",
        ] {
            let scalar = plain(text);
            assert!(
                scalar.as_bool().is_none() && scalar.as_number().is_none(),
                "{text}"
            );
            assert!(!scalar.is_null(), "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_the_core_schema_says() {
        assert_eq!(plain("0123").as_number(), Some(123.into()));
        assert_eq!(plain("0x1f").as_number(), Some(31.into()));
        assert_eq!(plain("0o17").as_number(), Some(15.into()));
        assert_eq!(
            plain("-1.5e3").as_number(),
            serde_json::Number::from_f64(-1500.0)
        );
    }

    #[test]
    fn quotes_make_text() {
        let scalar = Scalar {
            text: "true".into(),
            style: Style::Quoted,
        };

        assert_eq!(scalar.as_bool(), None);
    }
}
