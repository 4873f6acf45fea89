//! Keys, or lines where the terminal knows no keys.

use std::{
    cell::Cell,
    io,
    time::{Duration, Instant},
};

use crossterm::event::{self, Event, EventStream, KeyCode, KeyEventKind};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};

use crate::{
    error::Failure,
    signals::{Signals, interrupted},
    ui::{
        Device,
        form::{Fill, Form},
        picker::{Key, Picker, Press},
        terminal::{KeyMode, discard_typed},
    },
};

/// What a person gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    Key(Key),
    Line(String),
    /// The terminal has another size: what is on it is no longer where it was.
    Resized,
    /// There will be no more.
    Closed,
}

enum Source {
    Off,
    Keys {
        events: Box<EventStream>,
        _mode: KeyMode,
    },
    Lines(Box<Lines<BufReader<Stdin>>>),
}

/// Reads from the terminal while something is asked, and leaves it alone otherwise.
pub(crate) struct Input {
    device: Device,
    source: Source,
    /// What is asked now.
    asked: Option<u32>,
    /// Whether no key has come for it yet.
    is_fresh: bool,
}

/// For how long an Enter still belongs to the digit or letter that has chosen by itself.
const HABIT: Duration = Duration::from_secs(1);

thread_local! {
    /// When the last key was pressed, where it was a digit or a letter. A process has one terminal.
    static TYPED: Cell<Option<Instant>> = const { Cell::new(None) };
}

impl Input {
    pub(crate) fn new(device: Device) -> Self {
        Self {
            device,
            source: Source::Off,
            asked: None,
            is_fresh: false,
        }
    }

    /// Reads for a question; whether it is another one than before, which can be shown now.
    ///
    /// Keys from before are no answer to it: whoever pressed them had not read it.
    pub(crate) fn start(&mut self, question: u32, signals: &Signals) -> Result<bool, Failure> {
        if self.asked == Some(question) {
            return Ok(false);
        }
        self.stop();
        self.asked = Some(question);
        self.is_fresh = true;
        match (self.device, &self.source) {
            (Device::Screen, _) => {
                let mode = KeyMode::enter(signals)?;
                discard_typed();
                discard_read()?;
                self.source = Source::Keys {
                    events: Box::new(EventStream::new()),
                    _mode: mode,
                };
            }
            (Device::Dumb, Source::Off) => {
                self.source = Source::Lines(Box::new(BufReader::new(tokio::io::stdin()).lines()));
            }
            (Device::Dumb, Source::Keys { .. } | Source::Lines(_)) => {}
        }
        Ok(true)
    }

    /// Gives the terminal back. Lines are read on, since the one that has begun cannot be unread.
    pub(crate) fn stop(&mut self) {
        self.asked = None;
        if matches!(self.source, Source::Keys { .. }) {
            self.source = Source::Off;
        }
    }

    /// Gives the next key or line; dropping the future loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Given, Failure> {
        match &mut self.source {
            Source::Off => std::future::pending().await,
            Source::Lines(lines) => {
                let line = lines.next_line().await?;
                Ok(line.map_or(Given::Closed, Given::Line))
            }
            Source::Keys { events, .. } => loop {
                let event = events.next().await.transpose()?;
                let Some(event) = event else {
                    return Ok(Given::Closed);
                };
                if matches!(event, Event::Resize(..)) {
                    return Ok(Given::Resized);
                }
                let Some(key) = key_of(&event) else { continue };
                let is_typed = matches!(key, Key::Char(_));
                let before = TYPED.replace(is_typed.then(Instant::now));
                let is_fresh = std::mem::take(&mut self.is_fresh);
                let is_habit = before.is_some_and(|at| at.elapsed() < HABIT);
                if !(is_fresh && is_habit && key == Key::Enter) {
                    return Ok(Given::Key(key));
                }
            },
        }
    }
}

/// Throws away keys that came together with one that ended a question.
fn discard_read() -> io::Result<()> {
    // Without a moment of time only a part of what was read is looked at.
    while event::poll(Duration::from_millis(1))? {
        event::read()?;
    }
    Ok(())
}

fn key_of(event: &Event) -> Option<Key> {
    let Event::Key(key) = event else { return None };
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if let KeyCode::Char(c) = key.code {
        return Some(Key::Char(c));
    }
    [
        (KeyCode::Up, Key::Up),
        (KeyCode::Down, Key::Down),
        (KeyCode::Home, Key::First),
        (KeyCode::End, Key::Last),
        (KeyCode::Enter, Key::Enter),
        (KeyCode::Esc, Key::Escape),
        (KeyCode::Backspace, Key::Erase),
    ]
    .into_iter()
    .find_map(|(code, meant)| (code == key.code).then_some(meant))
}

/// Lets a person fill in fields; `None` when they would rather not.
pub(crate) async fn fill_in(
    title: &str,
    mut form: Form,
    device: Device,
) -> Result<Option<Map<String, Value>>, Failure> {
    let mut board = crate::ui::live::Board::new(device);
    let mut signals = Signals::listen()?;
    let mut input = Input::new(device);
    input.start(0, &signals)?;
    loop {
        board.show(&form.draw(title, device));
        let given = tokio::select! {
            given = input.next() => given?,
            _ = signals.next() => {
                board.clear();
                return Err(interrupted());
            }
        };
        match form.give(&given) {
            Fill::Stay => {}
            Fill::Done(filled) => {
                board.clear();
                return Ok(Some(filled));
            }
            Fill::Back => {
                board.clear();
                return Ok(None);
            }
        }
    }
}

/// Lets a person pick one of some options; `None` when they would rather not.
pub(crate) async fn pick(
    title: &str,
    options: &[String],
    device: Device,
) -> Result<Option<usize>, Failure> {
    let mut picker = Picker::new(options);
    let mut board = crate::ui::live::Board::new(device);
    let mut signals = Signals::listen()?;
    let mut input = Input::new(device);
    input.start(0, &signals)?;
    board.show(&picker.draw(title, device));
    loop {
        let given = tokio::select! {
            given = input.next() => given?,
            _ = signals.next() => {
                board.clear();
                return Err(interrupted());
            }
        };
        match picker.give(&given) {
            Press::Stay => board.show(&picker.draw(title, device)),
            Press::Chosen(index) => {
                board.clear();
                return Ok(Some(index));
            }
            Press::Leave => {
                board.clear();
                return Ok(None);
            }
        }
    }
}
