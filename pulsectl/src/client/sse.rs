//! Reading server-sent events from bytes as they arrive.

/// One event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SseEvent {
    pub(super) id: Option<String>,
    pub(super) event: String,
    pub(super) data: String,
}

/// The longest event that is kept in memory.
const EVENT_LIMIT: usize = 16 * 1024 * 1024;

/// The stream sent an event without end.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an event of the stream is larger than {} MiB", EVENT_LIMIT / 1024 / 1024)]
pub(super) struct EventTooLarge;

/// Splits a stream into events, however the bytes are cut.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    /// The last byte was `\r`: a `\n` right after it ends no further line.
    after_return: bool,
    pending: SseEvent,
    has_data: bool,
}

impl Parser {
    /// Takes the next bytes and gives the events that they complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<Vec<SseEvent>, EventTooLarge> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            if std::mem::take(&mut self.after_return) && rest[0] == b'\n' {
                rest = &rest[1..];
                continue;
            }
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                self.line.extend_from_slice(rest);
                break;
            };
            self.line.extend_from_slice(&rest[..end]);
            self.after_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            events.extend(self.end_line());
        }
        if self.line.len() + self.pending.data.len() > EVENT_LIMIT {
            return Err(EventTooLarge);
        }
        Ok(events)
    }

    fn end_line(&mut self) -> Option<SseEvent> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            let event = std::mem::take(&mut self.pending);
            return std::mem::take(&mut self.has_data).then_some(event);
        }
        let line = String::from_utf8_lossy(&line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.pending.event),
            "id" => self.pending.id = Some(value.to_owned()),
            "data" => {
                if self.has_data {
                    self.pending.data.push('\n');
                }
                self.pending.data.push_str(value);
                self.has_data = true;
            }
            // A comment keeps the connection open; `retry` is decided on this side.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = ": hello\n\nid: 1\nevent: status\ndata: {\"a\":\ndata: \"ü\"}\n\n\
                          id: 2\r\nevent: end\r\ndata: x\r\n\r\nid: 3\rdata: y\r\r";

    fn events(chunks: impl Iterator<Item = Vec<u8>>) -> Vec<SseEvent> {
        let mut parser = Parser::default();
        chunks
            .flat_map(|chunk| parser.feed(&chunk).unwrap())
            .collect()
    }

    fn event(id: &str, event: &str, data: &str) -> SseEvent {
        SseEvent {
            id: Some(id.into()),
            event: event.into(),
            data: data.into(),
        }
    }

    #[test]
    fn events_do_not_depend_on_how_the_bytes_are_cut() {
        let wanted = vec![
            event("1", "status", "{\"a\":\n\"ü\"}"),
            event("2", "end", "x"),
            event("3", "", "y"),
        ];

        for size in 1..=STREAM.len() {
            let chunks = STREAM.as_bytes().chunks(size).map(<[u8]>::to_vec);

            assert_eq!(events(chunks), wanted, "in pieces of {size}");
        }
    }

    #[test]
    fn comments_alone_are_no_event() {
        assert_eq!(events([b":\n\n: ping\n\n".to_vec()].into_iter()), []);
    }

    #[test]
    fn an_endless_line_is_refused() {
        let mut parser = Parser::default();
        let piece = vec![b'x'; 1024 * 1024];

        let refused = (0..20).any(|_| parser.feed(&piece).is_err());

        assert!(refused);
    }
}
