//! The commands, one file each: `<noun>/<verb>.rs`, or `<noun>.rs` while a noun is small.

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod context;
pub(crate) mod doctor;
mod each;
pub(crate) mod events;
pub(crate) mod execution;
pub(crate) mod explain;
pub(crate) mod fleet;
mod forms;
mod habits;
pub(crate) mod help;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod man;
pub(crate) mod monitor;
pub(crate) mod notify;
pub(crate) mod prompt;
mod references;
pub(crate) mod region;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod secret;
mod selectors;
pub(crate) mod sensor;
pub(crate) mod server;
mod specs;
pub(crate) mod support_bundle;
mod targets;
pub(crate) mod token;
pub(crate) mod user;
pub(crate) mod version;
pub(crate) mod whoami;
pub(crate) mod worker;
pub(crate) mod workflow;

use crate::{
    app::App,
    cli::Command,
    error::{Exit, Failure},
    signals,
};

/// Runs a command; only those that talk to a server get a runtime.
pub(crate) fn run(app: &App, command: Command) -> Result<Exit, Failure> {
    forms::check(app, &command)?;
    match command {
        Command::Context(command) => command.run(app),
        Command::Config(command) => command.run(app),
        Command::Explain(command) => command.run(app),
        Command::Completion(command) => command.run(app),
        Command::CompleteNames(command) => block_on(command.run(app)),
        Command::Man(command) => command.run(app),
        Command::Help(command) => command.run(app),
        Command::Version(command) => command.run(app),
        Command::Logout(command) => command.run(app),
        Command::Login(command) => block_on(command.run(app)),
        Command::Whoami(command) => block_on(command.run(app)),
        Command::Worker(command) => block_on(command.run(app)),
        Command::Region(command) => block_on(command.run(app)),
        Command::Schedule(command) => block_on(command.run(app)),
        Command::Monitor(command) => block_on(command.run(app)),
        Command::Notify(command) => block_on(command.run(app)),
        Command::Sensor(command) => block_on(command.run(app)),
        Command::Workflow(command) => block_on(command.run(app)),
        Command::Run(command) => block_on(command.run(app)),
        Command::Execution(command) => block_on(command.run(app)),
        Command::Fleet(command) => block_on(command.run(app)),
        Command::Events(command) => block_on(command.run(app)),
        Command::Prompt(command) => block_on(command.run(app)),
        Command::Token(command) => block_on(command.run(app)),
        Command::Secret(command) => block_on(command.run(app)),
        Command::User(command) => block_on(command.run(app)),
        Command::Audit(command) => block_on(command.run(app)),
        Command::Server(command) => block_on(command.run(app)),
        Command::Doctor(command) => block_on(command.run(app)),
        Command::Api(command) => block_on(command.run(app)),
        Command::SupportBundle(command) => block_on(command.run(app)),
    }
}

fn block_on(command: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::general("could not start").because(&error))?;
    let outcome = runtime.block_on(signals::heard(command));
    // A thread that still waits for a line of stdin must not hold the exit.
    runtime.shutdown_background();
    outcome
}
