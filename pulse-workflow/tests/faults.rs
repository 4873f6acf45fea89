//! What is refused when a document is loaded, where, and with which advice.

use pulse_workflow::{Fault, Source, Workflow, load};

fn faults(text: &str) -> Vec<Fault> {
    match load(&Source {
        name: "x.yaml",
        text,
    }) {
        Ok(_) => panic!("this loads:\n{text}"),
        Err(faults) => faults.0,
    }
}

fn only(text: &str) -> Fault {
    let mut faults = faults(text);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

fn workflow(text: &str) -> Workflow {
    match load(&Source {
        name: "x.yaml",
        text,
    }) {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x.yaml")),
    }
}

/// The one fault of a step written as one flow mapping, as `column: message`.
fn of_step(step: &str) -> String {
    let fault = only(&format!("steps:\n- {step}\n"));
    assert_eq!(fault.line, 2, "{fault:?}");
    format!("{}: {}", fault.column, fault.message)
}

#[test]
fn every_fault_is_reported_at_once_at_its_place() {
    let text = "\
name: Disk Space
timout: 5m
steps:
  - name: Check
    commmand: df -h
  - name: Ask
    type: prompt
    message: Sure?
    options: [Yes, Yes]
  - name: Check
    command: df
    needs: [aks]
    timeout: soon
";

    let found: Vec<String> = faults(text)
        .iter()
        .map(|fault| {
            format!(
                "{}:{} {} {}",
                fault.line, fault.column, fault.path, fault.message
            )
        })
        .collect();

    assert_eq!(
        found,
        [
            "1:7 name a workflow's name is lower case letters, digits and `-`",
            "2:1 timout unknown key `timout`; did you mean `timeout`?",
            "5:5 steps[0].commmand unknown key `commmand`; did you mean `command`?",
            "9:20 steps[1].options[1] `Yes` is listed twice",
            "10:11 steps[2].id two steps have the id `check`",
            "12:12 steps[2].needs no step has the id `aks`",
            "13:14 steps[2].timeout expected a duration, found text",
        ]
    );
}

#[test]
fn a_fault_reads_well() {
    let text = "steps:\n  - command: df -h\n    condition: promtResponse === 'Yes'\n";

    let shown = load(&Source {
        name: "disk.yaml",
        text,
    })
    .unwrap_err()
    .render("disk.yaml");

    assert_eq!(
        shown,
        "disk.yaml:3:16: unknown name `promtResponse`\n \
         3 |     condition: promtResponse === 'Yes'\n   |                ^\n \
         hint: did you mean `promptResponse`?"
    );
}

#[test]
fn a_step_with_uses_leaves_the_rest_to_the_block() {
    let fault = only("steps:\n- {uses: restart, command: df}\n");
    assert_eq!(fault.message, "a step has `uses` or a `command`, not both");
    for key in ["env", "user", "working_dir", "runtime"] {
        let value = match key {
            "env" => "{A: b}",
            "runtime" => "bash",
            _ => "/root",
        };
        let text = format!("steps:\n- {{uses: restart, {key}: {value}}}\n");
        let faults = load(&Source {
            name: "x",
            text: &text,
        })
        .unwrap_err();
        let wanted = format!("`{key}` is the function block's own affair");
        assert!(
            faults.render("x").contains(&wanted),
            "{}",
            faults.render("x")
        );
    }
    let fault = only("steps:\n- {command: df, with: {a: b}}\n");
    assert_eq!(fault.message, "`with` belongs to `uses`");
    let fault = only("steps:\n- {uses: 'a b'}\n");
    assert_eq!((fault.line, fault.column), (2, 10));
}

#[test]
fn a_sandbox_can_only_tighten() {
    for sandbox in [
        "{no_new_privileges: false}",
        "{memory_mib: 0}",
        "{cpus: 0}",
        "{read: [usr]}",
        "{network: none}",
    ] {
        only(&format!("steps:\n- {{command: df, sandbox: {sandbox}}}\n"));
    }
}

#[test]
fn what_comes_later_is_refused_by_name() {
    let fault = only("steps:\n- {command: df, notify: x}\n");
    assert_eq!(fault.message, "`notify` is not supported yet");
    assert_eq!((fault.line, fault.column), (2, 17));
    let fault = only("windows: {}\nsteps:\n- command: df\n");
    assert_eq!(fault.message, "`windows` is not supported yet");
    assert_eq!(
        of_step("{type: notify}"),
        "10: `type: notify` is not supported yet"
    );
}

#[test]
fn what_concurrency_cannot_be_is_refused_where_it_stands() {
    let of = |given: &str| {
        let fault = only(&format!("concurrency: {given}\nsteps:\n- command: df\n"));
        assert_eq!(fault.line, 1, "{fault:?}");
        format!("{}: {}", fault.column, fault.message)
    };
    for (given, refused) in [
        (
            "{}",
            "14: `concurrency` needs `group`: who shares a group shares its places",
        ),
        ("{group: a, limt: 1}", "25: unknown key `limt`"),
        ("{group: a, limit: 0}", "32: `limit` is between 1 and 1000"),
        ("{group: a, limit: x}", "32: expected a whole number"),
        (
            "{group: a, when_full: queued}",
            "36: unknown value `queued`",
        ),
        (
            "{group: '@a'}",
            "22: groups that start with `@` belong to pulse",
        ),
        ("{group: ' '}", "22: expected text, found only blanks"),
        (
            "{group: '${{ steps.a.status }}'}",
            "27: `steps` is not known yet: only `inputs` is, before the start",
        ),
        (
            "{group: '${{ inputs.nothing }}'}",
            "27: no input `nothing` in this workflow",
        ),
    ] {
        assert!(of(given).starts_with(refused), "{given}: {}", of(given));
    }
}

#[test]
fn a_schedule_that_is_none_is_refused_where_it_stands() {
    let of = |given: &str| {
        let fault = only(&format!("triggers: {given}\nsteps:\n- command: df\n"));
        assert_eq!(fault.line, 1, "{fault:?}");
        format!("{}: {}", fault.column, fault.message)
    };
    for (given, refused) in [
        ("{event: []}", "12: `event` is not supported yet"),
        ("{schedule: [{}]}", "23: a schedule needs `cron`"),
        (
            "{schedule: [{cron: 0 30 2 * * *}]}",
            "30: a cron expression has five fields, this one 6",
        ),
        (
            "{schedule: [{cron: '@daily', timezone: Berlin}]}",
            "50: unknown time zone `Berlin`",
        ),
        (
            "{schedule: [{cron: '@daily', overlap: both}]}",
            "49: unknown value `both`",
        ),
        (
            "{schedule: [{cron: '@daily', catch_up: 3}]}",
            "50: unknown value `3`",
        ),
        (
            "{schedule: [{cron: '@daily', crom: 3}]}",
            "40: unknown key `crom`",
        ),
    ] {
        assert!(of(given).starts_with(refused), "{given}: {}", of(given));
    }
    let fault = only(
        "inputs: {a: {type: string}}\ntriggers:\n  schedule: [{cron: '@daily'}]\nsteps:\n- command: df\n",
    );
    assert_eq!((fault.line, fault.column), (3, 3));
    assert_eq!(
        fault.message,
        "input `a` has no default, and a schedule gives none"
    );
}

#[test]
fn the_group_of_a_run_is_what_its_inputs_make_of_it() {
    let text = "inputs: {to: {type: string}}\n\
        concurrency: {group: 'deploy ${{ inputs.to }}', when_full: reject}\n\
        steps:\n- command: df\n";
    let concurrency = workflow(text).concurrency.unwrap();
    let with = |to: serde_json::Value| {
        let inputs = serde_json::json!({"to": to});
        concurrency.group(inputs.as_object().unwrap())
    };

    assert_eq!(concurrency.limit, 1);
    assert_eq!(concurrency.when_full, pulse_workflow::WhenFull::Reject);
    assert_eq!(with("fra".into()), Ok("deploy fra".to_owned()));
    assert!(with(serde_json::Value::Null).is_err());
    assert!(with("a\nb".into()).is_err());
    assert!(with("x".repeat(300).into()).is_err());
}

#[test]
fn what_a_step_that_runs_a_workflow_cannot_be_is_refused_where_it_stands() {
    for (step, refused) in [
        ("{type: workflow}", "3: a workflow step needs a `workflow`"),
        ("{workflow: Deploy}", "14: `Deploy` names no workflow"),
        ("{workflow: deploy@0}", "14: `deploy@0` names no workflow"),
        (
            "{workflow: \"${{ inputs.x }}\"}",
            "14: `${{ … }}` is not supported here",
        ),
        (
            "{workflow: deploy, retry: {max: 1}}",
            "22: `retry` belongs to execute steps; the type of this one is workflow",
        ),
        (
            "{workflow: deploy, rollout: {}}",
            "22: `rollout` belongs to execute steps; the type of this one is workflow",
        ),
        (
            "{workflow: deploy, with: {list: [\"${{ 1 }}\"]}}",
            "36: `${{ … }}` is not supported inside a list",
        ),
        (
            "{workflow: deploy, with: {x: {y: 1}}}",
            "32: expected text, found a mapping",
        ),
        (
            "{workflow: deploy, with: {x: \"${{ steps.nowhere.status }}\"}}",
            "37: no step `nowhere` in this workflow",
        ),
    ] {
        assert_eq!(of_step(step), refused, "{step}");
    }
    let own = only("name: deploy\nsteps:\n- {workflow: deploy@2}\n");
    assert_eq!(
        (own.line, own.column, own.message.as_str()),
        (3, 14, "`deploy` would run itself: deploy -> deploy@2")
    );
    let rolled = only(
        "targets: [all]\nsteps:\n- rollout: {}\n  steps:\n  - {id: a, command: df}\n  - {id: b, workflow: deploy}\n",
    );
    assert_eq!(
        rolled.message,
        "a workflow step cannot stand in a group with a `rollout`"
    );
}

#[test]
fn what_a_group_cannot_be_repeated_for_is_refused_where_it_stands() {
    for (step, refused) in [
        (
            "{matrix: {}, steps: [{command: df}]}",
            "12: `matrix` is empty",
        ),
        (
            "{matrix: {a: 1}, steps: [{command: df}]}",
            "16: expected a list",
        ),
        (
            "{matrix: {a: []}, steps: [{command: df}]}",
            "16: the list is empty",
        ),
        (
            "{matrix: {a: [x, x]}, steps: [{command: df}]}",
            "20: `x` is listed twice",
        ),
        (
            "{matrix: {1a: [x]}, steps: [{command: df}]}",
            "13: an axis is letters, digits and `_`, and starts with a letter",
        ),
        (
            "{foreach: [a], matrix: {b: [c]}, steps: [{command: df}]}",
            "4: a group has a `matrix` or a `foreach`, not both",
        ),
        (
            "{foreach: [[a]], steps: [{command: df}]}",
            "14: expected text, found a list",
        ),
        (
            "{foreach: '${{ inputs.x }}', steps: [{command: df}]}",
            "13: no input `x` in this workflow",
        ),
        (
            "{foreach: [a], targets: [all], rollout: {}, steps: [{command: df}]}",
            "4: `foreach` and `rollout` on the same group",
        ),
        (
            "{command: df, foreach: [a]}",
            "17: `foreach` belongs to group steps; the type of this one is execute",
        ),
        (
            "{command: df, condition: matrix.x === 1}",
            "28: `matrix` is known only inside a group with a `matrix`",
        ),
        (
            "{command: 'df ${{ item }}'}",
            "21: `item` is known only inside a group with a `foreach`",
        ),
        (
            "{matrix: {arch: [a]}, steps: [{command: 'df ${{ matrix.arhc }}'}]}",
            "51: the matrix has no axis `arhc`",
        ),
    ] {
        assert_eq!(of_step(step), refused, "{step}");
    }
}

#[test]
fn a_group_is_repeated_for_a_bounded_number_of_things() {
    let eleven: Vec<u32> = (0..11).collect();
    let step = format!("{{matrix: {{a: {eleven:?}, b: {eleven:?}}}, steps: [{{command: df}}]}}");
    assert_eq!(of_step(&step), "12: 121 combinations; the limit is 100");
    let many: Vec<u32> = (0..100).collect();
    let text = format!("steps:\n- {{foreach: {many:?}, steps: [{{command: df}}]}}\n");
    assert_eq!(
        only(&text).message,
        "with one group for each item there are more than 200 steps"
    );
}

#[test]
fn only_a_list_says_what_a_group_is_repeated_for() {
    let text = "inputs: {x: {type: string}}\nsteps:\n- {foreach: '${{ inputs.x }}', steps: [{command: df}]}\n";
    assert_eq!(only(text).message, "input `x` is no list");
}

#[test]
fn from_outside_the_steps_of_a_repeated_group_are_those_of_its_instances() {
    let text = |id: &str| {
        format!(
            "steps:\n- id: build\n  matrix: {{arch: [amd64]}}\n  steps: [{{id: compile, command: df}}]\n\
             - {{command: df, condition: 'steps[\"{id}\"].status === \"succeeded\"'}}\n"
        )
    };
    let read = |text: &str| load(&Source { name: "x", text }).is_ok();
    assert!(read(&text("build/amd64/compile")));
    assert!(read(&text("build")));
    assert_eq!(
        only(&text("build/compile")).message,
        "no step `build/compile` in this workflow"
    );
}

#[test]
fn what_a_rollout_cannot_do_is_refused_where_it_stands() {
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {batchs: 1}}"),
        "43: unknown key `batchs`; did you mean `batches`?"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {batches: [1, 0%]}}"),
        "56: a batch of 0 hosts would never end"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {max_fail: 110%}}"),
        "53: expected a number of hosts"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {on_exceed: ask}}"),
        "54: unknown value `ask`"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {on_exceed: rollback}}"),
        "3: `on_exceed: rollback` has nothing to bring back"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {health: docter}}"),
        "51: unknown value `docter`"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {health: {workflow: w}}}"),
        "52: `workflow` is not supported yet"
    );
    assert_eq!(
        of_step("{command: df, rollback: df}"),
        "17: `rollback` has no effect without `rollout`"
    );
    assert_eq!(of_step("{agent: drian}"), "11: unknown value `drian`");
    assert_eq!(
        of_step("{agent: drain, command: df}"),
        "4: `agent` belongs to agent steps; the type of this one is execute"
    );
    let group = |step: &str| of_step(&format!("{{rollout: {{}}, steps: [{step}]}}"));
    assert_eq!(
        group("{message: Sure?, options: [Yes]}"),
        "25: a prompt step cannot stand in a group with a `rollout`"
    );
    assert_eq!(
        group("{command: df, targets: [a]}"),
        "39: `targets` has no place inside a group with a `rollout`"
    );
    assert_eq!(
        of_step(
            "{id: g, rollout: {health: doctor}, targets: [all], steps: [{id: health-doctor, command: df}]}"
        ),
        "8: two steps have the id `g/health-doctor`"
    );
    let fault = only("steps:\n- steps:\n  - {command: df, commmand: df}\n");
    assert_eq!(fault.path, "steps[0].steps[0].commmand");
}

#[test]
fn ids_count_inside_their_group() {
    let fault = only(
        "steps:\n- id: g\n  steps:\n  - {id: a, command: df}\n  - {id: c, command: df}\n  - {id: a, command: df}\n",
    );
    assert_eq!(fault.message, "two steps have the id `g/a`");
    let fault = only(
        "steps:\n- {id: b, command: df}\n- id: g\n  steps:\n  - {id: a, command: df, needs: [b]}\n",
    );
    assert_eq!(fault.message, "no step has the id `b`");
    let steps = workflow(
        "steps:
- id: g
  steps:
  - {id: a, command: df}
  - {id: b, command: df, condition: steps.a.exit_code === 0}
- {id: a, command: df, condition: 'steps[\"g/a\"].exit_code === 0'}
",
    );
    let paths: Vec<&str> = steps.steps.iter().map(|step| step.path.as_str()).collect();
    assert_eq!(paths, ["g", "g/a", "g/b", "a"]);
}

#[test]
fn a_step_must_make_sense() {
    assert_eq!(of_step("{name: x}"), "3: the step does nothing");
    assert_eq!(
        of_step("{type: execute}"),
        "3: an execute step needs a `command`, a `script` or `uses`"
    );
    assert_eq!(
        of_step("{command: df, script: df}"),
        "25: a step has a `command` or a `script`, not both"
    );
    assert_eq!(
        of_step("{command: df, message: hi}"),
        "17: `message` belongs to prompt steps; the type of this one is execute"
    );
    assert_eq!(
        of_step("{duration: 5s, timeout: 1s}"),
        "18: `timeout` has no meaning in a wait step"
    );
    assert_eq!(
        of_step("{duration: 5s, until: 1 < 2}"),
        "18: a step waits for a `duration` or `until` something, not both"
    );
    assert_eq!(
        of_step("{duration: 5s, every: 1s}"),
        "18: `every` belongs to `until`"
    );
    assert_eq!(
        of_step("{until: 1 < 2, every: 10ms}"),
        "25: a wait looks every 100 ms at most"
    );
    assert_eq!(
        of_step("{command: df, until: 1 < 2}"),
        "17: `until` belongs to wait steps; the type of this one is execute"
    );
    assert_eq!(
        of_step("{command: df, targets: []}"),
        "26: an empty list of targets would run nowhere"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], pick: 0}"),
        "39: a `pick` of 0 would run nowhere"
    );
    assert_eq!(
        of_step("{command: df, pick: 1}"),
        "17: `pick` has no effect without `targets`"
    );
    assert_eq!(
        of_step("{command: ' '}"),
        "13: expected text, found only blanks"
    );
    assert_eq!(of_step("{command: }"), "11: expected text, found nothing");
}

#[test]
fn what_nobody_can_see_is_no_text() {
    assert_eq!(
        of_step("{command: df, name: \"\\u200b \\u2060\"}"),
        "23: expected text, found nothing that can be seen"
    );
    assert_eq!(
        of_step("{message: ' ', options: [a]}"),
        "13: a prompt without a question"
    );
    assert_eq!(
        of_step("{message: \"\\u200b\", options: [a]}"),
        "13: a prompt without a question"
    );
    assert_eq!(
        of_step("{message: Go?, options: [a, \"\\u200b\"]}"),
        "31: expected text, found nothing that can be seen"
    );
}

#[test]
fn a_value_must_fit_its_key() {
    assert_eq!(
        of_step("{script: x, runtime: pyton}"),
        "24: unknown value `pyton`"
    );
    assert_eq!(
        of_step("{message: a, options: [b], default: c, timeout: 5m}"),
        "39: `c` is not an option"
    );
    assert_eq!(
        of_step("{message: a, options: [b], default: b}"),
        "39: a `default` is taken only with a `timeout`"
    );
    assert_eq!(
        of_step("{command: df, timeout: 0}"),
        "26: a timeout of 0 would end the step before it starts"
    );
    assert_eq!(
        of_step("{command: df, env: {PULSE_X: a}}"),
        "23: names that start with `PULSE_` belong to pulse"
    );
    assert_eq!(
        of_step("{command: df, retry: {max: 0}}"),
        "30: `max` is between 1 and 100"
    );
    assert_eq!(
        of_step("{command: df, targets: 'role=web && rgion=fra'}"),
        "39: unknown key `rgion` in a selector"
    );
}

#[test]
fn a_cycle_of_needs_is_named() {
    let text = "steps:\n\
        - {id: a, command: df, needs: [c]}\n\
        - {id: b, command: df, needs: [a]}\n\
        - {id: c, command: df, needs: [b]}\n\
        - {id: d, command: df}\n";

    let fault = only(text);

    assert_eq!(fault.message, "these steps need each other: a, b, c");
    assert_eq!((fault.line, fault.column), (2, 31));
}

#[test]
fn expressions_name_only_what_is_there() {
    let text = "inputs: {version: {default: '1'}}\nsteps:\n\
        - {id: check, command: df}\n\
        - id: next\n  command: |\n    echo\n    echo ${{ steps.chek.status }} ${{ inputs.verson }}\n";

    let found: Vec<(u32, u32, String, Option<String>)> = faults(text)
        .into_iter()
        .map(|fault| (fault.line, fault.column, fault.message, fault.hint))
        .collect();

    let hint = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            (
                7,
                14,
                "no step `chek` in this workflow".to_owned(),
                hint("did you mean `check`?")
            ),
            (
                7,
                39,
                "no input `verson` in this workflow".to_owned(),
                hint("did you mean `version`?")
            ),
        ]
    );
}

#[test]
fn the_traps_of_yaml_come_with_advice() {
    for (step, line, column) in [
        ("condition: !x", 3, 14),
        ("condition: 'Yes' === promptResponse", 3, 20),
        ("condition: promptResponse ? 'x' : 'y'", 3, 35),
        ("condition: [1,2].includes(x)", 3, 19),
        ("condition: *x", 3, 14),
        ("condition: & x", 3, 14),
        ("condition: `x`", 3, 14),
        ("condition: %x", 3, 14),
        ("condition: @x", 3, 14),
        ("env: {A: b", 4, 1),
    ] {
        let text = format!("steps:\n- command: df\n  {step}\n");
        let faults = faults(&text);
        let hinted = faults.iter().any(|fault| {
            fault.line == line
                && (step.starts_with("env")
                    || fault
                        .hint
                        .as_deref()
                        .is_some_and(|hint| hint.contains("quote")))
        });
        assert!(hinted, "{step} (wanted {line}:{column}): {faults:#?}");
    }
    let fault = only("steps:\n- command: { a; b; }\n");
    assert_eq!(fault.message, "expected text, found a mapping");
    assert!(fault.hint.is_some_and(|hint| hint.contains("quote it")));
}

#[test]
fn a_value_that_yaml_cuts_short_is_warned_of() {
    let text = "steps:\n- command: run x # note\n";

    let warnings = load(&Source { name: "x", text }).unwrap().warnings;

    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].line, warnings[0].column), (2, 17));
}

#[test]
fn the_parts_of_yaml_that_mislead_are_refused() {
    for (text, message) in [
        (
            "a: 1\na: 2\nsteps: [{command: x}]",
            "key `a` is written twice",
        ),
        ("steps: [{command: !!str x}]", "YAML tags are not supported"),
        (
            "steps: [{command: x}]\n---\nsteps: []",
            "a second document starts here",
        ),
        (
            "x: &x {command: a}\nsteps: [{<<: *x}]",
            "merge keys (`<<`) are not supported",
        ),
        (
            "steps: [{? [a] : b, command: x}]",
            "a key must be text, not a list or a mapping",
        ),
        ("", "the document is empty"),
        ("# nothing", "the document is empty"),
        ("- a", "expected a mapping, found a list"),
        ("name: x", "the document has no `steps`"),
        ("steps: []", "`steps` is empty"),
        (
            "steps: [{command: \"a\\0b\"}]",
            "a NUL character is not allowed in a value",
        ),
        (
            "steps: [{command: \"a\\u202eb\"}]",
            "the text direction character U+202E is not allowed in a value",
        ),
        (
            "steps: [{command: a\u{202e}b}]",
            "the text direction character U+202E is not allowed in a document",
        ),
        (
            "steps: [{command: a\0b}]",
            "a NUL character is not allowed in a document",
        ),
    ] {
        let faults = faults(text);
        assert!(
            faults.iter().any(|fault| fault.message == message),
            "{text}: {faults:#?}"
        );
    }
}

#[test]
fn sizes_are_limited() {
    let long_name = format!("steps: [{{name: {}, command: x}}]", "n".repeat(1000));
    assert!(faults(&long_name)[0].message.contains("at most 128 bytes"));
    let many: Vec<String> = (0..201)
        .map(|n| format!("- {{id: s{n}, command: x}}"))
        .collect();
    let many = many.join("\n");
    assert_eq!(
        only(&format!("steps:\n{many}\n")).message,
        "201 steps; the limit is 200"
    );
    let big = format!("steps:\n- command: {}\n", "x".repeat(65 * 1024));
    assert!(only(&big).message.contains("the limit is 65536"));
}

#[test]
fn words_stay_words() {
    let text = "steps:\n- {message: ok?, options: [Yes, No, on, 12:30, 0x1f]}\n- command: true\n";

    let steps = workflow(text).steps;

    let pulse_workflow::Action::Prompt(prompt) = &steps[0].action else {
        panic!("a prompt")
    };
    assert_eq!(prompt.options, ["Yes", "No", "on", "12:30", "0x1f"]);
}

#[test]
fn json_with_escapes_loads_as_json_means_it() {
    let text = "{\n\t\"steps\": [\n\t\t{\"name\": \"a\\/b \\ud83d\\ude00\", \"command\": \"echo \\u00e9\", \"timeout\": 600000}\n\t]\n}";

    let workflow = workflow(text);

    assert_eq!(workflow.steps[0].name, "a/b 😀");
    assert_eq!(workflow.steps[0].timeout_ms, Some(600_000));
}

#[test]
fn a_value_inside_of_quotes_is_refused() {
    for command in [
        "echo \"${{ inputs.a }}\"",
        "echo '${{ inputs.a }}'",
        "echo `echo ${{ inputs.a }}`",
        "cat <<EOF\n${{ inputs.a }}\nEOF",
        "echo \"$(echo \"${{ inputs.a }}\")\"",
        "echo \"a\\\"${{ inputs.a }}\"",
    ] {
        let document = serde_json::json!({
            "inputs": {"a": {"default": "x"}},
            "steps": [{"command": command}],
        });
        let fault = only(&document.to_string());
        assert!(
            fault.message.contains("stands inside"),
            "{command}: {fault:?}"
        );
    }
    for command in [
        "echo ${{ inputs.a }}",
        "echo \"x\"${{ inputs.a }}'y'",
        "echo it\\'s ${{ inputs.a }}",
        "# it's fine\necho $(echo ${{ inputs.a }})",
        "grep x <<< ${{ inputs.a }}",
        "echo \"${{ raw(inputs.a) }}\"",
    ] {
        let document = serde_json::json!({
            "inputs": {"a": {"default": "x"}},
            "steps": [{"command": command}],
        });
        workflow(&document.to_string());
    }
}

#[test]
fn permissions_are_lists_of_groups() {
    let text = "permissions: {run: [deployers], view: []}\nsteps: [{command: x}]\n";
    let permissions = workflow(text).permissions;

    assert_eq!(
        permissions.run.as_deref(),
        Some(&["deployers".to_owned()][..])
    );
    assert_eq!(permissions.answer, None);
    assert_eq!(permissions.view.as_deref(), Some(&[][..]));
    let fault = only("permissions: {rum: [a]}\nsteps: [{command: x}]\n");
    assert_eq!((fault.line, fault.column), (1, 15));
    assert!(
        fault.message.contains("did you mean `run`"),
        "{}",
        fault.message
    );
    let fault = only("permissions: {run: [a, a]}\nsteps: [{command: x}]\n");
    assert_eq!(fault.path, "permissions.run[1]");
    let fault = only("permissions: {run: ops}\nsteps: [{command: x}]\n");
    assert_eq!(fault.path, "permissions.run");
}

#[test]
fn secrets_are_names_of_variables_that_nothing_else_sets() {
    let text = "secrets: [TOKEN, DB_PASSWORD]\nsteps: [{command: x}]\n";
    assert_eq!(workflow(text).secrets, ["TOKEN", "DB_PASSWORD"]);

    for (names, place) in [
        ("[token]", "secrets[0]"),
        ("[A_SECRET, PULSE_X]", "secrets[1]"),
        ("[PATH]", "secrets[0]"),
        ("[TOKEN, TOKEN]", "secrets[1]"),
        ("TOKEN", "secrets"),
    ] {
        let fault = only(&format!("secrets: {names}\nsteps: [{{command: x}}]\n"));
        assert_eq!((fault.path.as_str(), fault.line), (place, 1), "{names}");
    }
    for hiding in [
        "secrets: [TOKEN]\ndefaults: {env: {TOKEN: x}}\nsteps: [{command: x}]\n",
        "secrets: [TOKEN]\nsteps: [{command: x, env: {TOKEN: x}}]\n",
        "secrets: [TOKEN]\nsteps: [{command: x}]\nfinally: [{command: x, env: {TOKEN: x}}]\n",
    ] {
        let fault = only(hiding);
        assert!(
            fault.message.starts_with("`TOKEN` is a variable of"),
            "{}",
            fault.message
        );
    }
}

#[test]
fn expressions_do_not_see_secrets() {
    for expression in ["secrets.TOKEN", "env.TOKEN", "TOKEN"] {
        let text =
            format!("secrets: [TOKEN]\nsteps: [{{command: 'echo ${{{{ {expression} }}}}'}}]\n");
        let fault = only(&text);
        assert_eq!(
            (fault.line, fault.path.as_str()),
            (2, "steps[0].command"),
            "{text}"
        );
    }
}

#[test]
fn a_rollback_of_the_document_must_have_something_to_bring_back_once() {
    let of = |rollback: &str, step: &str| {
        let fault = only(&format!("rollback: {rollback}\nsteps:\n- {step}\n"));
        format!("{}: {}", fault.path, fault.message)
    };
    assert_eq!(
        of("{}", "{command: df}"),
        "rollback: `rollback` has nothing to bring back"
    );
    assert_eq!(
        of("{after: [lost]}", "{command: df, rollback: df}"),
        "rollback.after[0]: unknown value `lost`"
    );
    assert_eq!(
        of("{order: forward}", "{command: df, rollback: df}"),
        "rollback.order: unknown value `forward`"
    );
    assert_eq!(
        of(
            "{}",
            "{id: s, command: df, rollback: df, rollout: {on_exceed: rollback}}"
        ),
        "rollback: the `rollback` of the document brings back what s rolls out"
    );
    assert_eq!(
        of("{}", "{id: rollback, command: df, rollback: df}"),
        "rollback: with a `rollback` of the document no step may have the id `rollback`"
    );
    assert_eq!(
        of_step("{command: df, rollback: df}"),
        "17: `rollback` has no effect without `rollout`"
    );
}
