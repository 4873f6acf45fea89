//! A TCP proxy that can be told to lose, to hold and to cut.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    thread,
    time::Duration,
};

use crate::eventually;

/// What happens to bytes on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Manner {
    /// They pass.
    Pass = 0,
    /// They are read and lost, in both directions; connections stay open.
    Lose = 1,
    /// Only what the server says is lost.
    LoseAnswers = 2,
    /// They pass one by one.
    OneByOne = 3,
}

/// A proxy in front of one address.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    manner: AtomicU8,
    is_over: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// Stands in front of an address from now on.
    pub fn start(target: &str) -> Self {
        Self::on("127.0.0.1", target)
    }

    /// Listens on another address of this host.
    pub fn on(host: &str, target: &str) -> Self {
        let listener = TcpListener::bind((host, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            manner: AtomicU8::new(Manner::Pass as u8),
            is_over: AtomicBool::new(false),
            open: Mutex::new(Vec::new()),
        });
        let (target, shared) = (target.to_owned(), Arc::clone(&state));
        thread::spawn(move || accept(&listener, &target, &shared));
        Self { address, state }
    }

    pub fn address(&self) -> String {
        self.address.to_string()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set(&self, manner: Manner) {
        self.state.manner.store(manner as u8, Ordering::SeqCst);
    }

    /// Cuts every connection there is; new ones may come.
    pub fn cut(&self) {
        for stream in self.state.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        self.cut();
    }
}

fn accept(listener: &TcpListener, target: &str, state: &Arc<State>) {
    while !state.is_over.load(Ordering::SeqCst) {
        let accepted = eventually("a connection", Duration::from_hours(1), || {
            let is_over = state.is_over.load(Ordering::SeqCst);
            is_over
                .then_some(None)
                .or_else(|| listener.accept().ok().map(Some))
        });
        let Some((inside, _)) = accepted else { return };
        inside.set_nonblocking(false).unwrap();
        let Ok(outside) = TcpStream::connect(target) else {
            continue;
        };
        for stream in [&inside, &outside] {
            stream.set_nodelay(true).unwrap();
            state.open.lock().unwrap().push(stream.try_clone().unwrap());
        }
        let (from, to) = (inside.try_clone().unwrap(), outside.try_clone().unwrap());
        let shared = Arc::clone(state);
        thread::spawn(move || carry(from, to, &shared, &[Manner::Lose]));
        let shared = Arc::clone(state);
        let losing = [Manner::Lose, Manner::LoseAnswers];
        thread::spawn(move || carry(outside, inside, &shared, &losing));
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, state: &State, losing: &[Manner]) {
    let mut piece = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        let manner = state.manner.load(Ordering::SeqCst);
        if losing.iter().any(|losing| *losing as u8 == manner) {
            continue;
        }
        let size = if manner == Manner::OneByOne as u8 {
            1
        } else {
            count
        };
        if piece[..count]
            .chunks(size)
            .any(|bytes| to.write_all(bytes).is_err())
        {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
