//! pulsectl on a real terminal.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::fd::{AsFd as _, OwnedFd},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize},
};

use super::fake::Fake;

/// pulsectl on a terminal of its own.
pub(crate) struct Terminal {
    child: Child,
    keys: File,
    pub(crate) shown: std::sync::Arc<std::sync::Mutex<String>>,
    pub(crate) device: OwnedFd,
}

impl Terminal {
    pub(crate) fn open(fake: &Fake, args: &[&str], kind: &str) -> Self {
        Self::with(fake, args, (kind, &[]))
    }

    /// The same on a terminal of two lines, where nothing fits.
    pub(crate) fn sized(fake: &Fake, args: &[&str], how: (&str, &[(&str, &str)])) -> Self {
        Self::on(fake, args, how, 2)
    }

    pub(crate) fn with(fake: &Fake, args: &[&str], how: (&str, &[(&str, &str)])) -> Self {
        Self::on(fake, args, how, 0)
    }

    pub(crate) fn on(
        fake: &Fake,
        args: &[&str],
        (kind, env): (&str, &[(&str, &str)]),
        rows: u16,
    ) -> Self {
        let mut command = fake.command(args);
        command.env("TERM", kind).envs(env.iter().copied());
        Self::of(command, rows)
    }

    /// Any program on a terminal of its own.
    pub(crate) fn of(mut command: Command, rows: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        if rows > 0 {
            let size = Winsize {
                ws_row: rows,
                ws_col: 80,
                ws_xpixel: 0,
                ws_ypixel: 0,
            };
            tcsetwinsize(&master, size).unwrap();
        }
        let path = ptsname(&master, Vec::new()).unwrap();
        let open = || -> OwnedFd {
            let path = path.to_str().unwrap();
            File::options()
                .read(true)
                .write(true)
                .open(path)
                .unwrap()
                .into()
        };
        let child = command
            .stdin(Stdio::from(open()))
            .stdout(Stdio::from(open()))
            .stderr(Stdio::from(open()))
            .spawn()
            .unwrap();
        let keys = File::from(master);
        let mut reader = keys.try_clone().unwrap();
        let shown = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let writer = std::sync::Arc::clone(&shown);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                writer
                    .lock()
                    .unwrap()
                    .push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        });
        Self {
            child,
            keys,
            shown,
            device: open(),
        }
    }

    #[track_caller]
    pub(crate) fn sees(&self, text: &str) {
        let started = Instant::now();
        while !self.shown.lock().unwrap().contains(text) {
            let shown = self.shown.lock().unwrap().clone();
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "{text} is not in {shown}"
            );
            thread::yield_now();
        }
    }

    pub(crate) fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    pub(crate) fn gets(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Everything that it showed until it ended.
    pub(crate) fn at_the_end(mut self) -> String {
        const MARK: &str = "\0the end\0";
        self.child.wait().unwrap();
        let mut device = File::from(self.device.try_clone().unwrap());
        device.write_all(MARK.as_bytes()).unwrap();
        until(|| self.shown.lock().unwrap().ends_with(MARK));
        let shown = self.shown.lock().unwrap();
        shown.trim_end_matches(MARK).to_owned()
    }

    #[track_caller]
    pub(crate) fn exits(&mut self, code: i32) {
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(code), "{}", self.shown.lock().unwrap());
        let modes = tcgetattr(self.device.as_fd()).unwrap().local_modes;
        assert!(
            modes.contains(LocalModes::ICANON | LocalModes::ECHO),
            "the terminal is not as it was"
        );
    }
}

/// Waits for a fact, and not for ever.
pub(crate) fn until(fact: impl Fn() -> bool) {
    let started = Instant::now();
    while !fact() {
        assert!(started.elapsed() < Duration::from_secs(20), "it never came");
        thread::yield_now();
    }
}
