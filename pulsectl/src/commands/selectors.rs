//! Choosing workers: names, `-l` selectors and `--all`.

use serde_json::{Value, json};

use crate::error::Failure;

/// A selector in the server's language: commas outside parentheses mean "and".
///
/// `region=fra,role!=db` becomes `region=fra && !role=db`.
pub(crate) fn expression(given: &str) -> Result<String, Failure> {
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for c in given.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(part) if c != ',' || depth > 0 => part.push(c),
            Some(_) | None => parts.push(String::new()),
        }
    }
    let terms: Vec<String> = parts.iter().map(|part| term(part.trim())).collect();
    if terms.iter().any(String::is_empty) {
        return Err(Failure::usage(format!("`{given}` is not a selector"))
            .hint("write it as region=fra,role!=db; `pulsectl help selectors` tells more"));
    }
    Ok(terms.join(" && "))
}

/// Turns `key!=value` into `!key=value`.
fn term(part: &str) -> String {
    match part.split_once("!=") {
        Some((key, value)) if !part.contains([' ', '&', '|']) => format!("!{key}={value}"),
        Some(_) | None => part.to_owned(),
    }
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

    #[test]
    fn commas_mean_and() {
        assert_eq!(
            expression("region=fra,role!=db").unwrap(),
            "region=fra && !role=db"
        );
        assert_eq!(
            expression("region in (iad, fra),a=b").unwrap(),
            "region in (iad, fra) && a=b"
        );
        assert_eq!(
            expression("role=web && !name=web-3").unwrap(),
            "role=web && !name=web-3"
        );
        assert!(expression("a=b,").is_err());
        assert!(expression("").is_err());
    }

    #[test]
    fn names_and_a_selector_exclude_each_other() {
        let names = ["web-1".to_owned()];

        assert_eq!(targets(&names, None).unwrap(), Some(json!(["web-1"])));
        assert_eq!(targets(&[], None).unwrap(), None);
        assert!(targets(&names, Some("a=b")).is_err());
    }
}
