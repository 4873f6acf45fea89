//! Secret inputs: given where nobody else sees them, and never on the command line.

use serde_json::json;

use super::{
    fake::{Answer, EXECUTION_ID, Fake, execution},
    pty::Terminal,
};

/// A server with a workflow that takes a secret.
fn with_a_secret() -> Fake {
    let source = "name: register\ninputs: {host: {default: web-1}, token: {secret: true, pattern: '[a-z0-9]+'}}\n\
        steps: [{command: df, targets: [all]}]\n";
    Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("register") => Answer::Json(
            200,
            json!({"id": EXECUTION_ID, "name": "register", "version": 1, "description": null,
                "definition": {}, "source": source, "created_by": "maria",
                "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}),
        ),
        Some("executions" | "retry") => Answer::Json(201, execution("running")),
        _ => Answer::problem(404, "not_found", "no such thing"),
    })
}

#[test]
fn a_secret_input_comes_from_a_file_and_stands_apart() {
    let fake = with_a_secret();
    let file = fake.file("token", "hunter2hunter2\n");
    let given = format!("token=@{file}");
    let params = fake.file("params.yaml", "token: hunter2hunter2\nhost: web-2\n");

    fake.run(&["run", "register", "-d", "-p", &given, "-p", "host=web-2"])
        .exits(0);
    fake.run(&["run", "register", "-d", "--params-file", &params])
        .exits(0);
    fake.run(&["execution", "retry", "42", "-p", &given])
        .exits(0);

    let wanted = json!({"workflow": "register", "inputs": {"host": "web-2"},
        "secret_inputs": {"token": "hunter2hunter2"}});
    let begun = fake.calls("POST", "/executions");
    assert_eq!(begun.len(), 2);
    for call in begun {
        assert_eq!(call.json(), wanted);
    }
    let retried = fake.calls("POST", "/executions/42/retry");
    assert_eq!(
        retried[0].json()["secret_inputs"],
        json!({"token": "hunter2hunter2"})
    );
}

#[test]
fn a_secret_input_is_not_taken_from_the_command_line() {
    let fake = with_a_secret();
    let document = fake.file(
        "register.yaml",
        "inputs: {token: {secret: true}}\nsteps: [{command: df, targets: [all]}]\n",
    );

    for arguments in [
        &["run", "-f", &document, "-p", "token=hunter2hunter2"][..],
        &["execution", "retry", "42", "-p", "token=hunter2hunter2"],
        &["execution", "rerun", "42", "-p", "token=hunter2hunter2"],
    ] {
        let ran = fake.run(arguments);

        assert!(ran.stderr.contains("-p token=@FILE"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
        assert!(fake.calls("POST", "/executions").is_empty());
        assert!(fake.calls("POST", "/executions/42/retry").is_empty());
        ran.exits(2);
    }
}

#[test]
fn a_secret_input_is_asked_without_showing_it_until_it_fits() {
    let fake = with_a_secret();

    let mut terminal = Terminal::open(&fake, &["run", "register", "-d"], "xterm");
    terminal.sees("token: ");
    terminal.types("Hunter2!Hunter2!\n");
    terminal.sees("input `token`: what was given does not match [a-z0-9]+");
    terminal.sees("token: ");
    terminal.types("hunter2hunter2\n");
    terminal.exits(0);

    let shown = terminal.shown.lock().unwrap().to_lowercase();
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(
        fake.calls("POST", "/executions")[0].json()["secret_inputs"],
        json!({"token": "hunter2hunter2"})
    );
}
