//! Reads the command line, calls one verb, says what came of it.

mod address;
mod capabilities;
mod cli;
mod clock;
mod config;
mod connection;
mod control;
mod credential;
mod doctor;
mod enrolment;
mod executables;
mod executor;
mod failpoint;
mod halves;
mod host;
mod link;
mod logging;
mod manual;
mod network;
mod own_log;
mod program;
mod runtimes;
mod sandbox;
mod service_manager;
mod state;
mod supervisor;
mod ui;
mod verbs;
mod wire;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match verbs::call(cli) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            ui::failure(&failure.sentence, failure.hint.as_deref());
            ExitCode::from(failure.code)
        }
    }
}
