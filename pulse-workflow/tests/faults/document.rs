//! The keys of the document itself.

use super::{only, workflow};

#[test]
fn what_comes_later_is_refused_by_name() {
    let fault = only("steps:\n- {command: df, notify: x}\n");
    assert_eq!(fault.message, "`notify` is not supported yet");
    assert_eq!((fault.line, fault.column), (2, 17));
    let fault = only("outputs: {}\nsteps:\n- command: df\n");
    assert_eq!(fault.message, "`outputs` is not supported yet");
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
        ("{evnt: []}", "12: unknown key `evnt`"),
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

/// Webhooks that are none, each with the column and the beginning of its fault.
const NO_WEBHOOKS: &[(&str, &str)] = &[
    ("[]", "21: 0 webhooks; there are at least one"),
    ("{secret: S}", "21: a webhook needs `kind`"),
    ("{kind: gitea}", "21: a webhook needs `secret`"),
    (
        "{kind: bitbucket, secret: S}",
        "28: unknown value `bitbucket`",
    ),
    ("{kind: gitea, secret: hook}", "43: a secret's name has"),
    (
        "{kind: gitea, secret: [A, B, C]}",
        "43: 3 secrets for one webhook",
    ),
    (
        "{kind: gitea, secret: S, name: A b}",
        "52: a webhook's name is",
    ),
    (
        "[{kind: gitea, secret: S}, {kind: github, secret: S}]",
        "48: two webhooks are called `webhook`",
    ),
    (
        "{kind: gitea, secret: S, when: '\"yes\"'}",
        "53: a condition must give true or false",
    ),
    (
        "{kind: gitea, secret: S, when: 'inputs.a === 1'}",
        "53: `inputs` is not known yet: only `payload` and `headers` are",
    ),
    (
        "{kind: gitea, secret: S, inputs: {b: x}}",
        "55: the workflow has no input `b`",
    ),
    (
        "{kind: gitea, secret: S, inputs: {a: x}}",
        "58: input `a` must be a number",
    ),
    (
        "{kind: gitea, secret: S, inputs: {a: '${{ steps.x }}'}}",
        "63: `steps` is not known yet",
    ),
    (
        "{kind: gitea, secret: S, wen: x}",
        "46: unknown key `wen`; did you mean `when`?",
    ),
];

#[test]
fn a_webhook_that_is_none_is_refused_where_it_stands() {
    for (given, refused) in NO_WEBHOOKS {
        let fault = only(&format!(
            "inputs: {{a: {{type: number, default: 1}}}}\ntriggers: {{webhook: {given}}}\nsteps:\n- command: df\n"
        ));
        assert_eq!(fault.line, 2, "{fault:?}");
        let told = format!("{}: {}", fault.column, fault.message);
        assert!(told.starts_with(refused), "{given}: {told}");
    }
}

#[test]
fn a_webhook_gives_what_its_workflow_needs_and_only_it_knows_a_delivery() {
    let fault = only(
        "inputs: {a: {type: string}}\ntriggers:\n  webhook: {kind: gitea, secret: S}\nsteps:\n- command: df\n",
    );
    assert_eq!((fault.line, fault.column), (3, 12));
    assert_eq!(
        fault.message,
        "input `a` has no default, and the webhook does not give it"
    );
    let fault = only("steps:\n- {command: df, condition: 'payload.x === 1'}\n");
    assert!(
        fault
            .message
            .contains("`payload` is known only in `triggers.webhook`"),
        "{fault:?}"
    );
}

#[test]
fn a_delivery_starts_what_its_webhook_says() {
    use pulse_workflow::Decided;
    let text = "inputs: {to: {type: string}, some: {type: list}, kind: {type: string}}\n\
        triggers: {webhook: {kind: github, secret: S, when: 'payload.ref !== \"x\"', \
        inputs: {to: 'v${{ payload.version }}', some: '${{ payload.list }}', kind: push}}}\n\
        steps:\n- command: df\n";
    let workflow = workflow(text);
    let decide = |payload: serde_json::Value, event: &str| {
        let headers = serde_json::json!({"x-github-event": event});
        workflow.webhooks[0].decide(&payload, headers.as_object().unwrap())
    };
    let push = serde_json::json!({"version": 3, "list": ["a", 1]});

    let started = serde_json::json!({"to": "v3", "some": ["a", 1], "kind": "push"});
    assert_eq!(
        decide(push.clone(), "push"),
        Ok(Decided::Start(started.as_object().unwrap().clone()))
    );
    assert!(matches!(decide(push, "ping"), Ok(Decided::Ignore(_))));
    let other = serde_json::json!({"ref": "x"});
    let Ok(Decided::Ignore(why)) = decide(other, "push") else {
        panic!("it starts something");
    };
    assert!(why.contains("payload.ref = \"x\""), "{why}");
    assert!(decide(serde_json::json!({}), "push").is_err());
    assert!(decide(serde_json::Value::Null, "push").is_err());
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
fn a_secret_input_is_text_that_no_document_holds() {
    let steps = "steps: [{command: x}]\n";
    let loaded = workflow(&format!(
        "inputs: {{a: {{secret: true, pattern: 'x+'}}}}\n{steps}"
    ));
    assert!(loaded.inputs[0].secret);
    for (spec, refused) in [
        (
            "{secret: true, type: number}",
            "a secret input is a `string`, not a `number`",
        ),
        (
            "{secret: true, values: [a, b]}",
            "a secret input is a `string`, not a `enum`",
        ),
        (
            "{secret: true, default: hunter2hunter2}",
            "a secret input has no default: who reads the document would read it",
        ),
        ("{secret: 7}", "expected true or false, found a number"),
    ] {
        let fault = only(&format!("inputs: {{a: {spec}}}\n{steps}"));
        assert_eq!((fault.message.as_str(), fault.line), (refused, 1), "{spec}");
    }
    let asks =
        "steps:\n- {type: prompt, message: Go?, options: [a, b], fields: {pin: {secret: true}}}\n";
    assert_eq!(only(asks).message, "`secret` is not supported yet");
}

#[test]
fn a_schedule_gives_no_secret_input() {
    let with = |spec: &str| {
        format!(
            "inputs: {{a: {spec}}}\ntriggers: {{schedule: [{{cron: '0 2 * * *'}}]}}\nsteps: [{{command: x}}]\n"
        )
    };

    let fault = only(&with("{secret: true}"));

    assert_eq!(
        fault.message,
        "input `a` is secret, and a schedule gives none"
    );
    assert!(fault.hint.unwrap().contains("pulsectl secret set"));
    workflow(&with("{secret: true, required: false}"));
}

#[test]
fn a_webhook_gives_no_secret_input() {
    let fault = only(
        "inputs: {a: {secret: true}}\ntriggers: {webhook: {kind: gitea, secret: HOOK, inputs: {a: '${{ payload.a }}'}}}\n\
         steps: [{command: x}]\n",
    );

    assert_eq!(
        fault.message,
        "input `a` is secret, and a webhook gives none"
    );
}

#[test]
fn windows_that_are_none_are_refused_where_they_stand() {
    let of = |given: &str| {
        let fault = only(&format!("windows: {given}\nsteps:\n- command: df\n"));
        assert_eq!(fault.line, 1, "{fault:?}");
        format!("{}: {}", fault.column, fault.message)
    };
    for (given, refused) in [
        ("{}", "10: `windows` needs `deny`"),
        ("{deny: []}", "17: 0 windows; there are at least one"),
        ("{deny: [{for: 8h}]}", "18: a window needs `cron`"),
        (
            "{deny: [{cron: '@daily'}]}",
            "18: a window needs `for`, how long it lasts",
        ),
        (
            "{deny: [{cron: '61 * * * *', for: 8h}]}",
            "25: number out of bounds",
        ),
        (
            "{deny: [{cron: '@daily', for: 8h, timezone: Europe/Berlim}]}",
            "54: unknown time zone `Europe/Berlim`",
        ),
        (
            "{deny: [{cron: '@daily', for: 30}]}",
            "40: a window lasts between a minute and 31 days",
        ),
        (
            "{deny: [{cron: '@yearly', for: 32d}]}",
            "41: a window lasts between a minute and 31 days",
        ),
        (
            "{deny: [{cron: '@daily', for: 1h}, {cron: '0 0 31 2 *', for: 1h}]}",
            "52: no such day ever comes",
        ),
        (
            "{deny: [{cron: '@daily', for: 24h}]}",
            "11: the windows follow each other without a gap",
        ),
        (
            "{deny: [{cron: '0 0 * * *', for: 13h}, {cron: '0 12 * * *', for: 12h}]}",
            "11: the windows follow each other without a gap",
        ),
        (
            "{deny: [{cron: '@daily', for: 8h}], when_denied: queue}",
            "59: unknown value `queue`",
        ),
        (
            "{deny: [{cron: '@daily', for: 8h, until: 9h}]}",
            "44: unknown key `until`",
        ),
    ] {
        assert!(of(given).starts_with(refused), "{given}: {}", of(given));
    }
}

#[test]
fn windows_are_read_as_they_are_written() {
    let text = "windows: {deny: [{cron: '0 22 * * *', for: 8h, timezone: Europe/Berlin}, {cron: '@yearly', for: 31d}]}\n\
        steps:\n- command: df\n";

    let windows = workflow(text).windows.unwrap();

    assert_eq!(windows.when_denied, pulse_workflow::WhenDenied::Wait);
    let deny: Vec<String> = windows.deny.iter().map(ToString::to_string).collect();
    assert_eq!(
        deny,
        [
            "`0 22 * * *` for 8h, Europe/Berlin",
            "`@yearly` for 31d, UTC"
        ]
    );
}
