//! What was logged is there again, in order, once, and what is missing is said to be.

use std::{fs, io::Write as _};

use jiff::Timestamp;
use pulse_api::agent_log::{ANSWER_LINES, LogWanted, WorkerLog};

use super::*;
use crate::own_log::file::LIMIT;

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("pulse-log-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn files(&self, part: AgentPart) -> Files {
        Files::open(&self.0, part).unwrap()
    }

    fn read(&self, wanted: &LogWanted) -> WorkerLog {
        read(&self.0, wanted).unwrap()
    }

    fn after(&self, cursor: &str) -> WorkerLog {
        self.read(&LogWanted {
            after: Some(cursor.to_owned()),
            ..LogWanted::default()
        })
    }

    fn tail(&self, tail: u32) -> WorkerLog {
        self.read(&LogWanted {
            tail: Some(tail),
            ..LogWanted::default()
        })
    }

    /// The newest file of a process.
    fn newest(&self, part: AgentPart) -> PathBuf {
        found(&self.0, part).unwrap().pop().unwrap().1
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn line(second: i64, text: &str) -> LogLine {
    LogLine {
        at: Timestamp::from_second(second).unwrap(),
        level: LogLevel::Info,
        part: AgentPart::Link,
        text: text.to_owned(),
    }
}

fn texts(log: &WorkerLog) -> Vec<&str> {
    log.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn both_processes_are_read_in_the_order_of_their_times() {
    let folder = Folder::new();
    let (mut link, mut executor) = (
        folder.files(AgentPart::Link),
        folder.files(AgentPart::Executor),
    );
    link.write(&line(1, "a"));
    executor.write(&line(2, "b"));
    link.write(&line(3, "c = \"ü\""));

    let log = folder.read(&LogWanted::default());

    assert_eq!(texts(&log), ["a", "b", "c = \"ü\""]);
    assert_eq!(log.lines[1].part, AgentPart::Executor);
    assert_eq!(texts(&folder.tail(2)), ["b", "c = \"ü\""]);
    assert_eq!(texts(&folder.tail(0)), Vec::<&str>::new());
    let since = LogWanted {
        since: Some(Timestamp::from_second(2).unwrap()),
        ..LogWanted::default()
    };
    assert_eq!(texts(&folder.read(&since)), ["b", "c = \"ü\""]);
    assert!(!log.missed && !log.more);
}

#[test]
fn a_place_goes_on_where_it_was_whoever_writes_next() {
    let folder = Folder::new();
    folder.files(AgentPart::Link).write(&line(1, "before"));
    let begun = folder.tail(0);

    // Another process after a restart, and the executor for the first time.
    folder.files(AgentPart::Link).write(&line(2, "after"));
    folder.files(AgentPart::Executor).write(&line(3, "first"));
    let log = folder.after(&begun.cursor);

    assert_eq!(texts(&log), ["after", "first"]);
    assert!(!log.missed);
    assert!(folder.after(&log.cursor).lines.is_empty());
}

#[test]
fn more_than_one_answer_carries_comes_in_several_without_a_gap() {
    let folder = Folder::new();
    let mut link = folder.files(AgentPart::Link);
    let all: Vec<String> = (0..3_000).map(|number| format!("line {number}")).collect();
    for text in &all {
        link.write(&line(1, text));
    }

    let mut log = folder.read(&LogWanted::default());
    let mut got: Vec<String> = Vec::new();
    loop {
        assert!(log.lines.len() <= ANSWER_LINES && !log.missed);
        got.extend(log.lines.into_iter().map(|line| line.text));
        if !log.more {
            break;
        }
        log = folder.after(&log.cursor);
    }

    assert_eq!(got, all);
}

#[test]
fn what_is_kept_is_bounded_and_a_place_that_has_gone_is_said_to_be_missed() {
    let folder = Folder::new();
    let mut link = folder.files(AgentPart::Link);
    link.write(&line(1, "first"));
    let early = folder.tail(1);
    let text = "x".repeat(1_000);
    let written = 4 * LIMIT / 1_000;
    for _ in 0..written {
        link.write(&line(2, &text));
    }
    link.write(&line(3, "last"));

    let kept: u64 = found(&folder.0, AgentPart::Link)
        .unwrap()
        .iter()
        .map(|(_, path)| path.metadata().unwrap().len())
        .sum();
    let late = folder.after(&early.cursor);

    assert!(kept > LIMIT && kept < 2 * LIMIT + 4_000, "{kept}");
    assert!(late.missed);
    assert_eq!(texts(&folder.tail(1)), ["last"]);
    // Whoever begins has missed nothing.
    assert!(!folder.tail(1).missed);
    // A place in the middle of what is there, across the end of a file, misses nothing.
    let mut log = folder.read(&LogWanted::default());
    let mut count = log.lines.len();
    while log.more {
        log = folder.after(&log.cursor);
        assert!(!log.missed);
        count += log.lines.len();
    }
    let length = line(2, &text).at.to_string().len() + " info ".len() + text.len() + 1;
    let expected = usize::try_from(kept).unwrap() / length;
    assert!(count.abs_diff(expected) <= 1, "{count}, {expected}");
}

#[test]
fn a_torn_line_is_left_out_and_spoils_no_other() {
    let folder = Folder::new();
    folder.files(AgentPart::Link).write(&line(1, "whole"));
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(folder.newest(AgentPart::Link))
        .unwrap();
    file.write_all(b"2026-01-01T00:00:00Z info to").unwrap();
    let torn = folder.tail(10);

    folder.files(AgentPart::Link).write(&line(2, "next"));
    let after = folder.after(&torn.cursor);

    assert_eq!(texts(&torn), ["whole"]);
    assert_eq!(texts(&after)[1..], ["next"]);
    assert_eq!(texts(&after)[0], "to");
}

#[test]
fn a_log_that_begins_anew_is_not_taken_for_the_one_before() {
    let folder = Folder::new();
    folder.files(AgentPart::Link).write(&line(1, "old"));
    let old = folder.tail(1);
    fs::remove_file(folder.newest(AgentPart::Link)).unwrap();

    let mut files = folder.files(AgentPart::Link);
    for _ in 0..10 {
        files.write(&line(2, "new"));
    }
    let log = folder.after(&old.cursor);

    assert!(log.missed);
    assert_eq!(log.lines.len(), 10);
}

#[test]
fn what_is_no_place_here_begins_with_the_oldest_and_says_so() {
    let folder = Folder::new();
    folder.files(AgentPart::Link).write(&line(1, "a"));

    let log = folder.after("elsewhere");

    assert_eq!((texts(&log), log.missed), (vec!["a"], true));
}

#[test]
fn a_sentence_and_its_fields_are_one_line_that_no_terminal_obeys() {
    let told = Told {
        sentence: "a\r\n\u{1b}[31mb".to_owned(),
        fields: format!(" reason=\"{}\"", "é".repeat(LINE_BYTES)),
    };

    let text = told.text();

    assert!(text.starts_with("a   [31mb reason="), "{text}");
    assert!(text.len() <= LINE_BYTES);
}

#[test]
fn what_cannot_be_read_is_told_without_what_stands_in_it() {
    let broken = serde_json::from_str::<u32>("\"hunter2\"").unwrap_err();
    let missing = serde_json::from_str::<LogLine>("{}").unwrap_err();

    assert!(broken.to_string().contains("hunter2"));
    assert!(!unreadable(&broken).contains("hunter2"));
    assert!(unreadable(&missing).contains("missing field"));
}
