//! The command line as clap reads it: the tree of nouns and verbs.

mod mistakes;
mod reading;

use clap::{Parser, Subcommand};

pub(crate) use mistakes::answer;
pub(crate) use reading::{LOOK_AT, global_flags, helped, read, whole};

use crate::{
    commands::{
        api, audit, completion, config, context, doctor, events, execution, explain, fleet, help,
        login, logout, man, monitor, notify, prompt, region, run, schedule, secret, sensor, server,
        support_bundle, token, user, version, whoami, worker, workflow,
    },
    flags::Global,
};

/// Run commands and workflows on a fleet of hosts, and answer what they ask.
#[derive(Debug, Parser)]
#[command(
    name = "pulsectl",
    version,
    disable_help_subcommand = true,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Examples:
  pulsectl login https://pulse.example
  pulsectl worker ls -l region=fra
  pulsectl workflow apply interactive-update.yaml
  pulsectl run interactive-update --answer \"User approval=Yes\"

`pulsectl help exit-codes` lists the exit codes, `pulsectl help environment` the variables."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    Login(login::Login),
    Logout(logout::Logout),
    Whoami(whoami::Whoami),
    #[command(subcommand)]
    Context(context::Context),
    #[command(subcommand)]
    Config(config::Config),
    #[command(subcommand, visible_alias = "w")]
    Worker(worker::Worker),
    #[command(subcommand)]
    Region(region::Region),
    #[command(subcommand, visible_alias = "wf")]
    Workflow(workflow::Workflow),
    #[command(visible_alias = "start")]
    Run(Box<run::Run>),
    #[command(subcommand, visible_alias = "ex")]
    Execution(execution::Execution),
    #[command(subcommand)]
    Fleet(fleet::Fleet),
    #[command(subcommand)]
    Prompt(prompt::Prompt),
    #[command(subcommand)]
    Schedule(schedule::Schedule),
    #[command(subcommand)]
    Monitor(monitor::Monitor),
    #[command(subcommand)]
    Notify(notify::Notify),
    #[command(subcommand)]
    Sensor(sensor::Sensor),
    Events(events::Events),
    #[command(subcommand)]
    Token(token::Token),
    #[command(subcommand)]
    Secret(secret::Secret),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Audit(audit::Audit),
    #[command(subcommand)]
    Server(server::Server),
    Doctor(doctor::Doctor),
    Explain(explain::Explain),
    Api(api::Api),
    SupportBundle(support_bundle::SupportBundle),
    Completion(completion::Completion),
    #[command(hide = true)]
    CompleteNames(completion::CompleteNames),
    Man(man::Man),
    Version(version::Version),
    Help(help::Help),
}
