//! Bringing a stack up, in order: the database, the server, the administrator, the workers.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::{
    Options,
    children::Children,
    client,
    keeper::{Interrupted, Keeper, Restart, Service},
    layout::Layout,
    postgres::{Cluster, Durability, PostgresError},
    sweep::{POSTGRES, SERVER},
};
use crate::{
    cli::{Failure, say},
    config::Environment,
    files, plain_http,
};

/// The database's name in the private cluster.
const DATABASE: &str = "pulse";

/// How long each part may take; a slow disk needs most of it.
const PATIENCE: Duration = Duration::from_mins(1);

/// Starts everything and waits until it answers.
pub(crate) fn start(
    keeper: &mut Keeper,
    layout: &Layout,
    options: &Options,
    environment: &Environment,
) -> Result<(), Interrupted> {
    let url = database(keeper, layout, options, environment)?;
    let token = enroll_token(layout, environment)?;
    let children = Children::new(layout, options, environment, (url.clone(), token))?;
    let server = serve(keeper, layout, &children, options.listen)?;
    administrator(layout, &children)?;
    for number in 1..=options.workers {
        let name = format!("local-{number}");
        let agent = children.clone();
        let worker = name.clone();
        keeper.start(Service {
            name,
            restart: Restart::UnlessItMeansIt,
            command: Box::new(move || agent.worker(&worker, server)),
        })?;
    }
    let names: Vec<_> = (1..=options.workers)
        .map(|number| format!("local-{number}"))
        .collect();
    workers(keeper, layout, server, &names)?;
    client::write(layout, server, &url).map_err(|error| {
        Failure::because(&format!("cannot write {}", layout.env().display()), &error)
    })?;
    keeper.settle();
    Ok(())
}

fn database(
    keeper: &mut Keeper,
    layout: &Layout,
    options: &Options,
    environment: &Environment,
) -> Result<String, Interrupted> {
    let named = environment.find("PULSE_PG_BIN").map(Path::new);
    let cluster =
        Cluster::prepare(layout.dir(), named, DATABASE).map_err(|error| no_database(&error))?;
    if cluster.is_new() {
        forget(layout)?;
    }
    let durability = if options.fast {
        Durability::Fast
    } else {
        Durability::Safe
    };
    let of_service = cluster.clone();
    keeper.start(Service {
        name: POSTGRES.to_owned(),
        restart: Restart::Always,
        command: Box::new(move || of_service.command(durability)),
    })?;
    keeper.wait_for("starting PostgreSQL", PATIENCE, || {
        Ok(cluster.is_ready().then_some(()))
    })?;
    say(&format!("PostgreSQL {} is ready", cluster.major()));
    Ok(cluster.url(DATABASE))
}

fn no_database(error: &PostgresError) -> Failure {
    let failure = Failure::because("cannot prepare a private database", error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Forgets what belonged to a database that is no more.
fn forget(layout: &Layout) -> Result<(), Failure> {
    let failed = |error| Failure::because("cannot clean the directory", &error);
    for file in [layout.admin_token(), layout.enroll_token()] {
        if file.exists() {
            fs::remove_file(file).map_err(failed)?;
        }
    }
    for worker in fs::read_dir(layout.workers()).map_err(failed)? {
        fs::remove_dir_all(worker.map_err(failed)?.path()).map_err(failed)?;
    }
    Ok(())
}

/// The token that enrols this stack's workers: the caller's, or a random one that is kept.
fn enroll_token(layout: &Layout, environment: &Environment) -> Result<String, Failure> {
    if let Some(token) = environment.find("WORKER_ENROLLMENT_TOKEN") {
        return Ok(token.to_owned());
    }
    let path = layout.enroll_token();
    if let Ok(token) = fs::read_to_string(&path) {
        return Ok(token.trim().to_owned());
    }
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Failure::because("no randomness", &error))?;
    let token = format!("{:032x}", u128::from_ne_bytes(bytes));
    files::replace(&path, &format!("{token}\n"), 0o600)
        .map_err(|error| Failure::because(&format!("cannot write {}", path.display()), &error))?;
    Ok(token)
}

fn serve(
    keeper: &mut Keeper,
    layout: &Layout,
    children: &Children,
    listen: SocketAddr,
) -> Result<SocketAddr, Interrupted> {
    let ready_file = layout.ready_file();
    let _ = fs::remove_file(&ready_file);
    let of_service = children.clone();
    let mut address = listen;
    let read_back = ready_file.clone();
    keeper.start(Service {
        name: SERVER.to_owned(),
        restart: Restart::Always,
        command: Box::new(move || {
            // Once it has taken a free port it keeps that one, for the workers' sake.
            address = read_address(&read_back).unwrap_or(address);
            of_service.server(address)
        }),
    })?;
    let server = keeper.wait_for("starting the server", PATIENCE, || {
        Ok(read_address(&ready_file))
    })?;
    keeper.wait_for("the server's health", PATIENCE, || {
        let answer = plain_http::get(server, "/health", None);
        Ok(answer
            .is_ok_and(|answer| answer.status == 200)
            .then_some(()))
    })?;
    say(&format!("the server listens on http://{server}"));
    Ok(server)
}

fn read_address(file: &PathBuf) -> Option<SocketAddr> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

fn administrator(layout: &Layout, children: &Children) -> Result<(), Failure> {
    let file = layout.admin_token();
    if file.exists() {
        return Ok(());
    }
    let mut command: Command = children.create_admin(&file);
    let output = command
        .output()
        .map_err(|error| Failure::because("cannot start pulsed", &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Failure::error(format!(
        "cannot create the administrator: {said}"
    )))
}

/// Waits until the server calls every one of these workers online.
fn workers(
    keeper: &mut Keeper,
    layout: &Layout,
    server: SocketAddr,
    names: &[String],
) -> Result<(), Interrupted> {
    let token = fs::read_to_string(layout.admin_token()).map_err(|error| {
        Failure::because(
            &format!("cannot read {}", layout.admin_token().display()),
            &error,
        )
    })?;
    keeper.wait_for("waiting for the workers", PATIENCE, || {
        let path = "/api/v1/workers?status=online&limit=100";
        let Ok(answer) = plain_http::get(server, path, Some(token.trim())) else {
            return Ok(None);
        };
        if matches!(answer.status, 401 | 403) {
            let file = layout.admin_token();
            let text = format!("the server does not accept the token in {}", file.display());
            return Err(Failure::error(text).hint("remove that file and start again"));
        }
        let online = names_of(&answer.body);
        Ok(names.iter().all(|name| online.contains(name)).then_some(()))
    })?;
    for name in names {
        say(&format!("{name} is online"));
    }
    Ok(())
}

fn names_of(body: &[u8]) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let items = list["items"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    items
        .iter()
        .filter_map(|worker| Some(worker["name"].as_str()?.to_owned()))
        .collect()
}
