//! On a terminal: questions are asked in place, and the terminal is left as it was.

use std::{
    os::fd::AsFd as _,
    time::{Duration, Instant},
};

use rustix::{
    process::Signal,
    termios::{tcgetwinsize, tcsetwinsize},
};

use super::{
    fake::{Answer, Fake, begin, end, output, prompt, prompt_view, step, worker},
    pty::{Terminal, until},
};

/// A server whose run asks, and ends once an answer came.
fn asking() -> Fake {
    Fake::start(|request, before| match request.path.rsplit('/').next() {
        Some("executions") => Answer::Cut(vec![begin(), step(1, "running"), prompt(2, "open")]),
        Some("events") if before < 3 => Answer::Hold(vec![": waiting\n\n".into()]),
        Some("events") => Answer::Stream(vec![prompt(3, "answered"), end("completed", None)]),
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        _ => Answer::problem(404, "not_found", "no such thing"),
    })
}

#[test]
fn a_prompt_is_answered_in_place_with_the_keyboard() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        Some("executions") => Answer::Hold(vec![begin(), step(1, "running"), prompt(2, "open")]),
        Some("7") => {
            let mut view = prompt_view("open");
            view["answerers"] = serde_json::json!(["release"]);
            Answer::Json(200, view)
        }
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let mut terminal = Terminal::open(&fake, &["run", "update", "--timeout", "4s"], "xterm");

    terminal.sees("Install 3 updates?");
    terminal.sees("started by maria");
    terminal.sees("the group release and admins may answer");
    terminal.types("\u{1b}[B\r");
    terminal.exits(124);

    assert_eq!(
        fake.calls("POST", "/prompts/7/answer")[0].json()["response"],
        "No"
    );
}

#[test]
fn keys_from_before_a_question_was_shown_do_not_answer_it() {
    let fake = Fake::start(|request, before| match request.path.rsplit('/').next() {
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        Some("executions") => Answer::Cut(vec![begin(), output(1, "web-1", "before\n")]),
        // The run asks once the person had time to be impatient.
        Some("events") if before < 4 => Answer::Stream(vec![]),
        Some("events") => Answer::Hold(vec![prompt(2, "open")]),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let mut terminal = Terminal::open(&fake, &["run", "update", "--timeout", "4s"], "xterm");

    terminal.sees("before");
    terminal.types("\n\u{1b}[B\n");
    terminal.sees("Enter chooses");
    terminal.types("9\r");
    terminal.exits(124);

    assert!(fake.calls("POST", "/prompts/7/answer").is_empty());
}

#[test]
fn a_question_stands_once_on_the_screen_and_is_told_once_it_is_answered() {
    let fake = asking();
    let mut terminal = Terminal::open(&fake, &["run", "update"], "xterm");

    terminal.sees("Enter chooses");
    assert!(!terminal.shown.lock().unwrap().contains("(prompt 7)"));
    terminal.types("1");
    terminal.sees("User approval (prompt 7): Install 3 updates? [Yes/No]");
    terminal.exits(0);
}

#[test]
fn a_question_is_on_the_screen_also_where_the_output_is_for_programs() {
    let fake = asking();
    let mut terminal = Terminal::open(&fake, &["run", "update", "-o", "json"], "xterm");

    terminal.sees("Enter chooses");
    terminal.types("y");
    // What it ends with asks this server for more than it has.
    terminal.exits(7);

    assert_eq!(fake.calls("POST", "/prompts/7/answer").len(), 1);
}

#[test]
fn what_is_typed_behind_an_answer_does_not_answer_the_next_question() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        Some("executions") => {
            let other = prompt(2, "open").replace("\"prompt\":7", "\"prompt\":8");
            Answer::Hold(vec![begin(), prompt(1, "open"), other])
        }
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    for (keys, later) in [("1\r\r", "\r"), ("y\ry", "\r"), ("\u{1b}[B\r\r", "")] {
        let before = fake.calls("POST", "/prompts/7/answer").len();
        let mut terminal = Terminal::open(&fake, &["run", "update", "--timeout", "4s"], "xterm");

        terminal.sees("Enter chooses");
        terminal.types(keys);
        until(|| fake.calls("POST", "/prompts/7/answer").len() > before);
        // By habit, behind a key that has chosen by itself.
        terminal.types(later);
        terminal.exits(124);

        assert_eq!(fake.calls("POST", "/prompts/7/answer").len(), before + 1);
        assert!(fake.calls("POST", "/prompts/8/answer").is_empty());
    }
}

#[test]
fn a_key_that_means_no_option_answers_nothing_and_is_told() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("logs") => Answer::page(&serde_json::json!([])),
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        _ => Answer::Json(200, prompt_view("open")),
    });
    let mut terminal = Terminal::open(&fake, &["prompt", "answer", "7"], "xterm");

    terminal.sees("1-2 or a first letter chooses at once; ↑/↓ move, Enter chooses; Esc leaves");
    terminal.types("9\r");
    terminal.sees("no option for 9");
    terminal.sees("nothing is marked yet");
    terminal.types("\u{1b}");
    terminal.exits(0);

    assert!(fake.calls("POST", "/prompts/7/answer").is_empty());
}

#[test]
fn a_question_that_somebody_else_answers_goes_away_and_the_run_goes_on() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("events") => Answer::Stream(vec![
            prompt(2, "answered"),
            output(3, "web-1", "after\n"),
            end("completed", None),
        ]),
        _ => Answer::Cut(vec![begin(), prompt(1, "open")]),
    });
    let mut terminal = Terminal::open(&fake, &["run", "update"], "xterm");

    terminal.sees("User approval: Yes, by peter");
    terminal.sees("after");
    terminal.exits(0);

    assert!(fake.calls("POST", "/prompts/7/answer").is_empty());
}

#[test]
fn escape_leaves_the_question_open() {
    let fake = asking();
    let mut terminal = Terminal::open(&fake, &["run", "update"], "xterm");

    terminal.sees("Install 3 updates?");
    terminal.types("\u{1b}");
    terminal.sees("#42 is still running");
    terminal.exits(8);
}

#[test]
fn a_terminal_without_keys_takes_a_number() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        Some("executions") => Answer::Hold(vec![begin(), prompt(1, "open")]),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let mut terminal = Terminal::open(&fake, &["run", "update", "--timeout", "4s"], "dumb");

    terminal.sees("2) No");
    terminal.types("2\n");
    terminal.exits(124);

    assert_eq!(
        fake.calls("POST", "/prompts/7/answer")[0].json()["response"],
        "No"
    );
}

#[test]
fn the_inbox_goes_through_what_is_open() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("prompts") => Answer::page(&serde_json::json!([prompt_view("open")])),
        Some("logs") => Answer::page(&serde_json::json!([])),
        Some("answer") => Answer::Json(200, prompt_view("answered")),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let mut terminal = Terminal::open(&fake, &["prompt", "answer"], "xterm");

    terminal.sees("prompt 7 of update #42, started by maria");
    terminal.types("n");
    terminal.sees("prompt/7 answered No");
    terminal.exits(0);
}

/// A server with these workers, which may be removed.
pub(super) fn removable() -> Fake {
    Fake::start(|request, _| match request.path.rsplit('/').next() {
        _ if request.method == "DELETE" => Answer::Json(204, serde_json::Value::Null),
        Some("workers") => Answer::page(&serde_json::json!([worker("web-1"), worker("web-2")])),
        Some(name @ ("web-1" | "web-2")) => Answer::Json(200, worker(name)),
        _ => Answer::problem(404, "not_found", "no such worker"),
    })
}

fn removed(fake: &Fake) -> usize {
    let seen = fake.seen();
    seen.iter().filter(|one| one.method == "DELETE").count()
}

#[test]
fn a_worker_is_removed_once_its_name_was_typed() {
    let fake = removable();

    let mut terminal = Terminal::open(&fake, &["worker", "remove", "web-1"], "xterm");
    terminal.sees("type its name to go on");
    terminal.types("y\n");
    terminal.sees("nothing was changed");
    terminal.exits(1);
    assert_eq!(removed(&fake), 0);

    let mut terminal = Terminal::open(&fake, &["worker", "remove", "web-1"], "xterm");
    terminal.sees("type its name to go on");
    terminal.types("web-1\n");
    terminal.sees("worker/web-1 removed");
    terminal.exits(0);
    assert_eq!(removed(&fake), 1);
}

#[test]
fn several_workers_are_removed_once_their_number_was_typed() {
    let fake = removable();

    let mut terminal = Terminal::open(&fake, &["worker", "remove", "web-1", "web-2"], "xterm");
    terminal.sees("remove web-1, web-2");
    terminal.sees("type how many they are");
    terminal.types("2\n");
    terminal.sees("worker/web-2 removed");
    terminal.exits(0);

    assert_eq!(removed(&fake), 2);
}

#[test]
fn an_input_is_asked_with_its_choices_until_it_fits() {
    let source = "name: audit\ninputs:\n  env: {type: enum, values: [prod, test], required: true}\n  \
        who: {type: string, required: true, pattern: '[a-z]+'}\n\
        steps:\n  - name: Check\n    command: df\n    targets: [all]\n";
    let fake = Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("audit") => Answer::Json(
            200,
            serde_json::json!({"id": super::fake::EXECUTION_ID, "name": "audit", "version": 1,
                "description": null, "definition": {}, "source": source, "created_by": "maria",
                "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}),
        ),
        Some("executions") => Answer::Json(201, super::fake::execution("running")),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });

    let mut terminal = Terminal::open(&fake, &["run", "audit", "-d"], "xterm");
    terminal.sees("env [prod/test]: ");
    terminal.types("stage\n");
    terminal.sees("input `env` must be one of prod, test");
    terminal.types("PROD\n");
    terminal.sees("who: ");
    terminal.types("M4\n");
    terminal.sees("input `who` does not match [a-z]+");
    terminal.types("maria\n");
    terminal.exits(0);

    assert_eq!(
        fake.calls("POST", "/executions")[0].json()["inputs"],
        serde_json::json!({"env": "prod", "who": "maria"})
    );
}

#[test]
fn an_answer_of_the_server_ends_its_line_on_a_terminal() {
    let fake = removable();

    let mut terminal = Terminal::open(&fake, &["api", "GET", "/workers/web-1"], "xterm");
    terminal.exits(0);
    terminal.sees("}\r\n");
}

#[test]
fn a_signal_at_the_hidden_question_leaves_the_terminal_as_it_was() {
    let fake = removable();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let env = [("PULSE_TOKEN", "")];

        let mut terminal = Terminal::with(&fake, &["login", &fake.url], ("xterm", &env));
        terminal.sees("Token for");
        terminal.gets(signal);

        terminal.exits(130);
    }
}

#[test]
fn a_token_is_taken_without_being_shown() {
    let fake = Fake::start(|_, _| Answer::Json(200, super::fake::user()));
    let env = [("PULSE_TOKEN", "")];

    let mut terminal = Terminal::with(&fake, &["login", &fake.url], ("xterm", &env));
    terminal.sees("Token for");
    terminal.types("hidden-token\n");
    terminal.sees("logged in");
    terminal.exits(0);

    assert!(!terminal.shown.lock().unwrap().contains("hidden-token"));
    let sent = fake.seen()[0].header("authorization").map(str::to_owned);
    assert_eq!(sent.as_deref(), Some("Bearer hidden-token"));
}

#[test]
fn a_signal_at_a_picked_question_leaves_the_terminal_as_it_was() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("logs") => Answer::page(&serde_json::json!([])),
        _ => Answer::Json(200, prompt_view("open")),
    });
    for signal in [Signal::INT, Signal::TERM] {
        let mut terminal = Terminal::open(&fake, &["prompt", "answer", "7"], "xterm");
        terminal.sees("Enter chooses");
        terminal.gets(signal);

        terminal.exits(130);
    }
}

#[test]
fn ctrl_c_ends_what_is_sent_after_a_question_was_answered() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("logs") => Answer::page(&serde_json::json!([])),
        Some("answer") => Answer::Silent,
        _ => Answer::Json(200, prompt_view("open")),
    });
    let mut terminal = Terminal::open(&fake, &["prompt", "answer", "7"], "xterm");
    terminal.sees("Enter chooses");
    terminal.types("y");
    until(|| !fake.calls("POST", "/prompts/7/answer").is_empty());

    let since = Instant::now();
    terminal.gets(Signal::INT);

    terminal.exits(130);
    assert!(since.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_question_is_drawn_anew_when_the_terminal_has_another_size() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("logs") => Answer::page(&serde_json::json!([])),
        _ => Answer::Json(200, prompt_view("open")),
    });
    let mut terminal = Terminal::on(&fake, &["prompt", "answer", "7"], ("xterm", &[]), 24);
    terminal.sees("Enter chooses");
    let drawn = || {
        terminal
            .shown
            .lock()
            .unwrap()
            .matches("Enter chooses")
            .count()
    };
    let before = drawn();

    let mut size = tcgetwinsize(terminal.device.as_fd()).unwrap();
    size.ws_col = 60;
    tcsetwinsize(terminal.device.as_fd(), size).unwrap();
    terminal.gets(Signal::WINCH);

    until(|| drawn() > before);
    terminal.types("\u{1b}");
    terminal.exits(0);
}
