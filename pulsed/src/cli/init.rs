//! `pulsed init`: a first configuration for a server on this host. What is there already is never
//! changed, nothing is started, and no secret is taken from the command line or from a terminal.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, BufRead as _, ErrorKind, IsTerminal as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, chown},
    path::{Path, PathBuf},
};

use super::{
    diagnosis::diagnose,
    failure::Failure,
    say::{out, say},
};
use crate::{
    config::{self, Config, DEFAULT_FILE, Environment, Flag, FlagValue, Origin, Sources},
    store,
};

/// What the packages install: the one list of what there is to set.
const TEMPLATE: &str = include_str!("../../../packaging/pulsed/pulsed.yaml");
/// Its lines that say where the database is.
const URL: &str = "\n  url: ";
const URL_FILE: &str = "\n  # url_file: /etc/pulsed/database.url\n";

/// The user of the service, and whose group reads the files of the service.
const USER: &str = "pulsed";

/// What to write, and where.
#[derive(Debug)]
pub(crate) struct Options<'a> {
    pub(crate) file: PathBuf,
    /// A file that holds the address of the database.
    pub(crate) url_file: Option<&'a Path>,
    pub(crate) environment: &'a Environment,
    pub(crate) asking: Asking,
}

/// Whether a person may be asked for what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    OnATerminal,
    Never,
}

/// Where the database is, as far as somebody has said so.
enum Address {
    /// On this host, as the packages have it.
    Usual,
    /// In a file that is there already.
    In(PathBuf),
    /// Said, and to be kept in a file of its own.
    Said(String),
}

/// Writes the configuration unless it is there, looks whether the database answers, and prints what
/// to type next.
pub(crate) async fn init(options: Options<'_>) -> Result<(), Failure> {
    let is_there = options.file.exists();
    let address = match told(&options)? {
        Address::Usual if !is_there => asked(&options)?,
        told @ (Address::Usual | Address::In(_) | Address::Said(_)) => told,
    };
    let shown = options.file.display();
    if is_there {
        agree(&options.file, &address)?;
        say(&format!("{shown} is there already; nothing was written"));
    } else {
        write(&options.file, &address)?;
        say(&format!("wrote {shown}"));
    }
    let config = read(&options.file)?;
    let url = &config.database.url;
    let pending = match store::pending_migrations(url.expose()).await {
        Ok(pending) => pending,
        Err(error) => {
            let failure = diagnose(url).await;
            let what = "cannot look into the database";
            return Err(failure.unwrap_or_else(|| Failure::because(what, &error)));
        }
    };
    say("the database answers");
    say("next:");
    out(&next(&options.file, &pending))
}

/// What the flag or the environment says.
fn told(options: &Options<'_>) -> Result<Address, Failure> {
    let flags: Vec<Flag> = options
        .url_file
        .map(|file| Flag {
            name: "--database-url-file",
            path: "database.url",
            value: FlagValue::Content(file.to_owned()),
        })
        .into_iter()
        .collect();
    let loaded = config::load(&Sources {
        file: Some(Path::new("/dev/null")),
        environment: options.environment,
        flags: &flags,
    })?;
    let Some(setting) = loaded.settings.find("database.url") else {
        return Ok(Address::Usual);
    };
    parsed(&setting.text)?;
    Ok(match &setting.origin {
        Origin::Content { path, .. } => Address::In(absolute(path)?),
        Origin::Default | Origin::File { .. } | Origin::Variable(_) | Origin::Flag(_) => {
            Address::Said(setting.text.clone())
        }
    })
}

/// What a person says, where there is one.
fn asked(options: &Options<'_>) -> Result<Address, Failure> {
    let is_person = io::stdin().is_terminal() && io::stderr().is_terminal();
    if options.asking == Asking::Never || !is_person {
        return Ok(Address::Usual);
    }
    say(
        "Where is the database? A postgres:// address without a password, or a file that holds one with it.",
    );
    // What is typed stands on the same line.
    let _ = write!(io::stderr(), "[on this host, as {USER}] ");
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::because("cannot read the answer", &error))?;
    let answer = line.trim();
    if answer.is_empty() {
        return Ok(Address::Usual);
    }
    if Path::new(answer).is_file() {
        let file = Some(Path::new(answer));
        let options = Options {
            file: options.file.clone(),
            url_file: file,
            ..*options
        };
        return told(&options);
    }
    if parsed(answer)?.get_password().is_some() {
        let text = "an address with a password is not typed, where others may see it";
        let hint = "write it into a file that only you can read, and name the file: --database-url-file FILE";
        return Err(Failure::usage(text).hint(hint));
    }
    Ok(Address::Said(answer.to_owned()))
}

fn parsed(url: &str) -> Result<tokio_postgres::Config, Failure> {
    // The reason is left out: it may quote a part of the password.
    url.parse().map_err(|_| {
        let text = "the address of the database is neither a postgres:// URL nor a list of key=value pairs";
        Failure::usage(text).hint("such as postgres://pulsed@db.example/pulse")
    })
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path)
        .map_err(|error| Failure::because(&format!("cannot find {}", path.display()), &error))
}

/// A configuration that is there must not say something else than what is asked for.
fn agree(file: &Path, address: &Address) -> Result<(), Failure> {
    let known = read(file)?.database.url;
    let wanted = match address {
        Address::Usual => return Ok(()),
        Address::In(path) => fs::read_to_string(path).unwrap_or_default(),
        Address::Said(url) => url.clone(),
    };
    if wanted.trim() == known.expose() {
        return Ok(());
    }
    let text = format!(
        "{} is there already, and names another database",
        file.display()
    );
    Err(Failure::usage(text)
        .hint("edit it, then `pulsed config check`; or name another file with --config"))
}

/// What a configuration file says by itself.
fn read(file: &Path) -> Result<Config, Failure> {
    let loaded = config::load(&Sources {
        file: Some(file),
        environment: &Environment::default(),
        flags: &[],
    })?;
    Ok(config::check(&loaded.settings)?)
}

/// Writes the address into a file of its own, where one was said, and then the configuration.
fn write(file: &Path, address: &Address) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or(Path::new("/"));
    let made = DirBuilder::new().recursive(true).mode(0o750).create(folder);
    made.map_err(cannot_write(folder))?;
    let url_file = match address {
        Address::Usual => None,
        Address::In(path) => Some(path.clone()),
        Address::Said(url) => {
            let path = absolute(&folder.join("database.url"))?;
            let mode = if group(file).is_some() { 0o640 } else { 0o600 };
            keep(&path, &format!("{url}\n"), mode)?;
            Some(path)
        }
    };
    let text = url_file
        .as_deref()
        .map_or_else(|| TEMPLATE.to_owned(), naming);
    keep(file, &text, 0o640)
}

/// The configuration with the file that holds the address of the database.
fn naming(url_file: &Path) -> String {
    let quoted = url_file.display().to_string().replace('\'', "''");
    TEMPLATE
        .replacen(URL, &URL.replace("url", "# url"), 1)
        .replacen(URL_FILE, &format!("\n  url_file: '{quoted}'\n"), 1)
}

/// Makes a file in one step, with everything in it; one that is there stays as it is.
fn keep(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut new = path.as_os_str().to_owned();
    new.push(format!(".{}.new", std::process::id()));
    let new = PathBuf::from(new);
    let made = fill(&new, text, mode).and_then(|()| {
        if let Some(group) = group(path) {
            chown(&new, None, Some(group))?;
        }
        // Unlike a rename, a link does not take the place of what is there.
        fs::hard_link(&new, path)
    });
    let _ = fs::remove_file(&new);
    match made {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = format!("{} is there already", path.display());
            Err(Failure::usage(text).hint("remove it first, or choose another folder with --dir"))
        }
        made => made.map_err(cannot_write(path)),
    }
}

fn fill(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let what = format!("cannot write {}", path.display());
    move |error| {
        let failure = Failure::because(&what, &error);
        if error.kind() == ErrorKind::PermissionDenied {
            return failure.hint("run it as root, or choose another folder with --dir");
        }
        failure
    }
}

/// The group of the service's user, which reads what root has written for the service.
fn group(path: &Path) -> Option<u32> {
    let is_of_service = path.parent() == Path::new(DEFAULT_FILE).parent();
    if !is_of_service || !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let fields = users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>());
    let mut found = fields.filter(|fields| fields.first() == Some(&USER));
    found.next()?.get(3)?.parse().ok()
}

/// What to type next, one command a line.
fn next(file: &Path, pending: &[String]) -> String {
    let is_usual = file == Path::new(DEFAULT_FILE);
    let (user, flag) = match (is_usual, group(file)) {
        (true, Some(_)) => (format!("sudo -u {USER} "), String::new()),
        (true, None) => (String::new(), String::new()),
        (false, _) => (String::new(), format!(" --config {}", shell(file))),
    };
    let mut lines = Vec::new();
    if !pending.is_empty() {
        lines.push(format!("{user}pulsed migrate{flag}"));
    }
    lines.push(format!("{user}pulsed user create-admin{flag}"));
    lines.push(if is_usual && Path::new("/run/systemd/system").is_dir() {
        "systemctl enable --now pulsed".to_owned()
    } else {
        format!("{user}pulsed serve{flag}")
    });
    lines.join("\n") + "\n"
}

/// A path as one word of a shell.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+".contains(letter);
    if text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_of_the_packages_has_one_place_for_the_database() {
        for line in [URL, URL_FILE] {
            assert_eq!(TEMPLATE.matches(line).count(), 1, "{line}");
        }
        let text = naming(Path::new("/it's/url"));

        assert!(text.contains("\n  # url: postgres:///pulse?"), "{text}");
        assert!(text.contains("\n  url_file: '/it''s/url'\n"), "{text}");
        assert_eq!(text.lines().count(), TEMPLATE.lines().count());
    }

    #[test]
    fn what_to_type_next_is_typed_as_one_word() {
        let lines = next(Path::new("/a b/it's.yaml"), &["1".to_owned()]);

        assert_eq!(
            lines,
            "pulsed migrate --config '/a b/it'\\''s.yaml'\n\
             pulsed user create-admin --config '/a b/it'\\''s.yaml'\n\
             pulsed serve --config '/a b/it'\\''s.yaml'\n"
        );
    }
}
