//! pulsectl: the command line of pulse.
//!
//! Reads the command, runs it, prints why it failed, and exits with the code of the table.

mod app;
mod cli;
mod client;
mod clock;
mod commands;
mod config;
mod duration;
mod error;
mod flags;
mod follow;
mod hosts;
mod names;
mod signals;
mod ui;

use std::process::ExitCode;

use crate::{
    app::App,
    config::{Environment, Settings},
    error::Exit,
    ui::Ui,
};

fn main() -> ExitCode {
    let cli = match cli::read() {
        Ok(cli) => cli,
        Err(error) => return cli::answer(error),
    };
    let env = Environment::read();
    let ui = match Ui::new(&cli.global, &env) {
        Ok(ui) => ui,
        Err(failure) => {
            ui::stderr_line(&ui::failure_text(&failure, 0));
            return Exit::from(failure.kind).into();
        }
    };
    let app = App {
        settings: Settings::new(cli.global, env),
        ui,
    };
    match commands::run(&app, cli.command) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            app.ui.failure(&failure);
            Exit::from(failure.kind).into()
        }
    }
}
