//! `server backup`: the whole database into a file, which has its name only once it is whole.

use std::{
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use pulse_api::backup::{END_LENGTH, end};
use reqwest::Response;
use ring::digest::{Context, SHA256};

use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure, Kind},
    follow::size,
};

/// A stream this quiet is taken for dead. The server waits a minute for locks on tables.
const SILENCE: Duration = Duration::from_mins(3);

/// Write the whole database into a file that only you can read
///
/// The file is the same that `pulsed backup` writes on the server's host, and has its name only once all
/// of it is there. It holds everything that jobs wrote, and digests of credentials. The keys of
/// secrets are not in it: keep a copy of the server's secrets.key_file too.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl server backup -O pulse-$(date +%F).dump
  pulsectl server restore --help      # where it is restored")]
pub(crate) struct Backup {
    /// Where to; must not be there yet
    #[arg(short = 'O', long, value_name = "FILE")]
    out: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        if fs::symlink_metadata(&self.out).is_ok() {
            return Err(self.is_there());
        }
        let mut partial = self.out.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let response = app
            .client()?
            .send(&Call::get("/server/backup").unhurried())
            .await?;
        let file = create(&partial)?;
        let written = match fill(file, response).await {
            Ok(length) => self.name(&partial).map(|()| length),
            Err(failure) => Err(failure),
        };
        if written.is_err() {
            let _ = fs::remove_file(&partial);
        }
        let length = written?;
        app.ui.data(self.out.display().to_string())?;
        app.ui.say(format!("{} are in it", size(length)));
        Ok(Exit::OK)
    }

    /// Gives it its name where nothing else has got it meanwhile.
    fn name(&self, partial: &Path) -> Result<(), Failure> {
        match fs::hard_link(partial, &self.out) {
            Ok(()) => fs::remove_file(partial).map_err(|error| unwritten(partial, &error))?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(self.is_there()),
            // A file system without a second name for a file.
            Err(_) => {
                fs::rename(partial, &self.out).map_err(|error| unwritten(&self.out, &error))?;
            }
        }
        let folder = self.out.parent().filter(|path| *path != Path::new(""));
        let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|it| it.sync_all());
        synced.map_err(|error| unwritten(&self.out, &error))
    }

    fn is_there(&self) -> Failure {
        Failure::usage(format!("{} is there already", self.out.display()))
            .hint("choose another name, or remove it first")
    }
}

fn create(partial: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create_new(true).mode(0o600);
    options.open(partial).map_err(|error| {
        let failure = unwritten(partial, &error);
        if error.kind() == ErrorKind::AlreadyExists {
            return failure
                .hint("another backup writes it; or remove what an earlier one has left");
        }
        failure
    })
}

/// Writes all but the end, which must be that of what was written.
async fn fill(mut file: File, mut response: Response) -> Result<u64, Failure> {
    let (mut digest, mut length) = (Context::new(&SHA256), 0);
    let mut held: Vec<u8> = Vec::new();
    loop {
        let piece = tokio::time::timeout(SILENCE, response.chunk()).await;
        let piece = match piece.map_err(|_| broken("the server says nothing any more"))? {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(error) => return Err(broken("the connection broke off").because(&error)),
        };
        held.extend_from_slice(&piece);
        let whole = held.len().saturating_sub(END_LENGTH);
        digest.update(&held[..whole]);
        length += whole as u64;
        let written = file.write_all(&held[..whole]);
        written.map_err(|error| unwritable(&error))?;
        held.drain(..whole);
    }
    if held != end(length, &hex(digest.finish().as_ref())).as_bytes() {
        return Err(broken("what came is not the whole backup"));
    }
    file.sync_all().map_err(|error| unwritable(&error))?;
    Ok(length)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn broken(what: &str) -> Failure {
    Failure::new(Kind::Unreachable, format!("{what}: nothing is kept of it"))
        .hint("the log of the server says more")
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::general("could not write the backup").because(error)
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("could not write {}", path.display())).because(error)
}
