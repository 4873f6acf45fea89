//! One function per subcommand, and what its failure means to whoever typed it.

use std::{collections::BTreeMap, error::Error, time::Duration};

use pulse_api::status::AgentPart;

use crate::{
    address::{Address, AddressError},
    capabilities,
    cli::{self, Cli, Command, ConfigVerb, Global},
    config::{self, Config, ConfigError, Environment, Loaded, LogFormat, Origin, Rules},
    control, doctor,
    enrolment::{self, EnrolError, Enrolment},
    executor::{self, ExecutorError},
    link::{self, Ended, LinkError},
    logging::{self, Audience},
    manual,
    network::{Network, RequestError},
    program,
    sandbox::stage,
    state::State,
    ui,
    wire::{Load, Settings, ToExecutor},
};

/// The command line is of no use, as clap says it.
const USAGE: u8 = 2;
/// The server does not want this host; a service manager must not start the agent again.
const REFUSED: u8 = 77;
/// The configuration is of no use; neither must it then.
const BAD_CONFIG: u8 = 78;
/// The server asked for a restart, which is the service manager's business.
const RESTART: u8 = 82;

/// What is said and returned when a verb fails.
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) sentence: String,
    pub(crate) hint: Option<String>,
}

impl Failure {
    fn new(code: u8, error: &dyn Error) -> Self {
        let mut sentence = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !sentence.contains(&text) {
                sentence = format!("{sentence}: {text}");
            }
            cause = error.source();
        }
        Self {
            code,
            sentence,
            hint: None,
        }
    }

    fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

/// What every verb starts from.
struct Setting {
    global: Global,
    config: Config,
    origin: Origin,
}

/// Does what needs no configuration; `None` for what does.
fn unconfigured(command: &Command) -> Option<Result<u8, Failure>> {
    if let Command::Version = command {
        ui::line(concat!("pulse-agent ", env!("CARGO_PKG_VERSION")));
        return Some(Ok(0));
    }
    if let Command::Stage { script } = command {
        return Some(Ok(stage::play(script)));
    }
    if let Command::Manual { dir } = command {
        let written = manual::write(dir).map_err(|error| Failure::new(1, &error));
        return Some(written.map(|()| 0));
    }
    None
}

/// Does what the command line asks.
pub(crate) fn call(cli: Cli) -> Result<u8, Failure> {
    if let Some(done) = unconfigured(&cli.command) {
        return done;
    }
    let origin = Origin {
        file: cli.global.config.clone(),
        environment: Environment::read(),
        max_concurrent: None,
    };
    let loaded = load(&origin);
    if let Command::Doctor(flags) = &cli.command {
        let form = if flags.json {
            doctor::Form::Json
        } else {
            doctor::Form::Text
        };
        return Ok(doctor::examine(
            (&cli.global.state_dir, &origin),
            loaded.map_err(|failure| failure.sentence),
            form,
        ));
    }
    let mut loaded = loaded?;
    if let Some(format) = cli.global.log_format {
        loaded.config.log.format = format;
        let place = "--log-format".to_owned();
        loaded.places.insert("log.format".to_owned(), place);
    }
    if let Command::Config(arguments) = &cli.command {
        show(&loaded, &arguments.verb);
        return Ok(0);
    }
    let setting = Setting {
        config: loaded.config,
        global: cli.global,
        origin,
    };
    logging::start(&setting.config.log, audience(&cli.command));
    if matches!(cli.command, Command::Run(_) | Command::Enroll(_)) {
        for notice in loaded.notices {
            tracing::info!("{notice}");
        }
    }
    match cli.command {
        Command::Enroll(flags) => enroll(setting, flags),
        Command::Run(flags) => run(setting, flags),
        Command::Executor(flags) => run_executor(&setting, &flags),
        Command::Status(flags) => status(&setting, &flags),
        Command::Drain(flags) => drain(&setting, &flags),
        Command::Resume => resume(&setting),
        Command::Reload => reload(&setting),
        Command::Unenroll => unenroll(&setting),
        Command::Config(_)
        | Command::Doctor(_)
        | Command::Stage { .. }
        | Command::Version
        | Command::Manual { .. } => Ok(0),
    }
}

/// Notices go to stderr, so that what is printed can be read back.
fn show(loaded: &Loaded, verb: &ConfigVerb) {
    let ConfigVerb::Show { origin } = verb;
    for notice in &loaded.notices {
        ui::aside(format!("notice: {notice}"));
    }
    let origins = if *origin {
        config::Origins::Shown
    } else {
        config::Origins::Hidden
    };
    ui::line(config::show(loaded, origins).trim_end());
}

/// A service logs where its operator wants it, everything else to whoever typed it.
fn audience(command: &Command) -> Audience {
    match command {
        Command::Run(_) => Audience::Operator(AgentPart::Link),
        Command::Executor(_) => Audience::Operator(AgentPart::Executor),
        Command::Enroll(_)
        | Command::Status(_)
        | Command::Drain(_)
        | Command::Resume
        | Command::Reload
        | Command::Config(_)
        | Command::Doctor(_)
        | Command::Unenroll
        | Command::Version
        | Command::Stage { .. }
        | Command::Manual { .. } => Audience::Person,
    }
}

fn load(origin: &Origin) -> Result<Loaded, Failure> {
    origin.load().map_err(|error: ConfigError| {
        Failure::new(BAD_CONFIG, &error).hint("correct the file, then try `pulse-agent doctor`")
    })
}

fn network(config: &Config, fallback: Option<String>) -> Result<Network, Failure> {
    let url = config
        .server
        .url
        .clone()
        .or(fallback)
        .ok_or_else(|| Failure {
            code: BAD_CONFIG,
            sentence: "no server is configured".to_owned(),
            hint: Some("pass --url https://pulse.example, or set server.url".to_owned()),
        })?;
    let address = Address::parse(&url, config.server.plain()).map_err(|error| {
        let hint = match error {
            AddressError::Malformed(_) => "write it like https://pulse.example",
            AddressError::Insecure(_) => "use https://, or set server.insecure: true if you must",
        };
        Failure::new(BAD_CONFIG, &error).hint(hint)
    })?;
    Network::new(address, config.server.ca_cert.as_deref())
        .map_err(|error| Failure::new(BAD_CONFIG, &error).hint("check server.ca_cert"))
}

fn open_state(global: &Global) -> Result<State, Failure> {
    State::open(&global.state_dir).map_err(|error| {
        let sentence = format!("{} cannot be used: {error}", global.state_dir.display());
        Failure {
            code: 1,
            sentence,
            hint: Some("check who owns it, or pass --state-dir".to_owned()),
        }
    })
}

fn enroll(mut setting: Setting, flags: cli::Enroll) -> Result<u8, Failure> {
    let labels = labels(&flags.labels)?;
    setting.config.server.url = flags.url.or(setting.config.server.url);
    setting.config.worker.name = flags.name.or(setting.config.worker.name);
    let state = open_state(&setting.global)?;
    let network = network(&setting.config, None)?;
    let failed = |error: EnrolError| Failure::new(1, &error).hint(error.hint());
    if let Ok(Some(known)) = state.credential()
        && !flags.force
    {
        return Err(failed(EnrolError::Enrolled(known.name)));
    }
    let token = enrolment::read_token(&flags.token_file).map_err(failed)?;
    if flags.force {
        // A key of an earlier, finished enrolment belongs to another token.
        let _ = state.remove("enrollment.key");
    }
    let enrolled = async {
        let environment = &setting.origin.environment;
        let about = capabilities::survey(&setting.config, environment, &network.address).await;
        let enrolment = Enrolment {
            state: &state,
            config: &setting.config,
            about: &about,
            network: &network,
            labels: &labels,
        };
        enrolment.enrol(&token).await
    };
    let credential = block_on(enrolled)?.map_err(failed)?;
    ui::line(format!(
        "enrolled as {} ({}) in region {}",
        credential.name, credential.worker_id, credential.region
    ));
    Ok(0)
}

/// What a host asks to be labelled; the token decides whether it is.
fn labels(pairs: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut labels = BTreeMap::new();
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            return Err(Failure {
                code: USAGE,
                sentence: format!("`--label {pair}` has no value"),
                hint: Some("write it as --label rack=b7".to_owned()),
            });
        };
        labels.insert(key.to_owned(), value.to_owned());
    }
    Ok(labels)
}

fn run(mut setting: Setting, flags: cli::Run) -> Result<u8, Failure> {
    let executor_arguments = executor_arguments(&setting);
    setting.config.server.url = flags.url.or(setting.config.server.url);
    setting.config.worker.name = flags.name.or(setting.config.worker.name);
    setting.origin.max_concurrent = flags.max_concurrent;
    let worker = &mut setting.config.worker;
    worker.max_concurrent = flags.max_concurrent.unwrap_or(worker.max_concurrent).max(1);
    setting.config.executor.mode = flags.executor.unwrap_or(setting.config.executor.mode);
    let state = open_state(&setting.global)?;
    let enrolled_with = state.credential().ok().flatten().map(|known| known.server);
    let network = network(&setting.config, enrolled_with)?;
    let is_service = setting.origin.environment.is_service();
    let options = link::Options {
        state,
        network,
        config: setting.config,
        origin: setting.origin,
        executor_arguments,
    };
    match link::run(options) {
        Ok(Ended::Left) => Ok(0),
        Ok(Ended::Restart) if is_service => {
            tracing::info!("the server asked for a restart");
            Ok(RESTART)
        }
        Ok(Ended::Restart) => {
            tracing::info!("restarting because the server asked for it");
            Err(Failure::new(1, &program::take_over()))
        }
        Err(error) => Err(link_failure(&error)),
    }
}

fn link_failure(error: &LinkError) -> Failure {
    let (code, hint) = match error {
        LinkError::Revoked => (
            REFUSED,
            "to use this host again: `pulse-agent enroll --force …` with a new token",
        ),
        LinkError::Cloned(_) => (
            REFUSED,
            "an admin removes the worker; then each host enrols with `pulse-agent enroll --force …` and a token of its own",
        ),
        LinkError::TooOld => (
            BAD_CONFIG,
            "install the pulse-agent that belongs to the server",
        ),
        LinkError::NotEnrolled => (
            BAD_CONFIG,
            "run `pulse-agent enroll --url … --token-file …`, or set token_file in the configuration",
        ),
        LinkError::Running => (
            1,
            "`pulse-agent status` shows it; another agent needs another --state-dir",
        ),
        LinkError::Enrol(error @ (EnrolError::Refused { .. } | EnrolError::Key)) => {
            (REFUSED, error.hint())
        }
        LinkError::Enrol(error) => (1, error.hint()),
        LinkError::State(_) => (1, "check who owns the state folder"),
        LinkError::Attach(_) => (1, "look into executor.log in the state folder"),
        LinkError::Runtime(_) => (1, "check the limits of this process, such as open files"),
    };
    Failure::new(code, error).hint(hint)
}

fn executor_arguments(setting: &Setting) -> Vec<String> {
    let mut arguments = vec!["executor".to_owned()];
    let mut push = |flag: &str, value: String| arguments.extend([flag.to_owned(), value]);
    push(
        "--linger",
        setting.config.executor.linger_seconds.to_string(),
    );
    push(
        "--state-dir",
        setting.global.state_dir.display().to_string(),
    );
    if let Some(file) = &setting.global.config {
        push("--config", file.display().to_string());
    }
    if let LogFormat::Json = setting.config.log.format {
        push("--log-format", "json".to_owned());
    }
    arguments
}

fn run_executor(setting: &Setting, flags: &cli::Executor) -> Result<u8, Failure> {
    let options = executor::Options {
        state: open_state(&setting.global)?,
        settings: Settings {
            max_concurrent: setting.config.worker.max_concurrent,
            kill_grace_ms: setting.config.kill_grace_ms,
        },
        stop_grace: Duration::from_millis(setting.config.stop_grace_ms),
        rules: Rules::from(&setting.config),
        origin: setting.origin.clone(),
        inherited: setting.origin.environment.inherited(),
        linger: flags.linger.map(Duration::from_secs),
    };
    match executor::run(options) {
        Ok(executor::Ended::Left) => Ok(0),
        Ok(executor::Ended::Renew) => Err(Failure::new(1, &program::take_over())),
        // Two links may have started one each; the first one serves both.
        Err(ExecutorError::Running) if flags.linger.is_some() => Ok(0),
        Err(error) => Err(Failure::new(1, &error)
            .hint("`pulse-agent doctor` looks at the state folder and the socket")),
    }
}

fn status(setting: &Setting, flags: &cli::Status) -> Result<u8, Failure> {
    let state = open_state(&setting.global)?;
    let load = block_on(control::ask(&state, &ToExecutor::Status))?
        .map_err(|error| not_running(&error))?;
    let known = state.credential().ok().flatten();
    if flags.json {
        let worker = known.map(|known| {
            serde_json::json!({
                "id": known.worker_id,
                "name": known.name,
                "region": known.region,
                "server": known.server,
            })
        });
        ui::line(serde_json::json!({ "worker": worker, "executor": load }));
        return Ok(0);
    }
    match known {
        Some(known) => ui::line(format!(
            "worker      {} ({}) in {}\nserver      {}",
            known.name, known.worker_id, known.region, known.server
        )),
        None => ui::line("worker      not enrolled"),
    }
    ui::line(describe(&load));
    Ok(0)
}

fn describe(load: &Load) -> String {
    let link = if load.link_online {
        "connected"
    } else {
        "not connected"
    };
    let draining = if load.draining.is_some() {
        ", draining"
    } else {
        ""
    };
    format!(
        "link        {link}{draining}\nsteps       {} running, {} waiting, {} not reported yet\nslots       {}",
        load.running, load.queued, load.unreported, load.slots
    )
}

fn drain(setting: &Setting, flags: &cli::Drain) -> Result<u8, Failure> {
    let state = open_state(&setting.global)?;
    let wait = if flags.wait {
        control::Wait::UntilIdle
    } else {
        control::Wait::NotAtAll
    };
    let left = block_on(control::drain(&state, wait))?.map_err(|error| not_running(&error))?;
    ui::line(match left.outstanding() {
        0 => "drained, 0 active runs".to_owned(),
        count => format!("draining, {count} active runs"),
    });
    Ok(0)
}

fn resume(setting: &Setting) -> Result<u8, Failure> {
    let state = open_state(&setting.global)?;
    block_on(control::ask(&state, &ToExecutor::Resume))?.map_err(|error| not_running(&error))?;
    ui::line("taking work again");
    Ok(0)
}

fn reload(setting: &Setting) -> Result<u8, Failure> {
    let state = open_state(&setting.global)?;
    block_on(control::reload(&state))?
        .map_err(|error| not_running(&error))?
        .map_err(|sentence| Failure {
            code: BAD_CONFIG,
            sentence,
            hint: Some("the agent goes on with what it had; correct the file".to_owned()),
        })?;
    ui::line("configuration read again");
    Ok(0)
}

fn unenroll(setting: &Setting) -> Result<u8, Failure> {
    let state = open_state(&setting.global)?;
    let Some(known) = state
        .credential()
        .map_err(|error| Failure::new(1, &error))?
    else {
        ui::line("this host is not enrolled");
        return Ok(0);
    };
    let network = network(&setting.config, Some(known.server.clone()))?;
    let endpoint = format!("/workers/{}/unregister", known.worker_id);
    let body = serde_json::json!({});
    let asked = network.post::<serde_json::Value>(&endpoint, Some(known.secret()), &body);
    let told: Result<_, RequestError> = block_on(asked)?;
    if let Err(error) = told {
        tracing::warn!(%error, "the server could not be told; it will notice by itself");
    }
    state
        .remove("credential.json")
        .map_err(|error| Failure::new(1, &error))?;
    ui::line(format!("{} is no longer a worker", known.name));
    Ok(0)
}

fn not_running(error: &control::ControlError) -> Failure {
    Failure::new(1, error).hint("start it with `pulse-agent run`, or pass the right --state-dir")
}

fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(1, &error))?;
    Ok(runtime.block_on(future))
}
