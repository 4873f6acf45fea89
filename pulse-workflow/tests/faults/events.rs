//! Events that start a workflow.

use super::{faults, only, workflow};

/// What is no list of events, and where that is said, and how.
const NONE: &[(&str, &str)] = &[
    ("[]", "19: 0 events; there are at least one"),
    ("{on: failed}", "19: expected a list"),
    ("[{when: 'true'}]", "20: an event needs `on`: what happens"),
    ("[{on: []}]", "25: `on` names nothing that happens"),
    ("[{on: faild}]", "25: unknown value `faild`"),
    ("[{on: step}]", "25: unknown value `step`"),
    ("[{on: [failed, failed]}]", "34: `failed` is listed twice"),
    ("[{on: failed, who: x}]", "33: unknown key `who`"),
    (
        "[{on: failed, monitors: [site]}]",
        "33: nothing in `on` happens to monitors",
    ),
    (
        "[{on: monitor_up, workflows: [x]}]",
        "37: nothing in `on` happens to workflows",
    ),
    (
        "[{on: failed, workflows: []}]",
        "44: 0 workflows for one event",
    ),
    (
        "[{on: failed, workflows: [X]}]",
        "45: `X` is no name of one of the workflows",
    ),
    ("[{on: failed, name: 'A b'}]", "39: an event's name is"),
    (
        "[{on: failed}, {on: prompt}]",
        "34: two triggers are called `event`",
    ),
    (
        "[{on: failed, when: inputs.a > 1}]",
        "39: `inputs` is not known yet: only `event` is",
    ),
    (
        "[{on: failed, when: payload.a > 1}]",
        "39: `payload` is not known yet: only `event` is",
    ),
    (
        "[{on: failed, inputs: {b: 1}}]",
        "42: the workflow has no input `b`",
    ),
    ("[{on: failed, inputs: {a: x}}]", "45: "),
    (
        "[{on: failed, inputs: {s: '${{ event.text }}'}}]",
        "42: input `s` is secret, and an event gives none",
    ),
];

#[test]
fn an_event_that_is_none_is_refused_where_it_stands() {
    let of = |given: &str| {
        let fault = only(&format!(
            "inputs: {{a: {{type: number, default: 1}}, s: {{secret: true, required: false}}}}\n\
             triggers: {{event: {given}}}\nsteps:\n- command: df\n"
        ));
        assert_eq!(fault.line, 2, "{fault:?}");
        format!("{}: {}", fault.column, fault.message)
    };
    for (given, refused) in NONE {
        let told = of(given);
        assert!(told.starts_with(refused), "{given}: {told}");
    }
}

#[test]
fn an_event_is_known_only_where_it_starts_something() {
    let fault = only("steps:\n- {command: df, condition: event.on === 'failed'}\n");
    assert!(
        fault
            .message
            .contains("`event` is known only in `triggers.event`"),
        "{fault:?}"
    );
    let both = "triggers:\n  webhook: {name: x, kind: gitea, secret: S}\n  event: [{name: x, on: failed}]\n\
        steps:\n- command: df\n";
    assert_eq!(only(both).message, "two triggers are called `x`");
    let faults = faults(
        "triggers: {event: [{on: faild, when: 3 +, monitors: [a], inputs: {b: 1}}]}\nsteps:\n- command: df\n",
    );
    assert_eq!(faults.len(), 3, "{faults:?}");
}

#[test]
fn an_event_starts_what_its_trigger_says() {
    use pulse_workflow::Decided;
    let text = "inputs: {what: {type: string}, some: {type: list}, prompt: {type: number, required: false}}\n\
        triggers: {event: [{on: [monitor_down, monitor_up], monitors: [site], when: 'event.incident.number > 3', \
        inputs: {what: '${{ event.on }}!', some: '${{ event.incident.regions }}', prompt: '${{ event.prompt }}'}}]}\n\
        steps:\n- command: df\n";
    let trigger = workflow(text).events.remove(0);
    let decide = |number: i64| {
        let incident = serde_json::json!({"number": number, "regions": ["fra", "iad"]});
        trigger
            .decide(&serde_json::json!({"on": "monitor_up", "prompt": null, "incident": incident}))
    };

    let started = serde_json::json!({"what": "monitor_up!", "some": ["fra", "iad"]});
    assert_eq!(trigger.monitors, ["site"]);
    assert_eq!(
        decide(4),
        Ok(Decided::Start(started.as_object().unwrap().clone()))
    );
    let Ok(Decided::Ignore(why)) = decide(3) else {
        panic!("it starts something");
    };
    assert!(why.contains("event.incident.number = 3"), "{why}");
    assert!(
        trigger
            .decide(&serde_json::json!({"incident": null}))
            .is_err()
    );
}
