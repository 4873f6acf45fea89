//! A tap on the line to PostgreSQL: it notes what is said, and can cut the line.
//!
//! It understands as much of the protocol as it needs to know which statement is which.

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{database::Database, eventually};

/// A statement on its way to PostgreSQL.
#[derive(Debug, Clone)]
pub struct Sent {
    /// On which connection, counted from 1.
    pub connection: usize,
    pub statement: String,
    /// How many statements of this connection had been answered when it was sent.
    pub answered: usize,
}

/// A tap in front of a database.
#[derive(Debug)]
pub struct Tap {
    database: String,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    sent: Mutex<Vec<Sent>>,
    /// The next transaction with a statement that contains this loses the answer to its commit.
    doomed: Mutex<Option<String>>,
    /// Nothing is passed on, and nobody is told.
    is_silent: AtomicBool,
    is_over: AtomicBool,
    connections: AtomicUsize,
}

/// What both directions of one connection know.
#[derive(Debug, Default)]
struct Line {
    number: usize,
    answered: AtomicUsize,
    /// The answer to a commit is awaited, and is the last thing that comes.
    is_last: AtomicBool,
}

impl Tap {
    /// Taps the line to a database from now on.
    pub fn on(database: &Database) -> Self {
        let (before, after) = database.url().split_once("?host=").unwrap();
        let (folder, user) = after.split_once("&user=").unwrap();
        let socket = Path::new(&folder.replace("%2F", "/")).join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let name = before.rsplit('/').next().unwrap();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread::spawn(move || accept(&listener, &socket, &shared));
        Self {
            database: format!("postgres://{user}@{address}/{name}"),
            state,
        }
    }

    /// The database, by way of the tap.
    pub fn url(&self) -> &str {
        &self.database
    }

    /// Everything that was said so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.state.sent.lock().unwrap().clone()
    }

    /// Lets the next transaction that contains such a statement commit, and cuts its line before
    /// the answer gets back.
    pub fn cut_after_commit_of(&self, text: &str) {
        *self.state.doomed.lock().unwrap() = Some(text.to_owned());
    }

    /// Passes nothing on any more, as a network that swallows everything.
    pub fn fall_silent(&self) {
        self.state.is_silent.store(true, Ordering::SeqCst);
    }

    /// Passes on again, also what was swallowed.
    pub fn speak(&self) {
        self.state.is_silent.store(false, Ordering::SeqCst);
    }

    /// Whether that has happened.
    pub fn has_cut(&self) -> bool {
        self.state.doomed.lock().unwrap().is_none()
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
    }
}

fn accept(listener: &TcpListener, socket: &PathBuf, state: &Arc<State>) {
    loop {
        let accepted = eventually("a connection", Duration::from_hours(1), || {
            let is_over = state.is_over.load(Ordering::SeqCst);
            is_over
                .then_some(None)
                .or_else(|| listener.accept().ok().map(Some))
        });
        let Some((inside, _)) = accepted else { return };
        inside.set_nonblocking(false).unwrap();
        inside.set_nodelay(true).unwrap();
        let Ok(outside) = UnixStream::connect(socket) else {
            continue;
        };
        let line = Arc::new(Line {
            number: state.connections.fetch_add(1, Ordering::SeqCst) + 1,
            ..Line::default()
        });
        let (from, to) = (inside.try_clone().unwrap(), outside.try_clone().unwrap());
        let (shared, same) = (Arc::clone(state), Arc::clone(&line));
        thread::spawn(move || ask(from, to, (&shared, &same)));
        thread::spawn(move || answer(outside, inside, &line));
    }
}

/// Carries what the server under test says.
fn ask(mut from: TcpStream, mut to: UnixStream, (state, line): (&State, &Line)) {
    let mut ear = Ear::default();
    let mut piece = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        for statement in ear.hear(&piece[..count]) {
            note(statement, &mut ear.transaction, (state, line));
        }
        eventually("leave to speak", Duration::from_hours(1), || {
            let is_held = state.is_silent.load(Ordering::SeqCst);
            (!is_held || state.is_over.load(Ordering::SeqCst)).then_some(())
        });
        if to.write_all(&piece[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

fn note(statement: String, transaction: &mut Vec<String>, (state, line): (&State, &Line)) {
    if statement == "begin" {
        transaction.clear();
    }
    if statement == "commit" {
        let mut doomed = state.doomed.lock().unwrap();
        let is_meant = |text: &String| transaction.iter().any(|of| of.contains(text.as_str()));
        if doomed.as_ref().is_some_and(is_meant) {
            *doomed = None;
            line.is_last.store(true, Ordering::SeqCst);
        }
    }
    transaction.push(statement.clone());
    state.sent.lock().unwrap().push(Sent {
        connection: line.number,
        statement,
        answered: line.answered.load(Ordering::SeqCst),
    });
}

/// Carries what PostgreSQL says.
fn answer(mut from: UnixStream, mut to: TcpStream, line: &Line) {
    let mut messages = Messages {
        is_begun: true,
        ..Messages::default()
    };
    let mut piece = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        let answers = messages.add(&piece[..count]);
        let is_committed = answers
            .iter()
            .any(|(kind, body)| *kind == b'C' && body.starts_with(b"COMMIT"));
        if line.is_last.load(Ordering::SeqCst) {
            // Whatever comes together with the answer to the commit is lost with it.
            if is_committed {
                break;
            }
            continue;
        }
        let ready = answers.iter().filter(|(kind, _)| *kind == b'Z').count();
        line.answered.fetch_add(ready, Ordering::SeqCst);
        if to.write_all(&piece[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

/// What one side says, message by message.
#[derive(Debug, Default)]
struct Messages {
    rest: Vec<u8>,
    /// The first message of a client has no type.
    is_begun: bool,
}

impl Messages {
    fn add(&mut self, bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
        self.rest.extend_from_slice(bytes);
        let mut found = Vec::new();
        loop {
            let typed = usize::from(self.is_begun);
            let Some(length) = self.rest.get(typed..typed + 4) else {
                return found;
            };
            let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
            if self.rest.len() < typed + length {
                return found;
            }
            let message: Vec<u8> = self.rest.drain(..typed + length).collect();
            if self.is_begun {
                found.push((message[0], message[5..].to_vec()));
            }
            self.is_begun = true;
        }
    }
}

/// Understands which statements a client runs.
#[derive(Debug, Default)]
struct Ear {
    messages: Messages,
    prepared: HashMap<Vec<u8>, String>,
    /// The statements of the transaction that is on.
    transaction: Vec<String>,
}

impl Ear {
    fn hear(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut run = Vec::new();
        for (kind, body) in self.messages.add(bytes) {
            let mut words = body.split(|byte| *byte == 0);
            let (first, second) = (words.next().unwrap_or_default(), words.next());
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            match (kind, second) {
                (b'Q', _) => run.push(text(first)),
                (b'P', Some(statement)) => {
                    self.prepared.insert(first.to_vec(), text(statement));
                }
                (b'B', Some(name)) => {
                    let known = self.prepared.get(name).cloned();
                    run.push(known.unwrap_or_else(|| text(name)));
                }
                _ => {}
            }
        }
        run
    }
}
