//! What a list shows of an item.

use jiff::Timestamp;
use pulse_api::status::{
    AdminState, CheckResult, EnrollTokenStatus, ExecutionStatus, JobStatus, MonitorStatus,
    PromptStatus, StepStatus, WorkerStatus,
};

use super::{TimeStyle, sanitize};

/// How a cell feels; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Good,
    Busy,
    Warn,
    Bad,
    Dim,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
    /// What a program reads instead.
    value: Option<String>,
}

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    pub(crate) fn toned(text: impl AsRef<str>, tone: Tone) -> Self {
        Self {
            text: sanitize::cell(text.as_ref()),
            tone,
            value: None,
        }
    }

    /// A value that may be missing.
    pub(crate) fn maybe(text: Option<impl AsRef<str>>) -> Self {
        text.map_or_else(|| Self::toned("-", Tone::Dim), Self::new)
    }

    /// The same, written for programs without units and marks.
    pub(crate) fn for_programs(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// What CSV has for it; nothing where the value is missing.
    pub(super) fn value(&self) -> &str {
        match &self.value {
            Some(value) => value,
            None if self.is_missing() => "",
            None => &self.text,
        }
    }

    /// Whether it stands for a value that is missing.
    fn is_missing(&self) -> bool {
        *self == Self::maybe(None::<&str>)
    }

    pub(crate) fn list(items: &[String]) -> Self {
        Self::maybe((!items.is_empty()).then(|| items.join(",")))
    }
}

/// A column of a list.
pub(crate) struct Column<T> {
    pub(crate) title: &'static str,
    /// Whether only `-o wide` shows it.
    pub(crate) wide: bool,
    pub(crate) cell: fn(&T, &TimeStyle) -> Cell,
}

impl<T> Column<T> {
    pub(crate) const fn new(title: &'static str, cell: fn(&T, &TimeStyle) -> Cell) -> Self {
        Self {
            title,
            wide: false,
            cell,
        }
    }

    pub(crate) const fn wide(title: &'static str, cell: fn(&T, &TimeStyle) -> Cell) -> Self {
        Self {
            title,
            wide: true,
            cell,
        }
    }
}

/// Something that lists show.
pub(crate) trait Row: Sized {
    /// The noun, as in `worker/web-1`.
    const KIND: &'static str;

    fn columns() -> Vec<Column<Self>>;

    /// What is said where a list is empty.
    fn nothing() -> String {
        format!("no {}s", Self::KIND)
    }

    /// The name or id that stands for it alone.
    fn key(&self) -> String;
}

/// A word for a state, with its colour.
pub(crate) trait Toned: std::fmt::Display {
    fn tone(&self) -> Tone;

    fn to_cell(&self) -> Cell {
        Cell::toned(self.to_string(), self.tone())
    }
}

impl Toned for WorkerStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Online => Tone::Good,
            Self::Unreachable => Tone::Warn,
            Self::Offline => Tone::Bad,
            Self::Deleted => Tone::Dim,
        }
    }
}

impl Toned for AdminState {
    fn tone(&self) -> Tone {
        match self {
            Self::Active => Tone::Plain,
            Self::Draining | Self::Drained | Self::Held => Tone::Warn,
        }
    }
}

impl Toned for ExecutionStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Pending => Tone::Plain,
            Self::Running => Tone::Busy,
            Self::Waiting => Tone::Warn,
            Self::Completed => Tone::Good,
            Self::Failed | Self::TimedOut => Tone::Bad,
            Self::Cancelled => Tone::Dim,
        }
    }
}

impl Toned for StepStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Waiting | Self::Skipped | Self::Cancelled => Tone::Dim,
            Self::Ready => Tone::Plain,
            Self::Running => Tone::Busy,
            Self::Succeeded => Tone::Good,
            Self::Failed => Tone::Bad,
        }
    }
}

impl Toned for JobStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Pending | Self::Polled => Tone::Plain,
            Self::Running => Tone::Busy,
            Self::Succeeded => Tone::Good,
            Self::Failed | Self::TimedOut | Self::Lost => Tone::Bad,
            Self::Cancelled => Tone::Dim,
        }
    }
}

impl Toned for PromptStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Open => Tone::Warn,
            Self::Answered => Tone::Good,
            Self::Expired | Self::Cancelled => Tone::Dim,
        }
    }
}

impl Toned for EnrollTokenStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Issued => Tone::Good,
            Self::Consumed | Self::Expired | Self::Revoked => Tone::Dim,
        }
    }
}

impl Toned for MonitorStatus {
    fn tone(&self) -> Tone {
        match self {
            Self::Unknown => Tone::Warn,
            Self::Up => Tone::Good,
            Self::Down => Tone::Bad,
            Self::Paused => Tone::Dim,
        }
    }
}

impl Toned for CheckResult {
    fn tone(&self) -> Tone {
        match self {
            Self::Good => Tone::Good,
            Self::Failed => Tone::Bad,
            Self::Unable | Self::Lost => Tone::Warn,
        }
    }
}

/// A time that may be missing.
pub(crate) fn time_cell(at: Option<Timestamp>, times: &TimeStyle) -> Cell {
    Cell::maybe(at.map(|at| times.show(at)))
}

/// Text in the colour of a tone, for a line of its own.
pub(crate) fn toned(text: &str, tone: Tone) -> String {
    use anstyle::AnsiColor;

    let style = match tone {
        Tone::Plain => return text.to_owned(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Busy => AnsiColor::Cyan.on_default(),
        Tone::Warn => AnsiColor::Yellow.on_default(),
        Tone::Bad => AnsiColor::Red.on_default(),
        Tone::Dim => AnsiColor::BrightBlack.on_default(),
    };
    format!("{style}{text}{style:#}")
}
