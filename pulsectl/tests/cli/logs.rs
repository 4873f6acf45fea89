//! `execution logs` of much output: page by page, and never all of it in memory.

use std::{
    fs,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};

use super::fake::{Answer, EXECUTION_ID, Fake, execution};

const PAGES: i64 = 48;

/// By then everything that it needs for any page is in memory.
const EARLY: i64 = 6;

/// How much more it may have in memory at the end, in KiB.
const MORE: u64 = 10 * 1024;

const PAGE: usize = 1024 * 1024;

/// A mebibyte of lines, the page of this number.
fn page(number: i64) -> Value {
    let text = "a line of output, as long as a line of output usually is\n".repeat(PAGE / 57);
    let offset = (number - 1) * i64::try_from(text.len()).unwrap();
    let next = (number < PAGES).then(|| number.to_string());
    json!({"items": [{
        "seq": number, "at": "2026-01-01T12:00:01Z", "event": "output", "attempt": 1,
        "offset": offset, "job_id": EXECUTION_ID, "step": "check", "worker": "web-1",
        "stream": "stdout", "text": text
    }], "next_cursor": next})
}

/// The most that a process had in memory so far, in KiB.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let size = line.unwrap().split_whitespace().nth(1);
    size.unwrap().parse().unwrap()
}

#[test]
fn a_long_log_takes_no_more_memory_than_a_few_pages() {
    let asking = Arc::new(AtomicU32::new(0));
    let peaks = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let (process, measured) = (Arc::clone(&asking), Arc::clone(&peaks));
    let fake = Fake::start(move |request, _| {
        if !request.path.ends_with("/logs") {
            return Answer::Json(200, execution("completed"));
        }
        let since = request.query.strip_prefix("cursor=");
        let number = since.map_or(1, |seq| seq.parse::<i64>().unwrap() + 1);
        // Whoever asks for the last page has had all the others.
        for (peak_at, when) in measured.iter().zip([EARLY, PAGES]) {
            if number == when {
                peak_at.store(peak(process.load(Ordering::SeqCst)), Ordering::SeqCst);
            }
        }
        Answer::Json(200, page(number))
    });
    let folder = fake.home.join("saved").display().to_string();
    for form in [
        &["--prefix", "none"][..],
        &["-o", "json"],
        &["--tail", "3"],
        &["--save", &folder],
    ] {
        peaks
            .iter()
            .for_each(|peak| peak.store(0, Ordering::SeqCst));
        let args = [&["execution", "logs", "42"][..], form].concat();
        let mut command = fake.command(&args);
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        asking.store(child.id(), Ordering::SeqCst);

        assert!(child.wait().unwrap().success());

        let [early, late] = [0, 1].map(|at: usize| peaks[at].load(Ordering::SeqCst));
        assert!(
            early > 0 && late > 0,
            "{form:?}: it did not ask for every page"
        );
        assert!(
            late < early + MORE,
            "{form:?}: {early} KiB after {EARLY} MiB, {late} KiB after {PAGES}"
        );
    }
}

/// Two pages of one short line each.
fn two() -> Fake {
    Fake::start(|request, _| {
        let is_second = request.query.contains("cursor=1");
        let entry = |seq: i64, text: &str| {
            let mut page = page(1)["items"][0].clone();
            page["seq"] = seq.into();
            page["text"] = text.into();
            page
        };
        match request.path.rsplit('/').next() {
            Some("logs") if is_second => Answer::page(&json!([entry(2, "two\n")])),
            Some("logs") => Answer::Json(
                200,
                json!({"items": [entry(1, "one\n")], "next_cursor": "1"}),
            ),
            _ => Answer::Json(200, execution("completed")),
        }
    })
}

#[test]
fn what_comes_page_by_page_is_one_list_in_every_form() {
    let fake = two();
    let log = |form: &[&str]| {
        let args = [&["execution", "logs", "42"][..], form].concat();
        fake.run(&args).exits(0).stdout
    };

    let array: Value = serde_json::from_str(&log(&["-o", "json"])).unwrap();
    let yaml: Value = serde_yaml::from_str(&log(&["-o", "yaml"])).unwrap();
    let whole = serde_json::to_string_pretty(&array).unwrap();

    assert_eq!(array.as_array().unwrap().len(), 2);
    assert_eq!(log(&["-o", "json"]), format!("{whole}\n"));
    assert_eq!(yaml.as_array().unwrap().len(), 2);
    assert_eq!(log(&["-o", "json", "--jq", "length"]), "2\n");
    assert_eq!(log(&["--format", "{{.seq}}"]), "1\n2\n");
    assert_eq!(log(&["-o", "json", "--since", "1s"]), "[]\n");
    assert_eq!(log(&["-o", "yaml", "--tail", "0"]), "[]\n");
}
