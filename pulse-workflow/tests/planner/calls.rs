//! Steps that run other workflows.

use std::collections::BTreeMap;

use pulse_workflow::{
    HostFacts, Move, Snapshot, Source, StepFacts, StepStatus, Stop, Workflow, advance, load,
    outputs,
};
use serde_json::json;

fn workflow(text: &str) -> Workflow {
    let source = Source { name: "x", text };
    load(&source).expect("a good document").workflow
}

fn succeeded(outputs: &[(&str, &str)]) -> StepFacts {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    let host = HostFacts {
        outputs: outputs.iter().map(owned).collect(),
        ..HostFacts::default()
    };
    StepFacts {
        status: StepStatus::Succeeded,
        hosts: BTreeMap::from([("web-1".to_owned(), host)]),
        ..StepFacts::default()
    }
}

const CALLS: &str = "inputs: {hosts: {type: list}, note: {required: false}}\nsteps:\n- {id: a, command: df}\n\
    - {id: b, workflow: release@3, timeout: 5m, with: {hosts: '${{ inputs.hosts }}', count: '${{ 2 + 1 }}', \
    text: 'n=${{ steps.a.outputs.n }}', note: '${{ inputs.note }}', plain: 7}}\n";

#[test]
fn what_a_workflow_is_given_keeps_its_type_and_what_has_no_value_is_not_given() {
    let mut snapshot = Snapshot::default();
    snapshot
        .inputs
        .insert("hosts".to_owned(), json!(["x", "y"]));
    snapshot.steps.insert("a".into(), succeeded(&[("n", "5")]));

    let plan = advance(&workflow(CALLS), &snapshot);

    let [Move::Call { step, call }] = plan.moves.as_slice() else {
        panic!("{plan:?}");
    };
    assert_eq!(step.as_str(), "b");
    assert_eq!(call.callee.to_string(), "release@3");
    assert_eq!(call.timeout_ms, Some(300_000));
    let given = json!({"hosts": ["x", "y"], "count": 3, "text": "n=5", "plain": 7});
    assert_eq!(json!(call.inputs), given);
}

#[test]
fn an_expression_that_fails_fails_the_step_before_anything_begins() {
    let text = "steps:\n- {id: b, workflow: release, with: {x: '${{ steps.b.outputs.n.m.k }}'}}\n";

    let plan = advance(&workflow(text), &Snapshot::default());

    let [Move::Fail { reason, detail, .. }] = plan.moves.as_slice() else {
        panic!("{plan:?}");
    };
    assert_eq!(*reason, "expression_error");
    assert!(detail.starts_with("with.x: "), "{detail}");
}

#[test]
fn a_nul_character_is_refused_wherever_in_a_value_it_stands() {
    for value in [
        "steps.a.outputs.n",
        "[1, [steps.a.outputs.n]]",
        "({x: steps.a.outputs.n})",
    ] {
        let text = format!(
            "steps:\n- {{id: a, command: df}}\n- {{id: b, workflow: release, with: {{x: '${{{{ {value} }}}}'}}}}\n"
        );
        let mut snapshot = Snapshot::default();
        let given = succeeded(&[("n", "one\0two")]);
        snapshot.steps.insert("a".into(), given);

        let plan = advance(&workflow(&text), &snapshot);

        let [Move::Fail { reason, detail, .. }] = plan.moves.as_slice() else {
            panic!("{value}: {plan:?}");
        };
        assert_eq!(*reason, "expression_error");
        assert!(detail.ends_with("holds a NUL character"), "{detail}");
    }
}

#[test]
fn a_workflow_that_runs_is_waited_for_when_the_execution_is_ended() {
    let mut snapshot = Snapshot::default();
    snapshot.execution.stop = Some(Stop::Cancelled);
    snapshot.steps.insert("a".into(), succeeded(&[]));
    let running = StepFacts {
        status: StepStatus::Running,
        ..StepFacts::default()
    };
    snapshot.steps.insert("b".into(), running);

    let plan = advance(&workflow(CALLS), &snapshot);

    assert_eq!((plan.moves, plan.verdict), (Vec::new(), None));
}

#[test]
fn a_workflow_gives_what_its_main_steps_on_one_host_wrote_the_later_first() {
    let text = "targets: [all]\nsteps:\n- {id: a, command: df}\n- {id: b, workflow: x}\n- {id: c, command: df}\n\
        - {id: d, command: df}\nfinally:\n- {id: e, command: df}\n";
    let mut snapshot = Snapshot::default();
    let given = BTreeMap::from([("n".to_owned(), "b".to_owned())]);
    let called = StepFacts {
        status: StepStatus::Succeeded,
        given: Some(given),
        ..StepFacts::default()
    };
    let failed = StepFacts {
        status: StepStatus::Failed,
        ..succeeded(&[("n", "failed")])
    };
    let mut several = succeeded(&[("n", "several")]);
    several
        .hosts
        .insert("web-2".to_owned(), HostFacts::default());
    let steps = [
        ("a", succeeded(&[("n", "a"), ("m", "a")])),
        ("b", called),
        ("c", failed),
        ("d", several),
        ("finally/e", succeeded(&[("n", "e")])),
    ];
    for (path, facts) in steps {
        snapshot.steps.insert(path.into(), facts);
    }

    let outputs = outputs(&workflow(text), &snapshot);

    assert_eq!(json!(outputs), json!({"m": "a", "n": "b"}));
}
