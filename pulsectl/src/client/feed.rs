//! Everything that happens, as a stream that survives a lost connection.
//!
//! It goes on after the last event that was given: none is left out, none comes twice.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use futures_util::StreamExt as _;
use pulse_api::http::events::Event;

use super::{
    Call, Client, retry,
    sse::Parser,
    stream::{Bytes, Opened, PATIENCE, SILENCE, open, parse},
};
use crate::error::{Failure, Kind};

/// What the feed says next.
#[derive(Debug)]
pub(crate) enum Fed {
    Event(Box<Event>),
    /// The connection is gone; it is being looked for.
    Lost,
    /// The connection is back.
    Back,
    /// There is no more.
    End,
}

/// A feed of everything.
pub(crate) struct Feed {
    client: Client,
    call: Call,
    /// Where to go on.
    last_id: Option<String>,
    bytes: Option<Bytes>,
    parser: Parser,
    ready: VecDeque<Fed>,
    lost_at: Option<Instant>,
    tries: u32,
    is_bounded: bool,
}

impl Feed {
    /// A feed that ends with what is stored now.
    pub(crate) fn until_now(client: &Client, call: Call) -> Self {
        let mut feed = Self::new(client, call.query("follow", "false"));
        feed.is_bounded = true;
        feed
    }

    /// A feed without an end.
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self {
            client: client.clone(),
            call: call.streaming(),
            last_id: None,
            bytes: None,
            parser: Parser::default(),
            ready: VecDeque::new(),
            lost_at: None,
            tries: 0,
            is_bounded: false,
        }
    }

    /// Gives what comes next.
    pub(crate) async fn next(&mut self) -> Result<Fed, Failure> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Ok(ready);
            }
            match &mut self.bytes {
                Some(bytes) => match tokio::time::timeout(SILENCE, bytes.next()).await {
                    Ok(Some(Ok(piece))) => self.receive(&piece)?,
                    Ok(None) if self.is_bounded => return Ok(Fed::End),
                    Ok(Some(Err(_)) | None) | Err(_) => self.lose(),
                },
                None => self.connect().await?,
            }
        }
    }

    async fn connect(&mut self) -> Result<(), Failure> {
        if self.tries > 0 {
            let rest = retry::backoff(self.tries).max(Duration::from_millis(50));
            tokio::time::sleep(rest).await;
        }
        let mut call = self.call.clone();
        if let Some(id) = &self.last_id {
            call = call.header("Last-Event-ID", id.clone());
        }
        match open(self.client.clone(), call).await {
            Ok(Opened::Stream(bytes)) => {
                self.bytes = Some(bytes);
                self.tries = 0;
                if self.lost_at.take().is_some() {
                    self.ready.push_back(Fed::Back);
                }
                Ok(())
            }
            Ok(Opened::Plain(_)) => Err(Failure::general("the server does not tell events")
                .hint("are pulsectl and the server of the same version? `pulsectl doctor` looks")),
            Err(failure) => self.fail(failure),
        }
    }

    /// Goes on after a failure that may pass, unless it was the first try.
    fn fail(&mut self, failure: Failure) -> Result<(), Failure> {
        let may_pass = matches!(failure.kind, Kind::Unreachable | Kind::General);
        let is_patient = self
            .lost_at
            .is_some_and(|since| self.client.deadline().is_some() || since.elapsed() < PATIENCE);
        if !may_pass || !is_patient {
            return Err(failure);
        }
        self.tries += 1;
        Ok(())
    }

    fn lose(&mut self) {
        self.bytes = None;
        self.parser = Parser::default();
        self.tries += 1;
        if self.lost_at.is_none() {
            self.lost_at = Some(Instant::now());
            self.ready.push_back(Fed::Lost);
        }
    }

    fn receive(&mut self, piece: &[u8]) -> Result<(), Failure> {
        let events = self
            .parser
            .feed(piece)
            .map_err(|error| Failure::general("the stream could not be read").because(&error))?;
        for event in events {
            self.last_id = event.id.clone().or(self.last_id.take());
            // A kind of a newer server is not known here.
            if pulse_api::http::events::EventKind::KINDS.contains(&event.event.as_str()) {
                self.ready.push_back(Fed::Event(parse(&event)?));
            }
        }
        Ok(())
    }
}
