//! Choosing workers: names, `-l` selectors and `--all`.

use pulse_workflow::Selector;
use serde_json::{Value, json};

use crate::error::Failure;

/// A selector that the server will understand; what is wrong with another is told here.
pub(crate) fn expression(given: &str) -> Result<String, Failure> {
    let selector = Selector::parse(given).map_err(|error| {
        let wrong = Failure::usage(format!("`{given}` is not a selector: {error}"));
        match error.hint {
            Some(hint) if hint.starts_with("did you mean") => {
                wrong.hint(format!("{hint} {}", label_hint(given, error.offset)))
            }
            Some(_) => wrong.hint(label_hint(given, error.offset)),
            None => wrong
                .hint("write it as region=fra,label.rack=b7; `pulsectl help selectors` tells more"),
        }
    })?;
    Ok(selector.source().to_owned())
}

/// How the term that begins at an offset would be written as one of a label.
fn label_hint(given: &str, offset: usize) -> String {
    let rest: String = given.chars().skip(offset).collect();
    let end = rest.find([' ', ',', '&', '|', '(', ')']);
    let term = rest[..end.unwrap_or(rest.len())].to_owned();
    let term = if term.contains('=') {
        term
    } else {
        "rack=b7".to_owned()
    };
    format!("labels are written label.{term}")
}

/// What to run on, from names and a selector.
pub(crate) fn targets(names: &[String], selector: Option<&str>) -> Result<Option<Value>, Failure> {
    match (names, selector) {
        ([], None) => Ok(None),
        ([], Some(selector)) => Ok(Some(Value::String(expression(selector)?))),
        (names, None) => Ok(Some(json!(names))),
        (_, Some(_)) => {
            Err(Failure::usage("both names and a selector were given").hint("use one of them"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(given: &str) -> Option<String> {
        expression(given).unwrap_err().hint.clone()
    }

    #[test]
    fn a_selector_is_passed_on_as_it_is() {
        for given in [
            "region=fra,group!=db",
            "region in (iad, fra),label.rack=b7",
            "role=action && !name=web-3",
        ] {
            assert_eq!(expression(given).unwrap(), given);
        }
    }

    #[test]
    fn what_is_no_selector_is_refused_with_a_way_out() {
        assert_eq!(
            hint("rack=b7").as_deref(),
            Some("labels are written label.rack=b7")
        );
        assert_eq!(
            hint("region=fra,disk!=ssd").as_deref(),
            Some("labels are written label.disk!=ssd")
        );
        assert_eq!(
            hint("rgion=fra").as_deref(),
            Some("did you mean `region`? labels are written label.rgion=fra")
        );
        assert!(expression("group=a,").is_err());
        assert!(expression("").is_err());
    }

    #[test]
    fn names_and_a_selector_exclude_each_other() {
        let names = ["web-1".to_owned()];

        assert_eq!(targets(&names, None).unwrap(), Some(json!(["web-1"])));
        assert_eq!(targets(&[], None).unwrap(), None);
        assert!(targets(&names, Some("group=a")).is_err());
    }
}
