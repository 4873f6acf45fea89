//! Choosing workers: names, `-l` selectors and `--all`.

use pulse_workflow::Selector;
use serde_json::{Value, json};

use crate::error::Failure;

/// A selector that the server will understand; what is wrong with another is told here.
pub(crate) fn expression(given: &str) -> Result<String, Failure> {
    let selector = Selector::parse(given).map_err(|error| {
        let wrong = Failure::usage(format!("`{given}` is not a selector: {error}"));
        let how = "write it as region=fra,rack=b7; `pulsectl help selectors` tells more";
        wrong.hint(error.hint.unwrap_or_else(|| how.to_owned()))
    })?;
    Ok(selector.source().to_owned())
}

/// One selector out of all that were given: what is meant matches each of them.
pub(crate) fn all(given: &[String]) -> Result<Option<String>, Failure> {
    let each = given.iter().map(|one| expression(one));
    let each = each.collect::<Result<Vec<_>, _>>()?;
    Ok(match each.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("({})", several.join(") && ("))),
    })
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
            "rack=b7,disk!=ssd",
            "role=action && !name=web-3",
        ] {
            assert_eq!(expression(given).unwrap(), given);
        }
    }

    #[test]
    fn of_several_selectors_each_must_match() {
        let one = |given: &[&str]| {
            let given: Vec<String> = given.iter().map(|one| (*one).to_owned()).collect();
            all(&given).unwrap()
        };

        assert_eq!(one(&[]), None);
        assert_eq!(one(&["rack=b7"]).as_deref(), Some("rack=b7"));
        let both = one(&["group=a || group=b", "rack=b7"]).unwrap();
        assert_eq!(both, "(group=a || group=b) && (rack=b7)");
        assert_eq!(expression(&both).unwrap(), both);
    }

    #[test]
    fn what_is_no_selector_is_refused_with_a_way_out() {
        assert_eq!(
            hint("rgion=fra").as_deref(),
            Some("did you mean `region`? a label of that name is `label.rgion`")
        );
        assert!(hint("region").is_some_and(|hint| hint.starts_with("write it as")));
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
