//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{ExecutorMode, LogFormat};

/// The pulse agent: runs the steps that a pulse server offers to this host.
#[derive(Debug, Parser)]
#[command(name = "pulse-agent", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Configuration file [default: /etc/pulse-agent/agent.yaml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where the credential, the journal and kept output live
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "/var/lib/pulse"
    )]
    pub(crate) state_dir: PathBuf,
    /// Form of the log on stderr
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Trade an enrolment token for this host's own credential
    Enroll(Enroll),
    /// Connect to the server and take work
    Run(Run),
    /// Start and watch steps; `run` does this by itself unless a service does
    Executor(Executor),
    /// Confine this process and become a step; for the executor alone
    #[command(hide = true)]
    Stage {
        /// What to do, as the executor has written it
        script: PathBuf,
    },
    /// Show what the agent on this host is doing
    Status(Status),
    /// Start nothing more; the agent ends when it is idle
    Drain(Drain),
    /// Take work again
    Resume,
    /// Let the running agent read its configuration again, as SIGHUP does
    Reload,
    /// Print what the agent is configured to
    Config(ConfigArguments),
    /// Look for what keeps this host from working, and say how to mend it
    Doctor(Doctor),
    /// Take this host off the server and forget its credential
    Unenroll,
    /// Print the version
    Version,
    /// Write one manual page per verb into a folder
    #[command(hide = true)]
    Manual { dir: PathBuf },
}

#[derive(Debug, Args)]
pub(crate) struct Enroll {
    /// Address of the server, such as https://pulse.example
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// File with the enrolment token; `-` reads it from stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: PathBuf,
    /// Name of this worker [default: the host name]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// A label that the token must give, too; may be repeated
    #[arg(long = "label", value_name = "KEY=VALUE")]
    pub(crate) labels: Vec<String>,
    /// Enrol although this host has a credential
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Address of the server, such as https://pulse.example
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Name of this worker, when it enrols itself
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// How many steps may run at once
    #[arg(long, value_name = "N")]
    pub(crate) max_concurrent: Option<u32>,
    /// Who starts the executor
    #[arg(long = "executor", value_enum, value_name = "WHO")]
    pub(crate) executor: Option<ExecutorMode>,
}

#[derive(Debug, Args)]
pub(crate) struct Executor {
    /// Leave after so many seconds without a link and without work
    #[arg(long, hide = true, value_name = "SECONDS")]
    pub(crate) linger: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArguments {
    #[command(subcommand)]
    pub(crate) verb: ConfigVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigVerb {
    /// Print every value
    Show {
        /// Also print where each value comes from
        #[arg(long)]
        origin: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Drain {
    /// Wait until nothing runs any more
    #[arg(long)]
    pub(crate) wait: bool,
    /// End the agent with code 0 when it is idle; it always does
    #[arg(long)]
    pub(crate) exit: bool,
}
