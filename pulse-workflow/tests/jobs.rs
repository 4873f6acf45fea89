//! What jobs, retries, inputs, previews and direct commands come out as.

use std::collections::BTreeMap;

use pulse_workflow::adhoc::{self, CommandSpec};
use pulse_workflow::retry::{self, Attempt, Cause};
use pulse_workflow::{
    Host, JobSpec, JobStatus, Map, RenderError, Runtime, Snapshot, Source, StepFacts, StepPath,
    StepStatus, Workflow,
    inputs::{self, Secrets},
    load, preview, render, step_outcome,
};
use serde_json::{Value, json};

fn workflow(text: &str) -> Workflow {
    match load(&Source { name: "x", text }) {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x")),
    }
}

fn map(value: &Value) -> Map {
    value.as_object().expect("an object").clone()
}

fn host(name: &str) -> Host {
    Host {
        id: format!("id-{name}"),
        name: name.into(),
        online: true,
        ..Host::default()
    }
}

fn job(text: &str, inputs: &Value) -> Result<JobSpec, RenderError> {
    let workflow = workflow(text);
    let step = workflow.steps.last().expect("a step").path.clone();
    let snapshot = Snapshot {
        inputs: map(inputs),
        ..Snapshot::default()
    };
    render(&workflow, &snapshot, &step, &host("web-1"))
}

#[test]
fn values_are_one_word_of_the_shell_whatever_they_hold() {
    let text = "inputs: {a: {default: ''}}\nsteps:\n- command: echo ${{ inputs.a }}\n";
    for (value, wanted) in [
        ("plain-1.2", "echo plain-1.2"),
        ("", "echo ''"),
        ("two words", "echo 'two words'"),
        ("$(reboot); `x` & $HOME", "echo '$(reboot); `x` & $HOME'"),
        ("it's", "echo 'it'\\''s'"),
        ("a\nb", "echo 'a\nb'"),
        ("~", "echo '~'"),
        ("*", "echo '*'"),
        ("A=b", "echo 'A=b'"),
    ] {
        assert_eq!(job(text, &json!({"a": value})).unwrap().command, wanted);
    }
}

#[test]
fn the_shells_own_dollars_are_left_alone() {
    let text =
        "steps:\n- command: tar -czf /tmp/b-$(date +%Y%m%d).tar.gz ${HOME} \"$X\" && echo 'OK'\n";

    let job = job(text, &json!({})).unwrap();

    assert_eq!(
        job.command,
        "tar -czf /tmp/b-$(date +%Y%m%d).tar.gz ${HOME} \"$X\" && echo 'OK'"
    );
    assert_eq!(
        (job.timeout_ms, job.runtime, job.script),
        (300_000, Runtime::Shell, false)
    );
}

#[test]
fn raw_values_are_filled_in_as_they_are_and_warned_of() {
    let text = "inputs: {a: {default: ''}}\nsteps:\n- command: echo ${{ raw(inputs.a + (' ')) }}\n";

    assert_eq!(
        job(text, &json!({"a": "x; y"})).unwrap().command,
        "echo x; y "
    );
    let warnings = load(&Source { name: "x", text }).unwrap().warnings;
    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].line, warnings[0].column), (3, 25));
}

#[test]
fn scripts_get_literals_of_their_own_language() {
    let text = "inputs: {a: {default: ''}}\nsteps:\n- {script: 'print(${{ inputs.a }})', runtime: python}\n";

    let job = job(text, &json!({"a": "x\"); import os #"})).unwrap();

    assert_eq!(job.command, "print(\"x\\\"); import os #\")");
    assert_eq!((job.runtime, job.script), (Runtime::Python, true));
}

#[test]
fn what_has_no_text_stops_the_job() {
    let text = "inputs: {a: {default: x}, b: {type: list, default: [x]}}\nsteps:\n";
    for expression in [
        "promptResponse",
        "inputs.b",
        "inputs",
        "inputs.b.find(x => x === \"z\")",
        "steps.a.nothing",
    ] {
        let text = format!("{text}- {{id: a, command: 'rm -rf /srv/${{{{ {expression} }}}}'}}\n");
        let result = job(&text, &json!({"a": "x", "b": ["x"]}));
        assert!(
            matches!(result, Err(RenderError::Expression { .. })),
            "{expression}: {result:?}"
        );
    }
}

#[test]
fn the_environment_holds_inputs_defaults_and_the_host() {
    let text = "\
inputs: {app-version: {default: '1'}, count: {type: number, default: 2}, none: {required: false}}
defaults: {env: {A: default, B: '${{ host.name }}'}, timeout: 10s, working_dir: /srv, user: app}
steps:
- {command: df, env: {A: own}, timeout: 5s}
";

    let job = job(
        text,
        &json!({"app-version": "1.2", "count": 2, "none": null}),
    )
    .unwrap();

    let env: Vec<(&str, &str)> = job
        .env
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(
        env,
        [
            ("A", "own"),
            ("B", "web-1"),
            ("PULSE_INPUT_APP_VERSION", "1.2"),
            ("PULSE_INPUT_COUNT", "2"),
            ("PULSE_STEP", "df"),
        ]
        .map(|(k, v)| if k == "PULSE_STEP" {
            (k, "step-1")
        } else {
            (k, v)
        })
    );
    assert_eq!(job.timeout_ms, 5000);
    assert_eq!(
        (job.working_dir.as_deref(), job.user.as_deref()),
        (Some("/srv"), Some("app"))
    );
}

#[test]
fn the_answer_reaches_the_job() {
    let workflow =
        workflow("steps:\n- {id: ask, message: m, options: [a]}\n- {id: go, command: df}\n");
    let answered = StepFacts {
        status: StepStatus::Succeeded,
        order: Some(1),
        response: Some("a".into()),
        ..StepFacts::default()
    };
    let steps = BTreeMap::from([(StepPath::from("ask"), answered)]);
    let snapshot = Snapshot {
        steps,
        ..Snapshot::default()
    };

    let job = render(&workflow, &snapshot, &"go".into(), &host("h")).unwrap();

    assert_eq!(job.env["PULSE_PROMPT_RESPONSE"], "a");
    assert_eq!(
        render(&workflow, &snapshot, &"ask".into(), &host("h")),
        Err(RenderError::NoJobs("ask".into()))
    );
}

#[test]
fn a_direct_command_runs_exactly_its_bytes() {
    for command in [
        "df -h",
        "echo ${{ inputs.x }} \"${{ }}\" }}",
        "echo 'é😀' \\ud83d # x",
        "a: b\n- c\n\t{[\"",
        "  padded  ",
        "yes",
        "~",
    ] {
        let spec = CommandSpec {
            command: command.to_owned(),
            timeout_ms: Some(5000),
            env: BTreeMap::from([("A".to_owned(), "${{ x".to_owned())]),
            working_dir: Some("/tmp".to_owned()),
            ..CommandSpec::default()
        };
        let job = job(&adhoc::document(&spec), &json!({})).unwrap();
        assert_eq!(job.command, command);
        assert_eq!((job.timeout_ms, job.env["A"].as_str()), (5000, "${{ x"));
    }
}

#[test]
fn a_function_block_is_given_texts_and_only_the_environment_of_pulse() {
    let text = "inputs: {name: {default: nginx}}
defaults: {env: {A: b}, user: root}
steps:
- uses: restart
  with: {service: '${{ inputs.name }}; reboot', count: 2}
";

    let job = job(text, &json!({"name": "it's"})).unwrap();

    assert_eq!(job.uses.as_deref(), Some("restart"));
    let given = json!({"service": "it's; reboot", "count": "2"});
    assert_eq!(Value::Object(job.with), given);
    assert_eq!((job.command.as_str(), job.user), ("", None));
    assert!(!job.env.contains_key("A") && job.env.contains_key("PULSE_STEP"));
}

#[test]
fn what_is_given_to_a_block_directly_is_taken_as_it_is() {
    let spec = CommandSpec {
        uses: Some("restart".to_owned()),
        with: map(&json!({"service": "${{ x", "count": 2})),
        ..CommandSpec::default()
    };

    let job = job(&adhoc::document(&spec), &json!({})).unwrap();

    assert_eq!(
        Value::Object(job.with),
        json!({"service": "${{ x", "count": "2"})
    );
}

#[test]
fn a_step_says_how_far_it_is_confined() {
    let text = "steps:
- command: make
  sandbox: {memory_mib: 64, cpus: 0.5, no_new_privileges: true, read: [/usr], write: [/tmp]}
";

    let sandbox = job(text, &json!({})).unwrap().sandbox.unwrap();

    assert_eq!((sandbox.memory_mib, sandbox.cpus), (Some(64), Some(0.5)));
    assert!(sandbox.no_new_privileges);
    assert_eq!(sandbox.write, Some(vec!["/tmp".to_owned()]));
}

const INPUTS: &str = "
inputs:
  version: {pattern: '[0-9]+(\\.[0-9]+)*'}
  count: {type: number, default: 2}
  dry: {type: boolean, default: false}
  mode: {values: [rolling, all]}
  hosts: {type: list, required: false}
steps:
- command: df
";

#[test]
fn inputs_from_a_command_line_are_read_as_their_type() {
    let given = map(&json!({
        "version": "1.2", "count": "3", "dry": "yes", "mode": "all", "hosts": "a, b"
    }));

    let resolved = inputs::resolve(&workflow(INPUTS), &given, Secrets::Later).unwrap();

    assert_eq!(
        Value::Object(resolved),
        json!({"version": "1.2", "count": 3, "dry": true, "mode": "all", "hosts": ["a", "b"]})
    );
}

#[test]
fn defaults_fill_in_what_is_not_given() {
    let given = map(&json!({"version": "1", "mode": "all"}));

    let resolved = inputs::resolve(&workflow(INPUTS), &given, Secrets::Later).unwrap();

    assert_eq!(
        Value::Object(resolved),
        json!({"version": "1", "count": 2, "dry": false, "mode": "all", "hosts": null})
    );
}

#[test]
fn every_input_that_does_not_fit_is_reported() {
    let given = map(&json!({"verson": "1", "count": "many", "dry": "perhaps", "mode": "none"}));

    let faults = inputs::resolve(&workflow(INPUTS), &given, Secrets::Later).unwrap_err();

    let found: Vec<(&str, Option<&str>)> = faults
        .iter()
        .map(|fault| (fault.message.as_str(), fault.hint.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("unknown input `verson`", Some("did you mean `version`?")),
            ("input `version` is required", None),
            ("input `count` must be a number, not \"many\"", None),
            ("input `dry` must be a boolean, not \"perhaps\"", None),
            ("input `mode` must be one of rolling, all", None),
        ]
    );
    let partly = map(&json!({"version": "1.2; rm", "mode": "all"}));
    assert!(
        inputs::resolve(&workflow(INPUTS), &partly, Secrets::Later).is_err(),
        "a pattern holds for the whole"
    );
}

const WITH_SECRETS: &str = "
inputs:
  host: {default: web-1}
  token: {secret: true, pattern: '[a-z0-9]+'}
  pin: {secret: true, required: false}
steps:
- command: df
";

#[test]
fn a_secret_input_that_is_given_is_not_among_the_others() {
    let workflow = workflow(WITH_SECRETS);
    let secrets = BTreeMap::from([("token", "hunter2hunter2")]);

    let resolved = inputs::resolve(&workflow, &Map::new(), Secrets::Given(&secrets)).unwrap();

    let snapshot = Snapshot {
        inputs: resolved.clone(),
        ..Snapshot::default()
    };
    let step = workflow.steps[0].path.clone();
    let job = render(&workflow, &snapshot, &step, &host("web-1")).unwrap();
    assert_eq!(
        Value::Object(resolved),
        json!({"host": "web-1", "pin": null})
    );
    assert_eq!(job.secrets, ["PULSE_INPUT_TOKEN"]);
    assert_eq!(
        job.env.keys().collect::<Vec<_>>(),
        ["PULSE_INPUT_HOST", "PULSE_STEP"]
    );
}

#[test]
fn what_is_wrong_with_a_secret_input_never_repeats_it() {
    let workflow = workflow(WITH_SECRETS);
    let told = |given: Value, secrets: &[(&'static str, &'static str)]| {
        let secrets: BTreeMap<&str, &str> = secrets.iter().copied().collect();
        let faults =
            inputs::resolve(&workflow, &map(&given), Secrets::Given(&secrets)).unwrap_err();
        let text = format!("{faults:?}");
        assert!(!text.contains("hunter2"), "{text}");
        faults
            .into_iter()
            .map(|fault| fault.message)
            .collect::<Vec<_>>()
    };

    assert_eq!(
        told(json!({}), &[]),
        ["input `token` is required, and secret"]
    );
    assert_eq!(
        told(
            json!({"token": "hunter2hunter2"}),
            &[("token", "hunter2hunter2")]
        ),
        ["input `token` is secret, and was given as one that everybody sees"]
    );
    assert_eq!(
        told(json!({}), &[("token", "hunter2 hunter2")]),
        ["input `token`: what was given does not match [a-z0-9]+"]
    );
    assert_eq!(
        told(
            json!({}),
            &[
                ("token", "hunter2hunter2"),
                ("pin", "hunter2"),
                ("host", "hunter2hunter2")
            ]
        ),
        [
            "there is no secret input `host`",
            "input `pin`: a secret has at least 8 bytes: what is shorter cannot be masked in output",
        ]
    );
}

#[test]
fn retries_follow_the_policy() {
    let text = "steps:
- {id: a, command: df, retry: {max: 3, delay: 1s, backoff: exponential, max_delay: 3s, for: ['exit:75', timeout]}}
- {id: b, command: df}
- {id: c, command: df, retry: {max: 1, delay: 10s, jitter: true}}
";
    let workflow = workflow(text);
    let decide = |step: &str, number: u32, cause: Cause| {
        retry::decide(
            &workflow,
            &step.into(),
            Attempt {
                number,
                cause,
                entropy: 7,
            },
        )
    };

    let busy = Cause::Failed {
        exit_code: Some(75),
    };
    assert_eq!(decide("a", 1, busy), Some(1000));
    assert_eq!(decide("a", 2, Cause::TimedOut), Some(2000));
    assert_eq!(decide("a", 3, busy), Some(3000));
    assert_eq!(decide("a", 4, busy), None);
    assert_eq!(decide("a", 1, Cause::Failed { exit_code: Some(1) }), None);
    assert_eq!(decide("a", 1, Cause::Lost), None);
    assert_eq!(decide("b", 1, busy), None);
    assert_eq!(
        decide("c", 1, Cause::Lost),
        None,
        "a lost job is not repeated unasked"
    );
    assert_eq!(
        decide("c", 1, Cause::Failed { exit_code: None }),
        Some(9993)
    );
}

#[test]
fn a_step_succeeds_only_where_every_job_did() {
    use JobStatus::{Failed, Running, Skipped, Succeeded};
    let workflow = workflow("steps:\n- {id: a, command: df}\n");
    let outcome = |jobs: &[JobStatus]| step_outcome(&workflow, &"a".into(), jobs);

    assert_eq!(outcome(&[Succeeded, Succeeded]), StepStatus::Succeeded);
    assert_eq!(outcome(&[Succeeded, Skipped]), StepStatus::Succeeded);
    assert_eq!(outcome(&[Succeeded, Failed]), StepStatus::Failed);
    assert_eq!(outcome(&[Failed, Running]), StepStatus::Running);
    assert_eq!(
        outcome(&[Skipped]),
        StepStatus::Failed,
        "a step that ran nowhere"
    );
    assert_eq!(outcome(&[]), StepStatus::Failed, "nothing matched");
}

#[test]
fn a_preview_says_where_each_step_would_run() {
    let workflow = workflow(
        "name: x\ntargets: [web-1, wbe-2]\nsteps:\n- {id: a, command: df}\n- {id: b, duration: 5s}\n",
    );

    let shown = serde_json::to_value(preview(&workflow, &Map::new(), &[host("web-1")])).unwrap();

    assert_eq!(
        shown["steps"][0],
        json!({
            "path": "a", "name": "a", "kind": "execute", "needs": [], "does": "df",
            "targets": "web-1, wbe-2", "hosts": ["web-1"], "unmatched": ["wbe-2"]
        })
    );
    assert_eq!(shown["steps"][1]["does"], "5000 ms");
}

#[test]
fn a_command_of_a_rollouts_health_is_a_command_like_any_other() {
    let runs = |health: &str| {
        let group = format!(
            "targets: [all]\nsteps:\n- id: g\n  rollout: {{health: {health}}}\n  \
             steps: [{{id: r, agent: restart}}]\n"
        );
        workflow(&group).runs_commands()
    };

    assert!(runs("{command: curl}"));
    assert!(
        !runs("doctor"),
        "agents examine themselves for operators too"
    );
}
