//! The command line of `pulsed`: what is typed, what is printed, how it ends.

mod args;
mod diagnosis;
mod doctor;
mod failure;
mod generate;
mod init;
mod key_verbs;
mod manual;
mod reload;
mod say;
mod signals;
mod token_file;
mod verbs;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::Parser;

use crate::{
    app::Host,
    certificate::Shown,
    config::{self, Environment, Loaded, Origins, Sources},
    dev,
    domain::secrets::rotate::Extent,
    logging,
};
use args::{Cli, Command, ConfigVerb, SecretsVerb, UserVerb};
pub(crate) use failure::Failure;
use reload::Reload;
pub(crate) use say::{out, say};
pub(crate) use signals::Signals;

/// Runs what was typed and says how it ended.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let environment = Environment::read();
    match dispatch(&cli, &environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.code())
        }
    }
}

fn dispatch(cli: &Cli, environment: &Environment) -> Result<(), Failure> {
    match &cli.command {
        Command::Serve(arguments) => {
            let config = checked(cli, environment)?;
            let level = logging::start(&config.log, environment);
            let certificate = certificate(&config)?.map(Arc::new);
            let reload = Reload::for_a_service(cli, environment, (level, certificate.clone()));
            let host = Host {
                certificate,
                programs: environment.find("PULSE_PG_BIN").map(PathBuf::from),
            };
            let ready_file = arguments.ready_file.clone();
            block_on(verbs::serve((config, host), ready_file, reload))
        }
        Command::Dev(arguments) => {
            let options = arguments.options(cli.config.clone());
            dev::run(&options, environment)
        }
        Command::Migrate(arguments) => {
            let config = checked(cli, environment)?;
            logging::start(&config.log.for_a_person(), environment);
            block_on(verbs::migrate(config, arguments.mode()))
        }
        Command::Backup(arguments) => {
            let config = checked(cli, environment)?;
            logging::start(&config.log.for_a_person(), environment);
            block_on(verbs::backup(config, environment, &arguments.file))
        }
        Command::Restore(arguments) => {
            let config = checked(cli, environment)?;
            logging::start(&config.log.for_a_person(), environment);
            let occupied = arguments.occupied();
            block_on(verbs::restore(
                config,
                environment,
                (&arguments.file, occupied),
            ))
        }
        Command::Init(arguments) => block_on(init::init(
            arguments.options(cli.config.as_deref(), environment),
        )),
        Command::Config(arguments) => configuration(cli, environment, &arguments.verb),
        Command::Doctor(arguments) => {
            let flags = cli.flags();
            doctor::run(&sources(cli, environment, &flags), arguments.form())
        }
        Command::User(arguments) => {
            let UserVerb::CreateAdmin(admin) = &arguments.verb;
            let config = checked(cli, environment)?;
            logging::start(&config.log.for_a_person(), environment);
            block_on(verbs::create_admin(
                config,
                (admin.name.clone(), admin.ttl),
                admin.token_file.clone(),
            ))
        }
        Command::Secrets(arguments) => secrets(cli, environment, &arguments.verb),
        Command::Generate(arguments) => generate::generate(&arguments.what),
    }
}

fn secrets(cli: &Cli, environment: &Environment, verb: &SecretsVerb) -> Result<(), Failure> {
    let config = checked(cli, environment)?;
    logging::start(&config.log.for_a_person(), environment);
    let extent = match verb {
        SecretsVerb::InitKey { .. } => return key_verbs::init(&config),
        SecretsVerb::RotateKey { prepare: true, .. } => Extent::Prepare,
        SecretsVerb::RotateKey { prepare: false, .. } => Extent::Whole,
    };
    block_on(key_verbs::rotate(config, extent))
}

fn configuration(cli: &Cli, environment: &Environment, verb: &ConfigVerb) -> Result<(), Failure> {
    match verb {
        ConfigVerb::Check { .. } => {
            certificate(&checked(cli, environment)?)?;
            say("the configuration is valid");
            Ok(())
        }
        ConfigVerb::Show { origin, .. } => {
            let loaded = loaded(cli, environment)?;
            let origins = if *origin {
                Origins::Shown
            } else {
                Origins::Hidden
            };
            out(&config::show(&loaded.settings, origins))
        }
    }
}

fn loaded(cli: &Cli, environment: &Environment) -> Result<Loaded, Failure> {
    let flags = cli.flags();
    let loaded = config::load(&sources(cli, environment, &flags))?;
    for notice in &loaded.notices {
        say(&format!("notice: {notice}"));
    }
    Ok(loaded)
}

fn sources<'a>(
    cli: &'a Cli,
    environment: &'a Environment,
    flags: &'a [config::Flag],
) -> Sources<'a> {
    Sources {
        file: cli.config.as_deref(),
        environment,
        flags,
    }
}

fn checked(cli: &Cli, environment: &Environment) -> Result<config::Config, Failure> {
    Ok(config::check(&loaded(cli, environment)?.settings)?)
}

/// Reads the certificate, where one is configured.
fn certificate(config: &config::Config) -> Result<Option<Shown>, Failure> {
    let shown = config.server.tls.as_ref().map(Shown::first).transpose();
    shown.map_err(|error| {
        let text = format!("server.tls: {}", failure::chain(&error));
        Failure::usage(text).hint(error.hint())
    })
}

/// How many threads serve: half of the processors, since what a call costs is mostly PostgreSQL's.
/// With more of them on a small machine, a call wanders between threads that have to be woken.
fn threads() -> usize {
    let processors = std::thread::available_parallelism();
    processors.map_or(1, |processors| processors.get().div_ceil(2))
}

fn block_on(verb: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads())
        .enable_all()
        .build()
        .map_err(|error| Failure::error(format!("cannot start the runtime: {error}")))?
        .block_on(verb)
}
