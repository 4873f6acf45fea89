//! Ending everything that belongs to a stack, whoever started it and however it was left.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;

use super::{
    layout::Layout,
    postgres,
    processes::{Process, descendants, end},
};

/// The names of the two children that every stack has.
pub(crate) const POSTGRES: &str = "postgres";
pub(crate) const SERVER: &str = "server";

/// TERM, and KILL for what does not listen.
const PROGRAM: [(Signal, Duration); 2] = [
    (Signal::TERM, Duration::from_secs(3)),
    (Signal::KILL, Duration::from_secs(1)),
];
const DATABASE: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(4)),
    (Signal::QUIT, Duration::from_secs(1)),
    (Signal::KILL, Duration::from_secs(1)),
];

/// Ends the agents with their executors and steps, then the server, then the database.
///
/// Takes at most 20 seconds, and returns how many processes it found alive.
pub(crate) fn sweep(layout: &Layout) -> usize {
    let recorded = recorded(layout);
    let named = |name: &str| {
        let found = recorded.iter().filter(|(of, _)| of == name);
        found
            .map(|(_, process)| process.clone())
            .collect::<Vec<_>>()
    };
    let agents = end_agents(layout, &recorded);
    let server = named(SERVER);
    end(&server, &PROGRAM);
    let mut database = named(POSTGRES);
    database.extend(postmaster(layout).filter(|process| !named(POSTGRES).contains(process)));
    end(&database, &DATABASE);
    let _ = fs::remove_file(layout.children());
    postgres::forget_folder(layout.dir());
    agents + server.len() + database.len()
}

/// Links first: a link that is told to go leaves its executor in peace.
fn end_agents(layout: &Layout, recorded: &[(String, Process)]) -> usize {
    let mut all = agents(layout);
    for (name, process) in recorded {
        if name != SERVER && name != POSTGRES && !all.contains(process) {
            all.push(process.clone());
        }
    }
    let below = descendants(&all);
    let (links, executors): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|process| !process.has_argument(|argument| argument == "executor"));
    end(&links, &PROGRAM);
    end(&executors, &PROGRAM);
    // What came up in between, and what outlived its parent.
    let mut left = agents(layout);
    left.extend(descendants(&left));
    left.extend(below.into_iter().filter(Process::is_alive));
    left.extend(steps(layout));
    end(&left, &[(Signal::KILL, Duration::from_secs(2))]);
    links.len() + executors.len()
}

/// Every agent process whose state lies in this stack's folder.
fn agents(layout: &Layout) -> Vec<Process> {
    let workers = layout.workers();
    let is_below = |argument: &str| {
        let path = argument.strip_prefix("--state-dir=").unwrap_or(argument);
        Path::new(path).starts_with(&workers)
    };
    let mut found = Process::list();
    found.retain(|process| process.is_program("pulse-agent") && process.has_argument(is_below));
    found
}

/// Every process that a step of this stack's workers started, however far it went away.
fn steps(layout: &Layout) -> Vec<Process> {
    let workers = layout.workers();
    let is_below = |path: &str| Path::new(path).starts_with(&workers);
    let mut found = Process::list();
    found.retain(|process| process.has_variable("PULSE_OUTPUT", is_below));
    found
}

/// The children that the supervisor wrote down and that are still alive.
fn recorded(layout: &Layout) -> Vec<(String, Process)> {
    let text = fs::read_to_string(layout.children()).unwrap_or_default();
    let line = |line: &str| {
        let mut words = line.split(' ');
        let (name, pid, started) = (words.next()?, words.next()?, words.next()?);
        let process = Process::find(pid.parse().ok()?)?;
        (process.started == started.parse::<u64>().ok()?).then(|| (name.to_owned(), process))
    };
    text.lines().filter_map(line).collect()
}

/// The database server by its own record, if the process is one.
fn postmaster(layout: &Layout) -> Option<Process> {
    let folder = layout.dir().join("postgres");
    let text = fs::read_to_string(folder.join("postmaster.pid")).ok()?;
    let process = Process::find(text.lines().next()?.trim().parse().ok()?)?;
    let folder = folder.display().to_string();
    process
        .has_argument(|argument| argument == folder)
        .then_some(process)
}
