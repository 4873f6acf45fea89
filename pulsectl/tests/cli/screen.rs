//! On a terminal: what is drawn fits, moves, and is taken away again.

use rustix::process::Signal;

use super::{
    fake::{Answer, Fake, begin, end, output, step, worker},
    pty::Terminal,
    terminal::removable,
};

#[test]
fn control_sequences_of_a_step_do_not_reach_the_terminal() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "\u{1b}]0;owned\u{7}title\u{1b}[2Jgone\n"),
            end("completed", None),
        ])
    });
    let mut terminal = Terminal::open(&fake, &["run", "update"], "xterm");

    terminal.sees("titlegone");
    terminal.exits(0);

    assert!(!terminal.shown.lock().unwrap().contains("owned"));
}

#[test]
fn a_terminal_that_does_not_know_its_size_needs_no_pager() {
    let fake = removable();
    // The pager that nobody asked for would say so.
    let pager = fake.file("pager", "#!/bin/sh\necho paged\ncat\n");
    std::fs::set_permissions(&pager, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();

    let mut terminal = Terminal::with(&fake, &["worker", "ls"], ("xterm", &[("PAGER", &pager)]));
    terminal.sees("web-2");
    terminal.exits(0);

    assert!(!terminal.shown.lock().unwrap().contains("paged"));
}

#[test]
fn progress_of_one_worker_takes_the_place_of_what_it_was() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "10%\r"),
            output(2, "web-1", "20%\r\ndone\n"),
            end("completed", Some(0)),
        ])
    });

    let args = ["worker", "exec", "web-1", "--", "x"];
    let shown = Terminal::open(&fake, &args, "xterm").at_the_end();

    assert!(shown.contains("10%\r\u{1b}[K20%\r\ndone"), "{shown:?}");
}

#[test]
fn ctrl_c_in_the_pager_leaves_the_pager_its_keys() {
    let fake = removable();
    let pager = fake.file(
        "pager",
        "#!/bin/sh\ntrap '' INT\necho paging\nread answer < /dev/tty || read answer <&2\necho \"got $answer\"\n",
    );
    fs_mode(&pager);
    let env = [("PAGER", pager.as_str())];

    let mut terminal = Terminal::sized(&fake, &["worker", "ls"], ("xterm", &env));
    terminal.sees("paging");
    terminal.gets(Signal::INT);
    terminal.types("more\n");
    terminal.sees("got more");
    terminal.exits(0);
}

#[test]
fn a_table_fits_the_terminal_and_a_pipe_gets_all_of_it() {
    let long = "brings every host of the fleet up to date, one rack after the other, and says so";
    let fake = Fake::start(move |_, _| {
        let mut worker = worker("web-1");
        worker["groups"] = serde_json::json!([long]);
        Answer::page(&serde_json::json!([worker]))
    });
    let lines = |columns: &str, args: &[&str]| {
        let env = [("COLUMNS", columns), ("PAGER", "cat"), ("NO_COLOR", "1")];
        let shown = Terminal::with(&fake, args, ("xterm", &env)).at_the_end();
        shown
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };

    for (columns, args) in [
        ("80", &["worker", "ls"][..]),
        ("50", &["worker", "ls"]),
        ("80", &["worker", "ls", "-o", "wide"]),
    ] {
        let shown = lines(columns, args);
        let room: usize = columns.parse().unwrap();
        let table = shown.iter().filter(|line| !line.starts_with("no room for"));
        for line in table {
            assert!(line.chars().count() <= room, "{columns}: {line}");
        }
        assert!(shown.iter().any(|line| line.contains("web-1")), "{shown:?}");
    }
    assert!(
        lines("80", &["worker", "ls"])
            .iter()
            .any(|line| line.contains('…'))
    );
    assert!(
        lines("50", &["worker", "ls"])
            .iter()
            .any(|line| line.contains("no room for"))
    );
    let piped = fake
        .command(&["worker", "ls"])
        .env("COLUMNS", "50")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&piped.stdout).contains(long));
}

#[test]
fn ctrl_c_takes_the_bars_away_and_speaks_on_a_line_of_its_own() {
    let running = super::fake::job(2, "web-1", ("running", None));
    let fake = Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("executions") => Answer::Hold(vec![begin(), step(1, "running"), running.clone()]),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let env = [("NO_COLOR", "1")];
    let mut terminal = Terminal::on(&fake, &["run", "update"], ("xterm", &env), 24);
    terminal.sees("web-1│");
    terminal.gets(Signal::INT);
    terminal.sees("#42 is still running\r\n  `pulsectl execution watch 42` goes on with it");
    terminal.exits(130);

    let shown = terminal.shown.lock().unwrap();
    let last = shown.rfind("web-1│").unwrap();
    let message = shown.rfind("#42 is still running").unwrap();
    // What was drawn last of the bar is cleared before the message.
    assert!(shown[last..message].contains("\u{1b}[2K"), "{shown:?}");
    assert!(
        shown[..message].ends_with('\n') || shown[..message].ends_with('K'),
        "{shown:?}"
    );
}

#[test]
fn a_wait_shows_how_it_stands_and_ctrl_c_tells_how_to_go_on() {
    let fake = Fake::start(|_, _| Answer::Json(200, super::fake::execution("running")));

    let mut terminal = Terminal::open(&fake, &["execution", "wait", "42"], "xterm");
    terminal.sees("waiting for #42: running for");
    terminal.gets(Signal::INT);
    terminal.sees("#42 is still running");
    terminal.sees("`pulsectl execution watch 42` goes on with it");
    terminal.exits(130);
}

#[test]
fn a_command_that_is_silent_for_long_is_seen_to_run() {
    let fake = Fake::start(|_, _| {
        Answer::Hold(vec![
            begin(),
            super::fake::job(1, "web-1", ("running", None)),
        ])
    });

    let mut terminal = Terminal::open(&fake, &["worker", "exec", "web-1", "--", "x"], "xterm");
    terminal.sees("#42 runs on web-1, silent for");
    terminal.gets(Signal::INT);
    terminal.exits(130);
}

#[test]
fn a_server_that_says_nothing_is_named_after_a_while() {
    let fake = Fake::start(|_, _| Answer::Silent);

    let mut terminal = Terminal::open(&fake, &["worker", "ls", "--timeout", "5s"], "xterm");
    terminal.sees(&format!("{} has not answered yet; waiting …", fake.url));
    terminal.exits(12);
}

fn fs_mode(path: &str) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
}
