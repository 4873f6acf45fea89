//! Reading what was kept: the lines of both processes in the order of their times, from a place on.

use std::{
    collections::VecDeque,
    fmt,
    fs::File,
    io::{self, BufRead as _, BufReader, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    str::FromStr,
};

use jiff::Timestamp;
use pulse_api::{
    agent_log::{ANSWER_BYTES, ANSWER_LINES, LogLine, LogWanted, MOST_TAIL, WorkerLog},
    status::AgentPart,
};

use super::found;

/// A place in both logs, in bytes of all that was ever logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    link: u64,
    executor: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.link, self.executor)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (link, executor) = text.split_once('-').ok_or(())?;
        Ok(Self {
            link: link.parse().map_err(|_| ())?,
            executor: executor.parse().map_err(|_| ())?,
        })
    }
}

/// How often reading begins anew because a file has gone meanwhile.
const TRIES: u32 = 3;

/// Reads what is wanted, as far as one answer carries it.
pub(crate) fn read(folder: &Path, wanted: &LogWanted) -> io::Result<WorkerLog> {
    let mut tries = 0;
    loop {
        tries += 1;
        match read_once(folder, wanted) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < TRIES => {}
            read => return read,
        }
    }
}

fn read_once(folder: &Path, wanted: &LogWanted) -> io::Result<WorkerLog> {
    let (place, is_known) = match wanted.after.as_deref().map(str::parse) {
        Some(Ok(place)) => (place, true),
        // No place of this log: all that is there is new.
        Some(Err(())) => (
            Place {
                link: 1,
                executor: 1,
            },
            true,
        ),
        None => (beginning(folder, wanted)?, false),
    };
    let mut lines = Lines::open(folder, place)?;
    // Whoever begins without a place has missed nothing.
    let missed = is_known && lines.missed;
    let (mut taken, mut bytes) = (Vec::new(), 0);
    while let Some(line) = lines.peek()? {
        bytes += line.text.len();
        if taken.len() == ANSWER_LINES || (bytes > ANSWER_BYTES && !taken.is_empty()) {
            break;
        }
        taken.extend(lines.next()?);
    }
    Ok(WorkerLog {
        lines: taken,
        more: lines.peek()?.is_some(),
        cursor: lines.place().to_string(),
        missed,
    })
}

/// Where the newest lines begin that are wanted.
fn beginning(folder: &Path, wanted: &LogWanted) -> io::Result<Place> {
    let mut lines = Lines::open(
        folder,
        Place {
            link: 0,
            executor: 0,
        },
    )?;
    let tail = wanted.tail.map(|tail| tail.min(MOST_TAIL) as usize);
    let mut last = VecDeque::new();
    let mut first = lines.place();
    while let Some(line) = lines.peek()? {
        let is_wanted = !last.is_empty() || wanted.since.is_none_or(|since| line.at >= since);
        if is_wanted && (tail.is_some() || last.is_empty()) {
            last.push_back(lines.place());
        }
        lines.next()?;
        if tail.is_some_and(|tail| last.len() > tail) {
            last.pop_front();
        }
        first = lines.place();
    }
    Ok(last.front().copied().unwrap_or(first))
}

/// The lines of both processes.
struct Lines {
    link: Source,
    executor: Source,
    /// Whether a place was asked for that is not there any more.
    missed: bool,
}

impl Lines {
    fn open(folder: &Path, place: Place) -> io::Result<Self> {
        let (link, link_missed) = Source::open(folder, AgentPart::Link, place.link)?;
        let (executor, executor_missed) =
            Source::open(folder, AgentPart::Executor, place.executor)?;
        Ok(Self {
            link,
            executor,
            missed: link_missed || executor_missed,
        })
    }

    /// Behind the last line that was taken.
    fn place(&self) -> Place {
        Place {
            link: self.link.at,
            executor: self.executor.at,
        }
    }

    /// The one that is next.
    fn earlier(&mut self) -> io::Result<&mut Source> {
        let at = |line: Option<&LogLine>| line.map_or(Timestamp::MAX, |line| line.at);
        let (link, executor) = (self.link.peek()?, self.executor.peek()?);
        let is_link = executor.is_none() || link.is_some() && at(link) <= at(executor);
        Ok(if is_link {
            &mut self.link
        } else {
            &mut self.executor
        })
    }

    fn peek(&mut self) -> io::Result<Option<&LogLine>> {
        self.earlier()?.peek()
    }

    fn next(&mut self) -> io::Result<Option<LogLine>> {
        Ok(self.earlier()?.next())
    }
}

/// The lines of one process.
struct Source {
    part: AgentPart,
    /// Those that are still to be read, with where each begins.
    files: VecDeque<(u64, PathBuf)>,
    reader: Option<BufReader<File>>,
    /// Behind the last line that was taken.
    at: u64,
    /// The line that was read and not taken, and where it ends.
    head: Option<(LogLine, u64)>,
    /// How far was read.
    read: u64,
}

impl Source {
    /// Begins there; or, where that is not to be had, with the oldest that is, and says that it does.
    fn open(folder: &Path, part: AgentPart, at: u64) -> io::Result<(Self, bool)> {
        let files = match found(folder, part) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            files => files?,
        };
        let first = files.first().map(|(start, _)| *start);
        let end = files.last().map_or(Ok(0), |(start, path)| {
            Ok::<u64, io::Error>(start + path.metadata()?.len())
        })?;
        // Nothing was there yet when somebody was given the place 0.
        let is_there = at == 0 || first.is_some_and(|first| (first..=end).contains(&at));
        let at = if is_there && at > 0 {
            at
        } else {
            first.unwrap_or(0)
        };
        let mut files = VecDeque::from(files);
        while files.get(1).is_some_and(|(start, _)| *start <= at) {
            files.pop_front();
        }
        let source = Self {
            part,
            files,
            reader: None,
            at,
            head: None,
            read: at,
        };
        Ok((source, !is_there))
    }

    /// The next whole line.
    fn peek(&mut self) -> io::Result<Option<&LogLine>> {
        while self.head.is_none() {
            let mut bytes = Vec::new();
            let Some(reader) = self.reader()? else { break };
            reader.read_until(b'\n', &mut bytes)?;
            if bytes.last() == Some(&b'\n') {
                self.read += bytes.len() as u64;
                self.head = self.line(&bytes).map(|line| (line, self.read));
            } else if self.files.len() > 1 {
                self.files.pop_front();
                (self.reader, self.read) = (None, self.files[0].0);
            } else {
                // It is read again once the rest of it is there.
                (self.reader, self.files) = (None, VecDeque::new());
            }
        }
        Ok(self.head.as_ref().map(|(line, _)| line))
    }

    /// Takes the line that was looked at.
    fn next(&mut self) -> Option<LogLine> {
        let (line, end) = self.head.take()?;
        self.at = end;
        Some(line)
    }

    fn reader(&mut self) -> io::Result<Option<&mut BufReader<File>>> {
        if self.reader.is_none()
            && let Some((start, path)) = self.files.front()
        {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(self.read.saturating_sub(*start)))?;
            self.reader = Some(BufReader::new(file));
        }
        Ok(self.reader.as_mut())
    }

    /// What was written as `TIME LEVEL TEXT`; nothing where a crash or a full disk has torn it.
    fn line(&self, bytes: &[u8]) -> Option<LogLine> {
        let text = str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (at, rest) = text.split_once(' ')?;
        let (level, text) = rest.split_once(' ')?;
        Some(LogLine {
            at: at.parse().ok()?,
            level: level.parse().ok()?,
            part: self.part,
            text: text.to_owned(),
        })
    }
}
