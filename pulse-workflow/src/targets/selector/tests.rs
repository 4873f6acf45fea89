//! What selectors mean, and which texts are none.

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
