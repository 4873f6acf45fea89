//! Output of a command on its way to a terminal, as it comes.

use pulse_api::status::Stream;

use super::{
    Ui,
    out::{self, To},
    sanitize,
};
use crate::{error::Failure, flags::Output};

/// Passes both streams of a command on: as they are, but that a terminal gets nothing that steers it
/// unless `-o raw` asks for it.
pub(crate) struct Passing {
    is_raw: bool,
    stdout: Pieces,
    stderr: Pieces,
}

impl Passing {
    pub(crate) fn new(ui: &Ui) -> Self {
        Self {
            is_raw: ui.output == Output::Raw,
            stdout: Pieces::default(),
            stderr: Pieces::default(),
        }
    }

    pub(crate) fn pass(&mut self, stream: Stream, bytes: &[u8]) -> Result<(), Failure> {
        let (to, pieces) = match stream {
            Stream::Stdout => (To::Stdout, &mut self.stdout),
            Stream::Stderr => (To::Stderr, &mut self.stderr),
        };
        if self.is_raw || !to.is_terminal() {
            out::raw(to, bytes)?;
        } else {
            out::raw(to, pieces.feed(bytes).as_bytes())?;
        }
        Ok(())
    }

    /// Writes what was held back.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        out::raw(To::Stdout, self.stdout.end().as_bytes())?;
        out::raw(To::Stderr, self.stderr.end().as_bytes())?;
        Ok(())
    }
}

/// A stream that was cut anywhere: in the middle of a letter, of a sequence, of the end of a line.
#[derive(Debug, Default)]
struct Pieces {
    /// What cannot be shown before more of it is there.
    held: Vec<u8>,
}

/// The longest beginning of a sequence that is waited for.
const SEQUENCE: usize = 64;

impl Pieces {
    fn feed(&mut self, bytes: &[u8]) -> String {
        self.held.extend_from_slice(bytes);
        let rest = self.held.split_off(whole(&self.held));
        safe(&std::mem::replace(&mut self.held, rest))
    }

    fn end(&mut self) -> String {
        safe(&std::mem::take(&mut self.held))
    }
}

/// How much of it is whole.
fn whole(bytes: &[u8]) -> usize {
    let mut end = letters(bytes);
    let from = end.saturating_sub(SEQUENCE);
    if let Some(at) = bytes[from..end].iter().rposition(|byte| *byte == 0x1b)
        && is_begun(&bytes[from + at + 1..end])
    {
        end = from + at;
    }
    // Whether it ends a line or begins it anew, the next byte tells.
    if bytes[..end].ends_with(b"\r") {
        end -= 1;
    }
    end
}

/// Where the last whole letter ends; what is no text at all is not waited for.
pub(super) fn letters(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(3);
    let lead = bytes[from..].iter().rposition(|byte| *byte >= 0xc0);
    let Some(at) = lead.map(|at| from + at) else {
        return bytes.len();
    };
    match std::str::from_utf8(&bytes[at..]) {
        Err(error) if error.error_len().is_none() => at,
        Ok(_) | Err(_) => bytes.len(),
    }
}

/// Whether this follows an escape without ending what it began.
fn is_begun(after: &[u8]) -> bool {
    match after {
        [] => true,
        [b'[', rest @ ..] => !rest.iter().any(|byte| matches!(byte, b'@'..=b'~')),
        [b']' | b'P' | b'X' | b'^' | b'_', rest @ ..] => !rest.contains(&0x07),
        _ => false,
    }
}

/// Safe text in which a line that begins anew takes the place of what it was.
fn safe(bytes: &[u8]) -> String {
    const ANEW: &str = "\r\u{1b}[K";
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split('\n').map(|line| {
        let states = line.strip_suffix('\r').unwrap_or(line).split('\r');
        states.map(sanitize::line).collect::<Vec<_>>().join(ANEW)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&[u8]]) -> String {
        let mut stream = Pieces::default();
        let all = pieces.iter().map(|piece| stream.feed(piece));
        let all: String = all.collect();
        all + &stream.end()
    }

    #[test]
    fn it_does_not_matter_where_a_stream_is_cut() {
        let text = "Grüße ✓ 🦀\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}!\r\nend".as_bytes();

        for at in 0..=text.len() {
            assert_eq!(
                shown(&[&text[..at], &text[at..]]),
                "Grüße ✓ 🦀red!\nend",
                "cut at {at}"
            );
        }
    }

    #[test]
    fn progress_takes_the_place_of_what_it_was() {
        assert_eq!(
            shown(&[b"10%\r", b"20%\r30%", b"\r\ndone\n"]),
            "10%\r\u{1b}[K20%\r\u{1b}[K30%\ndone\n"
        );
    }

    #[test]
    fn what_is_no_text_is_not_waited_for() {
        assert_eq!(shown(&[b"a\xff", b"b"]), "a\u{fffd}b");
        assert_eq!(letters(b"a\xff"), 2);
        assert_eq!(letters("aü".as_bytes()), 3);
        assert_eq!(letters(&"aü".as_bytes()[..2]), 1);
    }
}
