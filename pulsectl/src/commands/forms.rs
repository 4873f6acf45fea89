//! Which forms of output a command has something to print in.
//!
//! What it has nothing for is refused rather than left out: a script would take text for what it asked for.

use super::{
    audit::Audit,
    config::Config,
    context::Context,
    execution::Execution,
    fleet::Fleet,
    monitor::{Maintenance, Monitor},
    prompt::Prompt,
    region::Region,
    schedule::Schedule,
    secret::Secret,
    server::Server,
    token::Token,
    user::User,
    worker::Worker,
    workflow::Workflow,
};
use crate::{
    app::App,
    cli::Command,
    error::Failure,
    flags::{Form, Output},
};

/// Refuses forms of output that the command has nothing to print in.
pub(super) fn check(app: &App, command: &Command) -> Result<(), Failure> {
    check_columns(app, command)?;
    let output = app.ui.output;
    let form = output.form();
    let is_row = matches!(form, Form::Csv | Form::Name);
    if is_row && only_passes_on(command) {
        return Err(nothing(
            output,
            "-o jsonl, -o json and -o raw are for what is followed",
        ));
    }
    if has_no_rows(command) {
        refuse_rows(app)?;
    }
    let is_document = matches!(form, Form::Csv | Form::Name | Form::Lines | Form::Document);
    if is_document && is_wished(app) && is_text(command) {
        return Err(nothing(
            output,
            "leave -o, --jq and --format out: it has one form",
        ));
    }
    if matches!(command, Command::Workflow(Workflow::Get(_))) && output == Output::Csv {
        refuse_rows(app)?;
    }
    let validates = matches!(command, Command::Workflow(Workflow::Validate(_)));
    match output {
        Output::Raw if !has_raw(command) => Err(nothing(
            output,
            "-o raw is for the output of steps: `execution logs`, `run`, `worker exec`",
        )),
        Output::Github | Output::Sarif if !validates => Err(nothing(
            output,
            "-o github and -o sarif are for `pulsectl workflow validate`",
        )),
        Output::Raw
        | Output::Github
        | Output::Sarif
        | Output::Table
        | Output::Wide
        | Output::Json
        | Output::Jsonl
        | Output::Yaml
        | Output::Csv
        | Output::Name => Ok(()),
    }
}

/// Refuses rows and names for what is neither a list nor a thing with a name.
pub(super) fn refuse_rows(app: &App) -> Result<(), Failure> {
    let output = app.ui.output;
    let is_row = matches!(output, Output::Csv | Output::Name);
    if is_row && is_wished(app) {
        return Err(nothing(output, "-o json and -o yaml have all of it"));
    }
    Ok(())
}

fn nothing(output: Output, hint: &str) -> Failure {
    let name = output.as_str();
    Failure::usage(format!("this command prints nothing as {name}")).hint(hint)
}

/// A form that the environment chooses is a habit, not a wish.
fn is_wished(app: &App) -> bool {
    app.settings.global.chooses_form()
}

fn check_columns(app: &App, command: &Command) -> Result<(), Failure> {
    let output = app.ui.output;
    if app.settings.global.columns.is_empty() {
        return Ok(());
    }
    let has_columns = !matches!(output.form(), Form::Name | Form::Lines | Form::Document);
    if is_wished(app) && !has_columns {
        let said = "--columns chooses columns, and this form of output has none";
        return Err(Failure::usage(said).hint(
            "-o table, -o wide and -o csv have columns; --jq and --format choose fields of JSON",
        ));
    }
    let is_table = match output.form() {
        Form::Csv => !has_no_rows(command),
        Form::Text | Form::Name | Form::Lines | Form::Document => is_list(command),
    };
    if is_table {
        return Ok(());
    }
    Err(
        Failure::usage("--columns chooses columns, and this command prints no table")
            .hint("--jq and --format choose fields of JSON"),
    )
}

/// Whether the command prints a table, or may.
fn is_list(command: &Command) -> bool {
    matches!(
        command,
        Command::Context(Context::Ls(_))
            | Command::Worker(Worker::Ls(_) | Worker::Top(_) | Worker::Prune(_) | Worker::Token(_))
            | Command::Region(Region::Ls(_))
            | Command::Workflow(Workflow::Ls(_) | Workflow::History(_))
            | Command::Run(_)
            | Command::Execution(Execution::Ls(_) | Execution::Prune(_))
            | Command::Fleet(Fleet::Rollout(_))
            | Command::Monitor(
                Monitor::Ls(_)
                    | Monitor::Test(_)
                    | Monitor::History(_)
                    | Monitor::Maintenance(Maintenance::Ls(_))
            )
            | Command::Prompt(Prompt::Ls(_))
            | Command::Schedule(Schedule::Ls(_) | Schedule::Preview(_))
            | Command::Token(Token::Ls(_))
            | Command::Secret(Secret::Ls(_) | Secret::History(_) | Secret::UsedBy(_))
            | Command::User(User::Ls(_))
            | Command::Audit(Audit::Ls(_) | Audit::Export(_))
    )
}

/// Whether what the command prints is neither a list nor a thing with a name.
fn has_no_rows(command: &Command) -> bool {
    matches!(
        command,
        Command::Context(Context::Show(_))
            | Command::Config(Config::Path(_) | Config::View(_))
            | Command::Workflow(
                Workflow::Validate(_)
                    | Workflow::Diff(_)
                    | Workflow::Graph(_)
                    | Workflow::Schema(_)
            )
            | Command::Execution(Execution::Diff(_) | Execution::Export(_))
            | Command::Fleet(Fleet::Status(_))
            | Command::Server(Server::Status(_))
            | Command::Doctor(_)
            | Command::Explain(_)
            | Command::Api(_)
            | Command::SupportBundle(_)
    ) || is_text(command)
}

/// Whether what the command prints is text with a form of its own.
fn is_text(command: &Command) -> bool {
    matches!(
        command,
        Command::Server(Server::Metrics(_))
            | Command::Workflow(Workflow::Example(_))
            | Command::Completion(_)
            | Command::Man(_)
            | Command::Help(_)
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
    matches!(command, Command::Events(_) | Command::Fleet(Fleet::Exec(_)))
}
