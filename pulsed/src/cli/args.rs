//! What can be typed.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use super::{
    doctor::Form,
    init::{self, Asking},
};
use crate::{
    backup::Occupied,
    config::{DEFAULT_FILE, Environment, Flag, FlagValue, LogFormat},
    dev,
    model::token::TTL_SECONDS,
};

/// The pulse server
#[derive(Debug, Parser)]
#[command(name = "pulsed", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// The configuration file [default: /etc/pulsed/pulsed.yaml, if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How log lines are written
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server
    Serve(Serve),
    /// Run a private database, a server and workers on this host, to try pulse or to work on it
    Dev(Dev),
    /// Bring the database to this version
    Migrate(Migrate),
    /// Write the whole database into a file, while everything runs
    Backup(Backup),
    /// Fill the database from such a file
    Restore(Restore),
    /// Write a first configuration for a server on this host
    Init(Init),
    /// Check the configuration, or show where it comes from
    Config(Config),
    /// Look for what keeps the server from running well, and say how to mend it
    Doctor(Doctor),
    /// Manage people and their tokens from the server's host
    User(User),
    /// Make and change the key that secrets are sealed under
    Secrets(Secrets),
    /// Write files that are generated from the code
    #[command(hide = true)]
    Generate(Generate),
}

/// Where a value may also come from than the file and the environment.
#[derive(Debug, Args)]
pub(crate) struct Overrides {
    /// A file that holds the database's URL
    #[arg(long, value_name = "FILE")]
    database_url_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    overrides: Overrides,

    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,

    /// This server's name among its replicas [default: the host's name]
    #[arg(long)]
    name: Option<String>,

    /// Allow an address that other hosts can reach, without TLS
    #[arg(long)]
    insecure: bool,

    /// Development mode: loopback only, static enrolment token
    #[arg(long, hide = true)]
    dev: bool,

    /// Write the bound address to this file once the server listens
    #[arg(long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    overrides: Overrides,

    /// Change nothing; exit with 1 when the database is not at this version
    #[arg(long)]
    check: bool,
}

/// What `migrate` may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MigrateMode {
    Apply,
    Check,
}

impl Migrate {
    pub(crate) fn mode(&self) -> MigrateMode {
        if self.check {
            MigrateMode::Check
        } else {
            MigrateMode::Apply
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "The file is one of pg_dump --format=custom. It holds everything that jobs wrote, and digests of \
credentials: only its owner may read it."
)]
pub(crate) struct Backup {
    #[command(flatten)]
    overrides: Overrides,

    /// A file that is not there yet
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "No server may run on the database meanwhile. Everything happens in one transaction: what fails \
changes nothing."
)]
pub(crate) struct Restore {
    #[command(flatten)]
    overrides: Overrides,

    /// What `pulsed backup` has written
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Remove the schema `public` with everything in it first
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(crate) fn occupied(&self) -> Occupied {
        if self.force {
            Occupied::Replace
        } else {
            Occupied::Refuse
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Writes the file that --config names, or pulsed.yaml in --dir [default: /etc/pulsed/pulsed.yaml], unless \
it is there. The address of the database comes from --database-url-file or the environment, and on a terminal it is \
asked for; it is kept in a file of its own. Nothing is started: the commands that come next are printed."
)]
pub(crate) struct Init {
    #[command(flatten)]
    overrides: Overrides,

    /// The folder of the configuration
    #[arg(long, value_name = "DIR", conflicts_with = "config")]
    dir: Option<PathBuf>,

    /// Ask nothing, also on a terminal
    #[arg(long)]
    no_input: bool,
}

impl Init {
    pub(crate) fn options<'a>(
        &'a self,
        config: Option<&Path>,
        environment: &'a Environment,
    ) -> init::Options<'a> {
        let in_folder = self.dir.as_ref().map(|dir| dir.join("pulsed.yaml"));
        let file = in_folder.or(config.map(Path::to_owned));
        let asking = if self.no_input || environment.find("CI").is_some() {
            Asking::Never
        } else {
            Asking::OnATerminal
        };
        init::Options {
            file: file.unwrap_or_else(|| DEFAULT_FILE.into()),
            url_file: self.overrides.database_url_file.as_deref(),
            environment,
            asking,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    pub(crate) verb: ConfigVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigVerb {
    /// Read everything and say what is wrong with it
    Check {
        #[command(flatten)]
        overrides: Overrides,
    },
    /// Print every value, secrets hidden
    Show {
        #[command(flatten)]
        overrides: Overrides,

        /// Also print where each value comes from
        #[arg(long)]
        origin: bool,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "Looks at the configuration, who may read its files, the database, the address and the unit of \
systemd, and changes nothing. Run it as root or as the user of the server; the server may run or not. Exit code 3 \
when something is wrong (✗)."
)]
pub(crate) struct Doctor {
    #[command(flatten)]
    overrides: Overrides,

    /// For programs
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(crate) fn form(&self) -> Form {
        if self.json { Form::Json } else { Form::Text }
    }
}

#[derive(Debug, Args)]
pub(crate) struct User {
    #[command(subcommand)]
    pub(crate) verb: UserVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserVerb {
    /// Create an administrator and print their token, once
    CreateAdmin(CreateAdmin),
}

#[derive(Debug, Args)]
pub(crate) struct CreateAdmin {
    #[command(flatten)]
    overrides: Overrides,

    #[arg(long, default_value = "admin")]
    pub(crate) name: String,

    /// How long the token is good for: 60 seconds to 90 days
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = ttl_seconds)]
    pub(crate) ttl: u32,

    /// Write the token to this new file (mode 0600) instead of stdout; `-` is stdout
    #[arg(long, value_name = "FILE|-")]
    pub(crate) token_file: Option<PathBuf>,
}

/// Reads `30d`, `12h`, `90m` or `600s`; a bare number is seconds.
fn ttl_seconds(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a duration; write one such as 600s, 90m, 12h or 30d");
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let count: u32 = digits.parse().map_err(|_| wrong())?;
    let seconds = count
        .checked_mul(unit)
        .filter(|it| TTL_SECONDS.contains(it));
    seconds.ok_or_else(|| "a token is good for 60 seconds to 90 days".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct Secrets {
    #[command(subcommand)]
    pub(crate) verb: SecretsVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SecretsVerb {
    /// Make the key file (secrets.key_file) with its first key
    #[command(
        after_help = "Nothing that is sealed under the key can be read without it: keep a copy of the file, away from \
the backups of the database. Every replica needs the same file."
    )]
    InitKey {
        #[command(flatten)]
        overrides: Overrides,
    },
    /// Seal all secrets under a new key, while everything runs; carries on where an earlier call was cut off
    #[command(
        after_help = "Where several hosts run pulsed: rotate with --prepare, copy the key file to the other hosts, rotate, \
and copy it again."
    )]
    RotateKey {
        #[command(flatten)]
        overrides: Overrides,

        /// Only put a new key into the file; the next call without this uses it
        #[arg(long)]
        prepare: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(subcommand)]
    pub(crate) what: Generated,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Generated {
    States,
    Openapi,
    /// Writes one manual page per verb
    Manual {
        #[arg(long)]
        dir: PathBuf,
    },
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag; `options` turns them into one verb"
)]
pub(crate) struct Dev {
    /// Where everything is kept [default: ~/.local/state/pulse/dev; as root /var/lib/pulse-dev]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,

    /// The server's address; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,

    /// How many workers to run: local-1, local-2, …
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(0..=64))]
    workers: u16,

    /// Faster, but a crash of the host may lose the database
    #[arg(long)]
    fast: bool,

    /// Return once everything is up, and leave it running
    #[arg(long, conflicts_with = "stop")]
    detach: bool,

    /// Stop what runs in the directory, whatever state it is in
    #[arg(long)]
    stop: bool,

    /// Marks the process that `--detach` leaves behind
    #[arg(long, hide = true, conflicts_with_all = ["detach", "stop"])]
    detached: bool,
}

impl Dev {
    pub(crate) fn options(&self, config: Option<PathBuf>) -> dev::Options {
        let verb = match (self.stop, self.detach, self.detached) {
            (true, _, _) => dev::Verb::Stop,
            (_, true, _) => dev::Verb::Detach,
            (_, _, true) => dev::Verb::Detached,
            _ => dev::Verb::Foreground,
        };
        dev::Options {
            verb,
            dir: self.dir.clone(),
            listen: self.listen,
            workers: self.workers,
            fast: self.fast,
            config,
        }
    }
}

impl Cli {
    /// The settings among what was typed.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let mut flags = Vec::new();
        let mut text = |name, path, value: Option<String>| {
            flags.extend(value.map(|value| Flag {
                name,
                path,
                value: FlagValue::Text(value),
            }));
        };
        let format = self.log_format.map(|format| format.as_str().to_owned());
        text("--log-format", "log.format", format);
        if let Command::Serve(serve) = &self.command {
            let truth = |given: bool| given.then(|| "true".to_owned());
            text("--listen", "server.listen", serve.listen.clone());
            text("--name", "server.name", serve.name.clone());
            text("--insecure", "server.insecure", truth(serve.insecure));
            text("--dev", "server.dev", truth(serve.dev));
        }
        let file = self
            .overrides()
            .and_then(|given| given.database_url_file.clone());
        flags.extend(file.map(|file| Flag {
            name: "--database-url-file",
            path: "database.url",
            value: FlagValue::Content(file),
        }));
        flags
    }

    fn overrides(&self) -> Option<&Overrides> {
        match &self.command {
            Command::Serve(serve) => Some(&serve.overrides),
            Command::Migrate(migrate) => Some(&migrate.overrides),
            Command::Backup(backup) => Some(&backup.overrides),
            Command::Restore(restore) => Some(&restore.overrides),
            Command::Config(config) => Some(match &config.verb {
                ConfigVerb::Check { overrides } | ConfigVerb::Show { overrides, .. } => overrides,
            }),
            Command::Doctor(doctor) => Some(&doctor.overrides),
            Command::User(user) => {
                let UserVerb::CreateAdmin(admin) = &user.verb;
                Some(&admin.overrides)
            }
            Command::Secrets(secrets) => Some(match &secrets.verb {
                SecretsVerb::InitKey { overrides } | SecretsVerb::RotateKey { overrides, .. } => {
                    overrides
                }
            }),
            Command::Dev(_) | Command::Init(_) | Command::Generate(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_life_of_a_token_has_a_unit_and_bounds() {
        for (text, seconds) in [
            ("60", 60),
            ("90m", 5400),
            ("12h", 43_200),
            ("90d", 7_776_000),
        ] {
            assert_eq!(super::ttl_seconds(text), Ok(seconds));
        }
        for wrong in ["59", "91d", "1w", "d", "", "1h30m", "9999999999d"] {
            assert!(super::ttl_seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
