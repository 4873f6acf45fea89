//! Keys, or lines where the terminal knows no keys.

use crossterm::event::{Event, EventStream, KeyCode, KeyEventKind};
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
        terminal::KeyMode,
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
}

impl Input {
    pub(crate) fn new(device: Device) -> Self {
        Self {
            device,
            source: Source::Off,
        }
    }

    /// Starts reading, unless it reads already.
    pub(crate) fn start(&mut self, signals: &Signals) -> Result<(), Failure> {
        if !matches!(self.source, Source::Off) {
            return Ok(());
        }
        self.source = match self.device {
            Device::Dumb => Source::Lines(Box::new(BufReader::new(tokio::io::stdin()).lines())),
            Device::Screen => {
                let mode = KeyMode::enter(signals)?;
                Source::Keys {
                    events: Box::new(EventStream::new()),
                    _mode: mode,
                }
            }
        };
        Ok(())
    }

    /// Gives the terminal back. Lines are read on, since the one that has begun cannot be unread.
    pub(crate) fn stop(&mut self) {
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
                if let Some(key) = key_of(&event) {
                    return Ok(Given::Key(key));
                }
            },
        }
    }
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
    input.start(&signals)?;
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
    input.start(&signals)?;
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
