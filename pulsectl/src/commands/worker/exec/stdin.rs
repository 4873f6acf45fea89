//! What the command reads: stdin of this side, sent along with it.
//!
//! A step has no stdin of its own, and its execution is kept; so what it shall read is part of the
//! command that is kept, and bounded.

use std::io::{self, IsTerminal as _, Read as _};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::error::Failure;

/// How much is sent along: with the rest of the document it has to stay below 64 KiB.
const LIMIT: usize = 32 * 1024;

/// Wraps a command so that it reads what stdin holds here.
pub(super) fn feed(command: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        return Err(Failure::usage("--stdin reads from a file or a pipe")
            .hint("give it one, such as `pulsectl worker exec W --stdin -- sh < script.sh`"));
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::usage("could not read stdin").because(&error))?;
    wrapped(command, &bytes)
}

fn wrapped(command: &str, bytes: &[u8]) -> Result<String, Failure> {
    if bytes.len() > LIMIT {
        return Err(Failure::usage(format!(
            "stdin holds more than the {} KiB that go along with a command",
            LIMIT / 1024
        ))
        .hint("put the file where the workers can fetch it, and have the command do that"));
    }
    let encoded = BASE64_STANDARD.encode(bytes);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(76)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    Ok(pulse_workflow::adhoc::fed(command, &lines))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn ran(command: &str, bytes: &[u8]) -> (Vec<u8>, Option<i32>) {
        let text = wrapped(command, bytes).unwrap();
        let output = Command::new("sh").arg("-c").arg(text).output().unwrap();
        (output.stdout, output.status.code())
    }

    #[test]
    fn every_byte_arrives_and_the_exit_code_is_the_commands() {
        let bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();

        assert_eq!(ran("cat; exit 7", &bytes), (bytes, Some(7)));
        assert_eq!(ran("cat # all of it", b""), (Vec::new(), Some(0)));
        assert_eq!(ran("wc -l", b"a\nPULSE_STDIN\n").0.trim_ascii(), b"2");
    }

    #[test]
    fn too_much_is_refused() {
        assert!(wrapped("cat", &vec![0; LIMIT]).is_ok());
        assert!(wrapped("cat", &vec![0; LIMIT + 1]).is_err());
    }
}
