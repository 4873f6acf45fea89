//! A program on a pseudo-terminal, and a person in front of it.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    process::{Child, Command},
    sync::{Arc, Mutex},
    thread,
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use crate::{eventually, eventually::PATIENCE};

/// A program that believes that a person sits in front of it.
#[derive(Debug)]
pub struct Terminal {
    child: Child,
    keyboard: File,
    /// Held open: what is on its way to the screen may be lost when the last program leaves.
    seat: File,
    screen: Arc<Mutex<Vec<u8>>>,
    /// How much of the screen was read by `sees`.
    read: usize,
}

/// Keys as a terminal sends them.
pub mod key {
    pub const DOWN: &str = "\x1b[B";
    pub const UP: &str = "\x1b[A";
    pub const ENTER: &str = "\r";
    pub const ESCAPE: &str = "\x1b";
    pub const INTERRUPT: &str = "\x03";
}

impl Terminal {
    /// Starts a program with the terminal as its own.
    pub fn start(command: &Command) -> Self {
        let pty = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&pty).unwrap();
        unlockpt(&pty).unwrap();
        let size = Winsize {
            ws_row: 40,
            ws_col: 120,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&pty, size).unwrap();
        let name = ptsname(&pty, Vec::new()).unwrap();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let seat = File::from(open(name, flags, Mode::empty()).unwrap());
        let child = controlling(command)
            .stdin(seat.try_clone().unwrap())
            .stdout(seat.try_clone().unwrap())
            .stderr(seat.try_clone().unwrap())
            .spawn()
            .unwrap();
        let keyboard = File::from(pty);
        let screen = Arc::new(Mutex::new(Vec::new()));
        let (mut glass, paint) = (keyboard.try_clone().unwrap(), Arc::clone(&screen));
        thread::spawn(move || {
            let mut piece = [0; 4096];
            // Reading fails once the last program has left the terminal.
            while let Ok(count @ 1..) = glass.read(&mut piece) {
                paint.lock().unwrap().extend_from_slice(&piece[..count]);
            }
        });
        Self {
            child,
            keyboard,
            seat,
            screen,
            read: 0,
        }
    }

    /// Everything that was written to the terminal.
    pub fn bytes(&self) -> Vec<u8> {
        self.screen.lock().unwrap().clone()
    }

    /// The same without what moves the cursor or changes colours.
    pub fn text(&self) -> String {
        plain(&self.bytes())
    }

    /// Waits until new text contains this, and goes on behind it.
    ///
    /// # Panics
    /// When it does not come.
    pub fn sees(&mut self, wanted: &str) {
        let screen = Arc::clone(&self.screen);
        let read = self.read;
        let look = || {
            let text = plain(&screen.lock().unwrap());
            let at = text.get(read..)?.find(wanted)?;
            Some(read + at + wanted.len())
        };
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            eventually(&format!("`{wanted}` on the terminal"), PATIENCE, look)
        }));
        self.read = found.unwrap_or_else(|_| {
            let bytes = self.bytes();
            let raw = bytes.escape_ascii();
            let ended = self.child.try_wait();
            panic!("no `{wanted}`; {ended:?}:\n{}\n{raw}", self.text())
        });
    }

    /// Types.
    pub fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the end; the exit code.
    ///
    /// # Panics
    /// When it does not end, or is ended by a signal.
    pub fn ends(&mut self) -> i32 {
        let child = &mut self.child;
        let look = || child.try_wait().unwrap();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            eventually("the end of the program on the terminal", PATIENCE, look)
        }));
        let status = ended.unwrap_or_else(|_| {
            let bytes = self.bytes();
            panic!("no end:\n{}\n{}", self.text(), bytes.escape_ascii())
        });
        self.everything_is_on_the_screen();
        status
            .code()
            .unwrap_or_else(|| panic!("{status}: {}", self.text()))
    }
}

impl Terminal {
    /// Waits for everything that was written, and takes the mark away again.
    fn everything_is_on_the_screen(&mut self) {
        const MARK: &[u8] = b"\0the program has ended\0";
        self.seat.write_all(MARK).unwrap();
        eventually("the last of the screen", PATIENCE, || {
            let mut screen = self.screen.lock().unwrap();
            let whole = screen.len().checked_sub(MARK.len())?;
            screen.ends_with(MARK).then(|| screen.truncate(whole))
        });
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same command with standard input as its controlling terminal.
fn controlling(command: &Command) -> Command {
    let mut new = Command::new("setsid");
    new.arg("--ctty").arg(command.get_program());
    new.args(command.get_args()).env_clear();
    let variables = command.get_envs();
    new.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    new
}

/// Text as it would be read: without escape sequences and carriage returns.
pub fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\x1b' => skip_sequence(&mut letters),
            '\r' | '\x07' => {}
            _ => plain.push(letter),
        }
    }
    plain
}

fn skip_sequence(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match letters.next() {
        Some('[') => {
            letters.find(|letter| ('\x40'..='\x7e').contains(letter));
        }
        Some(']') => {
            letters.find(|letter| *letter == '\x07' || *letter == '\x1b');
        }
        Some(_) | None => {}
    }
}
