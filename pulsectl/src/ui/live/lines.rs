//! Whole lines out of pieces of output.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use pulse_api::{JobId, http::executions::OutputEntry, status::Stream};

use crate::ui::passing::letters;

/// A line longer than this is shown in parts.
const LINE_LIMIT: usize = 64 * 1024;

/// One line of output, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) at: Timestamp,
    pub(crate) worker: String,
    pub(crate) step: String,
    pub(crate) is_stderr: bool,
    pub(crate) bytes: Vec<u8>,
}

/// The unfinished lines of every job.
#[derive(Debug, Default)]
pub(crate) struct Lines(BTreeMap<(JobId, u32, Stream), Line>);

impl Lines {
    /// Takes a piece of output and gives the lines that it completes.
    pub(crate) fn feed(&mut self, at: Timestamp, output: &OutputEntry) -> Vec<Line> {
        let bytes = bytes_of(output);
        let key = (output.job_id, output.attempt, output.stream);
        let open = self.0.entry(key).or_insert_with(|| Line {
            at,
            worker: output.worker.clone(),
            step: output.step.clone(),
            is_stderr: output.stream == Stream::Stderr,
            bytes: Vec::new(),
        });
        let mut done = Vec::new();
        let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            if open.bytes.is_empty() {
                open.at = at;
            }
            open.bytes.extend_from_slice(piece);
            let is_whole = pieces.peek().is_some();
            if is_whole || open.bytes.len() > LINE_LIMIT {
                let end = if is_whole {
                    open.bytes.len()
                } else {
                    letters(&open.bytes)
                };
                let rest = open.bytes.split_off(end);
                let bytes = std::mem::replace(&mut open.bytes, rest);
                done.push(Line {
                    at: open.at,
                    worker: open.worker.clone(),
                    step: open.step.clone(),
                    is_stderr: open.is_stderr,
                    bytes,
                });
            }
        }
        done
    }

    /// Gives up the unfinished lines of a job that is over, or of all jobs.
    pub(crate) fn flush(&mut self, job: Option<JobId>) -> Vec<Line> {
        let is_over = |key: &(JobId, u32, Stream)| job.is_none_or(|job| key.0 == job);
        let keys: Vec<_> = self.0.keys().filter(|key| is_over(key)).copied().collect();
        let lines = keys.iter().filter_map(|key| self.0.remove(key));
        lines.filter(|line| !line.bytes.is_empty()).collect()
    }
}

/// The bytes of a piece of output.
pub(crate) fn bytes_of(output: &OutputEntry) -> Vec<u8> {
    match (&output.text, &output.base64) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(encoded)) => BASE64_STANDARD.decode(encoded).unwrap_or_default(),
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(text: &str, stream: Stream) -> OutputEntry {
        OutputEntry {
            job_id: JobId::from(uuid::Uuid::nil()),
            step: "s".into(),
            worker: "w".into(),
            attempt: 1,
            stream,
            offset: 0,
            text: Some(text.into()),
            base64: None,
        }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| String::from_utf8_lossy(&line.bytes).into_owned())
            .collect()
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        let mut lines = Lines::default();
        let at = Timestamp::UNIX_EPOCH;

        assert!(lines.feed(at, &output("hel", Stream::Stdout)).is_empty());
        assert!(lines.feed(at, &output("err", Stream::Stderr)).is_empty());
        assert_eq!(
            texts(&lines.feed(at, &output("lo\nwor", Stream::Stdout))),
            ["hello"]
        );
        assert_eq!(texts(&lines.flush(None)), ["wor", "err"]);
        assert!(lines.flush(None).is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_not_cut_in_a_letter() {
        let mut lines = Lines::default();
        let text = format!("a{}", "ü".repeat(LINE_LIMIT));
        let (first, second) = text.as_bytes().split_at(LINE_LIMIT + 2);
        let piece = |bytes: &[u8]| OutputEntry {
            text: None,
            base64: Some(BASE64_STANDARD.encode(bytes)),
            ..output("", Stream::Stdout)
        };

        let mut given = lines.feed(Timestamp::UNIX_EPOCH, &piece(first));
        given.extend(lines.feed(Timestamp::UNIX_EPOCH, &piece(second)));
        given.extend(lines.flush(None));

        assert!(given.len() > 1);
        assert_eq!(texts(&given).concat(), text);
    }

    #[test]
    fn empty_lines_are_lines() {
        let mut lines = Lines::default();

        let given = lines.feed(Timestamp::UNIX_EPOCH, &output("\n\na\n", Stream::Stdout));

        assert_eq!(texts(&given), ["", "", "a"]);
    }

    #[test]
    fn bytes_that_are_no_text_come_as_base64() {
        let piece = OutputEntry {
            text: None,
            base64: Some("/wA=".into()),
            ..output("", Stream::Stdout)
        };

        assert_eq!(bytes_of(&piece), [0xff, 0]);
    }
}
