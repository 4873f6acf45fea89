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
pub(crate) mod help;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod man;
pub(crate) mod prompt;
mod references;
pub(crate) mod region;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod secret;
mod selectors;
pub(crate) mod server;
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
    cli::{Command, Output},
    error::{Exit, Failure},
    signals,
};

/// Refuses forms of output that the command has nothing to print in.
fn check_form(app: &App, command: &Command) -> Result<(), Failure> {
    let output = app.ui.output;
    let has_columns = matches!(
        output,
        Output::Table | Output::Wide | Output::Csv | Output::Raw | Output::Github | Output::Sarif
    );
    let global = &app.settings.global;
    // A form that the environment chooses is a habit, not a wish.
    let is_wished = global.output.is_some() || global.jq.is_some() || global.format.is_some();
    if !global.columns.is_empty() && is_wished && !has_columns {
        let said = "--columns chooses columns, and this form of output has none";
        return Err(Failure::usage(said).hint(
            "-o table, -o wide and -o csv have columns; --jq and --format choose fields of JSON",
        ));
    }
    let validates = matches!(command, Command::Workflow(workflow::Workflow::Validate(_)));
    // Refused rather than left out: a script would take lines of output for what it asked for.
    let lines = "-o jsonl, -o json and -o raw are for what is followed";
    if matches!(output, Output::Csv | Output::Name) && only_passes_on(command) {
        let name = if output == Output::Csv { "csv" } else { "name" };
        let said = format!("this command prints nothing as {name}");
        return Err(Failure::usage(said).hint(lines));
    }
    let (has_form, name, hint) = match output {
        Output::Raw => (
            has_raw(command),
            "raw",
            "the output of steps: `execution logs`, `run`, `worker exec`",
        ),
        Output::Github => (validates, "github", "`pulsectl workflow validate`"),
        Output::Sarif => (validates, "sarif", "`pulsectl workflow validate`"),
        Output::Table
        | Output::Wide
        | Output::Json
        | Output::Jsonl
        | Output::Yaml
        | Output::Csv
        | Output::Name => return Ok(()),
    };
    if has_form {
        return Ok(());
    }
    Err(
        Failure::usage(format!("this command prints nothing as {name}"))
            .hint(format!("-o {name} is for {hint}")),
    )
}

/// Whether the command passes on what somebody else has written.
fn has_raw(command: &Command) -> bool {
    if let Command::Execution(command) = command {
        return command.has_output();
    }
    if let Command::Worker(command) = command {
        return command.has_output();
    }
    if let Command::Fleet(command) = command {
        return command.has_output();
    }
    if let Command::Workflow(command) = command {
        return command.has_output();
    }
    matches!(command, Command::Run(_) | Command::Api(_))
}

/// Whether all that the command prints is what somebody else has written, or does.
fn only_passes_on(command: &Command) -> bool {
    if let Command::Execution(command) = command {
        return command.only_passes_on();
    }
    if let Command::Worker(command) = command {
        return command.has_output();
    }
    matches!(command, Command::Events(_))
}

/// Runs a command; only those that talk to a server get a runtime.
pub(crate) fn run(app: &App, command: Command) -> Result<Exit, Failure> {
    check_form(app, &command)?;
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
